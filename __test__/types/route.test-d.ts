import { route, type OtherEvent, type RouteHandlers } from '../..';

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
