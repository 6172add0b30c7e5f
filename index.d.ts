import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Whether WeChat signed this query: `signature` is the lower-case hex SHA-1 of Token, `timestamp` and
 * `nonce`, sorted as bytes and joined. The drop-in for the snippet with `createHash`.
 *
 * The comparison takes constant time. There is no freshness check, as the snippet had none.
 *
 * @param query `req.query`, or any object. Whatever is not three single strings is `false`, never an exception.
 * @param token The Token from WeChat's console; an array while it is being changed.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the token is missing, empty or no string.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
export function checkPush(query: unknown, token: string | readonly string[]): boolean;

/**
 * Middleware that answers WeChat's pushes: Express 4 and 5, Connect, NestJS (`app.use`) and bare
 * `node:http`. Mount it at the path of the URL that stands in WeChat's console.
 *
 * A GET whose signature holds gets its `echostr` back, byte for byte, as `text/plain`. Everything that
 * fails gets 400 and `{"status":400,"data":"check msg error"}`; the reason goes to
 * {@link MessagePushOptions.onReject} and to the diagnostics channel `wechat-push:rejected`, never to
 * the sender. Other methods get 405, and a POST 501 until messages are received.
 *
 * @param options The options, or the Token alone.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
): (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void) => void;

/**
 * The same without HTTP: one request in, one outcome out.
 *
 * @param account The options, or the Token alone.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function createReceiver(account: AccountOptions | string | readonly string[]): Receiver;

/** What stands in WeChat's console. */
export interface AccountOptions {
  /**
   * The Token: in the console 3 to 32 letters and digits. Others work, with one process warning. An
   * array accepts each of them, for the time in which the Token is being changed.
   */
  token: string | readonly string[];
}

/** The options of {@link messagePush}. */
export interface MessagePushOptions extends AccountOptions {
  /** Called with the reason when a request is refused. What it throws becomes a process warning. */
  onReject?: (rejection: Rejected, request: IncomingMessage) => void;
}

/** Made by {@link createReceiver}. */
export interface Receiver {
  /** Says what a request is. Synchronous; never throws for what a sender sent. */
  receive(request: PushRequest): Outcome;
  /** The HTTP response that an outcome asks for. */
  respond(outcome: Outcome): PushResponse;
}

/** An HTTP request as it arrived. */
export interface PushRequest {
  /** `GET`, `POST`, … */
  method: string | undefined;
  /** The request target with its query, such as `req.url`. */
  url: string | undefined;
}

/** An HTTP response to send. */
export interface PushResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a request is. */
export type Outcome = Handshake | Rejected;

/** WeChat checks the URL that was entered in its console. */
export interface Handshake {
  type: 'handshake';
  /** What WeChat wants to hear back: an opaque string, often more digits than a number holds. */
  echostr: string;
}

/** A request that was refused. */
export interface Rejected {
  type: 'rejected';
  /** A stable name. */
  reason:
    | 'method_not_allowed'
    | 'missing_parameter'
    | 'repeated_parameter'
    | 'undecodable_parameter'
    | 'signature_mismatch'
    | 'missing_echostr'
    | 'not_implemented';
  /** The return code of the official sample library (−40001 … −40011), where it has one. */
  code: number | null;
  /** The HTTP status of the answer. */
  status: number;
  /** One English sentence for the owner, with names and numbers, never a secret. */
  detail: string;
}
