'use strict';

// Another process and another runtime, so it is asked over sockets, and its time is real.

const { Miniflare } = require('miniflare');
const { createGateway } = require('wechat-push/testing');
const { account, openReply, post, push, textMessage } = require('../../../support/wechat.js');
const { bundle } = require('./bundle.js');

module.exports = async () => {
  const workerd = new Miniflare({
    modules: await bundle(),
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['nodejs_compat', 'enable_request_signal'],
  });
  const { origin } = await workerd.ready;
  const gateway = createGateway(account);
  const told = async () => (await fetch(`${origin}/told`)).json();
  const text = (Content) => ({ ...textMessage, MsgId: String(++lastId), Content });
  const sealed = (message, more) => push({ message, encrypted: true, ...more });
  const contentOf = (answer) => openReply(answer.text, account).match(/<Content><!\[CDATA\[(.*?)\]\]>/)?.[1];
  /** For a machine that is busy. */
  const send = (sent) => post(origin, { signal: AbortSignal.timeout(60_000), ...sent });
  let lastId = 10 ** 15;

  describe('workerd', () => {
    beforeEach(() => fetch(`${origin}/forget`));

    test('a handshake gets its echostr', async () => {
      const { url, status, body, error } = await gateway.handshake(`${origin}/`);
      expect({ status, error }).toEqual({ status: 200, error: null });
      expect(body).toBe(new URL(url).searchParams.get('echostr'));
    });

    test.each(['xml', 'json'])('a sealed push of %s is answered, sealed', async (format) => {
      const answer = await send(sealed(text('hello 你好 😀'), { format }));
      expect(answer.status).toBe(200);
      expect(openReply(answer.text, account)).toContain('you said hello 你好 😀');
    });

    test('what is not signed, or not for this account, is refused', async () => {
      const foreign = { ...account, token: 'Sesame' };
      expect((await send(sealed(text('a'), { account: foreign }))).status).toBe(400);
      expect((await fetch(origin)).status).toBe(400);
      expect(await told()).toMatchObject({
        calls: 0,
        refused: ['msg_signature_mismatch', 'missing_parameter'],
      });
    });

    test('deliveries at once: the handler runs once, and each is answered from the store', async () => {
      const sent = sealed(text('wait 500'));
      const answers = await Promise.all(Array.from({ length: 5 }, () => send(sent)));
      expect(answers.map(contentOf)).toEqual(Array(5).fill('you said wait 500'));
      expect(contentOf(await send(sent))).toBe('you said wait 500');
      expect((await told()).calls).toBe(1);
    });

    test('50 pushes at once each get their own reply', async () => {
      const sent = Array.from({ length: 50 }, (_, i) => `wait ${i % 7} number ${i}`);
      const answers = await Promise.all(sent.map((content) => send(sealed(text(content)))));
      expect(answers.map(contentOf)).toEqual(sent.map((content) => `you said ${content}`));
    });

    test('a handler that fails: 500, and it runs again', async () => {
      const sent = sealed(text('fail'));
      expect((await send(sent)).status).toBe(500);
      expect(contentOf(await send(sent))).toBe('you said fail');
    });

    test('a late answer: success in time, and the work goes on by waitUntil', async () => {
      const answer = await send({ ...sealed(text('wait 6000')), signal: AbortSignal.timeout(5000) });
      expect(answer).toMatchObject({ status: 200, text: 'success' });
      const until = Date.now() + 10_000;
      while ((await told()).undelivered.length === 0 && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await told()).undelivered).toEqual(['you said wait 6000']);
    });

    test('a sender who hangs up gets the reply when he comes again', async () => {
      const sent = sealed(text('wait 700'));
      await send({ ...sent, signal: AbortSignal.timeout(200) }).catch(() => {});
      expect(contentOf(await send(sent))).toBe('you said wait 700');
      expect((await told()).calls).toBe(1);
    });

    test('a body over the limit is refused', async () => {
      expect((await send(sealed(text('x'.repeat(2 ** 20))))).status).toBe(413);
      expect((await told()).refused).toEqual(['body_too_large']);
    });

    test('a body that was read before is refused at once: body_consumed', async () => {
      expect((await send(sealed(text('a'), { url: '/consumed' }))).status).toBe(400);
      expect((await told()).refused).toEqual(['body_consumed']);
    });
  });
};
