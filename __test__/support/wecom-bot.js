'use strict';

// What WeCom sends a smart bot, and how it reads an answer, with `node:crypto` alone.
// https://developer.work.weixin.qq.com/document/path/101033

const crypto = require('node:crypto');

const bot = {
  token: 'botToken1',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  platform: /** @type {const} */ ('wecom-bot'),
};

const common = { msgid: 'CAIQ16HMjQYY', aibotid: 'AIBOTID', from: { userid: 'zhangsan' } };
const single = { ...common, chattype: 'single' };
const inGroup = { ...common, chattype: 'group', chatid: 'CHATID' };

/** A message of a member's. */
function message(msgtype, more = {}) {
  return {
    ...single,
    response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?x',
    msgtype,
    ...more,
  };
}

/** An event, with what stands within it under its name. */
function event(eventtype, inner) {
  const within = inner === undefined ? {} : { [eventtype]: inner };
  return { ...common, create_time: 1700000000, msgtype: 'event', event: { eventtype, ...within } };
}

/** What WeCom asks for more of a stream by. */
function refresh(id, more = {}) {
  return { ...single, msgid: `refresh-of-${id}`, msgtype: 'stream', stream: { id }, ...more };
}

function seal(text, { receiveId = '', of = bot } = {}) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const content = Buffer.concat([crypto.randomBytes(16), length, Buffer.from(text + receiveId)]);
  return encryptBytes(content, of).toString('base64');
}

/** AES-256-CBC with the bot's key, padded to 32 bytes: of envelopes, and of files as they are. */
function encryptBytes(content, of = bot) {
  const key = Buffer.from(`${of.encodingAESKey}=`, 'base64');
  const pad = 32 - (content.length % 32);
  const cipher = crypto.createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])), cipher.final()]);
}

function sign(...parts) {
  return crypto.createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

function queryOf(ciphertext, { of = bot, nonce = 'ceng0bjfKJ', timestamp = seconds() } = {}) {
  return { msg_signature: sign(of.token, timestamp, nonce, ciphertext), timestamp, nonce };
}

function seconds() {
  return String(Math.floor(Date.now() / 1000));
}

/** The request target of the check of a URL. */
function handshakeUrl(echo, options) {
  const echostr = seal(echo, options);
  return `/?${new URLSearchParams({ ...queryOf(echostr, options), echostr })}`;
}

/** The URL and the body of a push. */
function pushOf(pushed, options) {
  const encrypt = seal(typeof pushed === 'string' ? pushed : JSON.stringify(pushed), options);
  const url = `/?${new URLSearchParams(queryOf(encrypt, options))}`;
  return { method: 'POST', url, body: JSON.stringify({ encrypt }) };
}

/** What an answer says; nothing of an empty body. It has to repeat the nonce of its push. */
function readAnswer(body, { of = bot, nonce = 'ceng0bjfKJ' } = {}) {
  if (body === '') return undefined;
  const answer = JSON.parse(body);
  expect(Object.keys(answer)).toEqual(['encrypt', 'msgsignature', 'timestamp', 'nonce']);
  expect(answer).toMatchObject({ timestamp: expect.any(Number), nonce });
  expect(answer.msgsignature).toBe(sign(of.token, String(answer.timestamp), nonce, answer.encrypt));
  const key = Buffer.from(`${of.encodingAESKey}=`, 'base64');
  const decipher = crypto.createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(answer.encrypt, 'base64'), decipher.final()]);
  const content = padded.subarray(0, padded.length - padded[padded.length - 1]);
  const end = 20 + content.readUInt32BE(16);
  expect(content.toString('utf8', end)).toBe('');
  return JSON.parse(content.toString('utf8', 20, end));
}

module.exports = {
  bot,
  encryptBytes,
  event,
  handshakeUrl,
  inGroup,
  message,
  pushOf,
  readAnswer,
  refresh,
  seal,
  single,
};
