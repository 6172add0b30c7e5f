'use strict';

const { createHash } = require('node:crypto');
const fc = require('fast-check');
const { checkPush } = require('..');

const official = {
  signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
  timestamp: '1714036504',
  nonce: '1514711492',
};

/** What people copy today. */
function snippet({ signature, timestamp, nonce }, token) {
  return sign(token, timestamp, nonce) === signature;
}

function sign(token, timestamp, nonce) {
  return createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
}

/** The protocol to the letter: single strings, sorted as bytes. */
function bytewise({ signature, timestamp, nonce }, token) {
  if ([signature, timestamp, nonce].some((value) => typeof value !== 'string')) return false;
  const parts = [token, timestamp, nonce].map((part) => Buffer.from(part)).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(parts)).digest('hex') === signature;
}

function outcome(call) {
  try {
    return call();
  } catch {
    return 'throws';
  }
}

describe('checkPush', () => {
  test('accepts the official example', () => {
    expect(checkPush(official, 'AAAAA')).toBe(true);
    expect(checkPush({ ...official, echostr: '4375120948345356249', openid: 'x' }, 'AAAAA')).toBe(true);
  });

  test('accepts any of several tokens', () => {
    expect(checkPush(official, ['current', 'AAAAA'])).toBe(true);
    expect(checkPush(official, ['current', 'previous'])).toBe(false);
  });

  test('keeps to the token of each call', () => {
    expect([
      checkPush(official, 'AAAAA'),
      checkPush(official, 'BBBBB'),
      checkPush(official, 'AAAAA'),
    ]).toEqual([true, false, true]);
  });

  test.each([
    ['another token', official, 'AAAAB'],
    ['upper-case hex', { ...official, signature: official.signature.toUpperCase() }, 'AAAAA'],
    ['a changed digit', { ...official, nonce: '1514711493' }, 'AAAAA'],
    ['a number', { ...official, nonce: 1514711492 }, 'AAAAA'],
    ['a repeated parameter', { ...official, nonce: ['1514711492', '1514711492'] }, 'AAAAA'],
    ['an array of one', { ...official, nonce: ['1514711492'] }, 'AAAAA'],
    ['a nested object', { ...official, nonce: { a: '1514711492' } }, 'AAAAA'],
    ['a String object', { ...official, nonce: Object('1514711492') }, 'AAAAA'],
    ['a missing parameter', { ...official, timestamp: undefined }, 'AAAAA'],
    ['an empty query', {}, 'AAAAA'],
    ['a query without prototype', Object.create(null), 'AAAAA'],
    ['null', null, 'AAAAA'],
    ['undefined', undefined, 'AAAAA'],
    ['a string', 'signature=x', 'AAAAA'],
    ['a number for a query', 7, 'AAAAA'],
  ])('refuses %s', (_, query, token) => {
    expect(checkPush(query, token)).toBe(false);
  });

  test.each([[undefined], [null], [''], [7], [{}], [[]], [['good', '']], [['good', 7]]])(
    'throws a TypeError for the token %j',
    (token) => {
      expect(() => checkPush(official, token)).toThrow(TypeError);
      expect(() => checkPush(official, token)).toThrow(/option token must be the Token/);
      expect(() => checkPush(official, token)).toThrow(
        expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'token' }),
      );
    },
  );

  test('throws for a missing token in the first call of all', () => {
    jest.isolateModules(() => {
      const { checkPush: first } = require('..');
      expect(() => first(official, undefined)).toThrow(/option token must be the Token/);
    });
  });

  test('warns once about a token that the console could not hold, and takes it', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const odd = 'a token with blanks';
    const query = { ...official, signature: sign(odd, official.timestamp, official.nonce) };
    for (const one of [odd, 'AAAAA', odd, [odd]]) expect(checkPush(query, one)).toBe(one !== 'AAAAA');
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/character 2 of the token is no letter or digit/), expect.anything()],
    ]);
    expect(warn.mock.calls[0][0]).not.toContain(odd);
    warn.mockRestore();
  });

  test('reads long and non-ASCII strings as the snippet does', () => {
    for (const nonce of ['x'.repeat(10_000), '你好', 'abc\u0131', '\ud800', 'a'.repeat(1000) + '好', '']) {
      const query = { timestamp: '1714036504', nonce, signature: sign('AAAAA', '1714036504', nonce) };
      expect(checkPush(query, 'AAAAA')).toBe(true);
      expect(checkPush({ ...query, nonce: nonce + '1' }, 'AAAAA')).toBe(false);
    }
    const narrowed = {
      ...official,
      nonce: 'abc1',
      signature: sign('AAAAA', official.timestamp, 'abc\u0131'),
    };
    expect(checkPush(narrowed, 'AAAAA')).toBe(false);
  });
});

describe('against the original snippet', () => {
  const digits = fc.stringMatching(/^\d{1,12}$/);
  // A thousand characters made one by one would take most of the time.
  const long = fc
    .tuple(
      fc.string({ unit: fc.constantFrom('a', '0', '好'), minLength: 1, maxLength: 9 }),
      fc.integer({ min: 990, max: 1040 }),
    )
    .map(([part, length]) => part.repeat(length).slice(0, length));
  const text = fc.oneof(
    { weight: 4, arbitrary: digits },
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\ud800', '\udfff', 'é', '\u0131', '好', '\uffff', '😀', 'a', '0') }),
    long,
    fc.integer({ min: 0, max: 2 }).map((more) => '7'.repeat(10_000 + more)),
  );
  const hostile = fc.oneof(
    fc.constantFrom(undefined, null, true, 0, 1714036504, NaN),
    fc.array(digits, { maxLength: 3 }),
    fc.dictionary(fc.string(), digits, { maxKeys: 2 }),
  );
  const token = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9]{3,32}$/),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  );
  const forged = fc.constantFrom(
    (right) => right,
    (right) => right,
    (right) => right.toUpperCase(),
    (right) => right.slice(1),
    (right) => `${right}0`,
    (right) => right.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
    (right) => [right],
    (right) => [right, right],
    () => undefined,
    () => '',
    () => 40,
  );

  /** The cases in which the two may differ, each named; everything else must agree. */
  function documentedDifference({ query, token: by }) {
    const { signature, timestamp, nonce } = query;
    if ([signature, timestamp, nonce].some((value) => typeof value !== 'string')) {
      return 'the snippet joins what is no single string, or throws on it; checkPush refuses it';
    }
    if (/[\ud800-\udfff]/.test(by + timestamp + nonce)) {
      return 'the snippet sorts UTF-16 units, the protocol bytes: they disagree beyond U+FFFF';
    }
    return undefined;
  }

  const push = fc
    .tuple(
      token,
      fc.oneof({ weight: 9, arbitrary: text }, hostile),
      fc.oneof({ weight: 9, arbitrary: text }, hostile),
      forged,
    )
    .map(([by, timestamp, nonce, forge]) => {
      const right = outcome(() => sign(by, timestamp, nonce));
      return { query: { signature: forge(right), timestamp, nonce }, token: by };
    });

  beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation(() => {}));
  afterAll(() => jest.restoreAllMocks());

  test('agrees on 100,000 generated queries but for the documented differences', () => {
    const seen = { accepted: 0, refused: 0, differed: {} };
    fc.assert(
      fc.property(push, ({ query, token: by }) => {
        const ours = checkPush(query, by);
        const theirs = outcome(() => snippet(query, by));
        if (ours === theirs) return void seen[ours ? 'accepted' : 'refused']++;
        expect(ours).toBe(bytewise(query, by));
        const why = documentedDifference({ query, token: by });
        if (why === undefined) throw new Error(`ours ${ours}, snippet ${theirs}`);
        seen.differed[why] = (seen.differed[why] ?? 0) + 1;
      }),
      { numRuns: 100_000, verbose: 1 },
    );
    expect(seen.accepted).toBeGreaterThan(10_000);
    expect(seen.refused).toBeGreaterThan(10_000);
    expect(Object.keys(seen.differed)).toHaveLength(2);
  }, 60_000);

  test('non-strings never pass, whatever the snippet makes of them', () => {
    fc.assert(
      fc.property(push, ({ query, token: by }) => {
        const strings = Object.values(query).every((value) => typeof value === 'string');
        return strings || checkPush(query, by) === false;
      }),
      { numRuns: 10_000 },
    );
  });
});
