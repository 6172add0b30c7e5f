'use strict';

const { signedQuery } = require('../support/servers.js');
const { account, modes, openReply, textMessage } = require('../support/wechat.js');

/** The mode in which the app gets the push and replies. @param {import('./host.js').Host} host */
function withoutHandler(host) {
  test('without a handler the app gets the push, and its reply is sealed', async () => {
    const seen = jest.fn();
    await host.startApp(modes.secure, (push) => {
      seen(push.message, push.context.encrypted, host.headerOf(push.context.request, 'x-case'));
      push.reply(`you said ${push.message.Content}`);
    });
    const answer = await host.send(host.pushOf({ encrypted: true }), { 'X-Case': 'app' });
    expect(seen.mock.calls).toEqual([[textMessage, true, 'app']]);
    expect(openReply(answer.text, account)).toContain('you said 你好');
  });

  test('an app that replies later and twice is taken at its first word', async () => {
    await host.startApp(modes.plain, (push) =>
      setImmediate(() => {
        push.reply('one');
        push.reply('two');
      }),
    );
    const sent = host.pushOf();
    for (let i = 0; i < 2; i++) expect((await host.send(sent)).text).toContain('<![CDATA[one]]>');
  });

  test('an app that answers by itself gets the push once', async () => {
    const app = jest.fn((push, answer) => answer(200, 'its own'));
    await host.startApp(modes.plain, app);
    const sent = host.pushOf();
    expect((await host.send(sent)).text).toBe('its own');
    expect((await host.send(sent)).text).toBe('success');
    expect(app).toHaveBeenCalledTimes(1);
  });

  test('an app that answers with an error status gets it again', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const app = jest
      .fn((push) => push.reply('hello'))
      .mockImplementationOnce((push, answer) => answer(503, 'away'));
    await host.startApp(modes.plain, app);
    const sent = host.pushOf();
    expect(await host.send(sent)).toMatchObject({ status: 503, text: 'away' });
    expect((await host.send(sent)).text).toContain('<![CDATA[hello]]>');
    warn.mockRestore();
  });

  test('a reply that cannot be sent is success, and warned of', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await host.startApp(modes.plain, (push) => push.reply([]));
    expect(await host.send(host.pushOf())).toMatchObject({ status: 200, text: 'success' });
    expect(host.errors).toEqual([]);
    warn.mockRestore();
  });

  test('handshakes and refused pushes never get to the app', async () => {
    const app = jest.fn();
    await host.startApp(modes.plain, app);
    expect((await host.handshake(signedQuery(account.token, { echostr: '1' }))).status).toBe(200);
    expect((await host.send(host.pushOf({ account: { token: 'Sesame' } }))).status).toBe(400);
    expect(app).not.toHaveBeenCalled();
  });

  if (host.adapter.isBuffered) return;

  test.each([
    ['fails', (push, answer) => answer(500, ''), 'hello again', 2],
    ['replies', (push) => push.reply('hello'), 'hello', 1],
    ['answers by itself', (push, answer) => answer(200, 'its own'), 'success', 1],
  ])('a sender hangs up, then the app %s', async (_, act, expected, calls) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    let enter;
    const entered = new Promise((resolve) => (enter = resolve));
    const app = jest.fn((push) => push.reply('hello again')).mockImplementationOnce((...args) => enter(args));
    await host.startApp(modes.plain, app);
    const sent = host.pushOf();
    await host.hungUp(sent, entered);
    act(...(await entered));
    await host.catchUp();
    expect((await host.send(sent)).text).toContain(expected);
    expect(app).toHaveBeenCalledTimes(calls);
    warn.mockRestore();
  });
}

module.exports = { withoutHandler };
