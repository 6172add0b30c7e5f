'use strict';

const { signedQuery } = require('../support/servers.js');
const { account, modes, textMessage, write } = require('../support/wechat.js');

const TRUST = { trust: 'cloudrun' };
const CHECKS = [
  ['JSON', '{"action":"CheckContainerPath"}'],
  ['XML', '<xml><action>CheckContainerPath</action></xml>'],
];
const FORMATS = ['xml', 'json'];

/** What 微信云托管 sends, without a signature, and who else sends such. @param {import('./host.js').Host} host */
function cloud(host) {
  const path = () => new URL(host.url).pathname;
  const unsigned = (format) => ({ url: path(), body: write(textMessage, format) });

  test.each(CHECKS)('with trust the look at the path is answered with success, in %s', async (_, body) => {
    const handler = jest.fn();
    await host.start(TRUST, handler);
    expect(await host.send({ url: path(), body })).toMatchObject({
      status: 200,
      type: 'text/plain; charset=utf-8',
      text: 'success',
    });
    expect(handler).not.toHaveBeenCalled();
  });

  test.each(CHECKS)('without trust it is refused, in %s', async (_, body) => {
    await host.start(modes.plain, () => {});
    expect(await host.send({ url: path(), body }, { 'X-WX-Source': 'wx_unknown' })).toMatchObject({
      status: 400,
    });
    expect(host.reasons).toEqual(['missing_parameter']);
  });

  test('without trust no header stands for a signature', async () => {
    const handler = jest.fn();
    await host.start(modes.plain, handler);
    const answer = await host.send(unsigned('json'), { 'X-WX-Source': 'wx_unknown' });
    expect(answer.status).toBe(400);
    expect(handler).not.toHaveBeenCalled();
  });

  test('a push from outside of the cloud is refused, and the sender learns nothing', async () => {
    const handler = jest.fn();
    await host.start(TRUST, handler);
    for (const headers of [{}, { 'X-WX-Source': '' }, { 'X-WX-OpenID': 'o', 'X-WX-Sourc': 'x' }]) {
      expect(await host.send(unsigned('xml'), headers)).toMatchObject({
        status: 400,
        text: '{"status":400,"data":"check msg error"}',
      });
    }
    expect(host.reasons).toEqual(['outside_cloud', 'outside_cloud', 'outside_cloud']);
    expect(host.rejections[0].rejection.hints('en')[0]).toMatch(/public access/);
    expect(handler).not.toHaveBeenCalled();
  });

  test('with a Token what is signed is verified as ever, whatever the headers are', async () => {
    const handler = jest.fn();
    await host.start({ ...modes.plain, ...TRUST }, handler);
    expect(await host.send(host.pushOf())).toMatchObject({ status: 200 });
    const forged = host.pushOf({ account: { ...account, token: 'another' } });
    expect(await host.send(forged, { 'X-WX-Source': 'wx_unknown' })).toMatchObject({ status: 400 });
    expect(host.reasons).toEqual(['signature_mismatch']);
    const response = await host.handshake(signedQuery(account.token, { echostr: '7' }));
    expect(await response.text()).toBe('7');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  if (host.adapter.isBuffered) {
    test('a function behind HTTP believes no header, which anybody can send', async () => {
      await host.start(TRUST, () => {});
      const answer = await host.send(unsigned('json'), { 'X-WX-Source': 'wx_unknown' });
      expect(answer.status).toBe(400);
      expect(host.reasons).toEqual(['outside_cloud']);
    });
    return;
  }

  test.each(FORMATS.flatMap((format) => ['x-wx-source', 'X-WX-SOURCES'].map((header) => [format, header])))(
    'with trust %s is taken where %s is there, and answered in its format',
    async (format, header) => {
      const seen = jest.fn();
      await host.start(TRUST, (message, { text, user, encrypted, query, raw }) => {
        seen(message, { text, user, encrypted, query, raw });
        return `you said ${text}`;
      });
      const sent = unsigned(format);
      const answers = [];
      for (let i = 0; i < 2; i++) answers.push(await host.send(sent, { [header]: 'wx_unknown' }));
      expect(seen.mock.calls).toEqual([
        [
          textMessage,
          {
            text: textMessage.Content,
            user: textMessage.FromUserName,
            encrypted: false,
            query: {},
            raw: sent.body,
          },
        ],
      ]);
      expect(answers[0]).toMatchObject({ status: 200, type: `application/${format}; charset=utf-8` });
      expect(answers[0].text).toContain('you said 你好');
      expect(answers[1].text).toBe(answers[0].text);
    },
  );
}

module.exports = { cloud };
