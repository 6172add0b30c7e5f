import {
  createReceiver,
  messagePush,
  route,
  type BotAnyEvent,
  type BotMessage,
  type BotTemplateCardEvent,
  type BotTextMessage,
} from '../..';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

declare const message: BotMessage;

export function narrows() {
  if (message.msgtype === 'text') {
    type _text = Expect<Equal<typeof message.text.content, string>>;
    message.quote?.mixed?.msg_item[0]?.image?.url satisfies string | undefined;
  }
  if (message.msgtype === 'mixed') {
    message.mixed.msg_item.map(({ msgtype, text }) => `${msgtype} ${text?.content}`);
  }
  if (message.msgtype === 'stream') {
    type _stream = Expect<Equal<typeof message.stream.id, string>>;
  }
  if (message.msgtype === 'event') {
    if (message.event.eventtype === 'template_card_event') {
      const { event_key, selected_items } = message.event.template_card_event;
      type _key = Expect<Equal<typeof event_key, string>>;
      selected_items?.selected_item[0]?.option_ids.option_id satisfies string[] | undefined;
    }
    if (message.event.eventtype === 'feedback_event') {
      type _type = Expect<Equal<typeof message.event.feedback_event.type, number>>;
    }
  }
  type _ = [
    Expect<Equal<typeof message.from.userid, string>>,
    Expect<Equal<typeof message.response_url, string | undefined>>,
  ];
}

const account = { token: 't', encodingAESKey: 'k', platform: 'wecom-bot' } as const;

messagePush(account, (given) => {
  type _ = Expect<Equal<typeof given, BotMessage>>;
});
messagePush(
  account,
  route({
    text: (given) => {
      type _ = Expect<Equal<typeof given, BotTextMessage>>;
    },
    'event.template_card_event:yes': (given) => {
      type _ = Expect<Equal<typeof given, BotTemplateCardEvent>>;
    },
    event: (given) => {
      type _ = Expect<Equal<typeof given, BotAnyEvent>>;
    },
  }),
);
// @ts-expect-error: no such event is spelt so
messagePush(account, route({ 'event.Enter_Chat': () => {} }));

const outcome = createReceiver(account).receive({ method: 'POST', url: '/' });
if (outcome.type === 'message') outcome.message satisfies BotMessage;
