import type { Middleware } from 'koa';
import type { MessageOf, MessagePushOptions, OptionsOf, Push, PushHandler, WeComPlatform } from './index';

/** As below, for an account of WeCom, whose messages have types of their own. */
export function messagePush<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler?: PushHandler<MessageOf<Platform>>,
): Middleware<any, any>;
/**
 * Koa middleware that receives WeChat's pushes, on Koa 2 and 3 and what is built on them (Egg, Midway). It takes
 * every request that gets to it, so mount it at the path of the URL that stands in WeChat's console:
 * `router.all('/wx', messagePush(options, handler))` of `@koa/router`, or `koa-mount`. It may stand before or after
 * `koa-body`, `@koa/bodyparser` and the like.
 *
 * Without a handler the message is in `ctx.wechat` for the next middleware ({@link Push}). Once that has returned,
 * the app has either called `ctx.wechat.reply(value)` or answered by itself.
 *
 * @param options The options, or the Token alone.
 * @param handler Its error is thrown, so that it gets to the app's `error` event. `context.request` is Koa's `ctx`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
  handler?: PushHandler,
): Middleware<any, any>;

declare module 'koa' {
  interface ExtendableContext {
    /** Set by `messagePush` of wechat-push without a handler. */
    wechat?: Push;
  }
}
