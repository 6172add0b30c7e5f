/// <reference types="node" />

import type { Carrier, CarrierAccount, PushStore } from './index';

/**
 * The access token of an account, one for all processes that share the store: one of them gets it, by `stable_token`
 * (of WeCom by `gettoken`), and it is renewed four minutes before its end. When the API rejects it, the store is read
 * again; then `stable_token` is asked; then it is told to renew the token, at most once in 30 seconds and ten times
 * a day by all processes together. While the store is away each process has a token of its own asking, which is the same.
 *
 * Do not use `cgi-bin/token` beside it in another program: its tokens are others, and apart from these.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong; also when the
 * environment variable `WECHAT_PUSH_API_URL`, which replaces WeChat's servers in tests, is no server of this machine.
 * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
export function accessToken(options: AccessTokenOptions): AccessToken;

/** Of a WeChat account, or of a WeCom application. */
export type AccessTokenOptions = { fetch?: typeof fetch } & (
  | {
      appId: string;
      appSecret: string | undefined;
      store?: PushStore;
      corpId?: undefined;
      corpSecret?: undefined;
    }
  | {
      corpId: string;
      corpSecret: string | undefined;
      store?: PushStore;
      appId?: undefined;
      appSecret?: undefined;
    }
);

/** Made by {@link accessToken}. */
export interface AccessToken {
  /** @throws {ApiError} when there is none. */
  get(): Promise<string>;
  /**
   * Calls an interface of the API; with another token once more, when it rejects the first. Integers that JavaScript
   * would round, such as `msgid`, are strings in the answer.
   *
   * @param path `'cgi-bin/getcallbackip'`, with a query if there is one.
   * @param body Sent as JSON by POST, in raw UTF-8; without it the call is a GET.
   * @throws {ApiError} when the answer has an `errcode` that is not 0, or there is none.
   * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `path` or `body` is wrong.
   */
  call(path: string, body?: object, options?: { signal?: AbortSignal }): Promise<any>;
}

/**
 * A carrier that sends answers as customer-service messages (客服消息) of an official account or a mini program. Texts
 * go in parts of at most 2,048 bytes; image, voice, video, music, news and mini-program page as what the account has
 * for them (a mini program has news as a link). What has no such message goes to the next carrier.
 *
 * It keeps in the store how many messages a user may get: 5 within 48 hours of a message, 2 within a minute of entering
 * a mini program's conversation, 3 within a minute of a menu, a scan or following. The last one says that the rest
 * comes another way, and the rest goes to the next carrier. What WeChat refuses goes there at once; while the API is
 * down a message is tried three times in 30 seconds. Meanwhile users of a slow handler see that one is typing.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, as {@link accessToken}.
 * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
 */
export function customerService(options: CustomerServiceOptions): Carrier;

/** The options of {@link customerService}: either `appSecret` or `accessToken`. */
export interface CustomerServiceOptions {
  /** Default: the AppID of the account that was pushed to. */
  appId?: string;
  /** The AppSecret, or what gives that of an account. */
  appSecret?: string | ((about: { account: CarrierAccount }) => string | Promise<string>);
  /**
   * Gives the access token, where another program keeps it, such as that of a third-party platform. With `rejected`
   * when the API did not take that one; to give the same again means that there is no other.
   */
  accessToken?: (about: { account: CarrierAccount; rejected?: string }) => string | Promise<string>;
  /**
   * What stands under the last message when the rest goes to the next carrier, at most 600 bytes. Default: in Chinese,
   * that the rest comes another way; before `nextMessage`, that it comes on “继续”.
   */
  announcement?: string;
  /** In place of the global one. */
  fetch?: typeof fetch;
}

/**
 * A carrier that sends answers as messages of a WeCom application (企业微信应用消息), texts in parts of at most 2,048
 * bytes, as WeCom cuts what is longer. WeCom drops what is more than 30 a minute for one member, or 1,000 an hour.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, as {@link accessToken}.
 * @see https://developer.work.weixin.qq.com/document/path/90236
 */
export function appMessage(options: AppMessageOptions): Carrier;

/** The options of {@link appMessage}: either `corpSecret` or `accessToken`. */
export interface AppMessageOptions {
  /** Default: that of the account that was pushed to. */
  corpId?: string;
  /** The Secret of the application, or what gives that of an account. */
  corpSecret?: string | ((about: { account: CarrierAccount }) => string | Promise<string>);
  /** As of {@link CustomerServiceOptions}. */
  accessToken?: (about: { account: CarrierAccount; rejected?: string }) => string | Promise<string>;
  /** The AgentId of the application, a whole number. */
  agentId: number | string;
  /** In place of the global one. */
  fetch?: typeof fetch;
}

/**
 * A carrier that answers a message of a user of a WeCom smart bot (企业微信智能机器人) by its `response_url`, which can be
 * used once, within an hour: what comes after the six minutes in which an answer grows, or is beyond 20,480 bytes. A
 * text goes as Markdown, what is left of it after 20,480 bytes to the next carrier; a card to a single chat.
 *
 * It sends to `https://qyapi.weixin.qq.com` alone, whatever the message says; with the environment variable
 * `WECHAT_PUSH_API_URL` all of it to that server of this machine.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, as {@link accessToken}.
 * @see https://developer.work.weixin.qq.com/document/path/101138
 */
export function responseUrl(options?: ResponseUrlOptions): Carrier;

/** The options of {@link responseUrl}. */
export interface ResponseUrlOptions {
  /**
   * What stands at the end of an answer whose rest comes by `response_url`, or in its place where there is nothing yet
   * (`soon`); each at most 600 bytes. Default: in Chinese, that it comes in a message of its own.
   */
  prompt?: string | { rest?: string; soon?: string };
  /** In place of the global one. */
  fetch?: typeof fetch;
}

/**
 * What a call of the API failed of. It holds no token, no secret and no query of a URL.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
 */
export class ApiError extends Error {
  private constructor();
  code: 'ERR_WECHAT_PUSH_API';
  /** What happened and what to do, in English; `message` has it, too. */
  detail: string;
  /** The same in Chinese. */
  zh: string;
  /** Of the interface, such as `/cgi-bin/message/custom/send`. */
  path: string;
  /**
   * `refused` where the answer has an `errcode`; where nothing was sent `not_taken`, as there is no such message, or
   * `elsewhere`, as a `response_url` is not Tencent's.
   */
  reason:
    | 'refused'
    | 'unreachable'
    | 'timeout'
    | 'aborted'
    | 'http_status'
    | 'not_json'
    | 'too_large'
    | 'no_token'
    | 'not_taken'
    | 'elsewhere';
  /** WeChat's number for it. */
  errcode?: number;
  /** WeChat's words for it, without the `rid`. */
  errmsg?: string;
  /** WeChat's name for this one call, which its staff asks for. */
  rid?: string;
  /** The HTTP status, where it was an error. */
  status?: number;
  /** Whether the same call may work in a moment. */
  temporary: boolean;
}
