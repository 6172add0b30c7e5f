'use strict';

// What WeChat's server does, with node:crypto alone: nothing of what is tested has a part in it.

const { createCipheriv, createDecipheriv, createHash, randomBytes } = require('node:crypto');

/** An account, and the options of each mode for it. */
const account = {
  token: 'sesame',
  encodingAESKey: 'PushKeyForTests0123456789abcdefghijklmnopqr',
  appId: 'wx0123456789abcdef',
};
const modes = {
  plain: { token: account.token },
  compat: { ...account, mode: 'compat' },
  secure: account,
};

/** WeChat makes a new one for every push. */
let lastNonce = 1514711491;

/** A text message, as the handler gets it. */
const textMessage = {
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oUser_1-2',
  CreateTime: 1714036504,
  MsgType: 'text',
  Content: '你好 😀 <b> & ]]>',
  MsgId: '4561255354251345929',
};

/**
 * One signed push, as a request target and a body. `message` is written in `format`; `raw` is taken as
 * it is, and so is `encrypt`, a ready `Encrypt`; `beside` stands in the open next to it.
 */
function push({
  account: by = account,
  message = textMessage,
  format = 'xml',
  raw = write(message, format),
  encrypted = false,
  encrypt = encrypted ? seal(raw, by) : undefined,
  beside = { ToUserName: message.ToUserName },
  url = '/',
  timestamp = String(Math.floor(Date.now() / 1000)),
  nonce = String(++lastNonce),
} = {}) {
  const query = { signature: sign(by.token, timestamp, nonce), timestamp, nonce };
  if (encrypt === undefined) return { url: `${url}?${new URLSearchParams(query)}`, body: raw };
  const sealed = {
    ...query,
    openid: message.FromUserName,
    encrypt_type: 'aes',
    msg_signature: sign(by.token, timestamp, nonce, encrypt),
  };
  return {
    url: `${url}?${new URLSearchParams(sealed)}`,
    body: write({ ...beside, Encrypt: encrypt }, format),
  };
}

/** Posts a push; fails when no answer comes within four seconds, less than the server gives a body. */
async function post(origin, { url, body, signal = AbortSignal.timeout(4000) }, headers = {}) {
  const type = String(body).trimStart().startsWith('{') ? 'application/json' : 'text/xml';
  const response = await fetch(origin + url, {
    method: 'POST',
    headers: { 'Content-Type': type, ...headers },
    body,
    signal,
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    connection: response.headers.get('connection'),
    text: await response.text(),
  };
}

/** The text of `Encrypt` for a message. */
function seal(message, { encodingAESKey, appId, random = randomBytes(16) }) {
  const bytes = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const content = Buffer.concat([random, length, bytes, Buffer.from(appId)]);
  const pad = 32 - (content.length % 32);
  return encipher(Buffer.concat([content, Buffer.alloc(pad, pad)]), encodingAESKey);
}

/** The message in the text of `Encrypt`, and the AppID behind it. */
function open(encrypt, { encodingAESKey }) {
  const decipher = createDecipheriv('aes-256-cbc', ...keyAndIv(encodingAESKey)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
  const content = padded.subarray(0, -padded.at(-1));
  const end = 20 + content.readUInt32BE(16);
  return { message: content.toString('utf8', 20, end), appId: content.toString('utf8', end) };
}

/** Whole blocks to base64, with no padding of its own. */
function encipher(blocks, encodingAESKey) {
  const cipher = createCipheriv('aes-256-cbc', ...keyAndIv(encodingAESKey)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString('base64');
}

function keyAndIv(encodingAESKey) {
  const key = Buffer.from(encodingAESKey, 'base64');
  return [key, key.subarray(0, 16)];
}

/** The text in a sealed reply, once WeChat would take it. */
function openReply(text, { token, encodingAESKey, appId }) {
  const { Encrypt, MsgSignature, TimeStamp, Nonce } = readEnvelope(text);
  if (MsgSignature !== sign(token, String(TimeStamp), Nonce, Encrypt)) throw new Error('wrong MsgSignature');
  const opened = open(Encrypt, { encodingAESKey });
  if (opened.appId !== appId) throw new Error(`sealed for ${opened.appId}`);
  return opened.message;
}

function readEnvelope(text) {
  if (text.startsWith('{')) return JSON.parse(text);
  const field = (name) => text.match(`<${name}>(?:<!\\[CDATA\\[)?([^<>\\]]*)(?:\\]\\]>)?</${name}>`)?.[1];
  return Object.fromEntries(
    ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map((name) => [name, field(name)]),
  );
}

/** The SHA-1 of the sorted parts. */
function sign(...parts) {
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}

/** An object in the data format of the console: `xml` or `json`. */
function write(object, format) {
  return format === 'json' ? writeJson(object) : `<xml>${elements(object)}</xml>`;
}

/** Ids are numbers there, and larger than JavaScript's. */
function writeJson(object) {
  return JSON.stringify(object).replace(/("MsgId":)"(\d+)"/, '$1$2');
}

function elements(object) {
  return Object.entries(object)
    .flatMap(([name, value]) => [value].flat().map((one) => `<${name}>${inside(one)}</${name}>`))
    .join('');
}

/** Nothing is escaped in CDATA, not even its end. */
function inside(value) {
  if (typeof value === 'object') return elements(value);
  return typeof value === 'string' ? `<![CDATA[${value}]]>` : value;
}

module.exports = { account, encipher, modes, open, openReply, post, push, seal, sign, textMessage, write };
