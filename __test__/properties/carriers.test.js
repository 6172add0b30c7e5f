'use strict';

// Whatever users do and handlers answer, customer-service messages go as WeChat takes them, and nothing is lost.

const fc = require('fast-check');
const { memoryStore } = require('../..');
const { customerService } = require('../../api.js');
const { createApiServer } = require('../../testing.js');
const { event, textMessage, undelivered } = require('../support/api.js');

const ENDING = '\n\n（未完，回复“继续”查看后面的内容）';

/** What a user does; `VIEW` allows nothing. */
const act = fc.constantFrom('text', 'tap', 'CLICK', 'SCAN', 'subscribe', 'user_enter_tempsession', 'VIEW');

/** A text without blanks, which may go where it is cut. */
const words = fc.array(fc.constantFrom('字', '这是一句话。', 'word,', '😀', '[a](https://example.com/x)'), {
  minLength: 1,
  maxLength: 2500,
});

const steps = fc.array(fc.record({ act, answers: fc.array(words, { minLength: 1, maxLength: 2 }) }), {
  maxLength: 6,
});

let server;
beforeEach(async () => {
  server = await createApiServer();
});
afterEach(() => server.close());

function pushOf(name) {
  if (name === 'text') return textMessage();
  return name === 'tap' ? textMessage({ bizmsgmenuid: '1' }) : event(name);
}

test('a user gets what the budget allows and no more is tried; what is left is what was not sent', async () => {
  let user = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { records } = memoryStore();
      const carrier = customerService({ appSecret: 's', fetch: server.fetch });
      user++;
      const FromUserName = `user ${user}`;
      // So that it is known what the user may be sent.
      for (const step of [{ act: 'text', answers: [['hi']] }, ...all]) {
        const message = { ...pushOf(step.act), FromUserName };
        server.pushed(message);
        for (const answer of step.answers) {
          const value = answer.join('');
          const before = server.messages.length;
          const more = { records, message, value, user: FromUserName, nextCarrier: 'nextMessage' };
          const left = (await carrier.carry(undelivered(more))) ?? '';
          const parts = server.messages.slice(before).map(({ text }) => text);
          for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048);
          const isAnnounced = parts.length > 0 && left !== '';
          if (isAnnounced) expect(parts.at(-1).endsWith(ENDING)).toBe(true);
          expect(parts.join('').replace(isAnnounced ? ENDING : '', '') + left).toBe(value);
        }
      }
      expect(server.calls.filter(({ answer }) => answer.errcode)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 120_000);
