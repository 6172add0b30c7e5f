'use strict';

const { createHash } = require('node:crypto');
const { inspect } = require('node:util');
const fc = require('fast-check');
const express = require('express');
const { checkPush, createReceiver, explainPush, messagePush } = require('..');
const table = require('../core/hints.json');
const { closeServers, serve, signedQuery } = require('./support/servers.js');
const { account, modes, push, sign } = require('./support/wechat.js');

const token = 'mytoken';
const query = signedQuery(token, { echostr: '4375120948345356249' });

/** The names of the hints that an explanation gives. */
function hintsOf({ hints }, lang = 'en') {
  return hints.map((text) => {
    const named = Object.entries({ ...table.hints, ...fixes() }).find(([, texts]) =>
      matches(texts[lang], text),
    );
    return named ? named[0] : text;
  });
}

function fixes() {
  return Object.fromEntries(Object.entries(table.reasons).map(([reason, { fix }]) => [reason, fix]));
}

/** Whether a text is the template filled in. */
function matches(template, text) {
  const pieces = template.split(/\{[a-z]+\}/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 's').test(text);
}

afterEach(closeServers);

describe('takes', () => {
  const parsed = Object.fromEntries(new URLSearchParams(query));
  test.each([
    ['a URL', `https://example.com/wx?${query}`],
    ['a URL object', new URL(`https://example.com/wx?${query}`)],
    ['a target', `/wx?${query}`],
    ['a query', query],
    ['parameters', new URLSearchParams(query)],
    ['req.query', parsed],
    ['req.query without a prototype', Object.assign(Object.create(null), parsed)],
    ['req.query with a parameter of the owner named url', { ...parsed, url: '/wx' }],
    [
      'a line of nginx',
      `1.2.3.4 - - [25/Apr/2024:17:15:04 +0800] "GET /wx?${query} HTTP/1.1" 200 19 "-" "Mozilla/4.0"`,
    ],
    ['a line of morgan', `\x1b[0mGET /wx?${query} \x1b[32m200\x1b[0m 1.2 ms - 19`],
    ['a line of pino', JSON.stringify({ req: { method: 'GET', url: `/wx?${query}` } })],
    ['a request', { method: 'GET', url: `/wx?${query}` }],
  ])('%s', (_, request) => {
    expect(explainPush(request, token)).toEqual({
      ok: true,
      reason: null,
      code: null,
      detail: 'the signature of the handshake holds',
      hints: [expect.stringContaining('This request is right.')],
    });
    expect(hintsOf(explainPush(request, 'MyToken'))).toEqual(['token_case']);
  });

  test.each([
    ['console.log', inspect(parsed)],
    ['console.log of URLSearchParams', inspect(new URLSearchParams(query))],
    ['console.log of a request', inspect({ method: 'GET', url: '/wx', headers: {}, query: parsed })],
    ['console.dir', inspect(new Map(Object.entries(parsed)))],
    ['JSON.stringify', JSON.stringify(parsed, null, 2)],
    ['an event of a function platform', { httpMethod: 'GET', path: '/wx', queryString: parsed, body: '' }],
    [
      'its text',
      JSON.stringify({ httpMethod: 'GET', queryStringParameters: parsed, isBase64Encoded: false }),
    ],
    [
      'lines',
      Object.entries(parsed)
        .map((pair) => pair.join(': '))
        .join('\n'),
    ],
    ['a page', `<code>/wx?${query.replaceAll('&', '&amp;')}</code>`],
    ['what a page makes of &timestamp', query.replace('&times', '×')],
    ['an input method', `／ｗｘ？${query.replaceAll('&', '＆').replaceAll('=', '＝')}`],
  ])('%s', (_, request) => {
    expect(explainPush(request, token)).toMatchObject({
      ok: true,
      detail: 'the signature of the handshake holds',
    });
    expect(hintsOf(explainPush(request, 'MyToken'))).toContain('token_case');
    expect(hintsOf(explainPush(request, 'MyToken'))).not.toContain('cut_at_ampersand');
  });

  test('no text for a request that it does not recognise', () => {
    for (const text of [
      'Token验证失败',
      '{"signature":"a"}',
      'signature~a timestamp~b nonce~c',
      inspect({ nonce: undefined }),
    ]) {
      const explanation = explainPush(text, token);
      expect(explanation).toMatchObject({ ok: false, reason: 'unreadable', code: null });
      expect(hintsOf(explanation)).toEqual(['unreadable']);
    }
    expect(explainPush('GET /wx HTTP/1.1', token).reason).toBe('missing_parameter');
    expect(explainPush({}, token).reason).toBe('missing_parameter');
  });

  test('the URL of a request as the server got it', () => {
    const url = `/wx?${query.replaceAll('&', '&amp;')}`;
    expect(explainPush(url, token).ok).toBe(true);
    const explanation = explainPush({ method: 'GET', url }, token);
    expect(explanation.reason).toBe('missing_parameter');
    expect(hintsOf(explanation)).toEqual(['html_escaped', 'token_fits']);
  });

  test('the query of an Express request, whatever stands in it', async () => {
    const app = express().get('/wx', (req, res) => res.json(explainPush(req.query, token)));
    const origin = await serve(app);
    const ask = async (text) => (await fetch(`${origin}/wx?${text}`)).json();
    expect((await ask(query)).ok).toBe(true);
    expect(await ask(`${query}&nonce=1`)).toMatchObject({ reason: 'repeated_parameter' });
    const nested = await ask(query.replace('nonce=', 'nonce[]='));
    expect(nested.reason).toBe('missing_parameter');
    expect(hintsOf(nested)).toEqual(['not_a_string', 'token_fits']);
  });

  test('a request of Express, before and after a body parser', async () => {
    const seen = [];
    const onReject = (_, req) => seen.push(explainPush(req, { ...account, token: 'PUSHTOKEN' }));
    const wrong = { ...account, token: 'PUSHTOKEN', onReject };
    const first = await serve(express().use(messagePush(wrong, () => {})));
    const second = await serve(
      express().use(
        express.text({ type: '*/*' }),
        messagePush(wrong, () => {}),
      ),
    );
    const { url, body } = push({ encrypted: true, account: { ...account, token: 'pushtoken' } });
    for (const origin of [first, second]) {
      await fetch(origin + url, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
    }
    expect(seen.map((one) => one.reason)).toEqual(['body_not_given', 'msg_signature_mismatch']);
    expect(seen.map((one) => hintsOf(one)[0])).toEqual(['token_case', 'token_case']);
  });
});

describe('a POST', () => {
  const secure = push({ encrypted: true });
  const by = (options, more) =>
    explainPush({ method: 'POST', ...secure, ...more }, { ...account, ...options });

  test('is verified as a receiver does', () => {
    expect(by()).toMatchObject({ ok: true, detail: 'the push is verified and read', hints: [] });
    expect(by({}, { body: Buffer.from(secure.body) }).ok).toBe(true);
    expect(by({}, { body: undefined, rawBody: secure.body }).ok).toBe(true);
    const { Encrypt } = secure.body.match(/<Encrypt><!\[CDATA\[(?<Encrypt>.*?)\]/).groups;
    expect(by({}, { body: { xml: { ToUserName: ['gh_1'], Encrypt: [Encrypt] } } }).ok).toBe(true);
  });

  test('says that its body is needed', () => {
    const explanation = explainPush(secure.url, account);
    expect(explanation).toMatchObject({ ok: false, reason: 'body_not_given', code: null });
    expect(hintsOf(explanation)).toEqual(['body_not_given', 'token_fits']);
  });

  test.each([
    [
      'another key',
      { encodingAESKey: account.encodingAESKey.replace('P', 'Q') },
      {},
      'decryption_failed',
      -40007,
    ],
    ['another AppID', { appId: 'wxfedcba9876543210' }, {}, 'appid_mismatch', -40005],
    ['no key', { encodingAESKey: undefined, appId: undefined }, {}, 'encrypted_without_key', null],
    ['a clock that is behind', {}, { now: Date.now() / 1000 - 1000 }, 'stale_timestamp', null],
    ['a body that a parser emptied', {}, { body: {} }, 'body_consumed', null],
    ['an empty body', {}, { body: '' }, 'empty_body', -40002],
  ])('with %s', (_, options, more, reason, code) => {
    const explanation = by(options, more);
    expect(explanation).toMatchObject({ ok: false, reason, code });
    expect(explanation.hints).not.toEqual([]);
  });

  test('names the AppIDs, which are no secrets', () => {
    const { hints } = by({ appId: 'wxfedcba9876543210' });
    expect(hints).toEqual([expect.stringContaining('wxfedcba9876543210')]);
    expect(hints).toEqual([expect.stringContaining(account.appId)]);
  });
});

describe('accounts', () => {
  test.each([
    ['no Token', undefined, 'token', ['token_missing']],
    ['an empty Token', '', 'token', ['token_missing']],
    ['a Token that is a number', 12345, 'token', ['token_missing']],
    ['no account', {}, 'token', ['token_missing']],
    ['an empty list', [], 'token', ['token_missing']],
    [
      'half a key',
      { ...account, token, encodingAESKey: 'short' },
      'encodingAESKey',
      ['key_length', 'token_fits'],
    ],
    [
      'a key that is a number',
      { ...account, token, encodingAESKey: 1 },
      'encodingAESKey',
      ['key_missing', 'token_fits'],
    ],
    ['no AppID', { ...account, token, appId: undefined }, 'appId', ['app_id_missing', 'token_fits']],
    ['an unknown mode', { ...account, token, mode: 'safe' }, 'mode', ['mode_unknown', 'token_fits']],
    ['a wrong tolerance', { token, tolerance: 'long' }, 'tolerance', ['invalid_options', 'token_fits']],
    [
      'Token and key swapped',
      { ...account, token: account.encodingAESKey, encodingAESKey: token },
      'encodingAESKey',
      ['key_length', 'signed_with_key'],
    ],
  ])('%s is told, not thrown', (_, options, option, hints) => {
    const explanation = explainPush(query, options);
    expect(explanation).toMatchObject({ ok: false, reason: 'invalid_options' });
    expect(explanation.code).toBe(option === 'encodingAESKey' ? -40004 : null);
    expect(explanation.detail).toMatch(new RegExp(`^option ${option} `));
    expect(hintsOf(explanation)).toEqual(hints);
  });

  test('several, by their names', () => {
    const others = [{ token: 'shoptoken' }, { token, name: 'shop' }, { token: 'x', appId: 'wx1' }];
    expect(explainPush(query, others).hints).toEqual([expect.stringContaining('The Token of shop ')]);
    others[1].name = undefined;
    expect(explainPush(query, others).hints[0]).toContain('The Token of account 2 ');
    others[1].appId = 'wx2';
    expect(explainPush(query, others).hints[0]).toContain('The Token of wx2 ');
  });

  test('a list of Tokens is one account', () => {
    expect(hintsOf(explainPush(query, ['newtoken', token]))).toEqual(['previous_token', 'handshake_right']);
  });

  test('warn of nothing, since they are explained', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    explainPush(query, { token: 'a b c d e', appId: 'wx1' });
    expect(emitWarning).not.toHaveBeenCalled();
    emitWarning.mockRestore();
  });
});

describe('hints', () => {
  test('are Chinese when asked for', () => {
    const { hints } = explainPush(query, 'MyToken', { lang: 'zh' });
    expect(hints).toEqual([table.hints.token_case.zh]);
    expect(() => explainPush(query, token, { lang: 'fr' })).toThrow(
      expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'lang' }),
    );
  });

  test.each(['en', 'zh'])('hold no secret in %s', (lang) => {
    const right = sign(token, '1714036504', '1514711492');
    const secrets = [token, 'MyToken', account.encodingAESKey, right];
    for (const wrong of ['MyToken', `${token} `, account.encodingAESKey, 'unlike']) {
      for (const request of [
        query,
        { method: 'POST', ...push({ encrypted: true }) },
        query.replace(/signature=../, '$&x'),
      ]) {
        const shown = JSON.stringify(explainPush(request, { ...account, token: wrong }, { lang }));
        for (const secret of secrets) expect(shown).not.toContain(secret);
      }
    }
  });
});

describe('with whatever is given', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  const value = fc.oneof(text, fc.anything());
  const parameters = fc.record(
    { signature: value, msg_signature: value, timestamp: value, nonce: value, echostr: value, url: value },
    { requiredKeys: [] },
  );
  const request = fc.record({ method: value, url: text, body: value, now: value }, { requiredKeys: ['url'] });

  test('answers', () => {
    const anything = fc.oneof(fc.anything(), text, parameters, request);
    fc.assert(
      fc.property(anything, (given) => {
        const explanation = explainPush(given, account);
        expect(explanation.ok).toBe(false);
        expect(typeof explanation.reason).toBe('string');
        expect(explanation.hints.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('agrees with checkPush and the receiver', () => {
    const receiver = createReceiver(modes.plain);
    fc.assert(
      fc.property(fc.boolean(), text, text, text, (right, timestamp, nonce, echostr) => {
        const signature = right
          ? createHash('sha1')
              .update(bytewise(account.token, timestamp, nonce))
              .digest('hex')
          : timestamp;
        const given = { signature, timestamp, nonce, echostr };
        const url = `/?${new URLSearchParams(given)}`;
        const { ok, reason } = explainPush(given, account.token);
        const outcome = receiver.receive({ method: 'GET', url });
        expect(reason).toBe(outcome.type === 'rejected' ? outcome.reason : null);
        expect(ok).toBe(checkPush(given, account.token) && echostr !== '');
      }),
    );
  });

  test('does not fall for what throws', () => {
    const hostile = {
      get url() {
        throw new Error('no');
      },
    };
    const circular = { method: 'POST', url: query, body: {} };
    circular.body.circular = circular;
    for (const given of [hostile, circular, { ...circular, body: { toJSON: () => 1n } }, Symbol('x')]) {
      expect(explainPush(given, token).ok).toBe(false);
    }
  });

  test('tells an account that throws, and looks at the others', () => {
    const throws = (name) =>
      Object.defineProperty({ ...account }, name, {
        get() {
          throw new Error(`${token} is not to be told`);
        },
      });
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const names = ['token', 'encodingAESKey', 'appId', 'mode', 'tolerance', 'name'];
    for (const given of [...names.map(throws), throws('token'), proxy]) {
      const explanation = explainPush(query, given);
      expect(explanation).toMatchObject({ ok: false, reason: 'invalid_options' });
      expect(explanation.detail).toMatch(/cannot be read/);
      expect(JSON.stringify(explanation)).not.toContain(token);
    }
    const several = [{ ...account, token: 'unlike' }, throws('token'), { name: 'shop', token }];
    expect(explainPush(query, several).hints.join()).toContain('shop');
  });
});

/** Sorted as bytes, which differs from JavaScript's order beyond the basic plane. */
function bytewise(...parts) {
  return Buffer.concat(parts.map((part) => Buffer.from(part)).sort(Buffer.compare));
}
