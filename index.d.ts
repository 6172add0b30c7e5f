/// <reference types="node" />

import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  AnyInfo,
  BotMessage,
  BotOtherEvent,
  BotRouteMessages,
  OtherEvent,
  OtherInfo,
  PushMessage,
  RouteMessages,
  WeComMessage,
  WeComOtherEvent,
  WeComOtherInfo,
  WeComRouteMessages,
} from './messages';

export * from './messages';

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

/** As below, for an account of WeCom, whose messages have types of their own. */
export function messagePush<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler?: PushHandler<MessageOf<Platform>>,
): (req: IncomingMessage, res: ServerResponse, next?: (error?: any) => void) => void;
/**
 * Middleware that receives WeChat's pushes: Express 4 and 5, Connect, NestJS (`app.use`) and bare
 * `node:http`; others have their own in `wechat-push/koa`, `/fastify`, `/fetch` and `/serverless`. Mount it at the path of the URL that stands in WeChat's console.
 *
 * A GET whose signature holds gets its `echostr` back, byte for byte, as `text/plain`. A POST is
 * verified, decrypted and parsed, whichever body parser ran before, and handed to `handler`; what that
 * returns is the reply. Everything that fails gets 400 and `{"status":400,"data":"check msg error"}`;
 * the reason goes to {@link MessagePushOptions.onReject} and to the diagnostics channel
 * `wechat-push:rejected`, never to the sender. A body over the limit gets 413, one that does not arrive
 * within 5 seconds 408, other methods 405. Too many large bodies at once get 503, and so does a delivery
 * that WeChat should repeat.
 *
 * Without a handler the message is in `req.wechat` for the next middleware ({@link Push}).
 *
 * @param options The options, or the Token alone.
 * @param handler Its error goes to `next(error)`, or becomes a 500 and a process warning where there is no `next`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function messagePush(
  options: MessagePushOptions | string | readonly string[],
  handler?: PushHandler,
): (req: IncomingMessage, res: ServerResponse, next?: (error?: any) => void) => void;

/** As below, for an account of WeCom, whose messages have types of their own. */
export function createEndpoint<Platform extends WeComPlatform>(
  options: OptionsOf<Platform>,
  handler?: PushHandler<MessageOf<Platform>>,
): Endpoint<MessageOf<Platform>>;
/**
 * Everything that {@link messagePush} does, for any web framework: read the request into
 * {@link EndpointRequest}, write {@link EndpointResponse} as the answer. See `examples/own-adapter`.
 *
 * @param options The options, or the Token alone.
 * @param handler Without one every request needs `next`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong or unknown.
 */
export function createEndpoint(
  options: MessagePushOptions | string | readonly string[],
  handler?: PushHandler,
): Endpoint;

/** Made by {@link createEndpoint}. */
export interface Endpoint<Message = PushMessage> {
  /** The answer to a request; never rejects for what a sender sent or a handler did. */
  handle(request: EndpointRequest<Message>): Promise<EndpointResponse>;
}

/** One request of any web framework. */
export interface EndpointRequest<Message = PushMessage> {
  /** `GET`, `POST`, … */
  method: string;
  /** The URL, or its path, with the query as it came. */
  url: string;
  /** The headers, in any case; `content-length` and `transfer-encoding` are read, with `trust` those that it goes by. */
  headers?: Headers | Record<string, string | readonly string[] | undefined>;
  /**
   * The body of a POST: bytes, text, what a body parser made of it, or a stream of bytes or text, which is read
   * within `bodyLimit` and five seconds. A stream that somebody has drained is refused as `body_consumed`.
   */
  body?: Uint8Array | string | object | AsyncIterable<Uint8Array | string> | null;
  /** The framework's own limit of a body, in bytes; the lower one counts. */
  bodyLimit?: number;
  /** The framework's own request, for `context.request` and `onReject`. */
  request?: unknown;
  /**
   * Takes a listener and calls it when the sender has left, at once if it already has. Without it a reply
   * into a closed connection counts as sent.
   */
  onClose?(listener: () => void): void;
  /** Whether the sender has left. Where it is given, `onClose` is called only for a delivery that has to wait. */
  isClosed?(): boolean;
  /** Is given the work that goes on after the answer, where the host has to be told (Workers, Next.js `after`). */
  waitUntil?(work: Promise<unknown>): void;
  /**
   * The mode without a handler: is given the message, which has to be answered by `push.reply(value)`. What it
   * throws, or its promise rejects with, is a failure as a handler's is.
   */
  next?(push: Push<Message>): void;
}

/** What to answer. */
export interface EndpointResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** With status 500, what the handler threw, for frameworks that have a place for errors. */
  error?: Error;
}

/**
 * The same without HTTP: one request in, one outcome out.
 *
 * @param account The options, or the Token alone.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option is wrong.
 */
export function createReceiver<Platform extends PushPlatform | undefined = undefined>(
  account: string | readonly string[] | (AccountOptions & { platform?: Platform }),
): Receiver<MessageOf<Platform>>;

/**
 * Says what is wrong with a request, for the person who sees “Token验证失败”. It judges as the receiver
 * of `account` would, then makes the mistakes that people make, one at a time, until one of them fits:
 * a Token with a blank or in another letter case, Token and EncodingAESKey swapped, another account's
 * Token, a numeric sort, an HMAC, `signature` in place of `msg_signature`, a query that was encoded
 * twice, a clock that is off, a push of WeCom, …
 *
 * What a request carries is never an exception, and neither is a wrong account: its `reason` is
 * `invalid_options`. No secret is in the result: no Token, no key, no signature that would have been
 * right. It hashes for up to some milliseconds, so run it for owners, not for every stranger's request.
 *
 * @param request One of: a text that holds WeChat's parameters in whatever notation it was pasted (a URL, a
 *   line of a log, a command, JSON, what a language prints for a map, lines of `name: value`), in which
 *   case `GET` or `POST` is read from it or told by the parameters, and no age is judged; `req.query`; or a
 *   request as {@link Receiver.receive} takes it, such as `req`. An encrypted POST needs its `body`,
 *   which `msg_signature` covers.
 * @param account What `createReceiver` takes. Of an array of accounts the first is the one that should
 *   take the request, the others those that it may belong to.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `lang` is another one.
 */
export function explainPush(
  request: string | URL | URLSearchParams | PushRequest | object,
  account: AccountOptions | string | readonly string[] | readonly AccountOptions[],
  options?: {
    /** The language of the hints. Default `'en'`. */
    lang?: 'en' | 'zh';
  },
): Explanation;

/**
 * One handler made of several, as in Koa: each gets `next`, which calls the one behind it and resolves to what that
 * returns. A handler that does not call `next` answers by itself. A {@link route} that has nothing for a message calls
 * `next`, too.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when one of them is no function. `next()` rejects with
 * `ERR_WECHAT_PUSH_HANDLER` when it is called again.
 */
export function compose<Message = PushMessage>(
  ...handlers: PushMiddleware<NoInfer<Message>>[]
): ComposedHandler<Message>;

/**
 * A handler for some messages only: those that pass the test. The others go to `next`, which is the next handler in
 * {@link compose} or in an array of {@link route}.
 *
 * @param test A pattern, for what the user said; or a function, which may be async.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `test` is neither, or `handler` no function.
 */
export function when<Message = PushMessage>(
  test: RegExp | ((message: NoInfer<Message>, context: PushContext) => boolean | Promise<boolean>),
  handler: PushMiddleware<NoInfer<Message>>,
): ComposedHandler<Message>;

/**
 * One handler made of many, chosen by what the message is: `text`, `image`, … for ordinary messages,
 * `event.subscribe`, … for events, `info.component_verify_ticket`, … for third-party platforms; `event`
 * and `info` for those not named, `default` for everything else. Names are case-sensitive, as WeChat's; a
 * near miss such as `event.subscribed` is warned of once. What changed of WeCom's contacts and customers is a second
 * level: `event.change_contact.create_user` goes before `event.change_contact`. Where two names of one event are in use, such as
 * `PUBLISHJOBFINISH` and `FREEPUBLISHJOBFINISH`, a handler under either gets both. `event.…` and `info.…` of
 * names that are not listed are allowed. `event.CLICK:KEY` is the same event with the EventKey `KEY`, and comes before
 * `event.CLICK`.
 *
 * A value may be an array of handlers, such as those that {@link when} makes: the first whose test is passed gets the
 * message; when there is none, it goes to the next key: from `event.CLICK` to `event`, then to `default`.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when a value is neither a function nor an array of some.
 */
export function route<
  Message extends PushMessage | WeComMessage | BotMessage = PushMessage,
  Key extends string = keyof RoutesOf<Message> & string,
>(
  handlers: RouteHandlers<Key, RoutesOf<Message>> & RouteHandlers<keyof RoutesOf<Message>, RoutesOf<Message>>,
): ComposedHandler<Message>;

/**
 * Passive replies; return one from the handler.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_REPLY` when what is given cannot be read.
 */
export const reply: ReplyBuilders;

/**
 * Whether the `PayEventSig` of a mini-game delivery (`minigame_…`) is the HMAC-SHA256 of
 * `Event&Payload` under the AppKey of the virtual payment, compared in constant time. A message
 * without `MiniGame` is `false`.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `appKey` is no non-empty string.
 * @see https://developers.weixin.qq.com/minigame/dev/guide/open-ability/virtual-payment/message-push.html
 */
export function verifyPayEventSig(message: PushMessage, appKey: string): boolean;

/**
 * A file or a picture that was sent to a bot of WeCom: what its `url` leads to, for five minutes, is encrypted with the
 * bot's EncodingAESKey. Download it yourself, with a limit: files have up to 100 MB. What it is called stands in the
 * `Content-Disposition` of the download.
 *
 * @param bytes As they were downloaded, whole.
 * @param account The options of the bot, of which the `encodingAESKey` counts; of several each is tried.
 * @returns The file, in memory of its own.
 * @throws {MediaError} `ERR_WECHAT_PUSH_MEDIA` when they do not open.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `bytes` are none, or the key is none.
 * @see https://developer.work.weixin.qq.com/document/path/100719
 */
export function decryptMedia(
  bytes: ArrayBufferView | ArrayBuffer,
  account: Pick<Account, 'encodingAESKey'>,
): Buffer;

/** What {@link decryptMedia} throws of bytes that do not open. Of 256 wrong keys, one goes unnoticed. */
export interface MediaError extends Error {
  code: 'ERR_WECHAT_PUSH_MEDIA';
  reason: 'empty' | 'cut_off' | 'wrong_key';
}

/** One account: what stands in WeChat's console. */
export interface Account {
  /**
   * The Token: in the console 3 to 32 letters and digits. Others work, with one process warning. An
   * array accepts each of them, for the time in which the Token is being changed. `undefined`, as of a variable
   * that is not in `process.env`, throws, unless there is a `trust`.
   */
  token?: string | readonly string[] | undefined;
  /**
   * The EncodingAESKey, 43 letters and digits; with it, pushes have to be encrypted unless `mode` says
   * otherwise. `[current, previous]` opens both; the reply is sealed with the one that opened the push.
   */
  encodingAESKey?: string | readonly string[];
  /** The AppID that every encrypted push must name; the component's on a third-party platform. */
  appId?: string;
  /**
   * Of WeCom (`platform: 'wecom'`), in place of `appId`, what every push ends with (receiveid): the CorpID of a
   * company's own application; the SuiteID at the instruction callback of a provider's, the provider's CorpID when its
   * console checks the URL, the CorpID of the authorising company at its data callback; or `''`. An array accepts each
   * of them; {@link PushContext.receiveId} tells which it was. Without it any is accepted, with one process warning.
   * What a company's bot (`'wecom-bot'`) is pushed ends with nothing, which is what counts there without it.
   *
   * @see https://developer.work.weixin.qq.com/document/path/90968
   */
  receiveId?: string | readonly string[];
  /**
   * The encryption mode (消息加解密方式): `'plain'` without a key, else `'secure'`. `'compat'` takes
   * plaintext too, for the time in which the console setting changes; of an encrypted push only the
   * decrypted part counts. The mode is never chosen by the request. WeCom knows `'secure'` alone.
   */
  mode?: 'plain' | 'compat' | 'secure';
  /**
   * What kind of account it is, which decides what it may be answered with ({@link PushHandler}): a `'mini-program'` and
   * a `'mini-game'` take no reply to the user but `transfer_customer_service`, a `'store'` (微信小店) none. A
   * `'third-party'` platform (第三方平台) gets encrypted pushes only, all of them for the component's `appId`:
   * docs/third-party.md. Without it
   * nothing is held against a reply that only one kind of account refuses; a message to the user in answer to a push
   * in JSON, which official accounts do not send, is warned of once. `'wecom'` is an application of WeCom (企业微信),
   * `'wecom-bot'` a smart bot (智能机器人) with a callback URL: docs/wecom-bot.md.
   */
  platform?: PushPlatform;
  /**
   * Who may push without a signature; nobody by default. `'cloudrun'` believes what 微信云托管 passes on, known by the
   * header `x-wx-source` (or `x-wx-sources`), and answers its look at the path (`CheckContainerPath`); with
   * `wechat-push/serverless` also the events by which WeChat calls a cloud function. Whoever reaches the service from
   * outside of the cloud can send the header, too: **switch its public access off**, see docs/cloudrun.md.
   *
   * What is not signed has no Token, no age and no encryption. With a `token`, a request that has a signature is verified
   * as ever; without one its signature is passed over. What has neither is refused as `outside_cloud`.
   * @see https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
   */
  trust?: PushTrust;
  /**
   * What you call it, such as its key in your database: for `context.account`, for hints, and for the store, which
   * knows the account by it. Give each account its own, and never one that its owner can choose. Without it the store
   * goes by the AppID, so accounts of others need a name, unless you have seen to it that each has its own AppID.
   */
  name?: string;
}

/** The options of {@link createReceiver}. */
export interface AccountOptions extends Account, ReceivingOptions {}

/** Which pushes are taken. */
export interface ReceivingOptions {
  /**
   * How many seconds a POST may be old: at most as long as the store remembers, and by default five minutes
   * less, 24 hours 55 minutes with ours. So a retry that comes hours later, as those of payments do, is neither
   * refused nor handled twice. `0` takes any age, with one process warning: what the store has forgotten is handled
   * again.
   *
   * It may be 300 seconds ahead, and in plaintext a message that is no event may be 300 seconds old, as its signature
   * does not cover its body; less where `tolerance` is less.
   */
  tolerance?: number;
  /** The largest body in bytes. Default 1 MiB. */
  bodyLimit?: number;
}

/** A kind of account. Generated from core/src/platform.rs. */
export type PushPlatform =
  'official-account' | 'mini-program' | 'mini-game' | 'store' | 'third-party' | 'wecom' | 'wecom-bot';

/** Generated from core/src/trust.rs. */
export type PushTrust = 'cloudrun';

/** What handlers see of an account: what was configured, without its secrets. */
export interface PushAccount {
  readonly name?: string;
  readonly appId?: string;
  readonly platform?: PushPlatform;
}

/** The options of {@link messagePush}: those of one account, or those of many. See docs/accounts.md. */
export type MessagePushOptions<Message = PushMessage> = EndpointOptions<Message> &
  (OneAccount | FoundAccount | ListedAccounts) &
  ([Message] extends [PushMessage]
    ? { platform?: Exclude<PushPlatform, WeComPlatform> }
    : { platform: WeComPlatform });

/** The platforms whose messages are not those of WeChat. */
export type WeComPlatform = 'wecom' | 'wecom-bot';

/** The options of an account of such a platform: its callbacks get its messages. */
export type OptionsOf<Platform extends WeComPlatform> = MessagePushOptions<MessageOf<Platform>> & {
  platform: Platform;
};

type OneAccount = Account & HasToken & { account?: undefined; accounts?: undefined };

/** Without a Token nothing is verified, which takes a `trust`. */
type HasToken = { token: string | readonly string[] | undefined } | { trust: PushTrust };

/** In place of one account. */
interface FoundAccount extends NoAccount {
  /**
   * Finds the account of a request: gives its options, a receiver of {@link createReceiver}, or undefined where there
   * is none; or a promise of it. The request is the adapter's: `url` as the adapter has it, `request` the framework's
   * own, such as Express's `req` with its `params`; leave its body unread.
   *
   * It is called when the parameters and the age of a request may be WeChat's, which any stranger can bring about, and
   * before anything is verified. What it gives is read anew for every request; receivers are made of it and kept by its
   * content, 10,000 of them.
   *
   * Where `carriers` go on with what another process left, there is no request: it is called with `method`, `url`, of the
   * headers with `host` and `x-forwarded-host`, and with `account`, which is what `context.account` was. Find the account
   * by its `name` or `appId` then. Where it gives nothing, another account, or throws, the answer is left to the processes
   * that have the account.
   *
   * A request for which it gives nothing is refused as `unknown_account`. One for which it throws, gives what is no
   * account, or has not settled within 4.5 seconds, is refused as `account_failed`; the error becomes a process
   * warning, at most one in ten seconds. WeChat gets the same answer as for a bad signature.
   */
  account: (request: AccountRequest) => FoundByAccount | PromiseLike<FoundByAccount>;
  accounts?: undefined;
}

/** A request whose account is looked for. */
export interface AccountRequest extends EndpointRequest {
  /** The framework's own; undefined where carriers go on with what another process left. */
  request?: any;
  /** The account as `context.account` had it, where carriers go on with what another process left. */
  account?: PushAccount;
}

/** What the option `account` may give. */
type FoundByAccount = Account | Receiver | undefined | null;

/** In place of one account. */
interface ListedAccounts extends NoAccount {
  /**
   * At most 50 accounts. A request is for the one that has signed it; each is tried, so for more of them give `account`.
   * Two accounts may share a Token where both are in secure mode, and the EncodingAESKey or the AppID tells them apart;
   * two that nothing tells apart throw.
   */
  accounts: readonly Account[];
  account?: undefined;
}

type NoAccount = { [Option in keyof Account]?: undefined };

/** The options of an endpoint, whichever accounts it has. */
export interface EndpointOptions<Message = PushMessage> extends ReceivingOptions {
  /**
   * How long a reply may take, in milliseconds. WeChat drops a connection after 5 seconds and delivers a
   * message up to three times; events by schedules of their own, see docs/delivery.md.
   *
   * `5000`, the default: after 4.5 seconds without a reply WeChat is told `success`, and a reply that
   * comes later goes to the `carriers`, then to `onUndelivered`. `15000`: the first two deliveries without a reply are left to time out,
   * so that WeChat delivers again; whichever is open when the reply is ready carries it. At the end of the
   * third WeChat is told `success`. The handler runs once in either case.
   */
  replyWindow?: 5000 | 15000;
  /**
   * Where deliveries are remembered, so that each push is handled once: {@link memoryStore} by default,
   * or `redisStore` from `wechat-push/redis` for many processes. A store that throws, or has not answered
   * within 300 ms, is left alone until it is back, and memory takes its place; the diagnostics channel
   * `wechat-push:store` tells both.
   */
  store?: PushStore;
  /**
   * What sends what no answer to WeChat can carry: too late, too long, or not taken by this account or push. They are
   * tried in order, and what none of them takes goes to `onUndelivered`; so does at once what answers a push of nobody.
   * What is still to be sent is kept in the store for up to 48 hours, so that with `redisStore` another process goes on
   * where a dead one stopped; a part may then be sent twice. A push whose handler works on after WeChat has been told
   * `success` is kept, too, and is handled again, without `context.request`, should its process die; when three have died
   * of it, it is given up. Without a handler, where only the request leads on, it is not. A handler may take ten minutes: see {@link PushContext.signal}. See docs/slow-answers.md.
   */
  carriers?: Carrier[];
  /** Keeps something for each user: {@link PushContext.session}. `ttl`: for how many milliseconds; default 30 minutes. */
  session?: boolean | { ttl?: number };
  /**
   * Gets what no answer to WeChat can carry, and no carrier has sent; `reason` is a {@link UndeliveredReason}. Of a text
   * that is too long it gets the rest, in the form that the handler returned; of a stream the text that was not sent;
   * else `value` is what the handler returned. With carriers it may be called in another process. What it throws becomes a process warning, at most one in
   * ten seconds. The diagnostics channel `wechat-push:undelivered` gets the same as `{ value, message, context, reason }`.
   */
  onUndelivered?: (
    value: unknown,
    message: Message,
    context: PushContext,
    reason: UndeliveredReason,
  ) => unknown;
  /**
   * Gets each ticket that is pushed to a platform, in place of the handler: the `component_verify_ticket` of a third-party
   * platform, the `suite_ticket` of a provider of WeCom. Without it the handler gets them. Store it: what the interfaces
   * of the platform need begins with it.
   *
   * At least once: WeChat does not hear `success` before it has returned, and when it throws, or takes longer than 4.5
   * seconds, the ticket comes again. One at a time for each platform or suite (`message.AppId`, `message.SuiteId`), and
   * none that was made before the last that was handed over, also across processes that share a `store`. What it returns
   * is no reply.
   */
  onTicket?: (
    ticket: string,
    context: PushContext,
    message: { AppId?: string; SuiteId?: string; [field: string]: unknown },
  ) => unknown;
  /**
   * Called with the reason when a request is refused. What it throws becomes a process warning, at most
   * one in ten seconds. Without it a line on stderr says the reason and what to do: the first refusal of
   * each reason, then at most one line for it in ten minutes while `NODE_ENV` is `production`, else in ten
   * seconds. The diagnostics channel `wechat-push:rejected` gets the same as `{ rejection, request }`.
   */
  onReject?: (rejection: ExplainedRejection, request: any) => void;
  /**
   * The language of those lines, of the hints that `onReject` asks for without naming one, and of process warnings,
   * which are one for all endpoints: that of the last one made. Default:
   * Chinese where `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set, begins with `zh`; without them,
   * where the locale of the system does.
   */
  lang?: 'zh' | 'en';
}

/**
 * Handles a message and returns the reply: nothing, `''` or `'success'` for none, another string for a
 * text, an object with `MsgType` ({@link reply}) for a passive reply, another object for a data reply
 * such as `{ ErrCode: 0, ErrMsg: 'success' }`. Numbers and booleans are no reply.
 *
 * A text may be returned while it is written: an async iterable or a generator of strings, or of the chunks that `openai`
 * (chat and responses), `@anthropic-ai/sdk` and the AI SDK yield, or an object with a `fullStream` of them, such as that of
 * `streamText()`. When the last delivery has to be answered, whole sentences of what is there are sent, and the rest
 * goes to the carriers when it is written. When the source fails after its first text, that is sent with a note; before,
 * the handler has failed. It is closed however it ends, after ten minutes or about a million characters at the latest.
 * Users of a bot of WeCom see it grow: the first answer carries what is there after half a second, and each `stream` push,
 * which the handler is not called with, gets the whole text so far, for six minutes and 20,480 bytes; so it is with a text
 * that takes longer than 4.5 seconds. See docs/wecom-bot.md.
 *
 * The reply has the push's own format and is sealed when the push was; but for a mini-game payment, whose answer
 * WeChat wants in plaintext.
 *
 * Every reply is judged before it is sent, by the rules in docs/replies.md. One that WeChat would never take, such as
 * `reply.text(undefined)`, an array or an `Error`, is not sent: WeChat gets `success`, the push counts as handled, and
 * a process warning (once for each rule) and the diagnostics channel `wechat-push:unsendable`
 * ({@link UnsendableEvent}) say what is wrong and what to do. One that is good, but cannot go as an answer here, since
 * it is too long or this push or account takes none, goes to the `carriers`, then to `onUndelivered`; WeChat gets
 * `success`, or of a long text the beginning: at most 2,047 bytes of UTF-8, cut after a sentence where there is one.
 */
export type PushHandler<Message = PushMessage> = (message: Message, context: PushContext) => unknown;

/** What an account of this `platform` is pushed. */
export type MessageOf<Platform> = [Platform] extends ['wecom']
  ? WeComMessage
  : [Platform] extends ['wecom-bot']
    ? BotMessage
    : PushMessage;

/** A handler that may leave the message to another, whose reply `next` resolves to: {@link compose}. */
export type PushMiddleware<Message = PushMessage> = (
  message: Message,
  context: PushContext,
  next: () => Promise<unknown>,
) => unknown;

/** A {@link PushHandler} that is also a {@link PushMiddleware}; without `next` a message that it leaves gets no reply. */
export type ComposedHandler<Message = PushMessage> = (
  message: Message,
  context: PushContext,
  next?: () => Promise<unknown>,
) => unknown;

/** What is known of a push beside its message. */
export interface PushContext {
  /**
   * The idempotency key, the same for every retry: `MsgId` + `FromUserName` + `ToUserName` +
   * `CreateTime`, or the SHA-1 of the plaintext for events; of a bot the `msgid`.
   */
  readonly id: string;
  /** The account that the push is for. */
  readonly account: PushAccount;
  /**
   * What the user said: the `Content` of a text, the `Recognition` of a voice message where WeChat recognises speech; to
   * a bot the texts of a `text`, `voice` or `mixed`, in a group without the mention of the bot (one `@name` at the
   * beginning, else one at the end: no push says what the bot is called).
   * Undefined for everything else, and where it is empty, so that one handler serves every kind of message:
   * `if (context.text) …`. Of several `messages` the texts, by lines.
   */
  readonly text: string | undefined;
  /**
   * The id of the user who caused the push: the openid, of a WeCom account the UserID or ExternalUserID. Usually
   * `FromUserName`, of a bot `from.userid`; some events name the user elsewhere, as those of payments do in `OpenId`. Undefined where no user
   * did, as in a push to a third-party platform's own URL.
   */
  readonly user: string | undefined;
  /** Which delivery of the push the handler runs for: 1, or more where it failed before. */
  readonly attempt: number;
  /**
   * Aborted when nobody wants the reply any more, so that a slow answer need not be finished: when no delivery can carry
   * it, or, where there are `carriers`, after ten minutes. What the handler returns all the same, without carriers, goes
   * to `onUndelivered`.
   */
  readonly signal: AbortSignal;
  /**
   * The plaintext that the message was read from; of a body that a parser had read, that object as JSON.
   * Made on demand from the request's body, so leave that unchanged.
   */
  readonly raw: string;
  /** The data format that is set in WeChat's console. */
  readonly format: 'xml' | 'json';
  /** Whether the push came encrypted. */
  readonly encrypted: boolean;
  /**
   * Whom a push of WeCom is for, as it ends with it: the CorpID, the SuiteID or `''`. Of several in the option
   * `receiveId` it tells which one matched. Undefined of WeChat.
   */
  readonly receiveId: string | undefined;
  /** The parameters that WeChat appended to the URL. */
  readonly query: PushQuery;
  /** The messages that are handled at once: several under `inTurn` with `merge`, else the one. */
  readonly messages: PushMessage[];
  /** What is kept for the user; to read it throws where the option `session` is missing, or the push is of nobody. */
  readonly session: PushSession;
  /**
   * The framework's request: on Express and `node:http` its `IncomingMessage`, on Koa its `ctx`, else its `Request`;
   * of a cloud function the event. Undefined where another process had received the push: {@link EndpointOptions.carriers}.
   */
  readonly request: any;
}

/**
 * A message that is not given to a handler: `req.wechat` of `messagePush` without one. Of an application of WeCom that is
 * a `Push<WeComMessage>`, which a request cannot know: `const { message } = req.wechat as Push<WeComMessage>`.
 */
export interface Push<Message = PushMessage> {
  message: Message;
  context: PushContext;
  /**
   * Sends the reply; call it once for every message, with what a handler would return. An app that answers
   * the request by itself gives no reply; with an error status WeChat delivers again. Gives `false` where the message
   * has had its reply, or the app has answered by itself.
   */
  reply(value?: unknown): boolean;
  /**
   * For adapters: the app has answered by itself, with this status. `false` when that came after `reply`, so that
   * the reply is still to be sent.
   */
  answered(status: number): boolean;
}

declare module 'http' {
  interface IncomingMessage {
    /** Set by `messagePush` of wechat-push without a handler. */
    wechat?: Push;
  }
}

/**
 * Remembers deliveries in this process: of those that have ended the latest, while those whose handler
 * runs are never forgotten. It takes 80 bytes for each, 190 in plaintext; of replies it keeps about 16 million
 * characters, beside the data replies of up to 512 bytes, which stay as long as their push. To forget a push before
 * its time is warned of once.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when an option is wrong.
 */
export function memoryStore(options?: MemoryStoreOptions): PushStore;

/**
 * Why no answer carried a reply, or all of it: it came after the last delivery that could (`late`), it is longer than
 * WeChat takes (`too_long`), or this push or this account takes no such reply (`not_taken`); or a carrier failed to send
 * it (`failed`).
 */
export type UndeliveredReason = 'late' | 'too_long' | 'not_taken' | 'failed';

/**
 * Sends what no delivery can carry, such as `customerService` of `wechat-push/api` and `nextMessage` of
 * `wechat-push/answers`. Anything that reaches a user can be one: a subscribe message, an e-mail.
 */
export interface Carrier {
  /** Shown in warnings. */
  readonly name: string;
  /**
   * Sends what it can of an answer, in order. Gives what is left for the next carrier, or nothing when all is sent.
   * When it throws, the next carrier gets what was left by `progress`.
   */
  carry(answer: UndeliveredAnswer): unknown;
  /** Whether it could send an answer to this push at all; without it, to any. What it throws counts as no. */
  reaches?(message: PushMessage): boolean;
  /** Called once when a handler has worked for a second on what a user sent, to show that somebody does. */
  working?(push: CarrierPush): unknown;
  /**
   * Asked before the handler. Gives an answer that waited for this push, which goes as if the handler had returned it;
   * or nothing, so that the handler runs.
   */
  takeUp?(push: CarrierPush): unknown;
  /**
   * What a delivery says at the end of a text whose rest this carrier gets; by itself, where there is no text yet.
   * It is that of the first carrier that `reaches` the push.
   */
  readonly prompt?: { readonly rest: string; readonly soon: string };
  /** Called before `prompt.soon` is sent: an answer will come, unless `failed` is called for the same push. */
  expect?(push: CarrierPush): unknown;
  /** Called when the handler whose answer it was to expect has failed, or has returned nothing that can be sent. */
  failed?(push: CarrierPush): unknown;
}

/** The push whose answer a carrier sends. */
export interface CarrierPush {
  /** The same for every answer to it, in all processes. */
  readonly id: string;
  /** `context.user`. */
  readonly user: string;
  /** `context.text`. */
  readonly text?: string;
  /** `context.account`, with what the store knows it by. */
  readonly account: CarrierAccount;
  readonly message: PushMessage;
  /** When WeChat signed the push, in milliseconds since 1970; absent where nothing is signed. */
  readonly pushedAt?: number;
  /** What the store keeps, for what a carrier has to remember. Its keys should begin with `account.id`. */
  readonly records: PushRecords;
  /** Aborted when what is asked for is no longer wanted. */
  readonly signal: AbortSignal;
}

/** The account that was pushed to, and `id`, with which the keys of its records begin. No secret is in it. */
export interface CarrierAccount extends PushAccount {
  readonly id: string;
}

/** A text, or an object as a handler returns it. */
export type ReplyValue = string | object;

/** An answer, or what is left of it. */
export interface UndeliveredAnswer extends CarrierPush {
  readonly value: ReplyValue;
  readonly reason: UndeliveredReason;
  /** The carrier that gets what this one leaves, if there is one, so that its message can say so. */
  readonly nextCarrier?: string;
  /** To be called whenever a part has been sent, with what is left, so that no other process sends it again. */
  progress(left: ReplyValue): Promise<void>;
}

/**
 * What is kept for one user of one account, in the store, for as long as the option `session.ttl` says since it was
 * last set. The store is asked when a method is called, once for each. When it is away they throw an error with
 * `code: 'ERR_WECHAT_PUSH_STORE'`.
 */
export interface PushSession {
  /** What is kept; undefined where there is nothing. */
  get(): Promise<any>;
  /**
   * Keeps a value, which has at most 65,536 bytes as JSON; `undefined` clears it. Throws
   * `ERR_WECHAT_PUSH_SESSION` when it is larger, or when another push has set it since `get`.
   */
  set(value: unknown): Promise<void>;
  /** Keeps what `change` makes of what is kept; calls it again when another push was quicker. Gives the new value. */
  update(change: (old: any) => unknown): Promise<any>;
  clear(): Promise<void>;
}

/** A rule by which replies are judged: docs/replies.md. Generated from core/hints.json. */
export type ReplyRule =
  | 'array_reply'
  | 'empty_reply'
  | 'missing_part'
  | 'blank_part'
  | 'wrong_part'
  | 'no_article'
  | 'wrong_count'
  | 'many_items'
  | 'long_part'
  | 'early_images'
  | 'other_stream'
  | 'other_card'
  | 'unknown_msgtype'
  | 'sent_otherwise'
  | 'missing_msgtype'
  | 'no_bot_reply'
  | 'unknown_bot_reply'
  | 'lowercase_reply'
  | 'data_not_wanted'
  | 'function_reply'
  | 'error_reply'
  | 'bytes_reply'
  | 'response_reply'
  | 'collection_reply'
  | 'promise_in_reply'
  | 'unreadable_reply'
  | 'nested_array'
  | 'element_name'
  | 'long_text'
  | 'many_articles'
  | 'reply_not_wanted'
  | 'data_wanted'
  | 'no_addressee'
  | 'update_wanted'
  | 'update_not_wanted'
  | 'stream_wanted'
  | 'welcome_wanted'
  | 'welcome_not_wanted'
  | 'reply_not_taken';

/** What the diagnostics channel `wechat-push:unsendable` gets: a handler returned what WeChat would never take. */
export interface UnsendableEvent {
  value: unknown;
  message: PushMessage;
  context: PushContext;
  rule: ReplyRule;
  /** What is wrong and what to do, in English. */
  detail: string;
}

/**
 * What the diagnostics channel `wechat-push:received` gets of every delivery of a push that is verified, before it is
 * handled.
 */
export interface ReceivedEvent {
  /** What {@link route} calls it: `text`, `event.subscribe`, `info.authorized`, …; a sender can choose it. */
  kind: string;
  /** {@link PushContext.id} */
  id: string;
  account: PushAccount;
  message: PushMessage;
  /** The framework's request. */
  request: any;
  /** {@link Received.token}, by which you see that the previous Token is no longer used; docs/rotation.md. */
  token: number;
  /** {@link Received.key} */
  key: number | undefined;
}

/** What the diagnostics channel `wechat-push:handled` gets of every such delivery, once its answer is known. */
export interface HandledEvent extends Omit<ReceivedEvent, 'token' | 'key'> {
  /** Which delivery of the push it is: 1, or more for a retry; 0 when it was refused as `replayed`. */
  attempt: number;
  /** Whether the handler ran for this delivery; of a retry it usually did not, of a bot's `stream` it never does. */
  hasRun: boolean;
  answer: PushAnswer;
  /** From the beginning of the request, in milliseconds. */
  duration: number;
}

/**
 * How a delivery was answered: with a `reply`; with `success`, or by the app itself; with 503, so that WeChat delivers
 * again (`retry`); not at all, since WeChat had hung up (`left`); with 500 (`failed`); or with 400 (`replayed`).
 */
export type PushAnswer = 'reply' | 'success' | 'retry' | 'left' | 'failed' | 'replayed';

/** The options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /**
   * How many ended deliveries are remembered; and how many records are kept, those at most 50,000. Default 200,000,
   * which is two a second for 25 hours, and 16 MB.
   */
  max?: number;
  /** For how long, in milliseconds. Default 25 hours: the longest published schedule of retries takes 24 h 4 min. */
  remember?: number;
}

/** Where deliveries are remembered. Each method may return a promise. */
export interface PushStore {
  /** How long a run's claim holds without `renew`, in milliseconds; none where nobody can take it over. */
  readonly lease?: number;
  /**
   * How long an id is remembered after its last delivery, in milliseconds, a whole number: `tolerance` cannot be
   * longer. A store that does not tell is taken to remember 25 hours.
   */
  readonly remember?: number;
  /**
   * Notes a delivery and says what to do with it: run the handler (`first`), wait for the one that runs
   * (`running`), answer with the recorded reply (`done`), or refuse it (`replayed`: the signature was there with
   * another body; that counts as no delivery). The signature of a handshake is noted by it, too, under an id of its
   * own, which is finished at once without a reply.
   */
  begin(delivery: { id: string; replay?: Replay }): DeliveryState | Promise<DeliveryState>;
  /** The same of a delivery that was noted before and does not count again. */
  peek(id: string): DeliveryState | Promise<DeliveryState>;
  /**
   * Records what a handler replied: JSON, or an empty string for no reply.
   * @param sent Whether a delivery carried it.
   * @param lasts Whether the reply, which is short then, is to be kept as long as the id. Of any other the id alone
   *   matters after ten minutes: `done` with an empty reply.
   */
  finish(id: string, reply: string, sent: boolean, lasts?: boolean): unknown;
  /** Ends a run that failed, so that the next delivery runs the handler again. */
  release(id: string): unknown;
  /**
   * Marks a recorded reply that no delivery has carried as sent. Gives `true` where there was one; of several
   * callers only one gets it.
   * @param keep Whether later deliveries get it too; else none is recorded in its place.
   */
  claimUnsent(id: string, keep: boolean): boolean | Promise<boolean>;
  /** Holds the claim of a run for another `lease`. */
  renew?(id: string): unknown;
  /** Values that outlive a delivery. Unlike deliveries they never fall back to memory. */
  readonly records?: PushRecords;
}

/** Versioned values with a lifetime. Each method rejects when the store is away. */
export interface PushRecords {
  get(key: string): Promise<PushRecord | undefined>;
  /**
   * Writes a value, or removes it when it is null. Gives whether that was done.
   * @param options.ttl How long it lives, in milliseconds; `'same'`: as long as the record that is there, and nothing
   *   is written where there is none.
   * @param options.version Writes only where the record has that version; null where there is no record.
   * @param options.due In how many milliseconds `claimDue` is to give it; `'same'`: when it would have given the record
   *   that was there; without it, never.
   */
  set(
    key: string,
    value: string | null,
    options: { ttl: number | 'same'; version?: string | null; due?: number | 'same' },
  ): Promise<boolean>;
  /**
   * Gives the key of a record that is due. The record is due again after `lease` milliseconds, so that another
   * process gets it should this one die.
   * @param prefix Only of records whose keys begin so.
   */
  claimDue(lease: number, prefix?: string): Promise<string | undefined>;
}

/** A value, and what tells it from every other value that the record has had. */
export interface PushRecord {
  value: string;
  version: string;
}

/** What must not be seen with another body, where the signature does not cover the body. */
export interface Replay {
  /** `signature` of the URL, 40 characters. */
  signature: string;
  /** The SHA-1 of the body, 40 characters; of a handshake, which has none, zeros. */
  bodyHash: string;
}

/** What a {@link PushStore} knows of a delivery. */
export interface DeliveryState {
  state: 'first' | 'running' | 'done' | 'replayed';
  /** Which delivery of its push it is: 1 for the first. */
  attempt: number;
  /** The recorded reply of a delivery that is `done`; empty where there was none, or it is no longer kept. */
  reply?: string;
  /** Whether no delivery has carried that reply yet. */
  unsent?: boolean;
}

/** The parameters that WeChat appends to the URL, those that are there. */
export interface PushQuery {
  signature?: string;
  msg_signature?: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
  encrypt_type?: string;
  openid?: string;
}

/** Made by {@link createReceiver}. */
export interface Receiver<Message = PushMessage> {
  /** Says what a request is. Synchronous; never throws for what a sender sent. */
  receive(request: PushRequest): Outcome<Message>;
  /**
   * The HTTP response that an outcome asks for.
   * @param value What a handler returned, see {@link PushHandler}.
   * @param now Seconds since 1970; the clock's time by default.
   * @throws {ReplyError} `ERR_WECHAT_PUSH_REPLY` when the value breaks a rule, so that it is not sent as it is.
   */
  respond(outcome: Outcome<Message>, value?: unknown, now?: number): PushResponse;
}

/** What {@link Receiver.respond} throws of a value that breaks a rule: a `TypeError`. */
export interface ReplyError extends TypeError {
  code: 'ERR_WECHAT_PUSH_REPLY';
  rule: ReplyRule;
  /**
   * `malformed`: WeChat would take it in no answer. The others need another way to the user, see
   * {@link UndeliveredReason}.
   */
  outcome: 'malformed' | 'too_long' | 'not_taken';
  /** What is wrong and what to do, in English. */
  detail: string;
  /** The response to send in its place: `success`, or the beginning of a long text. */
  response: PushResponse;
  /** Of a long text, what `response` lacks, in the form of the value. */
  rest?: unknown;
}

/** An HTTP request as it arrived. */
export interface PushRequest {
  /** `GET`, `POST`, … */
  method: string | undefined;
  /** The request target with its query, such as `req.url`. */
  url: string | undefined;
  /**
   * The body: bytes or text as they came, or the object that a body parser made of them. An encrypted
   * push is fully verifiable from either; a plaintext JSON push that `JSON.parse` read has lost digits
   * of large ids before it gets here.
   */
  body?: Uint8Array | string | object;
  /** Seconds since 1970; the clock's time by default. */
  now?: number;
  /** The headers, in any case; looked at with `trust` only. */
  headers?: Headers | Record<string, string | readonly string[] | undefined>;
}

/** An HTTP response to send. */
export interface PushResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a request is. */
export type Outcome<Message = PushMessage> = Handshake | Received<Message> | Rejected;

/** WeChat checks the URL that was entered in its console. */
export interface Handshake {
  type: 'handshake';
  /** What WeChat wants to hear back: an opaque string, often more digits than a number holds. */
  echostr: string;
  /** {@link Received.token} */
  token: number;
  /** {@link PushContext.receiveId}: of several, for which one the URL was entered. */
  receiveId: string | undefined;
}

/** A verified, decrypted, parsed push. What is not documented here is in {@link PushContext}. */
export interface Received<Message = PushMessage> {
  type: 'message';
  message: Message;
  /** Which Token signed it, by its index: 0 for the current one, 1 for the previous one of `[current, previous]`. */
  readonly token: number;
  /** Which EncodingAESKey opened it, in the same way; undefined for a push in plaintext. */
  readonly key: number | undefined;
  readonly account: PushAccount;
  readonly id: string;
  readonly raw: string;
  readonly format: 'xml' | 'json';
  readonly encrypted: boolean;
  /** {@link PushContext.receiveId} */
  readonly receiveId: string | undefined;
  readonly query: PushQuery;
}

/** Why a request was refused: docs/troubleshooting.md. Generated from core/src/rejection.rs. */
export type RejectionReason =
  | 'method_not_allowed'
  | 'missing_parameter'
  | 'repeated_parameter'
  | 'undecodable_parameter'
  | 'unknown_account'
  | 'account_failed'
  | 'missing_echostr'
  | 'invalid_timestamp'
  | 'stale_timestamp'
  | 'body_too_large'
  | 'empty_body'
  | 'body_consumed'
  | 'body_timeout'
  | 'body_aborted'
  | 'overloaded'
  | 'invalid_utf8'
  | 'malformed_body'
  | 'doctype_refused'
  | 'signature_mismatch'
  | 'msg_signature_mismatch'
  | 'encrypted_without_key'
  | 'plaintext_refused'
  | 'outside_cloud'
  | 'invalid_base64'
  | 'decryption_failed'
  | 'illegal_buffer'
  | 'replayed'
  | 'appid_mismatch'
  | 'receiveid_mismatch';

/** A request that was refused. */
export interface Rejected {
  type: 'rejected';
  /** A stable name. */
  reason: RejectionReason;
  /** The return code of the official sample library (−40001 … −40011), where it has one. */
  code: number | null;
  /** The HTTP status of the answer. */
  status: number;
  /** One English sentence for the owner, with names and numbers, never a secret. */
  detail: string;
}

/** What {@link MessagePushOptions.onReject} and the diagnostics channel `wechat-push:rejected` get. */
export interface ExplainedRejection extends Rejected {
  /** Whose refusal it is; undefined where no account is known, or all of a list refuse it alike. */
  readonly account?: PushAccount;
  /** With the reason `account_failed`, what the function of the option `account` threw, or what is wrong with what it gave. */
  readonly error?: unknown;
  /**
   * What to do, the most probable first: the hints of {@link explainPush}, made out when this is called,
   * which costs more than the refusal did; do not call it for every request of a flood. It may be taken
   * out of the object: `onReject: ({ reason, hints }) => console.error(reason, hints('zh'))`.
   *
   * @param lang By default the option `lang`.
   * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when `lang` is another one.
   */
  readonly hints: (lang?: 'en' | 'zh') => string[];
}

/** What {@link explainPush} found. */
export interface Explanation {
  /** Whether the account takes the request, as far as it was given. */
  ok: boolean;
  /**
   * Why not: the reason of a {@link Rejected}; `invalid_options` when the account is wrong;
   * `body_not_given` when the URL is an encrypted push's and cannot be judged without its body;
   * `unreadable` when not all of the parameters were recognised in a pasted text.
   */
  reason: RejectionReason | 'invalid_options' | 'body_not_given' | 'unreadable' | null;
  /** The return code of the official sample library (−40001 … −40011), where it has one. */
  code: number | null;
  /** One English sentence, with names and numbers, never a secret. */
  detail: string;
  /** What to do, in the language asked for, the most probable first. */
  hints: string[];
}

/** Handlers by what a message is; see {@link route}. */
export type RouteHandlers<Key extends PropertyKey = keyof RouteMessages, Routes = RouteMessages> = {
  [Route in Key]?: HandlerOf<Route, Routes>;
};

/** The routes of an account that is pushed such messages. */
export type RoutesOf<Message> = [WeComMessage] extends [Message]
  ? WeComRouteMessages
  : [BotMessage] extends [Message]
    ? BotRouteMessages
    : RouteMessages;

/** Events and infos need not be listed, but must not differ from a listed one in case alone. */
type HandlerOf<Key extends PropertyKey, Routes> = string extends Key
  ? RouteHandler<any>
  : Key extends keyof Routes
    ? RouteHandler<Routes[Key]>
    : Key extends string
      ? Lowercase<Key> extends keyof RouteSpellings<Routes>
        ? `did you mean '${RouteSpellings<Routes>[Lowercase<Key>] & string}'?`
        : Key extends `event.${infer Event}:${string}`
          ? HandlerOf<`event.${Event}`, Routes>
          : Key extends `event.${string}`
            ? RouteHandler<OtherEventOf<Routes>>
            : Key extends `info.${string}`
              ? RouteHandler<Routes extends WeComRouteMessages ? WeComOtherInfo : OtherInfo>
              : 'no such route'
      : never;

type OtherEventOf<Routes> = Routes extends WeComRouteMessages
  ? WeComOtherEvent
  : Routes extends BotRouteMessages
    ? BotOtherEvent
    : OtherEvent;

type RouteHandler<Message> = PushMiddleware<Message> | readonly PushMiddleware<Message>[];

type RouteSpellings<Routes> = { [Route in keyof Routes as Lowercase<Route & string>]: Route };

/**
 * Plain objects with the official field names; the addresses and the time are filled in when they are sent.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html
 */
export interface ReplyBuilders {
  text(content: string): { MsgType: 'text'; Content: string };
  image(mediaId: string): { MsgType: 'image'; Image: { MediaId: string } };
  voice(mediaId: string): { MsgType: 'voice'; Voice: { MediaId: string } };
  video(video: { mediaId: string; title?: string; description?: string }): {
    MsgType: 'video';
    Video: { MediaId: string; Title?: string; Description?: string };
  };
  music(music: {
    /** Required by WeChat. */
    thumbMediaId: string;
    title?: string;
    description?: string;
    musicUrl?: string;
    hqMusicUrl?: string;
  }): {
    MsgType: 'music';
    Music: {
      Title?: string;
      Description?: string;
      MusicUrl?: string;
      HQMusicUrl?: string;
      ThumbMediaId: string;
    };
  };
  /** WeChat shows one article in answer to a message. */
  news(articles: { title: string; description?: string; picUrl?: string; url?: string }[]): {
    MsgType: 'news';
    ArticleCount: number;
    Articles: { item: { Title: string; Description?: string; PicUrl?: string; Url?: string }[] };
  };
  /** Of WeCom, in answer to `template_card_event`: the text that stands on the button from now on, for who clicked. */
  updateButton(replaceName: string): { MsgType: 'update_button'; Button: { ReplaceName: string } };
  /** Of WeCom, in answer to `taskcard_click`: the same of a task card, the form before template cards. */
  updateTaskCard(replaceName: string): { MsgType: 'update_taskcard'; TaskCard: { ReplaceName: string } };
  /** Of WeCom, in answer to `template_card_event`: the card that stands there from now on, for who clicked. */
  updateTemplateCard(card: TemplateCard): { MsgType: 'update_template_card'; TemplateCard: TemplateCard };
  /** Hands the user over to customer service, to the account named or to whoever is free. */
  transferCustomerService(kfAccount?: string): {
    MsgType: 'transfer_customer_service';
    TransInfo?: { KfAccount: string };
  };
  /**
   * Of a bot of WeCom, a text that may still be made (see {@link PushHandler}), with what a string alone has not: a card
   * and pictures, which come at its end, and the id by which users' judgement of it comes back as `feedback_event`.
   * @param content Markdown; `<think>…</think>` is shown as reasoning. At most 20,480 bytes of UTF-8 are shown.
   */
  stream<Content>(
    content: Content,
    options?: {
      card?: BotCard;
      /** The bytes of JPG or PNG files, at most 10, each of at most 10 MB. */
      images?: Iterable<Uint8Array>;
      /** At most 256 bytes. */
      feedback?: string;
    },
  ): {
    msgtype: 'stream' | 'stream_with_template_card';
    stream: {
      finish: boolean;
      content: Content;
      msg_item?: { msgtype: 'image'; image: { base64: string; md5: string } }[];
      feedback?: { id: string };
    };
    template_card?: BotCard;
  };
  /** Of a bot of WeCom, a card: in answer to a message, or to who opens the chat (`enter_chat`). */
  card(card: BotCard, options?: { feedback?: string }): { msgtype: 'template_card'; template_card: BotCard };
  /**
   * Of a bot of WeCom, in answer to `template_card_event`: the card that stands there from now on. Its `task_id` is that of
   * the one that was clicked, and is filled in.
   * @param options With `userIds` it changes for these members alone.
   */
  updateCard(
    card: BotCard,
    options?: { userIds?: string[]; feedback?: string },
  ): { response_type: 'update_template_card'; userids?: string[]; template_card: BotCard };
}

/**
 * A card of a bot of WeCom, with the official field names.
 * @see https://developer.work.weixin.qq.com/document/path/101032
 */
export interface BotCard {
  card_type:
    | 'text_notice'
    | 'news_notice'
    | 'button_interaction'
    | 'vote_interaction'
    | 'multiple_interaction'
    | (string & {});
  source?: { icon_url?: string; desc?: string; desc_color?: number };
  /** At most 3; a card that has one needs a `task_id`. */
  action_menu?: { desc: string; action_list: { text: string; key: string }[] };
  main_title?: { title?: string; desc?: string };
  emphasis_content?: { title?: string; desc?: string };
  quote_area?: {
    type?: number;
    url?: string;
    appid?: string;
    pagepath?: string;
    title?: string;
    quote_text?: string;
  };
  sub_title_text?: string;
  /** At most 6. */
  horizontal_content_list?: {
    keyname: string;
    value?: string;
    type?: number;
    url?: string;
    userid?: string;
  }[];
  /** At most 3. */
  jump_list?: {
    title: string;
    type?: number;
    url?: string;
    appid?: string;
    pagepath?: string;
    question?: string;
  }[];
  /** Needed by `text_notice` and `news_notice`. */
  card_action?: { type: number; url?: string; appid?: string; pagepath?: string };
  /** At most 4. */
  vertical_content_list?: { title: string; desc?: string }[];
  card_image?: { url: string; aspect_ratio?: number };
  image_text_area?: { type?: number; url?: string; title?: string; desc?: string; image_url: string };
  button_selection?: BotSelection;
  /** At most 6. */
  button_list?: { text: string; style?: number; key: string }[];
  checkbox?: {
    question_key: string;
    /** At most 20. */
    option_list: { id: string; text: string; is_checked?: boolean }[];
    disable?: boolean;
    mode?: number;
  };
  /** At most 3, of at most 10 options each. */
  select_list?: BotSelection[];
  submit_button?: { text: string; key: string };
  /** Needed by every card that can be clicked: at most 128 letters, digits, `_`, `-` and `@`, once for each bot. */
  task_id?: string;
  feedback?: { id: string };
  [field: string]: unknown;
}

/** One of several, in a {@link BotCard}. */
export interface BotSelection {
  question_key: string;
  title?: string;
  option_list: { id: string; text: string }[];
  selected_id?: string;
  disable?: boolean;
}

/**
 * A card that replaces the one that was clicked, with the official field names. Lists are arrays; in XML each item is an
 * element of its own.
 * @see https://developer.work.weixin.qq.com/document/path/90241
 */
export interface TemplateCard {
  CardType:
    | 'text_notice'
    | 'news_notice'
    | 'button_interaction'
    | 'vote_interaction'
    | 'multiple_interaction'
    | (string & {});
  Source?: { IconUrl?: string; Desc?: string; DescColor?: number };
  MainTitle?: { Title?: string; Desc?: string };
  SubTitleText?: string;
  EmphasisContent?: { Title?: string; Desc?: string };
  QuoteArea?: {
    Type?: number;
    Url?: string;
    AppId?: string;
    PagePath?: string;
    Title?: string;
    QuoteText?: string;
  };
  /** At most 6. */
  HorizontalContentList?: {
    KeyName: string;
    Value?: string;
    Type?: number;
    Url?: string;
    MediaId?: string;
    UserId?: string;
  }[];
  /** At most 3. */
  JumpList?: { Title: string; Type?: number; Url?: string; AppId?: string; PagePath?: string }[];
  CardAction?: { Type: number; Url?: string; AppId?: string; PagePath?: string };
  ActionMenu?: { Desc?: string; ActionList: { Text: string; Key: string }[] };
  CardImage?: { Url: string; AspectRatio?: number };
  ImageTextArea?: { Type?: number; Url?: string; Title?: string; Desc?: string; ImageUrl: string };
  VerticalContentList?: { Title: string; Desc?: string }[];
  ButtonSelection?: {
    QuestionKey: string;
    Title?: string;
    SelectedId?: string;
    Disable?: boolean;
    OptionList: { Id: string; Text: string }[];
  };
  ButtonList?: { Text: string; Style?: number; Key?: string }[];
  CheckBox?: {
    QuestionKey: string;
    Mode?: number;
    Disable?: boolean;
    OptionList: { Id: string; Text: string; IsChecked?: boolean }[];
  };
  SelectList?: {
    QuestionKey: string;
    Title?: string;
    SelectedId?: string;
    Disable?: boolean;
    OptionList: { Id: string; Text: string }[];
  }[];
  SubmitButton?: { Text: string; Key: string };
  /** What the button says once it was clicked. */
  ReplaceText?: string;
  [field: string]: unknown;
}
