import type {
  AnyEvent,
  AnyInfo,
  ComponentVerifyTicketInfo,
  OtherEvent,
  PushMessage,
  RouteMessages,
  SubscribeEvent,
  TextMessage,
} from '../../messages';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

declare const message: PushMessage;

export function common() {
  message.CreateTime satisfies number;
  message.FromUserName satisfies string | undefined;
  if (message.InfoType === undefined) message.FromUserName satisfies string;
  // A type decides whether there is a Content.
  const { Content } = message;
  type _ = Expect<Equal<typeof Content, unknown>>;
}

export function messages() {
  if (message.MsgType === 'text') {
    const { Content, bizmsgmenuid, MsgId, Idx } = message;
    type _ = [
      Expect<Equal<typeof Content, string>>,
      Expect<Equal<typeof bizmsgmenuid, string | undefined>>,
      Expect<Equal<typeof MsgId, string>>,
      Expect<Equal<typeof Idx, number | undefined>>,
      Expect<Equal<typeof message.ToUserName, string>>,
    ];
    const { MediaId, NewField } = message;
    type _unlisted = [Expect<Equal<typeof MediaId, unknown>>, Expect<Equal<typeof NewField, unknown>>];
  }
  if (message.MsgType === 'location') {
    const { Location_X, Label } = message;
    type _ = [Expect<Equal<typeof Location_X, string>>, Expect<Equal<typeof Label, string>>];
  }
  if (message.MsgType === 'brand_new_type') {
    const { NewField, MsgId } = message;
    type _ = [Expect<Equal<typeof NewField, unknown>>, Expect<Equal<typeof MsgId, string>>];
  }
}

export function events() {
  if (message.MsgType === 'event' && message.Event === 'subscribe') {
    const { EventKey, FromUserName } = message;
    type _ = [Expect<Equal<typeof EventKey, string | undefined>>, Expect<Equal<typeof FromUserName, string>>];
    const { Latitude } = message;
    type _unlisted = Expect<Equal<typeof Latitude, unknown>>;
  }
  if (message.Event === 'subscribe') {
    const { EventKey, MsgType } = message;
    type _ = [Expect<Equal<typeof EventKey, string | undefined>>, Expect<Equal<typeof MsgType, 'event'>>];
  }
  if (message.Event === 'SCAN') {
    const { EventKey } = message;
    type _ = Expect<Equal<typeof EventKey, string>>;
  }
  if (message.Event === 'subscribe_msg_popup_event') {
    const list = message.SubscribeMsgPopupEvent.List;
    type _ = Expect<
      Equal<typeof list, { TemplateId: string; SubscribeStatusString: string; PopupScene: number }[]>
    >;
  }
  if (message.Event === 'wxa_media_check') {
    const detail = message.detail?.[0];
    type _ = Expect<Equal<NonNullable<typeof detail>['errcode'], number>>;
  }
  if (message.MsgType === 'event' && message.Event === 'brand_new_event') {
    const { NewField, CreateTime } = message;
    type _ = [
      Expect<Equal<typeof message, OtherEvent>>,
      Expect<Equal<typeof NewField, unknown>>,
      Expect<Equal<typeof CreateTime, number>>,
    ];
  }
  if (message.Event === 'brand_new_event') message.NewField satisfies unknown;
}

// A device event has an `Event` of its own, which is no event.
export function devices() {
  if (message.MsgType === 'device_event') {
    const { Event, DeviceID } = message;
    type _ = [
      Expect<Equal<typeof Event, 'bind' | 'unbind' | 'subscribe_status' | 'unsubscribe_status' | undefined>>,
      Expect<Equal<typeof DeviceID, string>>,
    ];
  }
}

export function formerNames() {
  if (message.Event === 'FREEPUBLISHJOBFINISH') {
    message.PublishEventInfo.publish_status satisfies number;
    message.Event satisfies 'FREEPUBLISHJOBFINISH';
  }
}

export function infos() {
  if (message.InfoType === 'component_verify_ticket') {
    const { ComponentVerifyTicket, AppId, MsgType } = message;
    type _ = [
      Expect<Equal<typeof ComponentVerifyTicket, string>>,
      Expect<Equal<typeof AppId, string>>,
      Expect<Equal<typeof MsgType, undefined>>,
    ];
    const { AuthorizerAppid } = message;
    type _unlisted = Expect<Equal<typeof AuthorizerAppid, unknown>>;
  }
  if (message.InfoType === 'brand_new_info') {
    const { NewField, AppId } = message;
    type _ = [Expect<Equal<typeof NewField, unknown>>, Expect<Equal<typeof AppId, string>>];
  }
}

export function switches(): unknown {
  switch (message.MsgType) {
    case 'text':
      return message.Content satisfies string;
    case 'event':
      switch (message.Event) {
        case 'CLICK':
          return message.EventKey satisfies string;
        case 'LOCATION':
          return message.Latitude satisfies string;
        default:
          return message.CreateTime satisfies number;
      }
    case undefined:
      return message.AppId satisfies string;
    default:
      return message.CreateTime satisfies number;
  }
}

export function kinds(): string {
  if (message.InfoType !== undefined) return message.AppId satisfies string;
  if (message.Event !== undefined) return message.FromUserName satisfies string;
  return message.MsgId satisfies string;
}

export type Routes = [
  Expect<Equal<RouteMessages['text'], TextMessage>>,
  Expect<Equal<RouteMessages['event.subscribe'], SubscribeEvent>>,
  Expect<
    Equal<RouteMessages['event.cooperation_shop_order'], RouteMessages['event.related_shop_order_submission']>
  >,
  Expect<Equal<RouteMessages['info.component_verify_ticket'], ComponentVerifyTicketInfo>>,
  Expect<Equal<RouteMessages['event'], AnyEvent>>,
  Expect<Equal<RouteMessages['info'], AnyInfo>>,
  Expect<Equal<RouteMessages['default'], PushMessage>>,
];

export function routes() {
  const handlers: { [Route in keyof RouteMessages]?: (message: RouteMessages[Route]) => unknown } = {
    text: ({ Content }) => Content satisfies string,
    event: (event) => event.FromUserName satisfies string,
    'event.CLICK': ({ EventKey }) => EventKey satisfies string,
    info: ({ AppId }) => AppId satisfies string,
    // @ts-expect-error no such route
    'event.click': () => {},
  };
  return handlers;
}

// What is listed can be built, for tests of handlers.
export const text: PushMessage = {
  MsgType: 'text',
  ToUserName: 'gh_1',
  FromUserName: 'openid',
  CreateTime: 1,
  MsgId: '1',
  Content: 'hi',
};
