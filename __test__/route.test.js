'use strict';

const { route } = require('..');
const { former, named, wecom } = require('../lib/route-names.js');

let warn;
beforeEach(() => (warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})));
afterEach(() => warn.mockRestore());

describe.each(Object.entries(former))('%s and %s are one thing', (one, other) => {
  const names = [one.replace('event.', ''), other.replace('event.', '')];

  test.each([[one], [other]])('a handler under %s gets the pushes of both', (key) => {
    const routed = route({ [key]: ({ Event }) => Event, event: () => 'event' });
    expect(names.map((Event) => routed({ MsgType: 'event', Event }))).toEqual(names);
  });

  test('of two handlers each gets its own', () => {
    const routed = route({ [one]: () => one, [other]: () => other });
    expect(names.map((Event) => routed({ MsgType: 'event', Event }))).toEqual([one, other]);
  });
});

test.each([undefined, null, 5, {}, ['event.x']])(
  'what has the MsgType %j goes to the default, with an EventKey too',
  (MsgType) => {
    const routed = route({ 'event.CLICK:a': () => 'click', default: () => 'default' });
    expect(routed({ MsgType, EventKey: 'a' }, {})).toBe('default');
  },
);

describe('near misses', () => {
  test.each([
    ['event.Click', 'event.CLICK'],
    ['event.Subscribe', 'event.subscribe'],
    ['event:subscribe', 'event.subscribe'],
    ['event_SCAN', 'event.SCAN'],
    ['subscribe', 'event.subscribe'],
    ['event.subscribed', 'event.subscribe'],
    ['texts', 'text'],
    ['Text', 'text'],
    ['events', 'event'],
    ['Default', 'default'],
    ['event.publishjobfinish', 'event.PUBLISHJOBFINISH'],
    ['component_verify_ticket', 'info.component_verify_ticket'],
  ])('%s is told to be %s, once', (key, meant) => {
    for (let i = 0; i < 2; i++) route({ [key]: () => {} });
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining(`route['${key}']; did you mean '${meant}'?`), { code: 'WECHAT_PUSH_OPTIONS' }],
    ]);
  });

  test.each([
    ['event.click', 'CLICK'],
    ['event.view', 'VIEW'],
    ['event.CLICK', 'click'],
  ])('%s is told when the push has it in another case', (key, Event) => {
    const routed = route({ [key]: () => 'never', default: () => 'rest' });
    expect(warn).not.toHaveBeenCalled();
    for (let i = 0; i < 2; i++) expect(routed({ MsgType: 'event', Event }, {})).toBe('rest');
    expect(warn.mock.calls).toEqual([
      [
        expect.stringContaining(`route['${key}']; did you mean 'event.${Event}'?`),
        { code: 'WECHAT_PUSH_OPTIONS' },
      ],
    ]);
  });

  test('what is known is none', () => {
    route(Object.fromEntries([...named, ...wecom, ...Object.keys(former)].map((key) => [key, () => {}])));
    expect(warn).not.toHaveBeenCalled();
  });

  test.each([['event.brand_new'], ['info.brand_new'], ['brand_new'], ['event.channels_ec_order_brand_new']])(
    '%s may be what WeChat is yet to invent',
    (key) => {
      route({ [key]: () => {} });
      expect(warn).not.toHaveBeenCalled();
    },
  );
});
