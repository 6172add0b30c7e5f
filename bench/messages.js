'use strict';

const { createReceiver } = require('..');
const { floorAddon } = require('./floor.js');
const { cycle, medians } = require('./measure.js');
const { openers, parsers, peer } = require('./peer-receivers.js');
const { account, pushes, wecom, wecomPushes } = require('./requests.js');

const receiver = createReceiver({ ...account, tolerance: 0 });
const { corpId: receiveId, ...wecomAccount } = wecom;
const application = createReceiver({ ...wecomAccount, receiveId, platform: 'wecom', tolerance: 0 });
const plain = createReceiver({ token: account.token, tolerance: 0 });

/** Only what no receiver can leave out; see README.md. */
function floor(next) {
  const message = JSON.stringify(receiver.receive(next()).message);
  const push = floorAddon().floor(account.token, account.encodingAESKey, account.appId, message);
  return () => {
    const { url, body } = next();
    return JSON.parse(push(url, body));
  };
}

function secureXml(core) {
  const next = cycle(pushes('xml', true));
  const nextOfWeCom = cycle(wecomPushes());
  const nextWithMore = cycle(pushes('xml', true, undefined, { AgentID: 1000002 }));
  const ns = medians(
    check({
      ours: () => receiver.receive(next()).message,
      application: () => application.receive(nextOfWeCom()).message,
      more: () => receiver.receive(nextWithMore()).message,
      crypto: peer(next, openers.wechatCrypto, parsers.xml2js),
      wecom: peer(next, openers.wecom, parsers.fast),
      floor: floor(next),
    }),
  );
  return {
    title: 'secure XML push: URL and body to message object',
    rows: [
      ['ours', ns.ours],
      ['ours, of a WeCom application', ns.application, 'must be below 1.05×'],
      ["ours, with the field that WeCom's has more", ns.more],
      ['wechat-crypto + xml2js', ns.crypto, 'must 20×'],
      ['@wecom/crypto + fast-xml-parser', ns.wecom, 'must 13×'],
      ['floor: what no receiver can leave out', ns.floor, 'must 0.61×, which is 1/1.65'],
      ['the core alone', core.secure_xml],
    ],
  };
}

function secureJson() {
  const next = cycle(pushes('json', true));
  const ns = medians(
    check({
      ours: () => receiver.receive(next()).message,
      crypto: peer(next, openers.wechatCrypto, parsers.json),
      wecom: peer(next, openers.wecom, parsers.json),
    }),
  );
  return {
    title: 'secure JSON push: URL and body to message object',
    rows: [
      ['ours', ns.ours],
      ['wechat-crypto + JSON.parse', ns.crypto, 'must 3×'],
      ['@wecom/crypto + JSON.parse', ns.wecom, 'must 3×'],
    ],
  };
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
