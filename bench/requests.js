'use strict';

const { createHash } = require('node:crypto');
const WXBizMsgCrypt = require('wechat-crypto');

const account = {
  token: 'wechatPushBench',
  encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  appId: 'wx0123456789abcdef',
};
/** An application of WeCom. */
const wecom = { token: account.token, encodingAESKey: account.encodingAESKey, corpId: 'ww0123456789abcdef' };
const cryptor = new WXBizMsgCrypt(account.token, account.encodingAESKey, account.appId);

const sign = (...parts) => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** A thousand different signed handshake URLs, so that nothing lives from the same strings. */
function handshakeUrls() {
  return thousand((i) => {
    const { timestamp, nonce, signature } = signed(i);
    const echostr = String(4375120948345356249n + BigInt(i));
    return `/checkPushMsg?signature=${signature}&echostr=${echostr}&timestamp=${timestamp}&nonce=${nonce}`;
  });
}

/** A thousand different text messages as WeChat posts them, with more fields where they are given. */
function pushes(format, encrypted, content = '你好，今天的天气怎么样？', more = {}) {
  return thousand((i) => push(i, format, encrypted, content, more));
}

function push(i, format, encrypted, content, more) {
  const { timestamp, nonce, signature } = signed(i);
  const openid = 'oia2TjuEGTNoeX76QEjQNrcURxG8';
  const text = messageText(format, content, String(6054768590064713728n + BigInt(i)), more);
  const url = `/wx?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&openid=${openid}`;
  if (!encrypted) return { method: 'POST', url, body: Buffer.from(text) };
  const encrypt = cryptor.encrypt(text);
  return {
    method: 'POST',
    url: `${url}&encrypt_type=aes&msg_signature=${sign(account.token, timestamp, nonce, encrypt)}`,
    body: Buffer.from(envelope(format, encrypt)),
  };
}

/** A thousand different text messages as WeCom posts them in XML. */
function wecomPushes(content = '你好，今天的天气怎么样？') {
  const { corpId, token, encodingAESKey } = wecom;
  const sealer = new WXBizMsgCrypt(token, encodingAESKey, corpId);
  return thousand((i) => {
    const { timestamp, nonce } = signed(i);
    const message = { ToUserName: corpId, FromUserName: 'zhangsan01' };
    const text = xmlText({
      ...message,
      CreateTime: 1714112445,
      MsgType: 'text',
      Content: content,
      MsgId: String(6054768590064713728n + BigInt(i)),
      AgentID: 1000002,
    });
    const encrypt = sealer.encrypt(text);
    const signature = sign(token, timestamp, nonce, encrypt);
    const body =
      `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt>` +
      `<AgentID><![CDATA[1000002]]></AgentID></xml>`;
    const url = `/wecom?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
    return { method: 'POST', url, body: Buffer.from(body) };
  });
}

function messageText(format, content, id, more = {}) {
  if (format === 'json') {
    const { MsgId, ...rest } = { ...fields(content, id), ...more };
    return `${JSON.stringify(rest).slice(0, -1)},"MsgId":${MsgId}}`;
  }
  return xmlText({ ...fields(content, id), ...more });
}

function xmlText(message) {
  const elements = Object.entries(message).map(([name, value]) =>
    typeof value === 'number' || name === 'MsgId'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${elements.join('')}</xml>`;
}

function fields(content, id) {
  return {
    ToUserName: 'gh_7f083739789a',
    FromUserName: 'oia2TjuEGTNoeX76QEjQNrcURxG8',
    CreateTime: 1714112445,
    MsgType: 'text',
    Content: content,
    MsgId: id,
  };
}

function envelope(format, encrypt) {
  if (format === 'json') return JSON.stringify({ ToUserName: 'gh_7f083739789a', Encrypt: encrypt });
  return `<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
}

function signed(i) {
  const timestamp = String(1714036504 + i * 7);
  const nonce = String(1514711492 + i * 104729);
  return { timestamp, nonce, signature: sign(account.token, timestamp, nonce) };
}

function thousand(make) {
  return Array.from({ length: 1000 }, (_, i) => make(i));
}

module.exports = { account, cryptor, handshakeUrls, push, pushes, token: account.token, wecom, wecomPushes };
