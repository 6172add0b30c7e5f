'use strict';

const { checkPush, createReceiver } = require('..');
const vectors = require('../core/tests/vectors.json');

const handshakes = vectors.filter(({ kind }) => kind === 'handshake');
const sealed = vectors.filter(({ kind }) => kind === 'encrypted-message');
const documents = sealed.filter(({ appid, expected_plaintext: text }) => appid && /^[<{]/.test(text));
const broken = sealed.filter(({ expect }) => expect === 'reject');

test('there are vectors of every sort', () => {
  expect([handshakes, documents, broken].map(({ length }) => length > 1)).toEqual([true, true, true]);
});

test.each(handshakes)('$id: $note', ({ expect: expected, token, ...query }) => {
  expect(checkPush(query, token)).toBe(expected === 'accept');
  expect(checkPush({ ...query, nonce: `${query.nonce}0` }, token)).toBe(false);
});

test.each(handshakes.filter(({ echostr }) => echostr))('$id answers its echostr', (vector) => {
  const { token, echostr } = vector;
  const outcome = createReceiver({ token }).receive({ method: 'GET', url: urlOf(vector) });
  expect(outcome).toEqual({ type: 'handshake', echostr, token: 0 });
});

test.each(documents)('$id: $note', (vector) => {
  for (const body of bodiesOf(vector)) {
    const outcome = receive(vector, body);
    expect(outcome).toMatchObject({ type: 'message', encrypted: true, raw: vector.expected_plaintext });
    expect(outcome.message.FromUserName).toMatch(/^(o9AgO5Kd5ggOC-bXrbNODIiE3bGY|mycreate)$/);
  }
});

test.each(broken)('$id: $note', (vector) => {
  for (const body of bodiesOf(vector)) {
    const outcome = receive(vector, body);
    expect(outcome).toMatchObject({ type: 'rejected', status: 400 });
    expect(vector.codes).toContain(outcome.code);
  }
});

test("an authorizer's push is for the third-party platform, not for the authorizer", () => {
  const vector = sealed.find(({ id }) => id === 'v005');
  for (const body of bodiesOf(vector)) {
    const outcome = receive(vector, body, { platform: 'third-party' });
    expect(outcome.message).toMatchObject({ Event: 'debug_demo', debug_str: 'hello world' });
    const other = receive(vector, body, { platform: 'third-party', appId: 'wxba5fad812f8e6fb9' });
    expect(other).toMatchObject({ reason: 'appid_mismatch', code: -40005 });
  }
});

function receive(vector, body, more) {
  const { token, encodingAESKey, appid: appId } = vector;
  const receiver = createReceiver({ token, encodingAESKey, appId, tolerance: 0, ...more });
  return receiver.receive({ method: 'POST', url: urlOf(vector), body });
}

function urlOf(vector) {
  const names = ['signature', 'msg_signature', 'timestamp', 'nonce', 'echostr'];
  const given = names.filter((name) => name in vector).map((name) => [name, vector[name]]);
  return `/push?${new URLSearchParams(given)}`;
}

/** Envelopes in both formats, and the published one where there is one. */
function bodiesOf({ encrypt, body }) {
  const envelope = { ToUserName: 'gh_1', Encrypt: encrypt };
  const xml = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
  return [xml, Buffer.from(xml), JSON.stringify(envelope), ...(body === undefined ? [] : [body])];
}
