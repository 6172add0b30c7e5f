'use strict';

// What WeCom sends, and how it reads an answer, with `node:crypto` alone.
// https://developer.work.weixin.qq.com/document/path/90968

const crypto = require('node:crypto');

const CORP = 'ww0123456789abcdef';
const SUITE = 'ww0123456789abcde0';

const application = {
  token: 'wecomToken1',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiveId: CORP,
  platform: /** @type {const} */ ('wecom'),
};

/** The names of an envelope, in JSON of either spelling and in XML. */
const spellings = {
  xml: ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'],
  json: ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'],
  'lower-case json': ['encrypt', 'msgsignature', 'timestamp', 'nonce'],
};

function keyOf({ encodingAESKey }) {
  return Buffer.from(`${encodingAESKey}=`, 'base64');
}

function seal(text, { receiveId = CORP, of = application } = {}) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const content = Buffer.concat([crypto.randomBytes(16), length, Buffer.from(text + receiveId)]);
  const pad = 32 - (content.length % 32);
  const key = keyOf(of);
  const cipher = crypto.createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const sealed = [cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])), cipher.final()];
  return Buffer.concat(sealed).toString('base64');
}

function open(ciphertext, of = application) {
  const key = keyOf(of);
  const decipher = crypto.createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(ciphertext, 'base64'), decipher.final()]);
  const content = padded.subarray(0, padded.length - padded[padded.length - 1]);
  const end = 20 + content.readUInt32BE(16);
  return { text: content.toString('utf8', 20, end), receiveId: content.toString('utf8', end) };
}

function sign(...parts) {
  return crypto.createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

/** The query of a request whose ciphertext this is. */
function queryOf(
  ciphertext,
  { of = application, timestamp = String(Math.floor(Date.now() / 1000)), nonce = 'ceng0bjfKJ' } = {},
) {
  return { msg_signature: sign(of.token, timestamp, nonce, ciphertext), timestamp, nonce };
}

/** The request target of the check of a URL. */
function handshakeUrl(echo, options) {
  const echostr = seal(echo, options);
  return `/?${new URLSearchParams({ ...queryOf(echostr, options), echostr })}`;
}

/**
 * The URL and the body of a push of this plaintext.
 * @param {string} text
 * @param {{ form?: keyof typeof spellings, receiveId?: string, of?: typeof application, agentId?: string, to?: string }} [options]
 */
function pushOf(text, { form = 'xml', agentId = '1000002', to = CORP, ...options } = {}) {
  const ciphertext = seal(text, options);
  const url = `/?${new URLSearchParams(queryOf(ciphertext, options))}`;
  return { method: 'POST', url, body: envelope(ciphertext, form, agentId, to) };
}

function envelope(ciphertext, form, agentId, to) {
  if (form === 'json') return JSON.stringify({ ToUserName: to, AgentID: agentId, Encrypt: ciphertext });
  if (form === 'lower-case json')
    return JSON.stringify({ encrypt: ciphertext, tousername: to, agentid: agentId });
  return (
    `<xml><ToUserName><![CDATA[${to}]]></ToUserName><AgentID><![CDATA[${agentId}]]></AgentID>` +
    `<Encrypt><![CDATA[${ciphertext}]]></Encrypt></xml>`
  );
}

/**
 * The plaintext of a reply whose own signature is right, and for whom it is sealed.
 * @param {string} body
 * @param {keyof typeof spellings} form
 */
function readReply(body, form = 'xml', of = application) {
  const fieldOf = form === 'xml' ? (name) => xmlField(body, name) : (name) => JSON.parse(body)[name];
  const [ciphertext, signature, timestamp, nonce] = spellings[form].map(fieldOf);
  if (signature !== sign(of.token, String(timestamp), nonce, ciphertext))
    throw new Error('its signature is wrong');
  return open(ciphertext, of);
}

function xmlField(body, name) {
  return new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(body)?.[1];
}

/** A document of these fields, as WeCom writes it. */
function xmlOf(fields) {
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${elements.join('')}</xml>`;
}

module.exports = { application, CORP, handshakeUrl, pushOf, readReply, SUITE, xmlOf };
