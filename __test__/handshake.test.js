'use strict';

const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const net = require('node:net');
const { createReceiver, messagePush } = require('..');
const { closeServers, hosts, serve, signedQuery } = require('./support/servers.js');

const official =
  'signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249';
const refused = '{"status":400,"data":"check msg error"}';
/** Refusals are expected here, and not to be printed. */
const quiet = { token: 'AAAAA', onReject: () => {} };

afterEach(closeServers);

// ./conformance has the handshakes of every host.
test.each(['Express 4 router', 'Express 5 router'])('messagePush in an %s', async (name) => {
  const origin = await serve(hosts[name](messagePush(quiet), '/checkPushMsg'));
  const answers = {};
  for (const method of ['GET', 'POST', 'OPTIONS']) {
    const response = await fetch(`${origin}/checkPushMsg?${official}`, { method });
    answers[method] = [response.status, await response.text()];
  }
  expect(answers).toEqual({
    GET: [200, '4375120948345356249'],
    POST: [400, refused],
    OPTIONS: [405, '{"status":405,"data":"method not allowed"}'],
  });
});

describe('messagePush', () => {
  test('tells the owner why, by onReject and on the diagnostics channel', async () => {
    const heard = [];
    const onMessage = ({ rejection, request }) => heard.push([rejection.reason, request.method]);
    subscribe('wechat-push:rejected', onMessage);
    const onReject = jest.fn();
    const origin = await serve(messagePush({ token: 'AAAAB', onReject }));
    await fetch(`${origin}/?${official}`);
    unsubscribe('wechat-push:rejected', onMessage);

    expect(heard).toEqual([['signature_mismatch', 'GET']]);
    expect(onReject).toHaveBeenCalledTimes(1);
    const [rejection, request] = onReject.mock.calls[0];
    expect(rejection).toEqual({
      type: 'rejected',
      reason: 'signature_mismatch',
      code: -40001,
      status: 400,
      detail: expect.stringContaining('Token'),
      account: {},
    });
    expect(rejection.detail).not.toContain('AAAAB');
    expect(request.url).toBe(`/?${official}`);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('broken logger');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('broken logger'))],
  ])('an onReject that %s changes nothing for the sender', async (_, onReject) => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const origin = await serve(messagePush({ token: 'AAAAA', onReject }));
    const response = await fetch(origin);
    expect([response.status, await response.text()]).toEqual([400, refused]);
    // The other of the two has been warned of within ten seconds.
    for (const [warning] of process.emitWarning.mock.calls) expect(warning).toContain('broken logger');
    process.emitWarning.mockRestore();
  });

  test('passes other parameters over, so that the URL may have its own', async () => {
    const origin = await serve(messagePush('AAAAA'));
    const response = await fetch(`${origin}/?tenant=7&tenant=8&${official}`);
    expect(await response.text()).toBe('4375120948345356249');
  });

  test('survives request targets that no browser sends', async () => {
    const origin = await serve(messagePush(quiet));
    for (const target of ['/?%', '/?signature=%ff%fe', '/?&&=&', '*', `/?${'nonce=1&'.repeat(1500)}`, '//']) {
      expect(await rawStatus(origin, target)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await fetch(`${origin}/?${official}`)).status).toBe(200);
  });

  test.each([
    [undefined, 'token'],
    [null, 'token'],
    [{}, 'token'],
    ['', 'token'],
    [{ token: 7 }, 'token'],
    [{ token: [] }, 'token'],
    [{ token: 'AAAAA', onReject: 'log' }, 'onReject'],
  ])('refuses the options %j in the factory, naming %s', (options, option) => {
    const wrong = expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
    expect(() => messagePush(options)).toThrow(TypeError);
    expect(() => messagePush(options)).toThrow(wrong);
  });
});

describe('createReceiver', () => {
  const receiver = createReceiver({ token: ['AAAAA', 'previous'] });

  test('answers a handshake under either token', () => {
    for (const [index, token] of ['AAAAA', 'previous'].entries()) {
      const outcome = receiver.receive({ method: 'GET', url: `/?${signedQuery(token, { echostr: 'e+1' })}` });
      expect(outcome).toEqual({ type: 'handshake', echostr: 'e+1', token: index });
      expect(receiver.respond(outcome)).toMatchObject({ status: 200, body: 'e+1' });
    }
  });

  test.each([
    ['/', 'missing_parameter'],
    [`/?${official.replace('=f4', '=F4')}`, 'signature_mismatch'],
    [`/?${official}&echostr=1`, 'repeated_parameter'],
    [`/?${official.replace('=4375', '=%ff4375')}`, 'undecodable_parameter'],
    [`/?${signedQuery('AAAAA')}`, 'missing_echostr'],
    [`/?${signedQuery('AAAAA', { echostr: '' })}`, 'missing_echostr'],
    [undefined, 'missing_parameter'],
  ])('refuses %s: %s', (url, reason) => {
    const outcome = receiver.receive({ method: 'GET', url });
    expect(outcome).toMatchObject({ type: 'rejected', reason, status: 400 });
    expect(receiver.respond(outcome)).toMatchObject({ status: 400, body: refused });
  });

  test.each([['HEAD'], ['get'], [undefined], ['']])('refuses the method %s', (method) => {
    const outcome = receiver.receive({ method, url: `/?${official}` });
    expect(outcome).toMatchObject({ reason: 'method_not_allowed', status: 405 });
    expect(receiver.respond(outcome).headers.Allow).toBe('GET, POST');
  });
});

/** The status line for a request target that fetch would not send. */
function rawStatus(origin, target) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = net.connect(port, hostname, () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    socket.setEncoding('latin1').once('data', resolve).once('error', reject);
  });
}
