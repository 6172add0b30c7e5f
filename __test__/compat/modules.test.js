'use strict';

// The modules as ES modules and as CommonJS.

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const wechat = require('wechat-push/compat/wechat');

test('each can be imported, by default and by name', () => {
  const program = `
    import assert from 'node:assert';
    import wechat, * as named from 'wechat-push/compat/wechat';
    import coWechat from 'wechat-push/compat/co-wechat';
    import WXBizMsgCrypt from 'wechat-push/compat/wechat-crypto';
    import wecom, { decrypt, encrypt, getJsApiSignature, getSignature } from 'wechat-push/compat/wecom-crypto';
    for (const name of ${JSON.stringify(Object.keys(wechat))}) assert.equal(named[name], wechat[name], name);
    for (const one of [wechat, coWechat, WXBizMsgCrypt, decrypt, encrypt, getJsApiSignature, getSignature])
      assert.equal(typeof one, 'function');
    assert.equal(wecom.decrypt, decrypt);`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect([stderr, status]).toEqual(['', 0]);
});
