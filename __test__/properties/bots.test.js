'use strict';

// Whatever a bot is sent is a message or refused; whatever a handler returns is sent as WeCom takes it, or not at all.

const crypto = require('node:crypto');
const fc = require('fast-check');
const { createEndpoint, createReceiver, reply } = require('../..');
const { createGateway } = require('../../testing.js');
const { textOf, userOf } = require('../../lib/message-user.js');
const { runs } = require('../support/runs.js');
const {
  bot,
  encryptBytes,
  event,
  inGroup,
  message,
  pushOf,
  refresh,
  seal,
} = require('../support/wecom-bot.js');

jest.setTimeout(runs(60_000));

const receiver = createReceiver(bot);
const gateway = createGateway(bot);
const NONCE = 'ceng0bjfKJ';

const names = ['msgid', 'msgtype', 'event', 'eventtype', 'from', 'userid', 'text', 'content', 'stream', 'id'];
const odd = [
  '__proto__',
  'constructor',
  'MsgType',
  'Event',
  'InfoType',
  'Encrypt',
  'encrypt',
  'mixed',
  'msg_item',
];
const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'text',
    'event',
    'stream',
    'mixed',
    'voice',
    'enter_chat',
    'template_card_event',
    '@bot hi',
  ),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc
    .array(fc.tuple(fc.constantFrom(...names, ...odd), tie('value')), { maxLength: 6 })
    .map((fields) => Object.fromEntries(fields)),
}));

test('whatever is sealed is a message or refused, and its user and text are texts', () => {
  fc.assert(
    fc.property(anything.object, fc.boolean(), (pushed, isInGroup) => {
      const outcome = receiver.receive(pushOf(isInGroup ? { ...inGroup, ...pushed } : pushed));
      if (outcome.type === 'rejected') return expect(outcome.status).toBe(400);
      expect(outcome).toMatchObject({ type: 'message', id: expect.stringMatching(/^\P{Cc}+$/u) });
      for (const said of [textOf(outcome.message), userOf(outcome.message)]) {
        if (said !== undefined) expect(said).toEqual(expect.stringMatching(/^[^]+$/));
      }
      expect(Object.prototype).not.toHaveProperty('msgtype');
      return expect(receiver.respond(outcome)).toMatchObject({ status: 200, body: '' });
    }),
    { numRuns: runs(1000) },
  );
});

/** Pushes of each kind. */
const pushes = [
  message('text', { text: { content: 'hi' } }),
  refresh('s'),
  event('enter_chat'),
  event('template_card_event', { card_type: 'x', event_key: 'k', task_id: 't' }),
  event('feedback_event', { id: 'f', type: 1 }),
  event('brand_new'),
];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('', ' ', '<think>x</think>y'),
);
const card = fc.record(
  {
    card_type: fc.constantFrom('text_notice', 'button_interaction', 'brand_new', '', 7),
    card_action: fc.constantFrom({ type: 1 }, null),
    task_id: fc.constantFrom('t', 'other', 'x'.repeat(129)),
    button_list: fc.array(fc.constant({ text: 'x', key: 'y' }), { maxLength: 8 }),
    feedback: fc.constantFrom({ id: 'f' }, { id: 'x'.repeat(257) }),
  },
  { requiredKeys: [] },
);
const stream = fc.record(
  {
    id: fc.constantFrom('s', 'other', ''),
    finish: fc.boolean(),
    content: fc.oneof(text, fc.constant({}), fc.constant('长'.repeat(7000))),
    msg_item: fc.array(fc.constant({ msgtype: 'image', image: { base64: 'eA==', md5: 'x' } }), {
      maxLength: 11,
    }),
  },
  { requiredKeys: [] },
);
const kind = fc.constantFrom(
  'stream',
  'stream_with_template_card',
  'template_card',
  'text',
  'update_template_card',
  'markdown',
);
const value = fc.oneof(
  text,
  anything.value,
  fc.record(
    { msgtype: kind, response_type: kind, stream, template_card: card, text: fc.record({ content: text }) },
    { requiredKeys: [] },
  ),
  card.map((one) => reply.card(one)),
  card.map((one) => reply.updateCard(one)),
  fc.tuple(text, card).map(([content, one]) => reply.stream(content, { card: one })),
);

test('what is sent is what WeCom takes, by the same rules', () => {
  fc.assert(
    fc.property(fc.constantFrom(...pushes), value, (pushed, returned) => {
      const outcome = receiver.receive(pushOf(pushed));
      let response;
      try {
        response = receiver.respond(outcome, returned);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_REPLY', rule: expect.any(String) });
        ({ response } = error);
        if (error.rule !== 'long_text') expect(response.body).toBe('');
      }
      const read = gateway.read(response.body, outcome.message, NONCE);
      expect(read === null).toBe(response.body === '');
    }),
    { numRuns: runs(1500) },
  );
});

test('one bit of a push that changes: refused, or the same message', () => {
  const pushed = message('text', { text: { content: 'hi' } });
  fc.assert(
    fc.property(fc.nat(), fc.nat(7), fc.boolean(), (at, bit, ofUrl) => {
      const request = pushOf(pushed);
      const bytes = Buffer.from(ofUrl ? request.url : request.body);
      bytes[at % bytes.length] ^= 1 << bit;
      const changed = ofUrl ? { url: bytes.toString('latin1') } : { body: bytes };
      const outcome = receiver.receive({ ...request, ...changed });
      if (outcome.type === 'message') expect(outcome.message).toEqual(pushed);
      else expect(outcome.type).toBe('rejected');
    }),
    { numRuns: runs(500) },
  );
});

test('any file that was encrypted comes back, and one that is cut off does not crash', () => {
  const { decryptMedia } = require('../..');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(140), (bytes, cut) => {
      const file = encryptBytes(bytes);
      expect(decryptMedia(file, bot)).toEqual(Buffer.from(bytes));
      try {
        decryptMedia(file.subarray(0, cut), bot);
      } catch (error) {
        expect(error.code).toBe('ERR_WECHAT_PUSH_MEDIA');
      }
    }),
    { numRuns: runs(300) },
  );
});

/** A ciphertext of these bytes, which need be no envelope. */
function encrypted(content, pad) {
  const key = Buffer.from(`${bot.encodingAESKey}=`, 'base64');
  const cipher = crypto.createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const whole = Buffer.concat([
    content,
    pad ?? Buffer.alloc(32 - (content.length % 32), 32 - (content.length % 32)),
  ]);
  return Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64');
}

/** An envelope whose length says something else. */
function withLength(length) {
  const head = Buffer.alloc(20, 1);
  head.writeUInt32BE(length, 16);
  return encrypted(Buffer.concat([head, Buffer.from('{"msgtype":"text"}')]));
}

/** What is signed, and inside. */
const sealed = [
  ['no base64', 'not base64!', 'invalid_base64'],
  ['nothing', '', /^(invalid_base64|decryption_failed|plaintext_refused)$/],
  ['17 bytes', Buffer.alloc(17).toString('base64'), 'decryption_failed'],
  ['no padding', Buffer.alloc(16).toString('base64'), 'decryption_failed'],
  ['all padding', encrypted(Buffer.alloc(0), Buffer.alloc(32, 32)), 'illegal_buffer'],
  ['a pad of 33', encrypted(Buffer.alloc(31), Buffer.alloc(33, 33)), 'decryption_failed'],
  ['a length of 0xFFFFFFFF', withLength(0xffffffff), 'illegal_buffer'],
  ['a length beyond the end', withLength(1000), 'illegal_buffer'],
  ['a length that is one short', withLength(17), 'receiveid_mismatch'],
  ['a length of 0', withLength(0), 'receiveid_mismatch'],
  [
    'a CorpID at its end',
    seal('{"msgtype":"text"}', { receiveId: 'ww0123456789abcdef' }),
    'receiveid_mismatch',
  ],
  ['a blank at its end', seal('{"msgtype":"text"}', { receiveId: ' ' }), 'receiveid_mismatch'],
  ['an empty message', seal(''), 'empty_body'],
  ['text', seal('success'), 'malformed_body'],
  ['an empty object', seal('{}'), 'malformed_body'],
  ['only __proto__', seal('{"__proto__":{"msgtype":"text"}}'), 'malformed_body'],
  ['a list', seal('[{"msgtype":"text"}]'), 'malformed_body'],
  ['half an object', seal('{"msgtype":"te'), 'malformed_body'],
  ['two objects', seal('{"msgtype":"text"}{}'), 'malformed_body'],
  ['30,000 nested objects', seal('{"a":'.repeat(30_000)), 'malformed_body'],
  ['33 levels', seal(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`), 'malformed_body'],
  ['an entity bomb', seal('<!DOCTYPE x><xml><msgtype>text</msgtype></xml>'), 'doctype_refused'],
  [
    'half a character',
    encrypted(Buffer.concat([Buffer.alloc(19), Buffer.from([2, 0xe4, 0xbd])])),
    'invalid_utf8',
  ],
];

/** What is wrong before anything is decrypted: a change of the request, and the reason. */
const requests = [
  ['no body', () => ({ body: '' }), 'empty_body'],
  ['text', () => ({ body: 'success' }), 'malformed_body'],
  ['the plaintext', () => ({ body: JSON.stringify(pushes[0]) }), 'plaintext_refused'],
  [
    'the plaintext beside no ciphertext',
    () => ({ body: '{"msgtype":"text","Encrypt":"x"}' }),
    'plaintext_refused',
  ],
  ['a ciphertext deeper down', ({ body }) => ({ body: `{"a":${body}}` }), 'plaintext_refused'],
  [
    'a ciphertext that is none',
    () => ({ body: '{"encrypt":{"a":1}}' }),
    /^(malformed_body|plaintext_refused)$/,
  ],
  [
    'another ciphertext',
    () => ({ body: JSON.stringify({ encrypt: seal('{"a":1}') }) }),
    'msg_signature_mismatch',
  ],
  ['no msg_signature', ({ url }) => ({ url: url.replace('msg_signature', 'x') }), 'missing_parameter'],
  ['two nonces', ({ url }) => ({ url: `${url}&nonce=1` }), 'repeated_parameter'],
  ['milliseconds', ({ url }) => ({ url: url.replace(/timestamp=\d+/, '$&000') }), 'invalid_timestamp'],
  ['another method', () => ({ method: 'PUT' }), 'method_not_allowed'],
];

describe('what anybody may send', () => {
  const handler = jest.fn(() => 'still here');
  const reasons = [];
  const onReject = ({ reason }) => reasons.push(reason);
  const endpoint = createEndpoint({ ...bot, onReject }, handler);

  async function refused(request, reason) {
    const { status } = await endpoint.handle(request);
    expect([400, 405]).toContain(status);
    expect(reasons.at(-1)).toEqual(expect.stringMatching(reason));
    expect(handler).toHaveBeenCalledTimes(0);
  }

  afterEach(async () => {
    const fresh = { ...pushes[0], msgid: crypto.randomUUID() };
    const { status, body } = await endpoint.handle(pushOf(fresh));
    expect([status, body]).toEqual([200, expect.stringMatching(/^\{"encrypt":/)]);
    handler.mockClear();
  });

  test.each(sealed)('signed, and inside: %s', async (_, encrypt, reason) => {
    const { msg_signature: signature, ...query } = signed(encrypt);
    const url = `/?${new URLSearchParams({ msg_signature: signature, ...query })}`;
    await refused({ method: 'POST', url, body: JSON.stringify({ encrypt }) }, reason);
  });

  test.each(requests)('%s', async (_, change, reason) => {
    const good = pushOf(pushes[0]);
    await refused({ ...good, ...change(good) }, reason);
  });

  function signed(encrypt) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const parts = [bot.token, timestamp, NONCE, encrypt].toSorted().join('');
    return {
      msg_signature: crypto.createHash('sha1').update(parts).digest('hex'),
      timestamp,
      nonce: NONCE,
    };
  }
});
