import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account, EndpointOptions, MessagePushOptions, checkPush } from '../index';

/**
 * What the package `wechat` is, on the receiver of this package, for Express 4 and 5, Connect and `node:http`. How it
 * differs, and why: docs/compat.md.
 *
 * @param config The Token alone, or an object.
 * @param handler Called as `(req, res, next)` for every message, which is in `req.weixin`; or handlers by type:
 *   `wechat.text(…).event(…)`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when an option or the handler is wrong.
 */
declare function wechat<Req = wechat.Request, Res = wechat.Response>(
  config: wechat.Config,
  handler: ((req: Req, res: Res, next: wechat.Next) => unknown) | wechat.Chain,
): wechat.Middleware;

/** Handlers by type: `wechat(config).text(…).event(…).middlewarify()`. */
declare function wechat(config: wechat.Config): wechat.Chain;

declare namespace wechat {
  /**
   * The Token alone (an array while it is being changed), or an object with it. Without any account in it, each request
   * has to have one: `req.wechat_token` or `req.cryptor`, set by a middleware before.
   */
  type Config = string | readonly string[] | ConfigObject;

  /** With `session: false` there is no `req.wxsession`. */
  type ConfigObject = OldConfig & (MessagePushOptions | (EndpointOptions & Partial<Account>));

  interface OldConfig {
    token?: string | readonly string[] | undefined;
    /** The AppID, which every encrypted push must name; required with `encodingAESKey`. `''` for none. */
    appid?: string;
    /** With it only encrypted pushes are taken; see `mode`. `''` for none. */
    encodingAESKey?: string | readonly string[] | undefined;
    /** @deprecated Signatures are always checked; `false` is warned of. */
    checkSignature?: boolean;
  }

  /** A message with the official field names, every value of which is a text without blanks around it. */
  interface Message {
    ToUserName: string;
    FromUserName: string;
    /** Seconds since 1970. */
    CreateTime: string;
    MsgType: string;
    MsgId: string;
    Content: string;
    Event: string;
    EventKey: string;
    [field: string]: any;
  }

  interface Request extends IncomingMessage {
    /** The message. */
    weixin: Message;
    /** The plaintext that it was read from. */
    readonly weixin_xml: string;
    /**
     * What is kept for the user, in the option `store`: change its properties. It is saved before the reply goes, as
     * JSON, and lives for `session.ttl` from the user's last message; `null` ends it. Undefined where nobody sent the
     * message.
     */
    wxsession: Session;
    /** Set by a middleware before: the Token of this request's account. */
    wechat_token?: string | readonly string[];
    /** Set by a middleware before: the account of this request, encrypted. */
    cryptor?: object;
    [property: string]: any;
  }

  interface Response extends ServerResponse {
    /**
     * Replies, once for each message: a text; an array of articles; an object with `type` and `content`, a music message
     * without; or what a handler of `messagePush` returns that has a `MsgType`. `''` for no reply. The response is the
     * reply's from then on: `end()` and the like change nothing.
     */
    reply(content?: Content | '' | number | Uint8Array | null): void;
    /** Hands the user over to customer service, to the account named or to whoever is free. */
    transfer2CustomerService(kfAccount?: string): void;
    /**
     * Replies with a list, from which the user's next texts are answered until `nowait`.
     * @param callback Is called where there is no such list, after a status 500. Without it that is thrown.
     */
    wait(name: string, callback?: (error: Error) => void): void;
    /** Replies, and ends the list. */
    nowait(content?: Content | '' | number | null): void;
  }

  type Next = (error?: any) => void;
  type Middleware = (req: IncomingMessage, res: ServerResponse, next?: Next) => void;
  type Handler<Req = Request, Res = Response> = (message: Message, req: Req, res: Res, next: Next) => unknown;

  /** Handlers by the type of a message; one that has none goes to `next`. */
  type Chain = {
    [Type in MessageType]: <Req = Request, Res = Response>(handler: Handler<Req, Res>) => Chain;
  } & {
    /** @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the config is wrong. */
    middlewarify(): Middleware;
  };

  type MessageType =
    | 'text'
    | 'image'
    | 'voice'
    | 'video'
    | 'shortvideo'
    | 'location'
    | 'link'
    | 'event'
    | 'hardware'
    | 'device_text'
    | 'device_event';

  /** What can be replied. */
  type Content = string | Article[] | Music | TypedContent | { MsgType: string; [field: string]: unknown };

  type TypedContent =
    | { type: 'text'; content: string }
    | { type: 'image' | 'voice'; content: { mediaId: string } }
    | { type: 'video'; content: { mediaId: string; title?: string; description?: string } }
    | { type: 'music'; content: Music }
    | { type: 'news'; content: Article[] }
    | { type: 'hardware'; HardWare: { MessageView: string; MessageAction: string } }
    | { type: 'customerService'; kfAccount?: string };

  interface Article {
    title: string;
    description?: string;
    picUrl?: string;
    picurl?: string;
    pic?: string;
    url?: string;
  }

  interface Music {
    /** Required by WeChat; `mediaId` does as well. */
    thumbMediaId?: string;
    mediaId?: string;
    title?: string;
    description?: string;
    musicUrl?: string;
    url?: string;
    hqMusicUrl?: string;
    hqUrl?: string;
  }

  interface Session {
    /** Saves it at once. */
    save(callback?: (error?: unknown) => void): Promise<void>;
    /** Ends it. */
    destroy(callback?: (error?: unknown) => void): Promise<void>;
    [name: string]: any;
  }

  /** Lists that a user is asked to answer from, by name. They have to be added in every process. */
  interface List {
    readonly name: string;
    /** What `res.wait` replies with. */
    readonly description: string;
    /** What handles an answer. */
    get(key: string): string | Function | undefined;
  }

  const List: {
    /**
     * @param items Of each its line, with the answer in braces, and a text or a handler as the middleware has it.
     * @param delimiter Stands between the lines; with it `head` and `foot` stand around them.
     */
    add(
      name: string,
      items: readonly (readonly [line: string, handler: string | ((...args: any[]) => unknown)])[],
      head?: string,
      delimiter?: string,
      foot?: string,
    ): void;
    get(name: string): List | undefined;
    /** Removes all. */
    clear(): void;
  };

  /** Handlers by the name of an event: `wechat(config).event(Event.dispatch(new Event().add('SCAN', …)))`. */
  interface Event {
    add(event: string, handler: Handler<any, any>): Event;
  }

  const Event: {
    new (): Event;
    dispatch(events: Event): Handler<any, any>;
  };

  /** The same as `checkPush` of this package. */
  const checkSignature: typeof checkPush;

  // Chains can be begun without a config, as a handler.
  const text: Chain['text'];
  const image: Chain['image'];
  const voice: Chain['voice'];
  const video: Chain['video'];
  const shortvideo: Chain['shortvideo'];
  const location: Chain['location'];
  const link: Chain['link'];
  const event: Chain['event'];
  const hardware: Chain['hardware'];
  const device_text: Chain['device_text'];
  const device_event: Chain['device_event'];
}

export = wechat;
