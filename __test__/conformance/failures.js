'use strict';

const { channel } = require('node:diagnostics_channel');
const { reply } = require('wechat-push');
const { modes, textMessage } = require('../support/wechat.js');

/** By name, what a handler may throw that no framework expects. */
const thrown = {
  'an error': () => new Error('no luck'),
  undefined: () => undefined,
  null: () => null,
  'an empty text': () => '',
  "the router's word": () => 'route',
  'a symbol': () => Symbol('odd'),
  'an object without a prototype': () => Object.create(null),
  'an error that throws when it is read': () =>
    Object.defineProperty(new Error('odd'), 'stack', { get: () => fail() }),
  'a revoked proxy': revoked,
};

/** By the rule that it breaks, what a handler may return that is no reply. */
const returned = {
  array_reply: () => ['a'],
  missing_part: () => reply.text(undefined),
  blank_part: () => reply.text(''),
  no_article: () => reply.news([]),
  empty_reply: () => ({}),
  error_reply: () => new Error('odd'),
  lowercase_reply: () => ({ type: 'text', content: 'a' }),
  unreadable_reply: () => {
    const circle = { MsgType: 'text' };
    return Object.assign(circle, { circle });
  },
};

function fail() {
  throw new RangeError('odd');
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What becomes of a handler that fails. @param {import('./host.js').Host} host */
function failures(host) {
  test.each(Object.entries(thrown))('a handler that throws %s: 500, and it runs again', async (_, make) => {
    await expectFailure(
      () => {
        throw make();
      },
      async () => {
        throw make();
      },
    );
  });

  test.each(Object.entries(returned))(
    'a handler that breaks %s: success, and it does not run again',
    async (rule, make) => {
      const told = [];
      const listen = (event) => told.push(event);
      channel('wechat-push:unsendable').subscribe(listen);
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const handler = jest.fn(make);
      await host.start(modes.plain, handler);
      const message = { ...textMessage, MsgType: 'event', Event: 'brand_new' };
      const sent = host.pushOf({ message });
      for (let i = 0; i < 2; i++)
        expect(await host.send(sent)).toMatchObject({ status: 200, text: 'success' });
      channel('wechat-push:unsendable').unsubscribe(listen);
      warn.mockRestore();
      expect(handler).toHaveBeenCalledTimes(1);
      expect(told).toMatchObject([{ rule, detail: expect.any(String), context: { attempt: 1 } }]);
      expect(host.errors).toEqual([]);
    },
  );

  test('an onReject that throws changes nothing for the sender', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await host.start({ ...modes.plain, onReject: fail }, () => {});
    for (let i = 0; i < 3; i++) expect((await host.handshake('')).status).toBe(400);
    // A flood is not a flood of warnings.
    expect(warn.mock.calls.length).toBeLessThanOrEqual(1);
    warn.mockRestore();
  });

  /** Each way fails one delivery; the next one after them is answered. */
  async function expectFailure(...ways) {
    const attempts = [];
    await host.start(modes.plain, (message, { attempt }) => {
      attempts.push(attempt);
      return attempt > ways.length ? 'at last' : ways[attempt - 1]();
    });
    const sent = host.pushOf();
    for (const _ of ways) expect(await host.send(sent)).toMatchObject({ status: 500, text: '' });
    expect((await host.send(sent)).text).toContain('at last');
    expect(attempts).toEqual([...ways.keys(), ways.length].map((i) => i + 1));
    if (!host.adapter.hasErrors) return;
    expect(host.errors).toHaveLength(ways.length);
    for (const error of host.errors) expect(typeof error.stack).toBe('string');
  }
}

module.exports = { failures };
