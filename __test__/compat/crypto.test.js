'use strict';

// What `wechat-crypto` and `@wecom/crypto` do, done by wechat-push/compat, against node:crypto alone.

const { createHash, randomBytes } = require('node:crypto');
const fc = require('fast-check');
const wecom = require('wechat-push/compat/wecom-crypto');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { runs } = require('../support/runs.js');
const { account, encipher, open, seal, sign } = require('../support/wechat.js');

const { token, encodingAESKey, appId } = account;
const anyText = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.toWellFormed());

describe('WXBizMsgCrypt', () => {
  const cryptor = new WXBizMsgCrypt(token, encodingAESKey, appId);

  test('signs as WeChat does, numbers as their digits', () => {
    const encrypt = cryptor.encrypt('hi');
    expect(cryptor.getSignature('1714036504', '1514711492', encrypt)).toBe(
      sign(token, '1714036504', '1514711492', encrypt),
    );
    expect(cryptor.getSignature(1714036504, 1514711492, encrypt)).toBe(
      sign(token, '1714036504', '1514711492', encrypt),
    );
  });

  test('opens what WeChat has sealed, and says whom it is for', () => {
    const encrypt = seal('<xml>你好</xml>', { encodingAESKey, appId: 'wx-other' });
    expect(cryptor.decrypt(encrypt)).toEqual({ message: '<xml>你好</xml>', id: 'wx-other' });
  });

  test('seals what WeChat can open', () => {
    fc.assert(
      fc.property(anyText, (message) => {
        expect(open(cryptor.encrypt(message), account)).toEqual({ message, appId });
      }),
      { numRuns: runs(200) },
    );
  });

  test('opens whatever it has sealed', () => {
    fc.assert(
      fc.property(anyText, (message) => {
        expect(cryptor.decrypt(cryptor.encrypt(message))).toEqual({ message, id: appId });
      }),
      { numRuns: runs(200) },
    );
  });

  test('opens a text with blanks around it', () => {
    expect(cryptor.decrypt(`\n ${cryptor.encrypt('hi')}\n`)).toEqual({ message: 'hi', id: appId });
  });

  test('never seals alike twice', () => {
    expect(cryptor.encrypt('hi')).not.toBe(cryptor.encrypt('hi'));
  });

  test('has its id, and shows no secret', () => {
    const shown =
      require('node:util').inspect(cryptor, { showHidden: true, depth: 9 }) + JSON.stringify(cryptor);
    expect(cryptor.id).toBe(appId);
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(encodingAESKey);
  });

  test.each([
    ['no token', [undefined, encodingAESKey, appId], 'token'],
    ['an empty token', ['', encodingAESKey, appId], 'token'],
    ['no key', [token, undefined, appId], 'encodingAESKey'],
    ['a key of 42', [token, encodingAESKey.slice(1), appId], 'encodingAESKey'],
    ['a key with a blank', [token, ` ${encodingAESKey.slice(1)}`, appId], 'encodingAESKey'],
    ['no id', [token, encodingAESKey, undefined], 'id'],
    ['an empty id', [token, encodingAESKey, ''], 'id'],
  ])('is not made with %s', (what, given, option) => {
    expect(thrownBy(() => new WXBizMsgCrypt(...given))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_WECHAT_PUSH_OPTIONS',
      option,
    });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
    ['an array', ['hi']],
    ['bytes', Buffer.from('hi')],
    ['NaN', NaN],
  ])('takes %s for no text', (what, given) => {
    for (const act of [
      () => cryptor.encrypt(given),
      () => cryptor.decrypt(given),
      () => cryptor.getSignature(given, '1', 'x'),
      () => cryptor.getSignature('1', given, 'x'),
      () => cryptor.getSignature('1', '1', given),
    ]) {
      expect(thrownBy(act)).toMatchObject({ name: 'TypeError', code: 'ERR_WECHAT_PUSH_OPTIONS' });
    }
  });
});

describe('@wecom/crypto', () => {
  test('getSignature signs as WeCom does', () => {
    expect(wecom.getSignature(token, 1714036504, '1', 'cipher')).toBe(
      sign(token, '1714036504', '1', 'cipher'),
    );
  });

  test('decrypt opens what WeCom has sealed, with the receiver and what stood before', () => {
    const random = randomBytes(16);
    const encrypt = wecom.encrypt(encodingAESKey, '<xml/>', 'ww1', random);
    expect(wecom.decrypt(encodingAESKey, encrypt)).toEqual({ message: '<xml/>', id: 'ww1', random });
    const sealed = seal('<xml/>', { encodingAESKey, appId: 'ww1' });
    expect(wecom.decrypt(encodingAESKey, sealed)).toMatchObject({ message: '<xml/>', id: 'ww1' });
  });

  test('encrypt seals what WeCom can open, also for nobody in particular', () => {
    for (const id of ['ww1', '']) {
      expect(open(wecom.encrypt(encodingAESKey, '你好', id), account)).toEqual({
        message: '你好',
        appId: id,
      });
    }
  });

  test('getJsApiSignature signs the example of the official page', () => {
    const example = {
      url: 'http://mp.weixin.qq.com?params=value',
      ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
      nonceStr: 'Wm3WZYTPz0wzccnW',
      timestamp: 1414587457,
    };
    expect(wecom.getJsApiSignature(example)).toEqual({
      timestamp: 1414587457,
      nonceStr: 'Wm3WZYTPz0wzccnW',
      signature: '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
    });
  });

  test('getJsApiSignature makes the time and the nonce where they are not given', () => {
    const { timestamp, nonceStr, signature } = wecom.getJsApiSignature({ url: 'https://a/b?c', ticket: 't' });
    expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(5);
    expect(nonceStr).toMatch(/^[0-9a-f]{16}$/);
    const text = `jsapi_ticket=t&noncestr=${nonceStr}&timestamp=${timestamp}&url=https://a/b?c`;
    expect(signature).toBe(createHash('sha1').update(text).digest('hex'));
  });

  test.each([
    ['getSignature without a token', () => wecom.getSignature(undefined, 1, 1, 'x'), 'token'],
    ['getSignature without a text', () => wecom.getSignature('t', 1, 1, undefined), 'encrypt'],
    ['decrypt with a short key', () => wecom.decrypt('short', 'x'), 'encodingAESKey'],
    ['decrypt without a key', () => wecom.decrypt(undefined, 'x'), 'encodingAESKey'],
    ['encrypt with a short key', () => wecom.encrypt('short', 'x', 'y'), 'encodingAESKey'],
    ['encrypt without an id', () => wecom.encrypt(encodingAESKey, 'x'), 'id'],
    ['encrypt with 15 bytes', () => wecom.encrypt(encodingAESKey, 'x', 'y', Buffer.alloc(15)), 'random'],
    [
      'encrypt with text for bytes',
      () => wecom.encrypt(encodingAESKey, 'x', 'y', '0123456789abcdef'),
      'random',
    ],
    ['getJsApiSignature of nothing', () => wecom.getJsApiSignature(), 'options'],
    ['getJsApiSignature without a url', () => wecom.getJsApiSignature({ ticket: 't' }), 'url'],
    ['getJsApiSignature without a ticket', () => wecom.getJsApiSignature({ url: 'u' }), 'ticket'],
  ])('%s throws, and names what is wrong', (what, act, option) => {
    expect(thrownBy(act)).toMatchObject({ name: 'TypeError', code: 'ERR_WECHAT_PUSH_OPTIONS', option });
  });
});

describe('what cannot be opened', () => {
  const whole = seal('<xml/>', account);
  const bytes = Buffer.from(whole, 'base64');
  const content = (length, pad = 12, last = pad) =>
    Buffer.concat([
      Buffer.alloc(16, 1),
      Buffer.from([0, 0, 0, length]),
      Buffer.alloc(32 - 20 + 32 - pad, 0x61),
      Buffer.alloc(pad - 1, pad),
      Buffer.from([last]),
    ]);
  test.each([
    ['nothing', ''],
    ['no base64', 'not base64!'],
    ['half a block', bytes.subarray(0, 24).toString('base64')],
    ['another key’s', seal('<xml/>', { ...account, encodingAESKey: encodingAESKey.replace('P', 'Q') })],
    ['a padding of 0', encipher(content(4, 12, 0), encodingAESKey)],
    ['a padding of 33', encipher(content(4, 12, 33), encodingAESKey)],
    ['a padding whose bytes differ', encipher(content(4, 12, 11), encodingAESKey)],
    ['a length beyond the end', encipher(content(200), encodingAESKey)],
    [
      'bytes that are no UTF-8',
      encipher(
        Buffer.concat([Buffer.alloc(16), Buffer.from([0, 0, 0, 1, 0xff]), Buffer.alloc(11, 11)]),
        encodingAESKey,
      ),
    ],
  ])('%s throws a TypeError with a reason, and shows no secret', (what, encrypt) => {
    for (const act of [
      () => wecom.decrypt(encodingAESKey, encrypt),
      () => new WXBizMsgCrypt(token, encodingAESKey, appId).decrypt(encrypt),
    ]) {
      const error = thrownBy(act);
      expect(error).toMatchObject({
        name: 'TypeError',
        code: 'ERR_WECHAT_PUSH_ENVELOPE',
        reason: expect.stringMatching(/^(invalid_base64|decryption_failed|illegal_buffer|invalid_utf8)$/),
      });
      expect(error.message).not.toContain(encodingAESKey);
    }
  });

  test('no text does anything else', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.base64String({ maxLength: 200 })), (encrypt) => {
        const { code } = thrownBy(() => wecom.decrypt(encodingAESKey, encrypt));
        expect(code).toBe('ERR_WECHAT_PUSH_ENVELOPE');
      }),
      { numRuns: runs(500) },
    );
  });
});

/** What a function throws. */
function thrownBy(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it threw nothing');
}
