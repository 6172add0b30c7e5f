import type { FastifyPluginAsync } from 'fastify';
import type { MessageOf, MessagePushOptions, OptionsOf, Push, PushHandler, WeComPlatform } from './index';

/** As below, for an account of WeCom, whose messages have types of their own. */
export function messagePush<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler?: PushHandler<MessageOf<Platform>>,
): FastifyPluginAsync;
/**
 * A Fastify plugin that receives WeChat's pushes:
 * `app.register(messagePush(options, handler), { prefix: '/wx' })`. In its own scope it takes a body of any type
 * unread, the rest of the app keeps its parsers. Of Fastify's `bodyLimit` and that of the options the lower counts.
 *
 * Without a handler, register it in a scope of its own, whose routes then get the message as `request.wechat`
 * ({@link Push}) and only that: handshakes and what is refused are answered before. They need both methods:
 * `scope.route({ method: ['GET', 'POST'], url: '/wx', handler })`.
 *
 * @param options The options, or the Token alone.
 * @param handler Its error goes to Fastify's error handler. `context.request` is Fastify's request.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
  handler?: PushHandler,
): FastifyPluginAsync;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `messagePush` of wechat-push without a handler, in the scope that registers it. */
    wechat: Push;
  }
}
