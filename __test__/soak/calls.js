'use strict';

// The child process that calls `receive`; started by ./run.js.

const { createReceiver } = require('../..');
const { account, modes, push, seal, sign, textMessage } = require('../support/wechat.js');
const { handlesBeyond, handlesNow, measureDelay, settledRss } = require('./figures.js');

/** Calls between two turns of the event loop, as a busy server would have them. */
const BURST = 100;

/** One byte more than the default limit. */
const TOO_LARGE = Buffer.alloc(1024 * 1024 + 1, '<');

const now = Date.now() / 1000;
const cases = everyCase();
const wrong = new Map();
const delay = measureDelay();
let place = 0;

process.on('message', async ({ what, count }) => {
  if (what === 'run') {
    await run(count);
    process.send({ rss: await settledRss() });
  } else {
    const result = { delay: delay(), left: await handlesBeyond(before), wrong: [...wrong.values()] };
    process.send(result, () => process.disconnect());
  }
});

const before = handlesNow();

async function run(count) {
  for (let i = 0; i < count; i++) {
    const { name, receiver, request, expected } = cases[place++ % cases.length];
    const outcome = receiver.receive(request);
    const came = outcome.type === 'rejected' ? outcome.reason : outcome.type;
    if (came !== expected) wrong.set(name, `${name}: ${came} in place of ${expected}`);
    if (came === 'message') receiver.respond(outcome, outcome.message.Content, now);
    if (i % BURST === 0) await new Promise(setImmediate);
  }
}

function everyCase() {
  return Object.entries(modes).flatMap(([mode, options]) => {
    const receiver = createReceiver(options);
    return [...handshakes(), ...pushes(mode)].map(([name, expected, request]) => ({
      name: `${mode}: ${name}`,
      receiver,
      expected,
      request: { method: 'POST', now, ...request },
    }));
  });
}

function handshakes() {
  const [timestamp, nonce] = [String(Math.floor(now)), '1514711492'];
  const signature = sign(account.token, timestamp, nonce);
  const url = `/?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&echostr=4375120948345356249`;
  return [
    ['handshake', 'handshake', { method: 'GET', url }],
    ['forged handshake', 'signature_mismatch', { method: 'GET', url: url.replace('nonce=', 'nonce=0') }],
    ['no parameters', 'missing_parameter', { method: 'GET', url: '/' }],
    ['another method', 'method_not_allowed', { method: 'PUT', url }],
  ];
}

function pushes(mode) {
  const encrypted = mode !== 'plain';
  return ['xml', 'json'].flatMap((format) => {
    const good = push({ format, encrypted });
    const long = push({ format, encrypted, message: { ...textMessage, Content: '好'.repeat(20_000) } });
    const inside = (raw) => push({ raw, encrypted });
    const mismatch = encrypted ? 'msg_signature_mismatch' : 'signature_mismatch';
    const rows = [
      ['push', 'message', good],
      ['push in bytes', 'message', { ...good, body: Buffer.from(good.body) }],
      ['long push', 'message', long],
      ['forged push', mismatch, push({ format, encrypted, account: { ...account, token: 'Sesame' } })],
      [
        'stale push',
        'stale_timestamp',
        push({ format, encrypted, timestamp: String(Math.floor(now) - 86_400) }),
      ],
      ['repeated nonce', 'repeated_parameter', { ...good, url: `${good.url}&nonce=1` }],
      ['no body', 'empty_body', { ...good, body: '' }],
      ['no UTF-8', 'invalid_utf8', { ...good, body: Buffer.from('<xml><a>\xff</a></xml>', 'latin1') }],
      ['text inside', 'malformed_body', inside('success')],
      ['nesting inside', 'malformed_body', inside('<a>'.repeat(3000))],
      ['entities inside', 'doctype_refused', inside('<!DOCTYPE x [<!ENTITY a "a">]><xml><a>&a;</a></xml>')],
      ['too large', 'body_too_large', { ...good, body: TOO_LARGE }],
    ];
    if (format === 'json') rows.push(['parsed push', 'message', { ...good, body: JSON.parse(good.body) }]);
    if (mode === 'compat') rows.push(['plain push', 'message', push({ format })]);
    if (mode === 'secure') rows.push(['plain push', 'plaintext_refused', push({ format })]);
    if (encrypted) {
      const appId = 'wxfedcba9876543210';
      const other = push({ format, encrypt: seal('{"a":1}', { ...account, appId }) });
      rows.push(['another AppID', 'appid_mismatch', other]);
      rows.push([
        'no padding',
        'decryption_failed',
        push({ format, encrypt: Buffer.alloc(32).toString('base64') }),
      ]);
    }
    return rows;
  });
}
