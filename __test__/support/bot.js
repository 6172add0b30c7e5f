'use strict';

// What WeCom does for a smart bot, with `node:crypto` alone: https://developer.work.weixin.qq.com/document/path/101033

const crypto = require('node:crypto');

const bot = {
  platform: /** @type {const} */ ('wecom-bot'),
  token: 'botToken1',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

let count = 0;

/** A message of a user; each has an id of its own. */
function said(content, { userid = 'zhangsan', ...more } = {}) {
  const msgid = `msg-${++count}`;
  return {
    msgid,
    aibotid: 'bot1',
    chattype: 'single',
    from: { userid },
    response_url: `https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=code-${msgid}`,
    msgtype: 'text',
    text: { content },
    ...more,
  };
}

/** The question for the text so far of a stream. */
function refresh(id, { userid = 'zhangsan', ...more } = {}) {
  const about = { aibotid: 'bot1', chattype: 'single', from: { userid } };
  return { msgid: `refresh-${++count}`, ...about, msgtype: 'stream', stream: { id }, ...more };
}

/** A message as WeCom posts it. */
function pushed(message, { of = bot, timestamp = String(Math.floor(Date.now() / 1000)) } = {}) {
  const nonce = `nonce${++count}`;
  const encrypt = seal(JSON.stringify(message), of);
  const signature = sign(of.token, timestamp, nonce, encrypt);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  return { method: 'POST', url: `/?${query}`, body: JSON.stringify({ encrypt }), nonce };
}

/** What a bot answers, once WeCom would take it; nothing where it says nothing. */
function answered({ status, body }, { nonce }, of = bot) {
  if (status !== 200) throw new Error(`HTTP ${status}: ${body}`);
  if (body === '') return undefined;
  const { encrypt, msgsignature, timestamp, nonce: repeated } = JSON.parse(body);
  if (repeated !== nonce) throw new Error('the nonce is not that of the URL');
  if (msgsignature !== sign(of.token, String(timestamp), nonce, encrypt)) throw new Error('wrong signature');
  return JSON.parse(open(encrypt, of));
}

function seal(text, of) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const content = Buffer.concat([crypto.randomBytes(16), length, Buffer.from(text)]);
  const pad = 32 - (content.length % 32);
  const cipher = crypto.createCipheriv('aes-256-cbc', ...keyAndIv(of)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64');
}

function open(ciphertext, of) {
  const decipher = crypto.createDecipheriv('aes-256-cbc', ...keyAndIv(of)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(ciphertext, 'base64'), decipher.final()]);
  const content = padded.subarray(0, -padded.at(-1));
  const end = 20 + content.readUInt32BE(16);
  if (end !== content.length) throw new Error('it is for somebody');
  return content.toString('utf8', 20, end);
}

function keyAndIv({ encodingAESKey }) {
  const key = Buffer.from(`${encodingAESKey}=`, 'base64');
  return [key, key.subarray(0, 16)];
}

function sign(...parts) {
  return crypto.createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

module.exports = { answered, bot, pushed, refresh, said };
