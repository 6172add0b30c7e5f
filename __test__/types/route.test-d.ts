import {
  compose,
  route,
  when,
  type ClickEvent,
  type OtherEvent,
  type PushHandler,
  type PushMiddleware,
  type RouteHandlers,
} from '../..';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

export const routed = route({
  text: ({ Content }, { id }) => (Content satisfies string) + id,
  'event.CLICK': ({ EventKey }) => EventKey satisfies string,
  'event.FREEPUBLISHJOBFINISH': ({ PublishEventInfo }) => PublishEventInfo.publish_id satisfies string,
  'event.brand_new': (event) => {
    type _ = Expect<Equal<typeof event, OtherEvent>>;
  },
  'info.brand_new': ({ AppId }) => AppId satisfies string,
  event: ({ FromUserName }) => FromUserName satisfies string,
  default: () => 'rest',
});

const handlers: RouteHandlers = { text: ({ Content }) => Content };
const written: Record<string, (message: any) => unknown> = {};
export const others = [route({}), route(handlers), route(written)];

const logged: PushMiddleware = async (message, { id }, next) => {
  const value = await next();
  console.log(message.MsgType, id, value satisfies unknown);
  return value;
};

export const listed = route({
  text: [
    when(/^help/i, ({ Content }) => Content satisfies string),
    when(
      ({ Content }, { encrypted }) => encrypted && Content === 'secret',
      ({ MsgId }) => MsgId satisfies string,
    ),
    when(
      async ({ Content }) => Content === '',
      (message, context, next) => next(),
    ),
    logged,
    (message) => message.Content satisfies string,
  ],
  image: compose(logged, ({ PicUrl }) => PicUrl satisfies string),
  'event.CLICK:V1001': (event) => {
    type _ = Expect<Equal<typeof event, ClickEvent>>;
  },
  'event.CLICK:a:b': [({ EventKey }) => EventKey satisfies string],
  'event.brand_new:1': (event) => {
    type _ = Expect<Equal<typeof event, OtherEvent>>;
  },
  default: when(/./, () => 'rest'),
});

export const whole: PushHandler = compose(
  logged,
  when(/x/, () => 'y'),
  listed,
  () => 'rest',
);
compose<ClickEvent>(({ EventKey }) => EventKey);
compose((message) => message.FromUserName);

// @ts-expect-error it is event.CLICK
route({ 'event.click:V1001': () => {} });
// @ts-expect-error no function
route({ text: ['hi'] });
// @ts-expect-error no test
when('hi', () => {});
// @ts-expect-error it is not known of a text
route({ text: [when(/a/, ({ PicUrl }) => PicUrl satisfies string)] });
// @ts-expect-error no functions
compose([() => {}]);

// @ts-expect-error it is event.CLICK
route({ 'event.click': () => {} });
// @ts-expect-error it is text
route({ texts: () => {} });
// @ts-expect-error it is event.subscribe
route({ 'event:subscribe': () => {} });
// @ts-expect-error it is Text
route({ Text: () => {} });
// @ts-expect-error no function
route({ text: 'hi' });
