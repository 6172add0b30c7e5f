import type {
  MessageOf,
  MessagePushOptions,
  OptionsOf,
  PushHandler,
  PushMessage,
  WeComPlatform,
} from './index';

/** As below, for an account of WeCom, whose messages have types of their own. */
export function messagePush<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler: PushHandler<MessageOf<Platform>>,
): CloudFunction;
/**
 * Receives WeChat's pushes in a cloud function: `exports.handler = messagePush(options, handler)`. It recognises
 * the HTTP events of AWS (API Gateway REST and HTTP APIs, function URLs, load balancers), Tencent Cloud SCF (API
 * gateway trigger, function URL), CloudBase, uniCloud and Aliyun Function Compute 3, and answers as that host wants.
 *
 * What has to be remembered of a push is recorded before the answer is given, since the host may freeze the process
 * then; for the same reason late answers may stand still. A retry may reach another instance, so set
 * `store: redisStore(client)`; with the memory store it warns once.
 *
 * With `trust: 'cloudrun'` the event may be a push itself: so WeChat calls a cloud function that is set in the console
 * (消息推送, 云函数). The function then returns the reply, or `'success'`, and fails where HTTP would have another status
 * than 200. An event of a client, who may call the function as well, is refused; see docs/cloudrun.md.
 *
 * @param options The options, or the Token alone.
 * @param handler Its error becomes a 500 and a process warning. `context.request` is the event.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong or there is no
 *   handler. The function itself rejects with `ERR_WECHAT_PUSH_EVENT` for an event of no known shape.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
  handler: PushHandler,
): CloudFunction;

/** A function as these hosts call it. */
export interface CloudFunction {
  /** Called by WeChat with a push. */
  (event: PushMessage, context?: unknown): Promise<DirectAnswer>;
  /** Called with an HTTP request: an object, or its JSON as text or bytes. */
  (event: unknown, context?: unknown): Promise<CloudFunctionAnswer>;
}

/** The answer to a push that is the event itself: `'success'`, or the reply. */
export type DirectAnswer = string | { [field: string]: unknown };

/** The answer, as all of these hosts take it; some have more fields. */
export interface CloudFunctionAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
  [field: string]: unknown;
}
