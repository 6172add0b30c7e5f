'use strict';

const { reply } = require('wechat-push');
const { account, modes, openReply, textMessage, write } = require('../support/wechat.js');

const MEBIBYTE = 1024 * 1024;
const REFUSED = '{"status":400,"data":"check msg error"}';

/** What every mode takes: its name, the data format, whether the push is sealed. */
const ACCEPTED = [
  ['plain', 'xml', false],
  ['plain', 'json', false],
  ['compat', 'xml', false],
  ['compat', 'json', false],
  ['compat', 'xml', true],
  ['compat', 'json', true],
  ['secure', 'xml', true],
  ['secure', 'json', true],
];

/** @param {import('./host.js').Host} host */
function messages(host) {
  test.each(ACCEPTED)('%s mode takes %s, sealed: %s', async (mode, format, encrypted) => {
    const seen = jest.fn();
    await host.start(modes[mode], (message, { id, raw, query, attempt, request, ...context }) => {
      seen(message, { ...context, id, raw, query, attempt, header: host.headerOf(request, 'x-case') });
      return `you said ${message.Content}`;
    });
    const sent = host.pushOf({ format, encrypted });
    const answer = await host.send(sent, { 'X-Case': `${mode} ${format}` });
    expect(seen.mock.calls).toEqual([
      [
        textMessage,
        {
          attempt: 1,
          format,
          encrypted,
          id: '4561255354251345929oUser_1-2gh_0123456789ab1714036504',
          raw: write(textMessage, format),
          query: Object.fromEntries(new URL(sent.url, host.url).searchParams),
          header: `${mode} ${format}`,
        },
      ],
    ]);
    expect(answer).toMatchObject({ status: 200, type: `application/${format}; charset=utf-8` });
    const text = encrypted ? openReply(answer.text, account) : answer.text;
    if (format === 'json') expect(JSON.parse(text).Content).toBe(`you said ${textMessage.Content}`);
    else expect(text).toContain('<Content><![CDATA[you said 你好 😀 <b> & ]]]]><![CDATA[>]]></Content>');
  });

  test.each([
    ['nothing', undefined, 'success'],
    ['a number', 42, 'success'],
    ['a promise', Promise.resolve('later'), '<Content><![CDATA[later]]></Content>'],
    ['an image', reply.image('m1'), '<Image><MediaId><![CDATA[m1]]></MediaId></Image>'],
    ['news', reply.news([{ title: '好', url: 'u' }]), '<Title><![CDATA[好]]></Title>'],
  ])('a handler that returns %s is answered so', async (_, value, expected) => {
    await host.start(modes.plain, () => value);
    const answer = await host.send(host.pushOf());
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(expected);
    const type = expected === 'success' ? 'text/plain' : 'application/xml';
    expect(answer.type).toBe(`${type}; charset=utf-8`);
  });

  test('data is answered as it is', async () => {
    await host.start(modes.plain, () => ({ ErrCode: 0, ErrMsg: 'success' }));
    const message = { ...textMessage, MsgType: 'event', Event: 'xpay_goods_deliver_notify' };
    const answer = await host.send(host.pushOf({ message }));
    expect(answer).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
    expect(answer.text).toBe('<xml><ErrCode>0</ErrCode><ErrMsg><![CDATA[success]]></ErrMsg></xml>');
  });

  test('a long text is answered with its beginning, also to a retry; the rest is handed over once', async () => {
    const onUndelivered = jest.fn();
    const handler = jest.fn(() => `${'好。'.repeat(341)}${'a'.repeat(100)}`);
    await host.start({ ...modes.plain, onUndelivered }, handler);
    const sent = host.pushOf();
    const answers = await Promise.all([host.send(sent), host.send(sent)]);
    answers.push(await host.send(sent));
    for (const { text } of answers) expect(text).toContain(`[CDATA[${'好。'.repeat(341)}]]>`);
    expect(handler).toHaveBeenCalledTimes(1);
    expect(onUndelivered.mock.calls).toEqual([
      ['a'.repeat(100), textMessage, expect.objectContaining({ attempt: 1 }), 'too_long'],
    ]);
  });

  test('a mini-game delivery is answered in plaintext', async () => {
    await host.start(modes.secure, () => ({ ErrCode: 0 }));
    const message = { ...textMessage, MsgType: 'event', Event: 'minigame_coin_deliver_completed' };
    const answer = await host.send(host.pushOf({ message, format: 'json', encrypted: true }));
    expect(JSON.parse(answer.text)).toEqual({ ErrCode: 0 });
  });

  test.each([
    ['nothing', '', 'empty_body'],
    ['text', 'success', 'malformed_body'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>', 'doctype_refused'],
    ['bytes that are no text', Buffer.from('<xml><a>\xff</a></xml>', 'latin1'), 'invalid_utf8'],
    ['30,000 nested objects', '{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000), 'malformed_body'],
  ])('a body with %s is refused; onReject gets the reason and the request', async (_, body, reason) => {
    const handler = jest.fn();
    await host.start(modes.plain, handler);
    const answer = await host.send({ url: host.pushOf().url, body }, { 'X-Case': reason });
    expect(answer).toMatchObject({ status: 400, text: REFUSED });
    expect(host.reasons).toEqual([reason]);
    const [{ rejection, request }] = host.rejections;
    expect(rejection).toMatchObject({ type: 'rejected', status: 400 });
    expect(rejection.hints()[0]).toMatch(/\w/);
    expect(host.headerOf(request, 'x-case')).toBe(reason);
    expect(handler).not.toHaveBeenCalled();
  });

  test('what was signed for another body or account is refused', async () => {
    const handler = jest.fn();
    await host.start(modes.secure, handler);
    for (const sent of [
      host.pushOf({ account: { ...account, token: 'Sesame' }, encrypted: true }),
      { ...host.pushOf({ encrypted: true }), body: host.pushOf({ encrypted: true }).body },
    ])
      expect((await host.send(sent)).status).toBe(400);
    expect(host.reasons).toEqual(['msg_signature_mismatch', 'msg_signature_mismatch']);
    expect(handler).not.toHaveBeenCalled();
  });

  test('a body of half a mebibyte arrives whole', async () => {
    const message = { ...textMessage, Content: '好'.repeat(MEBIBYTE / 6) };
    const handler = jest.fn();
    await host.start(modes.plain, handler);
    expect((await host.send(host.pushOf({ message }))).status).toBe(200);
    expect(handler.mock.calls[0][0].Content).toBe(message.Content);
  });

  test('100 pushes at once each get their own reply', async () => {
    await host.start(modes.secure, async ({ Content }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return Content;
    });
    const sent = Array.from({ length: 100 }, (_, i) => ({
      ...textMessage,
      MsgId: String(10 ** 15 + i),
      Content: `number ${i}.`,
    }));
    const answers = await Promise.all(
      sent.map((message) => host.send(host.pushOf({ message, encrypted: true }))),
    );
    for (const [i, { text }] of answers.entries()) expect(openReply(text, account)).toContain(`number ${i}.`);
  });
}

module.exports = { messages };
