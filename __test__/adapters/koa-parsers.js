'use strict';

// Koa with a body parser.

const { messagePush } = require('wechat-push/koa');
const { serve } = require('../support/servers.js');
const { account, modes, openReply, post, push, textMessage } = require('../support/wechat.js');

/** With an id that JavaScript's numbers hold. */
const message = { ...textMessage, MsgId: '4503599627370497' };

/**
 * That a push is read whole, with each of these before or after the adapter.
 * @param {any} Koa
 * @param {Record<string, any>} parsers middleware by name
 */
function besideParsers(Koa, parsers) {
  describe.each(Object.entries(parsers))('%s', (_, parser) => {
    describe.each([
      ['plain', 'xml'],
      ['plain', 'json'],
      ['secure', 'xml'],
      ['secure', 'json'],
    ])('%s %s', (mode, format) => {
      const sent = push({ message, format, encrypted: mode === 'secure' });

      test.each(['before', 'after'])('%s the adapter, a push is read and answered', async (place) => {
        const handler = jest.fn(({ Content }) => `you said ${Content}`);
        const ours = messagePush(modes[mode], handler);
        const app = new Koa();
        for (const middleware of place === 'before' ? [parser, ours] : [ours, parser]) app.use(middleware);
        const answer = await post(await serve(app.callback()), sent);
        expect(handler.mock.calls.map(([first]) => first)).toEqual([message]);
        expect(answer).toMatchObject({ status: 200, type: `application/${format}; charset=utf-8` });
        expect(mode === 'secure' ? openReply(answer.text, account) : answer.text).toContain('you said 你好');
      });
    });
  });
}

module.exports = { besideParsers };
