/// <reference types="node" />

import type { IncomingHttpHeaders } from 'node:http';
import type { AccountOptions, ReplyRule } from './index';

/**
 * What WeChat's server does, for testing your own: it signs, seals and posts, waits five seconds,
 * delivers a push up to three times and reads the reply as WeChat does.
 *
 * @param options The options of the account, the same object that `messagePush` gets, or the Token alone.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function createGateway(options: GatewayOptions | string | readonly string[]): Gateway;

/**
 * WeChat's API as far as this package calls it, for testing your own bot: a server of this machine on a free port, with
 * access tokens that expire and are replaced, budgets of messages that are enforced, and errors on demand. Lead the
 * calls there by its `fetch`, or by the environment variable `WECHAT_PUSH_API_URL`:
 *
 * ```js
 * const api = await createApiServer();
 * api.pushed(message);                                          // so that its user may be sent messages
 * const { call } = accessToken({ appId, appSecret, fetch: api.fetch });
 * await call('cgi-bin/message/custom/send', { touser: message.FromUserName, msgtype: 'text', text: { content: 'hi' } });
 * api.messages;                                                 // [{ user, kind: 'text', text: 'hi', … }]
 * await api.close();
 * ```
 *
 * It plays `stable_token`, `token`, `message/custom/send`, `message/custom/typing`, `getcallbackip`, and of WeCom
 * `gettoken`, `message/send` and, at the `response_url` of a bot's message, `aibot/response`, all under `cgi-bin/`.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function createApiServer(options?: ApiServerOptions): Promise<ApiServer>;

/** The options of {@link createApiServer}. */
export interface ApiServerOptions {
  /** Secrets by AppID or CorpID, so that others are refused (40125, 40013). Without it any pair is right. */
  secrets?: Record<string, string>;
  /** How many seconds an access token lives. Default 7200, as WeChat's. */
  tokenLifetime?: number;
  /** The length of WeChat's second: with 0.001 the 48 hours are 173 s. Default 1. */
  timeScale?: number;
  /** The port. Default 0, any that is free. One that is taken rejects with Node's error, `EADDRINUSE`. */
  port?: number;
  /** Told of every call before it is answered; it must not throw. */
  onCall?: (call: ApiCall) => void;
}

/** Made by {@link createApiServer}. */
export interface ApiServer {
  /** Its origin, `http://127.0.0.1:PORT`: what `WECHAT_PUSH_API_URL` takes. */
  readonly url: string;
  /** A `fetch` that leads every URL here, whatever its host. */
  readonly fetch: typeof fetch;
  /** What users were sent, the latest last. */
  readonly messages: SentMessage[];
  /** Every call, without tokens and secrets. */
  readonly calls: ApiCall[];
  /**
   * Tells it what a user has sent to the account, such as `result.message` of the gateway. As with WeChat, a user who
   * has sent nothing can be sent nothing (45015), and each act allows so many messages (45047). A message of a bot's user
   * can be answered once by its `response_url`, within an hour.
   */
  pushed(message: GatewayMessage): void;
  /** Whether a user sees that one is typing. */
  isTyping(user: string): boolean;
  /** Ends every access token, as time does (42001). */
  expireTokens(): void;
  /** Replaces every access token, as another program does that shares the account (40001). */
  replaceTokens(): void;
  /**
   * Orders what the next calls of an interface are answered with.
   * @param path `'cgi-bin/message/custom/send'`; `'*'` for all.
   * @param answer Without one it is its own.
   */
  answer(path: string, answer?: ApiAnswer, options?: ApiAnswerOptions): void;
  /** Forgets what was ordered. */
  recover(): void;
  /** Ends every connection and stops. */
  close(): Promise<void>;
}

/**
 * JSON, such as `{ errcode: 45047 }`; an HTML page; `'down'`, a connection that is closed without an answer; `'hang'`,
 * one that is never answered.
 */
export type ApiAnswer = { errcode?: number; [field: string]: any } | 'html' | 'down' | 'hang';

/** How an ordered answer is given. */
export interface ApiAnswerOptions {
  /** To how many calls. Default 1. */
  times?: number;
  /** After how many milliseconds, of real ones. Default 0. */
  delay?: number;
  /** The HTTP status. Default 200. */
  status?: number;
}

/** A message as its user sees it. */
export interface SentMessage {
  /** The AppID or CorpID of the account, or the id of the bot. */
  account: string;
  /** The openid of the user, or the UserID of the member. */
  user: string;
  /** `text`, `image`, … */
  kind: string;
  /** Of a text, or of Markdown of a bot; of a WeCom application cut after 2,048 bytes, as there. */
  text?: string;
  /** What was sent under the name of the kind. */
  content: any;
}

/** One call of the API. */
export interface ApiCall {
  method: string;
  path: string;
  body: any;
  answer: ApiAnswer;
}

/**
 * What stands in WeChat's console. Of several Tokens and keys the first is the one that WeChat uses;
 * `mode` is `'secure'` when there is a key, and in compat mode a push carries its fields beside `Encrypt`.
 */
export interface GatewayOptions extends AccountOptions {
  /** The data format (数据格式) of pushes. Default `'xml'`. */
  format?: 'xml' | 'json';
  /**
   * How many milliseconds an answer may take before the connection is closed. Default 5000, as WeChat; the check of a URL
   * of WeCom gets 1000 at most.
   */
  timeout?: number;
  /** How often a push is delivered until the answer is 200. Default 3. */
  attempts?: number;
  /**
   * The length of WeChat's second: with 0.01 the 5 seconds are 50 ms, so that tests of slow handlers
   * are quick. Scales `timeout` and nothing else. Default 1.
   */
  timeScale?: number;
  /**
   * What a repeated delivery carries, which is not documented: `'same'` repeats the request byte for
   * byte, as access logs show WeChat to do; `'fresh'` has its own timestamp, nonce, signature and
   * envelope around the same message. A receiver has to bear both.
   */
  retry?: 'same' | 'fresh';
}

/** Made by {@link createGateway}. */
export interface Gateway {
  /**
   * Checks a URL as WeChat does when it is entered in the console: one GET.
   * @param url An absolute URL.
   * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `url` is no http or https URL. Whatever the
   * server does is in the result.
   */
  handshake(url: string | URL): Promise<HandshakeResult>;
  /**
   * Pushes a message as WeChat does, again when it is not accepted in time. Resolves when it is, or
   * after the last attempt.
   * @param url An absolute URL.
   * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `url` is no http or https URL,
   * `ERR_WECHAT_PUSH_MESSAGE` when the message cannot be one. Whatever the server does is in the result.
   */
  push(url: string | URL, message: GatewayMessage, options?: PushOptions): Promise<PushResult>;
  /**
   * Talks to a bot of WeCom as WeCom does: pushes a message, and where a stream that is not finished answers it, asks for
   * more (`msgtype: 'stream'`) every `interval` until it is, for six minutes at the most. Every answer is judged.
   * @param url An absolute URL.
   * @throws {TypeError} as `push`, and `ERR_WECHAT_PUSH_OPTIONS` when an option is wrong.
   */
  converse(url: string | URL, message: GatewayMessage, options?: ConversationOptions): Promise<Conversation>;
  /**
   * The request of a push, for tests without a socket: `app.inject`, supertest, `receiver.receive`.
   * @throws {TypeError} `ERR_WECHAT_PUSH_MESSAGE` when the message cannot be one.
   */
  request(message: GatewayMessage, options?: RequestOptions): PushRequest;
  /** The request of the handshake, for tests without a socket. */
  handshakeRequest(options?: RequestOptions): HandshakeRequest;
  /**
   * The reply in the body of an answer, opened; `null` when it says that there is none.
   * @param message The message that it answers, such as `request.message`; with it, more is checked.
   * @param nonce That of the URL of the push, `request.query.nonce`, which a bot's answer has to repeat.
   * @throws {Error} `ERR_WECHAT_PUSH_ANSWER`, with a {@link ReplyFlaw} in `reason`, when WeChat would not take it.
   */
  read(body: string | Uint8Array, message?: GatewayMessage, nonce?: string): ReadReply | null;
}

/**
 * A message, an event (`Event`) or a third-party platform's info (`InfoType`); of a bot of WeCom one by `msgtype`, or
 * `event.eventtype`. What every push of its kind has may be absent and is filled in: `ToUserName`, `FromUserName`,
 * `CreateTime`, `MsgType` of an event, `MsgId` of a message, `AppId` of an info; of a bot `msgid`, `aibotid`, `from`,
 * `chattype`, `response_url` and `create_time`.
 */
export interface GatewayMessage {
  MsgType?: string;
  Event?: string;
  InfoType?: string;
  msgtype?: string;
  event?: any;
  [field: string]: any;
}

/** Options of {@link Gateway.push}. */
export interface PushOptions {
  /** How often this push is delivered at most. */
  attempts?: number;
}

/** Options of {@link Gateway.converse}. */
export interface ConversationOptions {
  /** How many milliseconds pass between an answer and the next question for more. Default 1000; WeCom does not say. */
  interval?: number;
  /**
   * Waits for so many milliseconds, in place of real time: that of your own clock, so that six minutes take none. They
   * are scaled by `timeScale`.
   */
  wait?: (milliseconds: number) => unknown;
}

/** What came of a conversation with a bot. */
export interface Conversation {
  /** The last reply that WeCom took; `null` for none. */
  reply: ReadReply | null;
  /** The text that the user reads at last. */
  text: string | null;
  /** Whether there is nothing more to come. */
  finished: boolean;
  /** The message and each question for more, with how many milliseconds after the message it was sent. */
  turns: (PushResult & { at: number })[];
  /** What went wrong last; `unfinished_stream` where six minutes were not enough, `second_card` where there were several. */
  error: GatewayError | null;
}

/** Options of a request without a socket. */
export interface RequestOptions {
  /** The URL or path that the query is appended to. Default `'/'`. */
  url?: string;
}

/** What a handshake sends; of 微信云托管, without a Token, its look at the path. */
export interface HandshakeRequest {
  /** `'POST'` for the look at the path. */
  method: 'GET' | 'POST';
  /** The URL with the query. */
  url: string;
  /** The parameters of the query. */
  query: Partial<Record<'signature' | 'msg_signature' | 'echostr' | 'timestamp' | 'nonce', string>>;
  headers: Record<string, string>;
  /** `{"action":"CheckContainerPath"}` of the look at the path; a GET has none. */
  body?: string;
  /**
   * What the answer has to be: `echostr` as it is; WeCom sends it encrypted and wants its plaintext; `success` to the
   * look at the path.
   */
  echostr: string;
}

/** The POST of a push. */
export interface PushRequest {
  method: 'POST';
  /** The URL with the query. */
  url: string;
  /** The parameters of the query. */
  query: {
    signature?: string;
    timestamp: string;
    nonce: string;
    openid?: string;
    encrypt_type?: 'aes';
    msg_signature?: string;
  };
  headers: Record<string, string>;
  body: string;
  /** The message with its defaults filled in, as a handler gets it; from XML numbers are text there. */
  message: GatewayMessage & { CreateTime: number };
}

/** What a server answered. */
export interface Answered {
  /** `null` when no answer came. */
  status: number | null;
  headers: IncomingHttpHeaders;
  /** The body as text, as it came: nothing is decompressed, redirects are not followed. At most 1 MiB. */
  body: string;
  /** How long it took, in milliseconds. */
  duration: number;
}

/** What came of a handshake. */
export interface HandshakeResult extends Answered {
  /** Whether the answer was 200 with exactly the bytes of `echostr`. */
  ok: boolean;
  /** What WeChat wanted to hear: 17 to 20 digits; `success` to the look at the path. */
  echostr: string;
  /** The URL that was asked, with its query. */
  url: string;
  /** What went wrong; `null` when `ok`. */
  error: GatewayError | null;
}

/** What came of a push. */
export interface PushResult {
  /** Whether a delivery was answered with 200 in time, so that WeChat does not repeat it. */
  delivered: boolean;
  /** What the user sees; `null` when there is no reply, or none that WeChat takes (see `error`). */
  reply: ReadReply | null;
  /** What went wrong with the last delivery; `null` when nothing did. */
  error: GatewayError | null;
  /** The message that was sent, with its defaults. */
  message: GatewayMessage & { CreateTime: number };
  /** Every delivery. */
  attempts: Attempt[];
}

/** One delivery. */
export interface Attempt extends Answered {
  /** What was sent. */
  request: PushRequest;
  /** Whether it was answered with 200 in time. */
  accepted: boolean;
  /** Whether WeChat closed the connection because there was no answer in time. */
  timedOut: boolean;
  /** The opened reply. */
  reply: ReadReply | null;
  /** What went wrong; `null` when nothing did. */
  error: GatewayError | null;
}

/** A reply as WeChat reads it. From XML every leaf but `CreateTime` is a string, and `item` an array. */
export interface ReadReply {
  MsgType?: string;
  ToUserName?: string;
  FromUserName?: string;
  /** Seconds since 1970. */
  CreateTime?: number;
  /** Of a text. */
  Content?: string;
  /** Of a bot. */
  msgtype?: string;
  stream?: { id: string; finish?: boolean; content?: string; [field: string]: any };
  [field: string]: any;
}

/** What went wrong. */
export interface GatewayError {
  /** A stable name. */
  reason: ExchangeFlaw | ReplyFlaw;
  /** One English sentence, never a secret. */
  detail: string;
  /** The same in Chinese, of a reply that breaks a rule by which replies are judged. */
  zh?: string;
}

/** Why there is no answer that WeChat looks into. */
export type ExchangeFlaw =
  | 'timeout'
  | 'dns_failed'
  | 'connection_refused'
  | 'unreachable'
  | 'tls_failed'
  | 'connection_closed'
  | 'malformed_response'
  | 'response_incomplete'
  | 'response_too_large'
  | 'unexpected_status'
  | 'encoded_answer'
  | 'echostr_mismatch'
  | 'path_unanswered';

/** What is wrong with a reply. */
export type ReplyFlaw =
  /** Neither `success` nor empty nor a reply: a page, quotes, a dump. */
  | 'malformed_reply'
  | 'invalid_utf8'
  /** Not encrypted, in secure mode. */
  | 'plaintext_reply'
  /** Encrypted, in plain mode or in answer to mini-game delivery. */
  | 'encrypted_reply'
  /** The envelope lacks a field, or has it in another spelling. */
  | 'missing_field'
  /** `TimeStamp` of the envelope is not in seconds. */
  | 'invalid_timestamp'
  | 'msg_signature_mismatch'
  | 'invalid_base64'
  | 'decryption_failed'
  | 'illegal_buffer'
  | 'appid_mismatch'
  /** A JSON reply for an account whose data format is XML. */
  | 'json_reply'
  /** A reply of a bot in XML. */
  | 'xml_reply'
  /** The nonce of a bot's answer is not the one of the push. */
  | 'other_nonce'
  /** Of {@link Gateway.converse}: six minutes were not enough. */
  | 'unfinished_stream'
  /** Of {@link Gateway.converse}: there is a card in more than one answer to a message. */
  | 'second_card'
  /** It breaks a rule by which replies are judged before they are sent. */
  | ReplyRule
  /** `ToUserName` and `FromUserName` are not those of the message, swapped. */
  | 'misaddressed_reply';
