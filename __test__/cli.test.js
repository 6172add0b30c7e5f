'use strict';

// The command, against servers that are right and servers that make each mistake; real sockets.

const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const zlib = require('node:zlib');
const express = require('express');
const { checkPush, createReceiver, messagePush } = require('..');
const { addressOf } = require('../cli/address.js');
const { handshakeMistake, messageMistake } = require('../cli/classify.js');
const findings = require('../cli/findings.json');
const texts = require('../cli/texts.json');
const { certificate } = require('./support/certificate.js');
const { cli, start } = require('./support/cli.js');
const { closeServers, serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

const ACCOUNT = [
  `--token=${account.token}`,
  `--app-id=${account.appId}`,
  `--encoding-aes-key=${account.encodingAESKey}`,
];
const TOKEN = ['--token', account.token];
const QUICK = ['--timeout', '0.3'];
const MODES = ['plain', 'compat', 'secure'];
const FORMATS = ['xml', 'json'];
const EVERY = MODES.flatMap((mode) => FORMATS.map((format) => [mode, format]));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-cli-'));

const open = [];

/** Listens on loopback; resolves to the port. */
async function listen(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

/** A server that answers sockets as it likes. */
const raw = async (onSocket) => `http://127.0.0.1:${await listen(net.createServer(onSocket))}/wx`;

/** An Express server; resolves to the URL of its path /wx. */
const app = async (...middleware) => `${await serve(express().use('/wx', ...middleware))}/wx`;

const right = (more, handler = (message) => message.MsgType === 'text' && `You said: ${message.Content}`) =>
  messagePush({ ...account, onReject: () => {}, ...more }, handler);

function file(name, text) {
  const at = path.join(folder, name);
  fs.writeFileSync(at, text);
  return at;
}

/** What doctor found, by check. */
async function doctor(url, ...more) {
  const { stdout, stderr, status } = await cli(['doctor', url, ...ACCOUNT, '--json', ...more]);
  expect(stderr).toBe('');
  const { ok, checks } = JSON.parse(stdout);
  expect(status).toBe(ok ? 0 : 1);
  return { ok, checks, ...Object.fromEntries(checks.map((row) => [row.check, row])) };
}

afterEach(async () => {
  for (const close of open.splice(0)) close();
  await closeServers();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

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
      ['oversized', 'pass'],
      ['time', 'pass'],
    ]);
    expect(found.ok).toBe(true);
    expect(found.message).toEqual({
      check: 'message',
      mode,
      format,
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

/** A right answer to GET, and any to POST. */
function lenient() {
  const echoed = (req, res, next) => {
    if (req.method !== 'GET') return next();
    if (checkPush(req.query, account.token)) return res.type('text').send(req.query.echostr);
    res.status(400).end();
  };
  const push = (body) => (req, res) => {
    req.resume().once('end', () => res.type('text').send(body()));
  };
  return { echoed, push };
}

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
    ['html', (res) => res.send('<html><title>Welcome to nginx!</title></html>')],
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
    const { ok, handshake } = await doctor(await app(answer(of)), ...QUICK);
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
  const rest = ['forged_handshake', 'message', 'forged_message', 'duplicate', 'oversized', 'time'];

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
    const timeout = silent ? QUICK : [];
    const { stdout } = await start(['doctor', url, ...ACCOUNT, '--json', ...timeout], { env }).ended;
    expect(JSON.parse(stdout).checks[1]).toMatchObject({ check: 'handshake', finding });
  });

  test.each([
    ['dns', 'missing.test', []],
    ['dns_timeout', 'silent.test', QUICK],
  ])('tells a name without an address: %s', async (finding, host, more) => {
    const args = ['doctor', `http://${host}/wx`, ...ACCOUNT, '--json', ...more];
    const { status, stdout } = await start(args).ended;
    const [address, ...others] = JSON.parse(stdout).checks;
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
    const { stdout } = await start(['verify', 'http://public.test:8080/', ...TOKEN, '--json', ...QUICK])
      .ended;
    expect(JSON.parse(stdout).checks[0]).toMatchObject({ verdict: 'fail', finding: 'port' });
    const url = await app(right());
    expect(JSON.parse((await cli(['verify', url, ...TOKEN, '--json'])).stdout).checks[0].verdict).toBe(
      'note',
    );
  });
});

describe('doctor and a wrong answer to a message', () => {
  const receiver = createReceiver(account);
  const ours = { ...account, onReject: () => {} };

  /** Right but for the reply, which `of` makes of the right one. */
  async function replying(of, options = ours) {
    const maker = createReceiver(options);
    return app(lenient().echoed, express.text({ type: () => true, limit: '1mb' }), (req, res) => {
      const outcome = receiver.receive({ method: 'POST', url: req.originalUrl, body: req.body });
      if (outcome.type !== 'message') return res.status(400).end();
      const asked = maker.receive({ method: 'POST', url: req.originalUrl, body: req.body });
      const { body } = maker.respond(asked.type === 'message' ? asked : outcome, 'hello');
      of(res, body);
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
    const { handshake, message, ok } = await doctor(await replying(of), ...QUICK);
    expect(handshake.verdict).toBe('pass');
    expect(message).toMatchObject({ verdict: 'fail', finding, mode: 'secure', format: 'xml' });
    expect(ok).toBe(false);
  });

  test('tells a reply that is sealed with another key', async () => {
    const url = await app(
      right({ encodingAESKey: [account.encodingAESKey.toLowerCase(), account.encodingAESKey] }),
    );
    expect((await doctor(url)).message.verdict).toBe('pass');
    // The push opens with either key; the answer to one that was sealed with the other does not.
    const other = { ...account, encodingAESKey: account.encodingAESKey.toLowerCase() };
    const sealed = createReceiver(other);
    const { createGateway } = require('../testing.js');
    const wrong = await replying((res) => {
      const outcome = sealed.receive(createGateway(other).request({ MsgType: 'text', Content: 'x' }));
      res.send(sealed.respond(outcome, 'hello').body);
    });
    const { message } = await doctor(wrong);
    expect(message).toMatchObject({
      finding: 'reply_does_not_open',
      detail: expect.stringMatching(/Encrypt/),
    });
  });

  test('tells a reply that is sealed for another AppID', async () => {
    const { createGateway } = require('../testing.js');
    const other = { ...account, appId: 'wxfedcba9876543210' };
    const sealed = createReceiver(other);
    const wrong = await replying((res) => {
      const outcome = sealed.receive(createGateway(other).request({ MsgType: 'text', Content: 'x' }));
      res.send(sealed.respond(outcome, 'hello').body);
    });
    expect((await doctor(wrong)).message.finding).toBe('reply_app_id');
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

  test('tells repeats that are answered otherwise, and does not mind their time', async () => {
    let count = 0;
    const counting = await app(right({}, () => `reply ${++count}`));
    expect((await doctor(counting)).duplicate).toMatchObject({
      verdict: 'fail',
      finding: 'duplicate_differs',
    });
    const failing = await app(right({}, () => (count++ % 2 ? Promise.reject(new Error('again')) : 'x')));
    const { duplicate, message } = await doctor(failing);
    expect([message.finding, duplicate.finding]).toContain('server_error');
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
    expect(time.cause).toContain('300 ms');
  });

  test('an answer after WeChat is gone is wrong however right', () => {
    const request = { url: 'http://example.com/', query: { echostr: '12345678901234567' } };
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

describe('verify', () => {
  test('passes a right server', async () => {
    const url = await app(right());
    const { status, stdout, stderr } = await cli(['verify', url, ...TOKEN]);
    expect(stdout).toMatch(/^GET http.*\/wx\?signature=[0-9a-f]{40}&echostr=\d+&/);
    expect(stdout).toContain('echostr came back as it was');
    expect([status, stderr]).toEqual([0, '']);
  });

  test('says what came back, and what to do', async () => {
    const url = await app((req, res) => res.json(req.query.echostr));
    const { status, stdout } = await cli(['verify', url, ...TOKEN]);
    expect(stdout).toMatch(/^✗ handshake: The answer stands in quotes, as JSON: "\d+"$/m);
    expect(stdout).toMatch(/^ {2}→ Send text, not JSON/m);
    expect(status).toBe(1);
  });

  test('speaks to machines', async () => {
    const url = await app(right({ token: 'another' }));
    const { status, stdout } = await cli(['verify', url, ...TOKEN, '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      checks: [
        expect.objectContaining({ check: 'address', verdict: 'note' }),
        expect.objectContaining({ check: 'handshake', verdict: 'fail', finding: 'signature_refused' }),
      ],
      request: {
        method: 'GET',
        url: expect.stringMatching(/echostr/),
        headers: expect.any(Object),
        body: '',
      },
      answer: {
        status: 400,
        headers: expect.objectContaining({ connection: 'close' }),
        body: '{"status":400,"data":"check msg error"}',
        duration: expect.any(Number),
      },
    });
    expect(status).toBe(1);
  });
});

describe('send', () => {
  /** A server that keeps what it got. */
  async function keeping(options) {
    const got = [];
    const url = await app(right(options, (message) => got.push(message) && 'thanks'));
    return { url, got };
  }

  test.each(EVERY)('pushes in %s mode, %s, and opens the reply', async (mode, format) => {
    const { url, got } = await keeping({ mode });
    const args = ['send', url, ...ACCOUNT, '--mode', mode, '--format', format, '--content', '你好', '--json'];
    const { status, stdout } = await cli(args);
    const { ok, message, request, answer, reply } = JSON.parse(stdout);
    expect([status, ok]).toEqual([0, true]);
    expect(got).toEqual([message]);
    expect(message).toMatchObject({ MsgType: 'text', Content: '你好' });
    expect(request.body.startsWith(format === 'json' ? '{' : '<xml>')).toBe(true);
    expect(request.body.includes('Encrypt')).toBe(mode !== 'plain');
    expect(answer.status).toBe(200);
    expect(reply).toMatchObject({ MsgType: 'text', Content: 'thanks' });
  });

  test('prints request, answer and reply', async () => {
    const { url } = await keeping();
    const { stdout } = await cli(['send', url, ...ACCOUNT, '--content', 'hi']);
    expect(stdout).toMatch(/^message\n\{\n[^]*"Content": "hi"/);
    expect(stdout).toMatch(/\nPOST http[^]*<Encrypt>[^]*\n200 \(\d+ ms\)\n[^]*<MsgSignature>/);
    expect(stdout).toMatch(/\nreply\n\{\n[^]*"Content": "thanks"/);
  });

  test.each([
    [['--type', 'image'], { MsgType: 'image', MediaId: 'media_id', PicUrl: expect.any(String) }],
    [['--type', 'text', '--content', 'a=b'], { MsgType: 'text', Content: 'a=b' }],
    [['--type', 'unheard_of'], { MsgType: 'unheard_of' }],
    [['--event', 'subscribe'], { MsgType: 'event', Event: 'subscribe', EventKey: '' }],
    [['--event', 'SCAN', '--set', 'EventKey=4=2', '--set', 'Ticket=t'], { EventKey: '4=2', Ticket: 't' }],
  ])('makes a message of %j', async (args, expected) => {
    const { url, got } = await keeping();
    expect((await cli(['send', url, ...ACCOUNT, ...args])).status).toBe(0);
    expect(got).toEqual([expect.objectContaining(expected)]);
  });

  test('takes a message from a file, and from stdin', async () => {
    const { url, got } = await keeping();
    const message = { InfoType: 'component_verify_ticket', ComponentVerifyTicket: 'ticket@@@1' };
    const args = ['send', url, ...ACCOUNT, '--file'];
    expect((await cli([...args, file('message.json', `\ufeff${JSON.stringify(message)}`)])).status).toBe(0);
    expect((await cli([...args, '-'], { stdin: JSON.stringify(message) })).status).toBe(0);
    expect(got).toEqual([expect.objectContaining(message), expect.objectContaining(message)]);
  });

  test('fails when WeChat would not take the reply', async () => {
    const { echoed, push } = lenient();
    const { status, stdout } = await cli([
      'send',
      await app(
        echoed,
        push(() => 'ok'),
      ),
      ...TOKEN,
      '--content',
      'x',
    ]);
    expect(stdout).toContain('malformed_reply');
    expect(status).toBe(1);
  });

  test.each([
    [[], 'which_message'],
    [['--type', 'text', '--event', 'subscribe'], 'which_message'],
    [['--type', 'image', '--content', 'x'], 'content_of_text'],
    [['--content', 'x', '--set', 'x'], 'wrong_set'],
    [['--content', 'x', '--set', '1x=2'], 'wrong_message'],
    [['--file', path.join(folder, 'missing.json')], 'file_enoent'],
    [['--file', folder], 'no_file'],
    [['--file', '/dev/zero'], 'no_file'],
    [['--file', () => file('large.json', ' '.repeat(2 ** 20 + 1))], 'file_too_large'],
    [['--file', () => file('broken.json', '{"MsgType":')], 'no_json'],
    [['--file', () => file('list.json', '[]')], 'no_object'],
    [['--file', () => file('nothing.json', '{}')], 'wrong_message'],
    [
      ['--file', () => file('rounded.json', '{"MsgType":"text","MsgId":4561255354251345929}')],
      'rounded_number',
    ],
  ])('refuses %j: %s', async (args, reason) => {
    const given = args.map((arg) => (typeof arg === 'function' ? arg() : arg));
    const { status, stdout } = await cli(['send', 'http://127.0.0.1:1/', ...TOKEN, ...given, '--json']);
    expect(JSON.parse(stdout).error.reason).toBe(reason);
    expect(status).toBe(2);
  });
});

describe('keygen', () => {
  test('makes what an account takes, another each time', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => JSON.parse((await cli(['keygen', '--json'])).stdout)),
    );
    for (const { ok, token, encodingAESKey } of made) {
      expect(ok).toBe(true);
      expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(encodingAESKey).toMatch(/^[A-Za-z0-9]{43}$/);
      createReceiver({ token, encodingAESKey, appId: account.appId });
    }
    expect(new Set(made.flatMap(({ token, encodingAESKey }) => [token, encodingAESKey])).size).toBe(40);
  });

  test('prints what the environment takes', async () => {
    const { status, stdout } = await cli(['keygen']);
    expect(stdout).toMatch(/^WECHAT_PUSH_TOKEN=\w{32}\nWECHAT_PUSH_ENCODING_AES_KEY=\w{43}\n$/);
    expect(status).toBe(0);
    const env = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    );
    const url = await app(
      right({ token: env.WECHAT_PUSH_TOKEN, encodingAESKey: env.WECHAT_PUSH_ENCODING_AES_KEY }),
    );
    const all = { ...env, WECHAT_PUSH_APP_ID: account.appId };
    expect((await cli(['doctor', url], { env: all })).status).toBe(0);
  });
});

describe('arguments', () => {
  const SOMEWHERE = 'http://127.0.0.1:1/';
  test.each([
    [[], 'no_command', 'verify'],
    [['doktor'], 'unknown_command_near', '“doctor”'],
    [['Verify', SOMEWHERE], 'unknown_command_near', '“verify”'],
    [['frobnicate'], 'unknown_command', 'keygen'],
    [['verify', '--tokn', 'secret', SOMEWHERE], 'unknown_option_near', '--token'],
    [['verify', '--tocken=secret', SOMEWHERE], 'unknown_option_near', '--token'],
    [['verify', '-x', SOMEWHERE], 'unknown_option', '-x'],
    [['keygen', '--token', 'secret'], 'foreign_option', 'keygen'],
    [['verify', SOMEWHERE, '--event', 'x'], 'foreign_option', '--event'],
    [['verify', SOMEWHERE, '--token'], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--token='], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--token', '--lang=en'], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--json=yes'], 'no_value_wanted', '--json'],
    [['verify', SOMEWHERE, '--format', 'yaml'], 'wrong_choice', 'xml, json'],
    [['verify', SOMEWHERE, '--mode', 'plain,secure'], 'wrong_choice', 'plain, compat, secure'],
    [['doctor', SOMEWHERE, '--mode', 'plain,safe'], 'wrong_choices', 'plain, compat, secure'],
    [['doctor', SOMEWHERE, '--timeout', 'soon'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '0'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '601'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '1e9'], 'wrong_timeout', '600'],
    [['verify'], 'needs_url', '0'],
    [['verify', SOMEWHERE, 'secret'], 'needs_url', '2'],
    [['keygen', 'secret'], 'needs_nothing', '1'],
    [['verify', SOMEWHERE], 'no_token', 'WECHAT_PUSH_TOKEN'],
    [['verify', 'example.com/wx', '--token', 'secret'], 'wrong_url_near', 'https://example.com/wx'],
    [['verify', 'localhost:3000/wx', '--token', 'secret'], 'wrong_url_near', 'http://localhost:3000/wx'],
    [['verify', '127.0.0.1:3000', '--token', 'secret'], 'wrong_url_near', 'http://127.0.0.1:3000'],
    [['verify', 'ftp://example.com/', '--token', 'secret'], 'wrong_url', 'http://'],
    [['verify', 'http://', '--token', 'secret'], 'wrong_url', 'http://'],
    [['verify', '', '--token', 'secret'], 'wrong_url', 'http://'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--mode', 'secure'], 'wrong_encodingAESKey', 'secure'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--encoding-aes-key', 'x'], 'wrong_encodingAESKey', '43'],
    [
      ['doctor', SOMEWHERE, '--token', 'secret', '--encoding-aes-key', account.encodingAESKey],
      'wrong_appId',
      '--app-id',
    ],
  ])('%j is refused: %s', async (args, reason, words) => {
    const { status, stdout, stderr } = await cli(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^wechat-push: .+\nRun `wechat-push --help` for usage\.\n$/);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('secret');
    const machine = await cli(['--json', ...args], { env: { LANG: 'zh_CN.UTF-8' } });
    const { error } = JSON.parse(machine.stdout);
    expect(error.reason).toBe(reason);
    if (!args.includes('--lang=en')) expect(error.message).toMatch(/\p{Script=Han}/u);
  });

  test('a language that is not there is refused in that of the locale', async () => {
    const { status, stderr } = await cli(['keygen', '--lang', 'fr'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^wechat-push: --lang .*zh, en。\n用法/)]);
  });

  test('options may stand anywhere, and the last one counts', async () => {
    const url = await app(right());
    expect((await cli(['--token', 'another', 'verify', '--lang=zh', url, '--token=sesame'])).status).toBe(0);
  });

  test('secrets come from the environment, options before it', async () => {
    const url = await app(right());
    const env = { WECHAT_PUSH_TOKEN: account.token };
    expect((await cli(['verify', url], { env })).status).toBe(0);
    expect((await cli(['verify', url, '--token', 'another'], { env })).status).toBe(1);
    expect((await cli(['verify', url], { env: { WECHAT_PUSH_TOKEN: '' } })).status).toBe(2);
  });

  test('a Token that the console cannot hold is noted', async () => {
    const url = await app(right({ token: 'sesame ' }));
    const { status, stderr } = await cli(['verify', url, '--token', 'sesame ']);
    expect(stderr).toContain('3 to 32 letters and digits');
    expect(status).toBe(0);
  });
});

describe('help', () => {
  test.each(['--help', '-h', 'help'])('%s shows every command', async (ask) => {
    const { status, stdout } = await cli([ask]);
    for (const name of ['verify <url>', 'send <url>', 'doctor <url>', 'keygen'])
      expect(stdout).toContain(name);
    expect(status).toBe(0);
  });

  test.each([
    ['verify', '--timeout'],
    ['send', '--event'],
    ['doctor', '--mode'],
    ['keygen', '--json'],
  ])('of %s shows its options in both languages', async (name, option) => {
    const { stdout, status } = await cli([name, '--help']);
    expect(stdout).toMatch(new RegExp(`^Usage: wechat-push ${name}`));
    expect(stdout).toContain(option);
    expect(status).toBe(0);
    expect((await cli(['help', name])).stdout).toBe(stdout);
    const chinese = (await cli([name, '--help', '--lang', 'zh'])).stdout;
    expect(chinese).toMatch(new RegExp(`^用法：wechat-push ${name}`));
    expect(chinese.match(/--[a-z-]+/g)).toEqual(stdout.match(/--[a-z-]+/g));
  });

  test.each(['--version', '-v'])('%s says the version', async (ask) => {
    const { version } = require('../package.json');
    expect(await cli([ask])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(JSON.parse((await cli([ask, '--json'])).stdout)).toEqual({ version });
  });
});

describe('languages', () => {
  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, [], 'zh'],
    [{ LANG: 'en_US.UTF-8' }, [], 'en'],
    [{ LANG: 'C' }, [], 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8' }, [], 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, [], 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, ['--lang', 'en'], 'en'],
    [{ LANG: 'en_US.UTF-8' }, ['--lang=zh'], 'zh'],
  ])('%j with %j is %s', async (env, args, lang) => {
    const { stdout } = await cli(['--help', ...args], { env });
    expect(stdout.startsWith(lang === 'zh' ? '用法' : 'Usage')).toBe(true);
  });

  test('all of doctor is Chinese', async () => {
    const url = await app((_, res) => res.status(404).end());
    const { stdout } = await cli(['doctor', url, ...ACCOUNT, '--lang', 'zh']);
    expect(stdout).toMatch(/✗ {2}握手 +404 +\d+ 毫秒 {2}not_found/);
    expect(stdout).toMatch(/✗ 握手：这个路径上没有 GET 的处理程序（404）。\n {2}→ /);
    expect(stdout).toMatch(/\d 项检查，\d 项未通过。\n$/);
  });

  test('every text is there in both, with the same facts in it', () => {
    const pairs = [];
    const collect = (at, value) => {
      if (typeof value.en === 'string') pairs.push([at, value]);
      else for (const [name, inner] of Object.entries(value)) collect(`${at}.${name}`, inner);
    };
    collect('texts', texts);
    collect('findings', findings);
    expect(pairs.length).toBeGreaterThan(150);
    for (const [at, text] of pairs) {
      const facts = ({ [at]: of }) => [...new Set(of.match(/\{\w+\}/g))].toSorted();
      expect([at, Object.keys(text)]).toEqual([at, ['en', 'zh']]);
      expect([at, facts({ [at]: text.zh })]).toEqual([at, facts({ [at]: text.en })]);
      expect([at, text.en]).not.toEqual([at, expect.stringMatching(/\p{Script=Han}/u)]);
    }
    const lacking = pairs.filter(
      ([at, { zh }]) => !/\p{Script=Han}|[、：]/u.test(zh) && at !== 'texts.argument.url',
    );
    expect(lacking).toEqual([]);
  });

  test('every finding is one that something finds', () => {
    const files = ['classify.js', 'checks.js', 'address.js', 'lookup.js'];
    const code = files
      .map((name) => fs.readFileSync(path.join(__dirname, '..', 'cli', name), 'utf8'))
      .join('');
    const exchange = fs.readFileSync(path.join(__dirname, '..', 'lib', 'exchange.js'), 'utf8');
    const named = (name) =>
      code.includes(`'${name}'`) || exchange.includes(`${name}:`) || code.includes(`${name}:`);
    expect(Object.keys(findings).filter((name) => !named(name))).toEqual([]);
  });
});

describe('what is printed', () => {
  test('holds no secret, even when the server tells it', async () => {
    const tells = await app((_, res) =>
      res
        .set('X-Debug', `${account.token} ${account.encodingAESKey}`)
        .status(302)
        .set('Location', `/login?t=${account.token}`)
        .send(`Token is ${account.token}, key is ${account.encodingAESKey}`),
    );
    for (const args of [['verify'], ['doctor'], ['send', '--content', 'x']]) {
      for (const more of [[], ['--json']]) {
        const { stdout, stderr } = await cli([args[0], tells, ...ACCOUNT, ...args.slice(1), ...more]);
        expect(stdout).not.toContain(account.token);
        expect(stdout).not.toContain(account.encodingAESKey);
        expect(stderr).toBe('');
      }
    }
  });

  test('holds nothing of the server that a terminal obeys', async () => {
    const url = await app((_, res) => res.send('\x1b]0;title\x07\x9b2J\u202eevil'));
    for (const command of ['verify', 'doctor']) {
      const { stdout } = await cli([command, url, ...ACCOUNT]);
      // oxlint-disable-next-line no-control-regex -- those are what must not be there
      expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      expect(stdout).toContain('evil');
    }
  });

  test('has colours on a terminal only, unless NO_COLOR says otherwise', async () => {
    const url = await app(right());
    const args = ['verify', url, ...TOKEN];
    const colours = ({ stdout }) => stdout.includes('\x1b[32m');
    expect(colours(await cli(args, { tty: true }))).toBe(true);
    expect(colours(await cli(args))).toBe(false);
    expect(colours(await cli(args, { tty: true, env: { NO_COLOR: '1' } }))).toBe(false);
    expect(colours(await cli(args, { tty: true, env: { TERM: 'dumb' } }))).toBe(false);
    expect(JSON.parse((await cli([...args, '--json'], { tty: true })).stdout).ok).toBe(true);
  });

  test('says on a terminal what is being done, and wipes it out', async () => {
    const url = await app(right());
    const { stderr } = await cli(['doctor', url, ...ACCOUNT, '--json'], { tty: true });
    for (const name of ['address', 'handshake', 'message', 'message of 2 MiB'])
      expect(stderr).toContain(`… ${name}`);
    expect(stderr.endsWith('\r\x1b[2K')).toBe(true);
  });
});

describe('as a process', () => {
  test('Ctrl-C ends it at once', async () => {
    const asked = deferred();
    const url = await app(() => asked.resolve());
    const { child, ended } = start(['verify', url, ...TOKEN, '--timeout', '60']);
    await asked.promise;
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, signal: null, stdout: '', stderr: '' });
  });

  test('a reader that goes away is no error', async () => {
    const { child, ended } = start(['--help']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
    const url = await app((_, res) => res.status(500).end());
    const failing = start(['doctor', url, ...ACCOUNT]);
    failing.child.stdout.destroy();
    expect(await failing.ended).toMatchObject({ status: 1, stderr: '' });
  });

  test('all of a long document gets through a pipe', async () => {
    const url = await app((_, res) => res.send('x'.repeat(1e6)));
    const { stdout, status } = await start(['verify', url, ...TOKEN, '--json']).ended;
    expect(JSON.parse(stdout).answer.body).toHaveLength(1e6);
    expect(status).toBe(1);
  });

  test('wrong usage is 2, without a trace', async () => {
    const { status, stdout, stderr } = await start(['doctor']).ended;
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test('reads its message from a pipe', async () => {
    const url = await app(right());
    const { child, ended } = start(['send', url, ...ACCOUNT, '--file', '-', '--json']);
    child.stdin.end('{"MsgType":"text","Content":"piped"}');
    const { stdout, status } = await ended;
    expect(JSON.parse(stdout).reply.Content).toBe('You said: piped');
    expect(status).toBe(0);
  });
});

function deferred() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}
