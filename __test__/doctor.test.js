'use strict';

// `wechat-push doctor`, against servers that are right and servers that make each mistake; real sockets.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const zlib = require('node:zlib');
const express = require('express');
const { createReceiver } = require('..');
const { addressOf } = require('../cli/address.js');
const { handshakeMistake, messageMistake } = require('../cli/classify.js');
const { SIGNATURES } = require('../cli/answered-by.js');
const findings = require('../cli/findings.json');
const { createServer } = require('../cli/server.js');
const { createGateway } = require('../testing.js');
const { certificate } = require('./support/certificate.js');
const support = require('./support/cli.js');
const OF_PLATFORMS = require('./support/platform-findings.js');
const { serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

const { ACCOUNT, TOKEN, app, cli, closeAll, file, lenient, listen, open, raw, removeFiles, right, start } =
  support;

/** For servers that do not answer. */
const QUICK = ['--timeout', '0.5'];
/** Long enough to look a name up on a machine that is busy. */
const SOON = ['--timeout', '2'];
const HANGS = new Set(['no_answer', 'unfinished_answer']);
const MODES = ['plain', 'compat', 'secure'];
const FORMATS = ['xml', 'json'];
const EVERY = MODES.flatMap((mode) => FORMATS.map((format) => [mode, format]));

/** The findings that a server here gave rise to. */
const provoked = new Set();

/** What doctor found, by check. */
async function doctor(url, ...more) {
  const { stdout, stderr, status } = await cli(['doctor', url, ...ACCOUNT, '--json', ...more]);
  expect(stderr).toBe('');
  const { ok, checks } = JSON.parse(stdout);
  expect(status).toBe(ok ? 0 : 1);
  for (const row of checks) provoked.add(row.finding);
  return { ok, checks, ...Object.fromEntries(checks.map((row) => [row.check, row])) };
}

afterEach(closeAll);
afterAll(removeFiles);

describe('doctor and a right server', () => {
  test.each(EVERY)('finds nothing in %s mode, %s', async (mode, format) => {
    const found = await doctor(await app(right({ mode })), '--mode', mode, '--format', format);
    expect(found.checks.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['address', 'note'],
      ['handshake', 'pass'],
      ['forged_handshake', 'pass'],
      ['message', 'pass'],
      ['forged_message', 'pass'],
      ['duplicate', 'pass'],
      ['slow', 'pass'],
      ['oversized', 'pass'],
      ['time', 'pass'],
    ]);
    expect(found.ok).toBe(true);
    expect(found.message).toEqual({
      check: 'message',
      mode,
      format,
      receiver: null,
      verdict: 'pass',
      status: 200,
      duration: expect.any(Number),
      said: 'reply: text',
      finding: null,
      cause: null,
      next: null,
      detail: null,
    });
    expect(found.address.finding).toBe('local_address');
    expect(found.slow).toMatchObject({ status: 200, said: 'reply: text' });
    expect(found.oversized.status).toBe(413);
  });

  test('sends in every mode and format that is asked for', async () => {
    const url = await app(right({ mode: 'compat' }));
    const { ok, checks } = await doctor(url, '--mode', 'plain,compat', '--format', 'xml,json');
    const ways = checks.filter(({ check }) => check === 'message');
    expect(ways.map(({ mode, format, verdict }) => [mode, format, verdict])).toEqual([
      ['plain', 'xml', 'pass'],
      ['plain', 'json', 'pass'],
      ['compat', 'xml', 'pass'],
      ['compat', 'json', 'pass'],
    ]);
    expect(ok).toBe(true);
  });

  test('says so in a table and by its status, as a process', async () => {
    const url = await app(right());
    const { status, stdout, stderr } = await start(['doctor', url, ...ACCOUNT]).ended;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^✓ {2}message \(secure, XML\) +200 +\d+ ms {2}reply: text$/m);
    expect(stdout).toMatch(/Nothing failed\.\n$/);
    expect(status).toBe(0);
  });

  test('cannot tell whether a wrong message was dropped where there is no reply', async () => {
    const url = await app(right({}, () => {}));
    expect((await doctor(url)).forged_message.said).toBe('refused');
    const { echoed, push } = lenient();
    const found = await doctor(
      await app(
        echoed,
        push(() => 'success'),
      ),
    );
    expect(found.forged_message).toMatchObject({ verdict: 'note', finding: 'forged_accepted' });
  });
});

describe('doctor and a wrong answer to the handshake', () => {
  const answer = (of) => (req, res) => of(res, req.query.echostr, req);
  const spa = '<!DOCTYPE html><html><body><div id="app"></div><script src="/a.js"></script></body></html>';
  const login = '<!DOCTYPE html><html><form><input name="p" type="password"></form></html>';

  test.each([
    ['redirect', (res) => res.redirect('https://example.com/other')],
    ['redirect_https', (res, _, { headers }) => res.redirect(301, `https://${headers.host}/wx`)],
    ['redirect_slash', (res) => res.redirect('/wx/')],
    ['redirect_login', (res) => res.redirect('/user/login?back=%2Fwx')],
    ['login', (res) => res.status(401).json({ message: 'Unauthorized' })],
    ['login', (res) => res.status(403).send('<html>Forbidden</html>')],
    ['signature_refused', (res) => res.status(400).json({ status: 400, data: 'check msg error' })],
    ['tls_wanted', (res) => res.status(400).send('The plain HTTP request was sent to HTTPS port')],
    ['not_found', (res) => res.status(404).send('<!doctype html>Cannot GET /wx')],
    ['method_not_allowed', (res) => res.status(405).end()],
    ['upgrade_required', (res) => res.status(426).end()],
    ['client_error', (res) => res.status(412).end()],
    ['server_error', (res) => res.status(500).send('TypeError')],
    ['bad_gateway', (res) => res.status(502).end()],
    ['unexpected_status', (res, echostr) => res.status(201).send(echostr)],
    ['html', (res) => res.send('<html><title>Hello</title></html>')],
    ['html', (res) => res.type('html').send('<!-- a --><p>hello')],
    ['spa', (res) => res.send(spa)],
    ['login_page', (res) => res.send(login)],
    ['surrounded', (res, echostr) => res.send(`<html>${echostr}</html>`)],
    ['surrounded', (res, echostr) => res.send(`Notice: no such index\n${echostr}`)],
    ['bom', (res, echostr) => res.send(`\ufeff${echostr}`)],
    ['bom', (res, echostr) => res.send(`\ufeff${echostr}\n`)],
    ['newline', (res, echostr) => res.send(`${echostr}\n`)],
    ['newline', (res, echostr) => res.send(`\r\n${echostr}`)],
    ['json_quoted', (res, echostr) => res.json(echostr)],
    ['wrapped', (res, echostr) => res.json({ code: 0, msg: 'ok', data: echostr })],
    ['wrapped', (res, echostr) => res.json({ code: 0, data: Number(echostr) })],
    ['wrapped', (res, echostr) => res.json({ echostr })],
    ['json_body', (res) => res.json({ code: 401, msg: '未登录', data: null })],
    ['number_rounded', (res, echostr) => res.send(String(Number(echostr)))],
    ['number_rounded', (res, echostr) => res.json(Number(echostr))],
    ['number_rounded', (res, echostr) => res.send(Number(echostr).toExponential())],
    ['success_instead', (res) => res.send('success')],
    ['empty', (res) => res.end()],
    ['empty', (res) => res.send('\n')],
    ['other_body', (res) => res.send('fail')],
    ['encoded_answer', (res, echostr) => res.set('Content-Encoding', 'gzip').send(zlib.gzipSync(echostr))],
    ['encoded_answer', (res, echostr) => res.send(zlib.gzipSync(echostr))],
    ['response_too_large', (res) => pour(res)],
    ['no_answer', () => {}],
    ['unfinished_answer', (res, echostr) => res.write(echostr)],
    ['response_incomplete', (res) => res.set('Content-Length', '100').write('1', () => res.destroy())],
    ['connection_closed', (res) => res.destroy()],
  ])('calls it %s', async (finding, of) => {
    const { ok, handshake } = await doctor(await app(answer(of)), ...(HANGS.has(finding) ? QUICK : []));
    expect(handshake).toMatchObject({ check: 'handshake', verdict: 'fail', finding, said: null });
    expect(handshake.cause).not.toMatch(/\{\w+\}|undefined|\[object/);
    expect(handshake.next).toMatch(/\.$/);
    expect(ok).toBe(false);
  });

  test('names the place of a redirect, and follows nothing', async () => {
    let followed = 0;
    const elsewhere = `${await serve((_, res) => res.end(String(++followed)))}/elsewhere`;
    const { handshake } = await doctor(await app((_, res) => res.redirect(elsewhere)));
    expect(handshake.cause).toContain(elsewhere);
    expect(followed).toBe(0);
  });

  test('notices that signatures are not checked', async () => {
    const found = await doctor(await app(answer((res, echostr) => res.send(echostr))));
    expect(found.handshake.verdict).toBe('pass');
    expect(found.forged_handshake).toMatchObject({ verdict: 'fail', finding: 'not_refused' });
  });

  test('takes a page that shows the URL for no echo', async () => {
    const found = await doctor(await app((req, res) => res.status(404).send(req.originalUrl)));
    expect(found.forged_handshake.verdict).toBe('pass');
  });
});

/** 100 MB, as fast as they are taken. */
function pour(res) {
  let left = 100;
  const more = () => {
    while (left-- > 0 && res.write(Buffer.alloc(1e6, 'a')));
    if (left <= 0) res.end();
  };
  res.on('drain', more);
  more();
}

describe('doctor and a server that is not reached', () => {
  const rest = ['forged_handshake', 'message', 'forged_message', 'duplicate', 'slow', 'oversized', 'time'];

  test('says that nothing listens, and asks no more', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const found = await doctor(`http://127.0.0.1:${port}/wx`);
    expect(found.handshake).toMatchObject({ finding: 'connection_refused', status: null });
    expect(found.handshake.cause).toContain(String(port));
    expect(rest.map((check) => found[check].verdict)).toEqual(rest.map(() => 'skip'));
  });

  test('tells what is no HTTP', async () => {
    const url = await raw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect((await doctor(url)).handshake.finding).toBe('malformed_response');
  });

  test('tells plain HTTP on a port for https', async () => {
    const url = await app(right());
    const found = await doctor(url.replace('http:', 'https:'));
    expect(found.handshake.finding).toBe('tls_plain');
    expect(found.forged_handshake.verdict).toBe('skip');
  });

  test('tells a certificate that nobody vouches for', async () => {
    const port = await listen(https.createServer(certificate('localhost')));
    expect((await doctor(`https://localhost:${port}/wx`)).handshake.finding).toBe('tls_untrusted');
  });

  test.each([
    ['fine', 'here.test', {}, null],
    ['of another host', 'another.test', {}, 'tls_name'],
    ['expired', 'here.test', { days: -1 }, 'tls_expired'],
    ['with TLS 1.3 alone', 'here.test', { minVersion: 'TLSv1.3' }, 'tls_version'],
    ['that does not get to TLS', 'here.test', { silent: true }, 'tls_failed'],
  ])('tells an https server that is %s', async (name, host, { days, silent, ...options }, finding) => {
    const keys = certificate(host, days);
    const server = silent
      ? net.createServer()
      : https.createServer({ ...keys, ...options }, express().use(right()));
    const url = `https://here.test:${await listen(server)}/wx`;
    const env = { NODE_EXTRA_CA_CERTS: file(`${name}.pem`, keys.cert) };
    const timeout = silent ? SOON : [];
    const { stdout } = await start(['doctor', url, ...ACCOUNT, '--json', ...timeout], { env }).ended;
    const [, handshake] = JSON.parse(stdout).checks;
    expect(handshake).toMatchObject({ check: 'handshake', finding });
    provoked.add(handshake.finding);
  });

  test.each([
    ['dns', 'missing.test', []],
    ['dns_timeout', 'silent.test', QUICK],
  ])('tells a name without an address: %s', async (finding, host, more) => {
    const args = ['doctor', `http://${host}/wx`, ...ACCOUNT, '--json', ...more];
    const { status, stdout } = await start(args).ended;
    const [address, ...others] = JSON.parse(stdout).checks;
    provoked.add(address.finding);
    expect(address).toMatchObject({ verdict: 'fail', finding, cause: expect.stringContaining(host) });
    expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['skip']));
    expect(status).toBe(1);
  });

  test('reaches the address that a name was found to have', async () => {
    const url = (await app(right())).replace('127.0.0.1', 'here.test');
    const { status, stdout } = await start(['verify', url, ...TOKEN, '--json']).ended;
    expect(JSON.parse(stdout).checks[0].finding).toBe('local_address');
    expect(status).toBe(0);
  });
});

describe('where WeChat gets', () => {
  test.each([
    ['http://203.0.113.1:8080/', 'port', false],
    ['http://203.0.113.1:443/', 'port', false],
    ['https://203.0.113.1:80/', 'port', false],
    ['https://[2001:db8::1]:8443/', 'port', false],
    ['http://203.0.113.1/', null, false],
    ['https://203.0.113.1/', null, false],
    ['https://[2001:db8::1]/', null, false],
    ['http://127.0.0.1:3000/', 'local_address', true],
    ['http://127.0.0.1/', 'local_address', true],
    ['http://[::1]:3000/', 'local_address', true],
    ['http://localhost/', 'local_address', true],
    ['http://app.localhost:8080/', 'local_address', true],
    ['http://10.1.2.3/', 'local_address', true],
    ['http://192.168.1.1:8080/', 'local_address', true],
    ['http://172.31.0.1/', 'local_address', true],
    ['http://172.32.0.1/', null, false],
  ])('%s: %s', async (url, finding, local) => {
    const address = await addressOf(url, 100);
    expect([address.finding?.name ?? null, address.local]).toEqual([finding, local]);
  });

  test('a wrong port of a public host fails, and of this one is a note', async () => {
    const { stdout } = await start(['verify', 'http://public.test:8080/', ...TOKEN, '--json', ...SOON]).ended;
    expect(JSON.parse(stdout).checks[0]).toMatchObject({ verdict: 'fail', finding: 'port' });
    const url = await app(right());
    expect(JSON.parse((await cli(['verify', url, ...TOKEN, '--json'])).stdout).checks[0].verdict).toBe(
      'note',
    );
  });
});

describe('doctor and a wrong answer to a message', () => {
  const receiver = createReceiver(account);

  /** Right but for the reply, which `of` sends; it gets a right one, and what makes others. */
  function replying(of) {
    return app(lenient().echoed, express.text({ type: () => true, limit: '1mb' }), (req, res) => {
      const outcome = receiver.receive({ method: 'POST', url: req.originalUrl, body: req.body });
      if (outcome.type !== 'message') return res.status(400).end();
      const respond = (value, now) => receiver.respond(outcome, value, now).body;
      of(res, respond('hello'), respond);
    });
  }

  test.each([
    ['plaintext_reply', (res) => res.send('<xml><MsgType>text</MsgType></xml>')],
    ['malformed_reply', (res) => res.send('[object Object]')],
    ['malformed_reply', (res) => res.send('ok')],
    ['html', (res) => res.send('<html><title>x</title></html>')],
    ['json_quoted', (res) => res.json('success')],
    ['wrapped', (res) => res.json({ code: 0, msg: 'ok', data: null })],
    ['missing_field', (res, body) => res.send(body.replaceAll('TimeStamp', 'Timestamp'))],
    ['reply_timestamp', (res, body) => res.send(body.replace(/(<TimeStamp>\d+)/, '$1000'))],
    ['reply_does_not_open', (res, body) => res.send(body.replace(/(Nonce><!\[CDATA\[)\d/, '$1x'))],
    ['reply_not_utf8', (res) => res.end(Buffer.from([0x3c, 0xff]))],
    ['encoded_answer', (res, body) => res.set('Content-Encoding', 'gzip').send(zlib.gzipSync(body))],
    ['message_refused', (res) => res.status(400).end()],
    ['clock_skew', (res) => res.set('Date', 'Wed, 01 Jan 2020 00:00:00 GMT').status(400).end()],
    ['login', (res) => res.status(403).send('Invalid CSRF token')],
    ['not_found', (res) => res.status(404).end()],
    ['unsupported_type', (res) => res.status(415).end()],
    ['method_not_allowed', (res) => res.status(405).end()],
    ['server_error', (res) => res.status(500).end()],
    ['redirect_slash', (res) => res.redirect(308, '/wx/')],
    ['no_answer', () => {}],
    ['unfinished_answer', (res, body) => res.write(body)],
    ['connection_closed', (res) => res.destroy()],
    ['response_too_large', (res) => pour(res)],
  ])('calls it %s', async (finding, of) => {
    const { handshake, message, ok } = await doctor(await replying(of), ...(HANGS.has(finding) ? QUICK : []));
    expect(handshake.verdict).toBe('pass');
    expect(message).toMatchObject({ verdict: 'fail', finding, mode: 'secure', format: 'xml' });
    expect(ok).toBe(false);
  });

  /** A reply of somebody else's server to somebody else's message. */
  function foreign(other) {
    const theirs = createReceiver(other);
    const asked = theirs.receive(createGateway(other).request({ MsgType: 'text', Content: 'x' }));
    return theirs.respond(asked, 'hello').body;
  }

  test('tells a reply that is sealed with another key', async () => {
    const other = { ...account, encodingAESKey: account.encodingAESKey.toLowerCase() };
    const { message } = await doctor(await replying((res) => res.send(foreign(other))));
    expect(message).toMatchObject({
      finding: 'reply_does_not_open',
      detail: expect.stringMatching(/does not open/),
    });
  });

  test('tells a reply that is sealed for another AppID', async () => {
    const other = { ...account, appId: 'wxfedcba9876543210' };
    const { message } = await doctor(await replying((res) => res.send(foreign(other))));
    expect(message).toMatchObject({ finding: 'reply_app_id', detail: expect.stringContaining(other.appId) });
  });

  test.each([
    ['encrypted_reply', '<xml><Encrypt>AAAA</Encrypt></xml>'],
    ['json_reply', '{"MsgType":"text","Content":"x"}'],
    ['missing_msgtype', '<xml><Content>x</Content></xml>'],
    ['misaddressed_reply', '<xml><ToUserName>me</ToUserName><MsgType>text</MsgType></xml>'],
  ])('calls it %s in plain mode', async (finding, body) => {
    const { echoed, push } = lenient();
    const { message } = await doctor(
      await app(
        echoed,
        push(() => body),
      ),
      '--mode',
      'plain',
    );
    expect(message).toMatchObject({ verdict: 'fail', finding });
  });

  test.each([
    ['en', '<Content></Content>', /^`Content` of the reply is blank/],
    ['zh', '<Content></Content>', /^回复的 `Content` 是空的/],
    ['en', `<Content>${'a'.repeat(2048)}</Content>`, /2048 bytes/],
    ['zh', '', /没有 `Content`/],
  ])('says in %s which rule a reply breaks, in a sentence: %.30s', async (lang, content, next) => {
    const { echoed, push } = lenient();
    const people =
      '<ToUserName>oUser0123456789_abcdefghijkl</ToUserName><FromUserName>gh_0123456789ab</FromUserName>';
    const reply = () => `<xml>${people}<MsgType>text</MsgType>${content}</xml>`;
    const { message } = await doctor(await app(echoed, push(reply)), '--mode', 'plain', '--lang', lang);
    expect(message).toMatchObject({ verdict: 'fail', finding: 'objectionable_reply' });
    expect(message.next).toMatch(next);
    expect(message.cause + message.next).not.toMatch(/\b\w+_(?:part|text)\b/);
  });

  test('judges by the platform that it is told', async () => {
    const url = await app(right({}, () => 'hi'));
    const { message } = await doctor(url, '--platform', 'mini-program');
    expect(message).toMatchObject({ verdict: 'fail', finding: 'objectionable_reply' });
    expect(message.next).toMatch(/^An account of the platform mini-program takes no reply `text`/);
    const judged = await app(right({ platform: 'mini-program', onUndelivered() {} }, () => 'hi'));
    expect((await doctor(judged, '--platform', 'mini-program')).ok).toBe(true);
  });

  test('tells that POST is not verified', async () => {
    const careless = await app(
      lenient().echoed,
      express.text({ type: () => true, limit: '1mb' }),
      (req, res) => {
        const to = req.body.match(/FromUserName><!\[CDATA\[(.*?)\]/)[1];
        const from = req.body.match(/ToUserName><!\[CDATA\[(.*?)\]/)[1];
        res.send(
          `<xml><ToUserName>${to}</ToUserName><FromUserName>${from}</FromUserName>` +
            '<CreateTime>1714036504</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>',
        );
      },
    );
    const found = await doctor(careless, '--mode', 'plain');
    expect(found.message.verdict).toBe('pass');
    expect(found.forged_message).toMatchObject({ verdict: 'fail', finding: 'forged_answered' });
  });

  test('tells repeats that are answered otherwise', async () => {
    let count = 0;
    const counting = (res, _, respond) => res.send(respond(`reply ${++count}`));
    expect((await doctor(await replying(counting))).duplicate).toMatchObject({
      verdict: 'fail',
      finding: 'duplicate_differs',
    });
    let left = 1;
    const onlyOnce = (res, body) => (left-- > 0 ? res.send(body) : res.status(500).end());
    expect((await doctor(await replying(onlyOnce))).duplicate.finding).toBe('server_error');
    // messagePush remembers what it answered.
    expect((await doctor(await app(right({}, () => `reply ${++count}`)))).duplicate.verdict).toBe('pass');
  });

  test('does not mind the time in repeats', async () => {
    const later = (res, _, respond) => res.send(respond('x', (count += 1)));
    let count = 1714036504;
    expect((await doctor(await replying(later))).duplicate.verdict).toBe('pass');
  });

  /** Takes the first part of a body for the whole; `of` answers what it then cannot read. */
  const hasty = (of) =>
    app(lenient().echoed, (req, res) => {
      req.once('data', (body) => {
        const outcome = receiver.receive({ method: 'POST', url: req.originalUrl, body });
        if (outcome.type === 'message') return res.send(receiver.respond(outcome, 'hello').body);
        of(res);
      });
    });

  test.each([
    ['slow_refused', 400, (res) => res.status(400).end()],
    ['slow_refused', 408, (res) => res.status(408).end()],
    ['slow_closed', null, (res) => res.destroy()],
    ['slow_no_answer', null, () => {}],
    ['slow_lost', 200, (res) => res.send('success')],
    ['malformed_reply', 200, (res) => res.send('what?')],
  ])('calls the answer to a slow message %s, status %j', async (finding, status, of) => {
    const found = await doctor(await hasty(of), ...(finding === 'slow_no_answer' ? QUICK : []));
    expect([found.message.verdict, found.duplicate.verdict]).toEqual(['pass', 'pass']);
    expect(found.slow).toMatchObject({ verdict: 'fail', finding, status });
    expect(found.slow.cause).not.toMatch(/\{\w+\}|undefined|NaN/);
    expect(found.ok).toBe(false);
  });

  test('sends a slow body in halves, whose time is not that of the server', async () => {
    const read = [];
    const url = await app((req, res) => {
      req
        .on('data', (chunk) => read.push(chunk.length))
        .once('end', () => {
          res.send(`${req.headers['content-length']}`);
        });
    });
    const server = createServer(await addressOf(url, 1000), 5000, (value) => value);
    const request = {
      method: 'POST',
      url,
      headers: { 'Content-Type': 'text/xml' },
      body: '<xml>你好</xml>!',
    };
    const { answer } = await server.see(request, 300);
    expect([answer.body.toString(), read]).toEqual(['18', [9, 9]]);
    expect(answer.duration).toBeGreaterThanOrEqual(299);
    expect(server.answers).toEqual([]);
    await server.see(request);
    expect(server.answers).toHaveLength(1);
  });

  test('tells a server that takes any size, and one that it kills', async () => {
    const { echoed, push } = lenient();
    const takes = await doctor(
      await app(
        echoed,
        push(() => 'success'),
      ),
    );
    expect(takes.oversized).toMatchObject({ verdict: 'note', finding: 'oversized_accepted' });

    let isDead = false;
    const dies = await app((req, res, next) => {
      if (Number(req.headers['content-length']) > 1e6) isDead = true;
      if (isDead) return req.socket.destroy();
      next();
    }, right());
    expect((await doctor(dies)).oversized).toMatchObject({ verdict: 'fail', finding: 'died' });
  });

  test('takes a connection that is closed on a large body for a refusal', async () => {
    const closes = await app((req, res, next) => {
      if (Number(req.headers['content-length']) > 1e6) return req.socket.destroy();
      next();
    }, right());
    expect((await doctor(closes)).oversized).toMatchObject({ verdict: 'pass', said: 'connection closed' });
  });
});

describe('time', () => {
  test('an answer that does not come fails the check of time too', async () => {
    const { time } = await doctor(await app(() => {}), ...QUICK);
    expect(time).toMatchObject({ verdict: 'fail', finding: 'timed_out' });
    expect(time.cause).toContain('500 ms');
  });

  test('an answer after WeChat is gone is wrong however right', () => {
    const echostr = '12345678901234567';
    const request = { url: 'http://example.com/', query: { echostr }, echostr };
    const answer = { status: 200, headers: {}, body: Buffer.from(request.query.echostr), error: null };
    expect(handshakeMistake({ ...answer, duration: 5000 }, request)).toBeNull();
    expect(handshakeMistake({ ...answer, duration: 5001 }, request)).toBe('too_late');
    expect(messageMistake({ ...answer, duration: 5001 }, request, null)).toBe('too_late');
  });

  test('a connection that does not come about has a name of its own', () => {
    const error = { reason: 'timeout', code: '', phase: 'connection', detail: '' };
    const answer = { status: null, headers: {}, body: Buffer.alloc(0), error, duration: 300 };
    expect(messageMistake(answer, { url: 'http://example.com/' }, null)).toBe('connect_timeout');
  });
});

describe.each([
  ['doctor.md', 'en'],
  ['doctor.zh-CN.md', 'zh'],
])('docs/%s', (name, lang) => {
  const page = fs.readFileSync(path.join(__dirname, '..', 'docs', name), 'utf8');
  const blocks = (kind) =>
    [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text);
  const env = Object.fromEntries(
    [
      ...blocks('sh')
        .join('')
        .matchAll(/(WECHAT_PUSH_\w+)=(.*)/g),
    ].map(([, key, value]) => [key, value]),
  );
  // Numbers and the columns that they widen are those of one run.
  const steady = (text) =>
    text
      .replace(/\d{5,}/g, '#')
      .replace(/ *[\d.]+ (ms|毫秒|s|秒)(?!\w)/g, ' #')
      .replace(/ +/g, ' ');

  test.each([
    [0, 0, 1],
    [1, 1, 0],
    [2, 1, 1],
  ])('shows what the command prints, transcript %i of server %i', async (place, shownServer, expected) => {
    const code = blocks('js')[shownServer].replace(
      '3000',
      '0, "127.0.0.1", function () { console.log(this.address().port) }',
    );
    const root = path.join(__dirname, '..');
    const server = spawn(process.execPath, ['-e', code], { cwd: root, env: { ...process.env, ...env } });
    open.push(() => server.kill());
    const port = await new Promise((resolve) =>
      server.stdout.once('data', (text) => resolve(String(text).trim())),
    );
    const url = `http://localhost:${port}/checkPushMsg`;
    const [command, ...shown] = blocks('console')[place].split('\n');
    const [, options] = command.match(
      /^\$ npx wechat-push doctor http:\/\/localhost:3000\/checkPushMsg((?: --platform wecom)?)(?: --lang zh)?$/,
    );
    const given = options.split(' ').filter(Boolean);
    const { status, stdout } = await start(['doctor', url, ...given, '--lang', lang], { env }).ended;
    expect(steady(stdout.replaceAll(port, '3000'))).toBe(steady(shown.join('\n')));
    expect(status).toBe(expected);
  });
});

test('every finding was provoked here', () => {
  // What only a network far away gives, what the tests above have of their own, and those of answered-by.test.js and
  // platforms-cli.test.js.
  for (const name of [...SIGNATURES.map((row) => row.name), ...OF_PLATFORMS]) provoked.add(name);
  for (const name of ['unreachable', 'connect_timeout', 'too_late', 'port']) provoked.add(name);
  expect(Object.keys(findings).filter((name) => !provoked.has(name))).toEqual([]);
});
