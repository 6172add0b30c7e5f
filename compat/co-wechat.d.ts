import type { Middleware } from 'koa';
import type { Config as OfWechat, Content, Message } from './wechat';

/**
 * What the package `co-wechat` is, on the receiver of this package, for Koa 2 and 3. How it differs, and why:
 * docs/compat.md.
 *
 * @param config The Token alone, or an object. Without any account in it, each request has to have one: `ctx.wx_token`
 *   or `ctx.wx_cryptor`, set by a middleware before.
 * @param isDebug Deprecated: signatures are always checked; `true` is warned of.
 */
declare function wechat(config: wechat.Config, isDebug?: unknown): wechat.Wechat;

declare namespace wechat {
  type Config = OfWechat;

  interface Wechat {
    /**
     * @param handler Returns the reply, which is what `res.reply` of `wechat-push/compat/wechat` takes; nothing, or `''`,
     *   for none. `ctx.weixin_xml` has the plaintext of the message.
     * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option or the handler is wrong.
     */
    middleware(
      handler: (
        message: Message,
        ctx: any,
      ) => Content | '' | null | void | Promise<Content | '' | null | void>,
    ): Middleware<any, any>;
  }
}

export = wechat;
