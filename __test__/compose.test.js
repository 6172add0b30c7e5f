'use strict';

const { runInNewContext } = require('node:vm');
const { compose, messagePush, route, when } = require('..');
const { createGateway } = require('../testing.js');
const { closeServers, serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

afterEach(closeServers);

const text = (Content) => ({ MsgType: 'text', Content });
const click = (EventKey, Event = 'CLICK') => ({ MsgType: 'event', Event, EventKey });
const says = (word) => jest.fn(() => word);
const wrongOption = (option) => expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });

describe('compose', () => {
  const around = (word) => async (message, context, next) => `${word}(${await next()})`;

  test('each gets the message, the context and what comes behind it', async () => {
    const [message, context] = [text('hi'), { id: '1' }];
    const last = jest.fn(async () => 'c');
    expect(await compose(around('a'), around('b'), last, says('d'))(message, context)).toBe('a(b(c))');
    expect(last).toHaveBeenCalledWith(message, context, expect.any(Function));
  });

  test('what is behind the last is nothing, or what it is given itself', async () => {
    expect(await compose(around('a'))(text('hi'))).toBe('a(undefined)');
    expect(await compose(around('a'), compose(around('b')), () => 'c')(text('hi'))).toBe('a(b(c))');
    expect(await compose()(text('hi'), {}, async () => 'behind')).toBe('behind');
  });

  test('what is thrown behind it can be caught, also where it was not awaited', async () => {
    const failing = [() => { throw new Error('no'); }, async () => Promise.reject(new Error('no'))]; // prettier-ignore
    for (const handler of failing) {
      const handled = compose((message, context, next) => next().catch((error) => error.message), handler);
      expect(await handled(text('hi'))).toBe('no');
    }
  });

  test('next() is called once', async () => {
    const behind = says('b');
    const twice = compose(
      async (message, context, next) => [await next(), await next().catch((e) => e.code)],
      behind,
    );
    expect(await twice(text('hi'))).toEqual(['b', 'ERR_WECHAT_PUSH_HANDLER']);
    expect(behind).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 2; i++) expect(await compose(around('a'), behind)(text('hi'))).toBe('a(b)');
  });

  test('an answer that is a stream stays one', async () => {
    async function* stream() {
      yield 'a';
    }
    const value = await compose((message, context, next) => next(), stream)(text('hi'));
    expect(typeof value[Symbol.asyncIterator]).toBe('function');
  });

  test.each([[undefined], ['text'], [[() => {}]], [{}]])('%p is no handler', (handler) => {
    expect(() => compose(() => {}, handler)).toThrow(wrongOption('compose(…)[1]'));
  });

  test('it answers pushes', async () => {
    const answered = async ({ Content }, { id }, next) => `${Content}, ${typeof id}: ${await next()}`;
    const routed = route({
      text: [when(/weather/g, () => 'sun'), when(/never/, () => 'x')],
      event: () => '',
    });
    const url = await serve(
      messagePush(
        account,
        compose(answered, routed, () => 'what?'),
      ),
    );
    const gateway = createGateway(account);
    const answers = ['weather', 'weather', 'hm'].map(
      async (said) => (await gateway.push(url, text(said))).reply.Content,
    );
    expect(await Promise.all(answers)).toEqual([
      'weather, string: sun',
      'weather, string: sun',
      'hm, string: what?',
    ]);
  });
});

describe('when', () => {
  test('a pattern is for what the user said', () => {
    const handled = when(/^(hi|hello)$/i, says('yes'));
    expect(handled(text('Hello'))).toBe('yes');
    expect(handled({ MsgType: 'voice', Recognition: 'x' }, { text: 'hi' })).toBe('yes');
    expect(handled(text('hi'), { text: 'else' })).not.toBe('yes');
  });

  test.each([[text('no')], [{ MsgType: 'image' }], [text(['hi'])], [undefined], [null]])(
    '%j goes on',
    async (message) => {
      expect(await when(/hi/, says('yes'))(message, {}, async () => 'on')).toBe('on');
      expect(await when(/hi/, says('yes'))(message)).toBeUndefined();
    },
  );

  test.each([['g'], ['y'], ['gy'], ['']])('what a pattern with /%s remembers changes nothing', (flags) => {
    const pattern = new RegExp('hi', flags);
    pattern.lastIndex = 7;
    const handled = when(pattern, says('yes'));
    for (let i = 0; i < 3; i++) expect(handled(text('hi'))).toBe('yes');
    expect(pattern.lastIndex).toBe(7);
  });

  test('a pattern of another realm is one, too', () => {
    expect(when(runInNewContext('/hi/g'), says('yes'))(text('hi'))).toBe('yes');
  });

  test('a function gets the message and the context, and may be async', async () => {
    const [message, context] = [text('hi'), {}];
    for (const answer of [true, Promise.resolve(true)]) {
      const fits = jest.fn(() => answer);
      expect(await when(fits, says('yes'))(message, context, says('on'))).toBe('yes');
      expect(fits).toHaveBeenCalledWith(message, context);
    }
    for (const answer of [false, undefined, Promise.resolve(false)]) {
      expect(await when(() => answer, says('yes'))(message, context, says('on'))).toBe('on');
    }
    await expect(when(async () => Promise.reject(new Error('no')), says('yes'))(message)).rejects.toThrow(
      'no',
    );
  });

  test.each([['hi'], [undefined], [{ test: () => true }]])('%p is no test', (test_) => {
    expect(() => when(test_, () => {})).toThrow(wrongOption('when(test, handler)'));
  });

  test('there has to be a handler', () => {
    expect(() => when(/a/)).toThrow(wrongOption('when(test, handler)'));
  });
});

describe('route', () => {
  test('of a list the first that fits runs, else the next key', async () => {
    const routed = route({
      text: [when(/a/, says('a')), when(/[ab]/, says('b')), when(() => false, says('never'))],
      'event.CLICK': [when(({ EventKey }) => EventKey === 'k', says('k'))],
      event: says('event'),
      default: says('default'),
    });
    expect(
      await Promise.all([text('a'), text('b'), text('c'), click('k'), click('l')].map((one) => routed(one))),
    ).toEqual(['a', 'b', 'default', 'k', 'event']);
  });

  test('a handler of its own ends a list', async () => {
    const routed = route({ text: [when(/a/, says('a')), says('rest')], default: says('default') });
    expect(await routed(text('b'))).toBe('rest');
  });

  test('what nothing fits goes to next', async () => {
    const routed = route({ text: when(/a/, says('a')) });
    expect(await routed(text('b'), {}, async () => 'on')).toBe('on');
    expect(await routed({ MsgType: 'image' }, {}, async () => 'on')).toBe('on');
    expect(await routed(text('b'))).toBeUndefined();
  });

  test('event.CLICK:KEY comes before event.CLICK', async () => {
    const routed = route({
      'event.CLICK:V1': says('one'),
      'event.CLICK:a:b': says('two'),
      'event.SCAN:7': when(() => false, says('never')),
      'event.CLICK': says('click'),
      event: says('event'),
    });
    const keys = [
      click('V1'),
      click('a:b'),
      click('V2'),
      click(''),
      click(undefined),
      click({}),
      click('7', 'SCAN'),
    ];
    expect(await Promise.all(keys.map((one) => routed(one)))).toEqual([
      'one',
      'two',
      'click',
      'click',
      'click',
      'click',
      'event', // prettier-ignore
    ]);
  });

  test('nobody reaches it by the text that he writes', async () => {
    const routed = route({ 'event.CLICK:V1': says('one'), default: says('rest') });
    expect(routed({ MsgType: 'event', Event: 'CLICK:V1' })).not.toBe('one');
    expect(routed({ MsgType: 'text', EventKey: 'V1', Event: 'CLICK' })).toBe('rest');
  });

  test('near misses with a key are told', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const given = [
      'event.Scan:k',
      'CLICK:k',
      'event.CLICK:s',
      'event.CLICK:k',
      'event.brand_new:k',
      'event:CLICK',
    ];
    route(Object.fromEntries(given.map((key) => [key, () => {}])));
    const told = warn.mock.calls.map(([words]) =>
      /route\['(.*)'\]; did you mean '(.*)'/.exec(words).slice(1),
    );
    warn.mockRestore();
    expect(told).toEqual([
      ['event.Scan:k', 'event.SCAN:k'],
      ['CLICK:k', 'event.CLICK:k'],
      ['event:CLICK', 'event.CLICK'],
    ]);
  });

  test.each([
    ['no function', 'hi', "route['text']"],
    ['an empty list', [], "route['text']"],
    ['a list with something else', [() => {}, 'hi'], "route['text'][1]"],
    ['a list in a list', [[() => {}]], "route['text'][0]"],
    ['a hole', [,], "route['text'][0]"], // eslint-disable-line no-sparse-arrays
  ])('%s is refused', (_, value, option) => {
    expect(() => route({ text: value })).toThrow(wrongOption(option));
  });
});
