import type { MessageOf, MessagePushOptions, OptionsOf, PushHandler, WeComPlatform } from './index';

/** As below, for an account of WeCom, whose messages have types of their own. */
export function messagePush<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler: PushHandler<MessageOf<Platform>>,
): (request: Request, host?: FetchHost | object) => Promise<Response>;
/**
 * Receives WeChat's pushes wherever a `Request` becomes a `Response`: Hono, Next.js route handlers, Bun, Deno,
 * Cloudflare Workers. Hand it the requests of the URL that stands in WeChat's console, with their bodies unread.
 *
 * When the request's `signal` fires, since WeChat has hung up, the handler goes on, and its answer is kept for the
 * delivery that WeChat makes next.
 *
 * @param options The options, or the Token alone.
 * @param handler Its error becomes a 500 and a process warning. `context.request` is the `Request`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong or there is no
 *   handler.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
  handler: PushHandler,
): (request: Request, host?: FetchHost | object) => Promise<Response>;

/** What else the host gives with a request; anything else is left alone. */
export interface FetchHost {
  /** Is given what goes on after the answer: `ctx` of Workers has it, on Next.js it is `after`. */
  waitUntil?(work: Promise<unknown>): void;
}
