'use strict';

const { channel } = require('node:diagnostics_channel');
const { account, openReply, modes, textMessage } = require('../support/wechat.js');

/** A handler that waits to be let go on, and what it was called with. */
function gated(value = 'the reply') {
  let open, enter;
  const opened = new Promise((resolve) => (open = resolve));
  const entered = new Promise((resolve) => (enter = resolve));
  const handler = jest.fn(async (message, context) => {
    enter(context);
    await opened;
    return value;
  });
  return { handler, entered, open };
}

/** That a push is handled once, and its reply gets to whoever can carry it. @param {import('./host.js').Host} host */
function deliveries(host) {
  test('a push that comes again gets the recorded reply, sealed for itself', async () => {
    const handler = jest.fn(() => String(Math.random()));
    await host.start(modes.secure, handler);
    const sent = host.pushOf({ encrypted: true });
    const answers = [
      await host.send(sent),
      await host.send(sent),
      await host.send(host.pushOf({ encrypted: true })),
    ];
    const contents = answers.map(({ text }) => openReply(text, account).match(/<Content>.*<\/Content>/)[0]);
    expect(new Set(contents).size).toBe(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(3);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('deliveries that come meanwhile wait for the handler that runs', async () => {
    const { handler, entered, open } = gated();
    await host.start(modes.plain, handler);
    const sent = host.pushOf();
    const first = host.send(sent);
    await entered;
    const others = [host.send(sent), host.send(host.pushOf({ format: 'json' }))];
    await host.catchUp();
    open();
    for (const answer of await Promise.all([first, ...others])) expect(answer.text).toContain('the reply');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('the same signature with another body is refused as replayed', async () => {
    const handler = jest.fn();
    await host.start(modes.plain, handler);
    const { url, body } = host.pushOf();
    await host.send({ url, body });
    expect((await host.send({ url, body: body.replace(textMessage.MsgId, '1') })).status).toBe(400);
    expect(host.reasons).toEqual(['replayed']);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('an answer that takes too long: WeChat is told success in time, and onUndelivered gets it', async () => {
    const onUndelivered = jest.fn();
    const { handler, entered, open } = gated();
    await host.start({ ...modes.plain, onUndelivered }, handler);
    const answered = host.send(host.pushOf());
    const context = await entered;
    await host.pass(4400);
    expect(context.signal.aborted).toBe(false);
    expect(await host.passUntil(answered)).toMatchObject({ status: 200, text: 'success' });
    expect(context.signal.aborted).toBe(true);
    expect(context.signal.reason).toMatchObject({ code: 'ERR_WECHAT_PUSH_ABORTED' });
    open();
    await host.until(() => onUndelivered.mock.calls.length > 0);
    expect(onUndelivered.mock.calls).toEqual([['the reply', textMessage, context, 'late']]);
  });

  test('replyWindow 15000: a delivery without a reply is left, and the next one carries it', async () => {
    const onUndelivered = jest.fn();
    const { handler, entered, open } = gated();
    await host.start({ ...modes.plain, onUndelivered, replyWindow: 15000 }, handler);
    const sent = host.pushOf();
    const first = host.send(sent);
    const context = await entered;
    expect(await host.passUntil(first)).toMatchObject({ status: 503, text: '' });
    const second = host.send(sent);
    await host.catchUp();
    expect(context.signal.aborted).toBe(false);
    open();
    expect(await second).toMatchObject({ status: 200, text: expect.stringContaining('the reply') });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(onUndelivered).not.toHaveBeenCalled();
  });

  if (host.adapter.isBuffered) return;

  test('a sender who hangs up gets the reply when he comes again', async () => {
    const { handler, entered, open } = gated();
    await host.start(modes.plain, handler);
    const sent = host.pushOf();
    await host.hungUp(sent, entered);
    const again = host.send(sent);
    await host.catchUp();
    open();
    expect((await again).text).toContain('the reply');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('who hangs up and does not come again has the reply go to onUndelivered', async () => {
    const onUndelivered = jest.fn();
    const { handler, entered, open } = gated();
    await host.start({ ...modes.plain, onUndelivered }, handler);
    await host.hungUp(host.pushOf(), entered);
    open();
    await host.catchUp();
    expect(onUndelivered).not.toHaveBeenCalled();
    await host.pass(5000);
    expect(onUndelivered.mock.calls).toEqual([['the reply', textMessage, await entered, 'late']]);
  });

  test('of a failure that he no longer hears the owner is told, and the handler runs again', async () => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const told = [];
    const listen = ({ error }) => told.push(error.message);
    channel('wechat-push:failed').subscribe(listen);
    const failing = Promise.reject(new Error('no luck'));
    failing.catch(() => {});
    const { handler, entered, open } = gated(failing);
    handler.mockImplementationOnce(handler.getMockImplementation());
    await host.start(modes.plain, handler);
    const sent = host.pushOf();
    await host.hungUp(sent, entered);
    handler.mockImplementation(() => 'better luck');
    open();
    await host.until(() => told.length > 0);
    channel('wechat-push:failed').unsubscribe(listen);
    jest.restoreAllMocks();
    expect(told).toEqual(['no luck']);
    expect((await host.send(sent)).text).toContain('better luck');
  });
}

module.exports = { deliveries };
