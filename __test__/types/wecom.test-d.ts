import type { IncomingMessage } from 'node:http';
import {
  createEndpoint,
  createReceiver,
  messagePush,
  reply,
  route,
  type Push,
  type PushMessage,
  type SubscribeEvent,
  type WeComAnyEvent,
  type WeComMessage,
  type WeComOtherEvent,
} from '../..';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

declare const message: WeComMessage;

export function narrows() {
  if (message.MsgType === 'text') {
    const { Content, AgentID, MsgId } = message;
    type _ = [
      Expect<Equal<typeof Content, string>>,
      Expect<Equal<typeof AgentID, number>>,
      Expect<Equal<typeof MsgId, string>>,
    ];
  }
  if (message.Event === 'change_contact' && message.ChangeType === 'create_party') {
    const { Id, Name } = message;
    type _ = [Expect<Equal<typeof Id, number>>, Expect<Equal<typeof Name, string>>];
  }
  if (message.Event === 'change_contact' && message.ChangeType === 'create_user') {
    const { Department, ExtAttr } = message;
    type _ = Expect<Equal<typeof Department, string | undefined>>;
    ExtAttr?.Item[0]?.Text?.Value satisfies string | undefined;
  }
  if (message.InfoType === 'suite_ticket') {
    const { SuiteTicket, TimeStamp, SuiteId } = message;
    type _ = [
      Expect<Equal<typeof SuiteTicket, string>>,
      Expect<Equal<typeof TimeStamp, number>>,
      Expect<Equal<typeof SuiteId, string | undefined>>,
    ];
  }
  if (message.InfoType === 'change_contact' && message.ChangeType === 'delete_user') {
    const { UserID, AuthCorpId } = message;
    type _ = [Expect<Equal<typeof UserID, string>>, Expect<Equal<typeof AuthCorpId, string | undefined>>];
  }
}

const account = { token: 't', encodingAESKey: 'k', receiveId: ['ww1', ''] };

export const handlers = [
  messagePush({ ...account, platform: 'wecom' }, (pushed, { receiveId }) => {
    type _ = [
      Expect<Equal<typeof pushed, WeComMessage>>,
      Expect<Equal<typeof receiveId, string | undefined>>,
    ];
  }),
  createEndpoint({ token: 't', platform: 'store' }, (pushed) => {
    type _ = Expect<Equal<typeof pushed, PushMessage>>;
  }),
  messagePush('token', (pushed) => {
    type _ = Expect<Equal<typeof pushed, PushMessage>>;
  }),
];

// What is told of a message, and what is not given to a handler, is of the platform, too.
messagePush({
  ...account,
  platform: 'wecom',
  onUndelivered(value, pushed, { user }) {
    type _ = [Expect<Equal<typeof pushed, WeComMessage>>, Expect<Equal<typeof value, unknown>>];
    user satisfies string | undefined;
  },
});
messagePush({
  token: 't',
  platform: 'mini-program',
  onUndelivered(_, pushed) {
    type _ = Expect<Equal<typeof pushed, PushMessage>>;
  },
});
messagePush({
  account: ({ url, account: was }) => (url && was?.name ? { token: 't', name: was.name } : undefined),
  onUndelivered(_, pushed) {
    type _ = Expect<Equal<typeof pushed, PushMessage>>;
  },
});
createEndpoint({ ...account, platform: 'wecom' }).handle({
  method: 'POST',
  url: '/',
  next({ message: pushed }) {
    type _ = Expect<Equal<typeof pushed, WeComMessage>>;
  },
});
export function next(req: IncomingMessage) {
  const { message: pushed } = req.wechat as Push<WeComMessage>;
  type _ = Expect<Equal<typeof pushed, WeComMessage>>;
}

// The options say which routes there are.
messagePush(
  { ...account, platform: 'wecom' },
  route({
    text: ({ Content, AgentID }) => {
      type _ = [Expect<Equal<typeof Content, string>>, Expect<Equal<typeof AgentID, number>>];
    },
    'event.subscribe': ({ AgentID }) => AgentID satisfies number,
    'event.change_contact.create_user': ({ UserID, ChangeType }) => {
      type _ = [Expect<Equal<typeof UserID, string>>, Expect<Equal<typeof ChangeType, 'create_user'>>];
    },
    'event.change_contact': (event) => event.Event satisfies string,
    'event.brand_new': (event) => {
      type _ = Expect<Equal<typeof event, WeComOtherEvent>>;
    },
    'info.change_contact.create_user': ({ UserID }) => UserID satisfies string,
    'info.create_auth': ({ AuthCode }) => AuthCode satisfies string,
    event: (event) => {
      type _ = Expect<Equal<typeof event, WeComAnyEvent>>;
    },
    'event.template_card_event': ({ SelectedItems }) =>
      SelectedItems?.SelectedItem[0]?.OptionIds.OptionId[0] satisfies string | undefined,
  }),
);

export const alone = route<WeComMessage>({ 'event.click': ({ EventKey }) => EventKey satisfies string });
messagePush({ ...account, platform: 'wecom' }, alone);

export const ofWeChat = route({
  'event.subscribe': (event) => {
    type _ = Expect<Equal<typeof event, SubscribeEvent>>;
  },
});
// @ts-expect-error it is for accounts of WeChat
messagePush({ ...account, platform: 'wecom' }, ofWeChat);
// @ts-expect-error it is event.click
messagePush({ ...account, platform: 'wecom' }, route({ 'event.CLICK': () => {} }));

const receiver = createReceiver({ ...account, platform: 'wecom' });
const outcome = receiver.receive({ method: 'POST', url: '/' });
if (outcome.type === 'handshake') outcome.receiveId satisfies string | undefined;
if (outcome.type === 'message') {
  outcome.message satisfies WeComMessage;
  outcome.receiveId satisfies string | undefined;
  receiver.respond(outcome, reply.updateButton('done'));
}

export const card = reply.updateTemplateCard({
  CardType: 'text_notice',
  MainTitle: { Title: 'done' },
  JumpList: [{ Title: 'more', Type: 1, Url: 'https://example.com' }],
});
