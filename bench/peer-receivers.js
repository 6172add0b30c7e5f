'use strict';

// How others receive a push: open the envelope, then parse what was in it.

const { XMLParser } = require('fast-xml-parser');
const xml2js = require('xml2js');
const wecom = require('@wecom/crypto');
const qs = require('qs');
const { account, cryptor } = require('./requests.js');

const fast = new XMLParser({ parseTagValue: false });

const query = (url) => qs.parse(url.slice(url.indexOf('?') + 1));

const parsers = {
  xml2js(text) {
    let message;
    xml2js.parseString(text, { trim: true, explicitArray: false }, (error, document) => {
      if (error) throw error;
      message = document.xml;
    });
    return message;
  },
  fast: (text) => fast.parse(text).xml,
  json: (text) => JSON.parse(text),
};

const openers = {
  wechatCrypto: ({ timestamp, nonce, msg_signature }, encrypt) => {
    if (cryptor.getSignature(timestamp, nonce, encrypt) !== msg_signature) throw new Error('signature');
    return cryptor.decrypt(encrypt).message;
  },
  wecom: ({ timestamp, nonce, msg_signature }, encrypt) => {
    if (wecom.getSignature(account.token, timestamp, nonce, encrypt) !== msg_signature) {
      throw new Error('signature');
    }
    return wecom.decrypt(account.encodingAESKey, encrypt).message;
  },
};

const peer = (next, open, parse) => () => {
  const { url, body } = next();
  return parse(open(query(url), parse(body.toString()).Encrypt));
};

module.exports = { openers, parsers, peer };
