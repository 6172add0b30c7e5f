'use strict';

const { account, openReply, textMessage } = require('../support/wechat.js');

const REFUSED = '{"status":400,"data":"check msg error"}';
const key = (letter) => letter.repeat(43);

/** Each owns an account; the last would like to have something of the others. */
const TENANTS = {
  honest: { token: 'honest12', encodingAESKey: key('h'), appId: 'wxhonest', name: 'honest' },
  other: { token: 'other123', encodingAESKey: key('o'), appId: 'wxother', name: 'other' },
  // Says that the AppID of the first is his.
  hostile: { token: 'hostile1', encodingAESKey: key('x'), appId: 'wxhonest', name: 'hostile' },
};

/** Accounts that a function finds, one of which is hostile. @param {import('./host.js').Host} host */
function tenants(host) {
  const find = ({ url }) => TENANTS[new URL(url, 'http://localhost').searchParams.get('tenant')];

  /** What an account pushes to the URL of a tenant. */
  function pushOf(by, to, more) {
    const sent = host.pushOf({ account: TENANTS[by], encrypted: true, ...more });
    return { ...sent, url: sent.url.replace('?', `?tenant=${to}&`) };
  }

  test.each([
    ['at once', find],
    ['by a promise', async (request) => ({ ...find(request) })],
  ])('accounts that are found %s: each gets its own pushes', async (_, found) => {
    const seen = [];
    await host.start({ account: found }, (message, context) => {
      seen.push([context.account, message]);
      return `for ${context.account.name}`;
    });
    for (const [name, one] of Object.entries(TENANTS)) {
      const { status, text } = await host.send(pushOf(name, name));
      expect(status).toBe(200);
      expect(openReply(text, one)).toContain(`for ${name}`);
    }
    expect(seen).toEqual(Object.values(TENANTS).map(({ name, appId }) => [{ name, appId }, textMessage]));
  });

  test('the accounts of a list: each gets its own pushes', async () => {
    const { honest, other } = TENANTS;
    await host.start({ accounts: [account, honest, other] }, (_, context) => `for ${context.account.appId}`);
    for (const one of [other, account, honest]) {
      const { status, text } = await host.send(host.pushOf({ account: one, encrypted: true }));
      expect(status).toBe(200);
      expect(openReply(text, one)).toContain(`for ${one.appId}`);
    }
    const stranger = await host.send(host.pushOf({ account: TENANTS.hostile, encrypted: true }));
    expect(stranger).toMatchObject({ status: 400, text: REFUSED });
    expect(host.reasons).toEqual(['msg_signature_mismatch']);
    expect(host.rejections[0].rejection.account).toBeUndefined();
  });

  test('a hostile tenant cannot push to another, nor take what another was answered', async () => {
    const handler = jest.fn((_, context) => `for ${context.account.name}`);
    await host.start({ account: find }, handler);
    expect((await host.send(pushOf('honest', 'honest'))).status).toBe(200);
    const forged = await host.send(pushOf('hostile', 'honest'));
    expect(forged).toMatchObject({ status: 400, text: REFUSED });
    expect(host.reasons).toEqual(['msg_signature_mismatch']);
    expect(host.rejections[0].rejection.account).toEqual({ name: 'honest', appId: 'wxhonest' });
    // The very message that the other has had an answer to.
    const { text } = await host.send(pushOf('hostile', 'hostile'));
    expect(openReply(text, TENANTS.hostile)).toContain('for hostile');
    expect(handler.mock.calls.map(([, context]) => context.account.name)).toEqual(['honest', 'hostile']);
  });

  test('nor see to it that the push of another counts as handled', async () => {
    await host.start({ account: find }, (_, context) => `for ${context.account.name}`);
    expect((await host.send(pushOf('hostile', 'hostile'))).status).toBe(200);
    const { text } = await host.send(pushOf('honest', 'honest'));
    expect(openReply(text, TENANTS.honest)).toContain('for honest');
  });

  test('nor read or change what is kept for a user of another', async () => {
    const more = { account: find, session: { ttl: 60_000 } };
    await host.start(more, async (_, { account: { name }, session }) =>
      (await session.update((old = []) => [...old, name])).join(),
    );
    const said = (MsgId) => ({ message: { ...textMessage, MsgId } });
    for (const [by, MsgId, expected] of [
      ['honest', '1', 'honest'],
      ['hostile', '2', 'hostile'],
      ['honest', '3', 'honest,honest'],
    ])
      expect(openReply((await host.send(pushOf(by, by, said(MsgId)))).text, TENANTS[by])).toContain(
        `[${expected}]`,
      );
  });

  test.each([
    ['unknown_account', () => undefined],
    ['unknown_account', async () => null],
    ['account_failed', () => Promise.reject(new Error('the database is away'))],
    [
      'account_failed',
      () => {
        throw new Error('the database is away');
      },
    ],
    ['account_failed', () => ({ token: '' })],
    ['account_failed', () => 'sesame'],
  ])('%s is refused like a bad signature', async (reason, found) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const handler = jest.fn();
    await host.start({ account: found }, handler);
    expect(await host.send(host.pushOf())).toMatchObject({ status: 400, text: REFUSED });
    expect(host.reasons).toEqual([reason]);
    expect('error' in host.rejections[0].rejection).toBe(reason === 'account_failed');
    expect(handler).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('a function that never settles: the request is refused in time', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const called = jest.fn(() => new Promise(() => {}));
    await host.start({ account: called }, () => 'hi');
    const refused = host.send(host.pushOf());
    for (let i = 0; i < 2000 && called.mock.calls.length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await host.pass(4400);
    expect(host.reasons).toEqual([]);
    await host.pass(100);
    expect(await refused).toMatchObject({ status: 400, text: REFUSED });
    expect(host.reasons).toEqual(['account_failed']);
    expect(host.rejections[0].rejection.error).toMatchObject({ code: 'ERR_WECHAT_PUSH_ACCOUNT' });
    warn.mockRestore();
  });

  test('nobody is asked for the account of what no server of WeChat sends', async () => {
    const called = jest.fn(find);
    await host.start({ account: called }, () => 'hi');
    const { url, body } = pushOf('honest', 'honest');
    const odd = [
      [url.replace('nonce=', 'x='), 'missing_parameter'],
      [url.replace(/timestamp=\d+/, 'timestamp=1'), 'invalid_timestamp'],
      [url.replace(/timestamp=\d+/, 'timestamp=1514711492'), 'stale_timestamp'],
      [url.replace(/msg_signature=\w+/, 'msg_signature=gibberish'), 'msg_signature_mismatch'],
      [url.replace(/(msg_)?signature=\w+/g, 'x=1'), 'missing_parameter'],
    ];
    for (const [target, reason] of odd) {
      expect(await host.send({ url: target, body })).toMatchObject({ status: 400, text: REFUSED });
      expect(host.reasons.at(-1)).toBe(reason);
    }
    expect(called).not.toHaveBeenCalled();
  });
}

module.exports = { tenants };
