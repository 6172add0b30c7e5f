'use strict';

const { XMLParser } = require('fast-xml-parser');
const xml2js = require('xml2js');
const wecom = require('@wecom/crypto');
const qs = require('qs');
const { createReceiver } = require('..');
const engine = require('../lib/engine/index.js');
const { cycle, medians } = require('./measure.js');
const { account, cryptor, pushes } = require('./requests.js');

const receiver = createReceiver({ ...account, tolerance: 0 });
const plain = createReceiver({ token: account.token, tolerance: 0 });
const fast = new XMLParser({ parseTagValue: false });

/** What cannot be saved of a push: reading its JSON, and one call into Rust. */
const [PARSE, CROSSING] = ['floor: JSON.parse of the message', 'floor: one crossing'];

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

function encrypted(format, forms, musts, floors) {
  const next = cycle(pushes(format, true));
  const all = { ours: () => receiver.receive(next()).message };
  for (const [name, [open, parse]] of Object.entries(forms)) all[name] = peer(next, open, parse);
  const message = JSON.stringify(receiver.receive(next()).message);
  const ns = medians({
    ...check(all),
    [PARSE]: () => JSON.parse(message),
    [CROSSING]: () => engine.nothing(),
  });
  return {
    title: `secure ${format.toUpperCase()} push: URL and body to message object`,
    rows: [...Object.entries(ns).map(([name, of]) => [name, of, musts[name]]), ...floors(ns)],
  };
}

function secureXml(core) {
  const forms = {
    'wechat-crypto + xml2js': [openers.wechatCrypto, parsers.xml2js],
    '@wecom/crypto + fast-xml-parser': [openers.wecom, parsers.fast],
  };
  const musts = { 'wechat-crypto + xml2js': 'must 20×', '@wecom/crypto + fast-xml-parser': 'must 13×' };
  return encrypted('xml', forms, musts, (ns) => [
    ['floor: SHA-1, AES, base64, XML events', core.secure_xml_libraries],
    ['floor: all three', core.secure_xml_libraries + ns[PARSE] + ns[CROSSING], 'must 0.61×, which is 1/1.65'],
    ['the core alone', core.secure_xml],
  ]);
}

function secureJson() {
  const forms = {
    'wechat-crypto + JSON.parse': [openers.wechatCrypto, parsers.json],
    '@wecom/crypto + JSON.parse': [openers.wecom, parsers.json],
  };
  const musts = { 'wechat-crypto + JSON.parse': 'must 3×', '@wecom/crypto + JSON.parse': 'must 3×' };
  return encrypted('json', forms, musts, () => []);
}

function plainXml() {
  const next = cycle(pushes('xml', false));
  const ns = medians(
    check({
      ours: () => plain.receive(next()).message,
      'xml2js, nothing verified': () => parsers.xml2js(next().body.toString()),
      'fast-xml-parser, nothing verified': () => parsers.fast(next().body.toString()),
    }),
  );
  return { title: 'plain XML push: URL and body to message object', rows: Object.entries(ns) };
}

function check(forms) {
  for (const [name, form] of Object.entries(forms)) {
    if (form().MsgType !== 'text') throw new Error(`${name} must read the message`);
  }
  return forms;
}

module.exports = { groups: [secureXml, secureJson, plainXml] };
