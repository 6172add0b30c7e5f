'use strict';

// How long a stranger can keep the process busy, by the documents that cost the most. The bounds are generous:
// a cost in the square of the length is far above them. Allocations are counted in core/tests/limits.rs.

const { createReceiver, explainPush } = require('../..');
const { account, modes, push, seal } = require('../support/wechat.js');

const MEBIBYTE = 1024 * 1024;
const BODY = MEBIBYTE - 200;
const bounds = { hostile: 500, forged: 50, explain: 20 };

const fill = (text, size = BODY - 100) => text.repeat(Math.floor(size / text.length));
const counted = (part) => {
  let text = '';
  for (let i = 0; text.length < BODY - 200; i++) text += part(i);
  return text;
};
const nested = (open, inside, close) => open.repeat(29) + inside + close.repeat(29);
const xml = (inner) => `<xml>${inner}</xml>`;
const json = (inner) => `{${inner}"z":1}`;

/** About a mebibyte each. */
const documents = {
  'open tags': () => xml(fill('<a>')),
  'elements 31 deep': () => xml(fill(nested('<a>', 'x', '</a>'))),
  'tiny elements': () => xml(fill('<a/>')),
  'elements of 256 names in turns': () =>
    xml(fill(Array.from({ length: 256 }, (_, i) => `<n${i}/>`).join(''))),
  'elements of ever new names': () => xml(counted((i) => `<n${i}/>`)),
  'long names that differ at their ends': () => xml(counted((i) => `<${'a'.repeat(4000)}${i % 256}/>`)),
  attributes: () => `<xml ${counted((i) => `a${i}='' `)}><a>1</a></xml>`,
  'CDATA with many ]]': () => xml(`<a><![CDATA[${fill(']] ]>')}]]></a>`),
  'CDATA sections': () => xml(`<a>${fill('<![CDATA[]]]]><![CDATA[>]]>')}</a>`),
  references: () => xml(`<a>${fill('&amp;')}</a>`),
  'references between elements': () => xml(fill('<a/>&amp;')),
  'text in pieces': () => xml(`<a>${fill('x<!---->')}</a>`),
  'many Encrypt': () => xml(fill('<Encrypt>a</Encrypt>')),
  'an Encrypt of references': () => xml(`<Encrypt>${fill('&#65;')}</Encrypt>`),
  'texts that stand beside the JSON': () => xml(fill('<a>\x1f</a>')),
  'JSON, ever new names': () => json(counted((i) => `"n${i}":1,`)),
  'JSON, one name': () => json(fill('"a":1,')),
  'JSON, many Encrypt': () => json(fill('"Encrypt":"a",')),
  'JSON, objects 30 deep': () => json(counted((i) => `"n${i}":${nested('{"a":', '1', '}')},`)),
  'JSON, one list': () => json(`"a":[${fill('1,')}1],`),
  'JSON, lists 30 deep': () => json(`"a":[${fill(`${nested('[', '1', ']')},`)}1],`),
  'JSON, one number': () => json(`"a":${fill('9')},`),
  'JSON, a long fraction': () => json(`"a":0.${fill('9')}e9,`),
  'JSON, escapes': () => json(`"a":"${fill('\\u0001\\n')}",`),
  'JSON, halves of characters': () => json(`"a":"${fill('\\ud800')}",`),
};

const plain = createReceiver(modes.plain);
const secure = createReceiver({ ...modes.secure, bodyLimit: 2 * MEBIBYTE });

describe.each(Object.entries(documents))('a mebibyte of %s', (_, make) => {
  const raw = make();

  test('signed', () => {
    expect(raw.length).toBeGreaterThan(MEBIBYTE * 0.99 - 5000);
    within(bounds.hostile, () => plain.receive({ method: 'POST', ...push({ raw }) }));
  });

  test('sealed', () => {
    const sealed = push({ raw, encrypted: true });
    within(bounds.hostile, () => secure.receive({ method: 'POST', ...sealed }));
  });

  test('forged', () => {
    const { url } = push({ raw });
    const forged = { method: 'POST', url: url.replace('nonce=', 'nonce=0'), body: Buffer.from(raw) };
    expect(within(bounds.forged, () => plain.receive(forged)).type).toBe('rejected');
    expect(within(bounds.forged, () => secure.receive(forged)).type).toBe('rejected');
  });
});

test('a mebibyte of a forged Encrypt', () => {
  const encrypt = seal(fill('x', MEBIBYTE / 2), account);
  const { url, body } = push({ encrypt });
  const forged = { method: 'POST', url: url.replace('nonce=', 'nonce=0'), body: Buffer.from(body) };
  expect(within(bounds.forged, () => secure.receive(forged)).reason).toBe('msg_signature_mismatch');
});

const KILOBYTES = 16 * 1000;
const signed = '?signature=a&timestamp=1714036504&nonce=2';

/** 16 kB each. */
const lines = {
  ampersands: `/?${fill('&', KILOBYTES)}`,
  equals: `/?${fill('=', KILOBYTES)}`,
  percents: `/${signed}${fill('%', KILOBYTES)}`,
  parameters: `/?${fill('a=1&', KILOBYTES)}`,
  'names in brackets': `/?${fill('nonce[]=1&', KILOBYTES)}`,
  'misnamed parameters': `/?${fill('time-stamp=1&NONCE=2&', KILOBYTES)}`,
  'escapes of HTML': `/?${fill('amp;', KILOBYTES)}nonce=1`,
  'escaped escapes': `/${signed}${fill('%25', KILOBYTES)}`,
  blanks: `/${signed}${fill('+', KILOBYTES)}`,
  'question marks': fill('?', KILOBYTES),
  quotes: fill('"GET /? ', KILOBYTES),
  brackets: fill('([{"<', KILOBYTES) + signed,
  URLs: fill('http://a/?signature=1 ', KILOBYTES),
  'a long nonce': `/${signed}${fill('1', KILOBYTES)}`,
  'a long signature': `/?timestamp=1&nonce=2&signature=${fill('a', KILOBYTES)}`,
  'a long echostr': `/${signed}&echostr=${fill('1 ', KILOBYTES)}`,
};

describe('an explanation of 16 kB of', () => {
  test.each(Object.entries(lines))('%s', (_, line) => {
    within(bounds.explain, () => explainPush(line, account));
    within(bounds.explain, () => explainPush(line, [account, { ...modes.plain, token: 'another' }]));
  });

  test.each(Object.entries(documents))('%s', (_, make) => {
    const { url } = push({ encrypt: 'AAAA' });
    const body = make().slice(0, KILOBYTES);
    within(bounds.explain, () => explainPush({ method: 'POST', url, body }, account));
    const { url: sealed, body: envelope } = push({ encrypt: seal(body, account) });
    const broken = sealed.replace('nonce=', 'nonce=0');
    within(bounds.explain, () => explainPush({ method: 'POST', url: broken, body: envelope }, account));
  });
});

/** Time of this process's own, which a busy machine does not lengthen; once more where it collected garbage. */
function within(milliseconds, run) {
  let best = Infinity;
  let result;
  for (let i = 0; i < 3 && best >= milliseconds; i++) {
    const begun = process.cpuUsage();
    result = run();
    const { user, system } = process.cpuUsage(begun);
    best = Math.min(best, (user + system) / 1000);
  }
  expect(best).toBeLessThan(milliseconds);
  return result;
}
