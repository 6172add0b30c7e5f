'use strict';

const qs = require('qs');
const { checkPush } = require('..');
const { floorAddon } = require('./floor.js');
const { cycle, medians } = require('./measure.js');
const { handshakeUrls, token } = require('./requests.js');
const snippets = require('./snippets.js');

function verifyQuery(core) {
  const queries = handshakeUrls().map((url) => qs.parse(url.slice(url.indexOf('?') + 1)));
  const next = cycle(queries);
  if (!Object.values(snippets).every((snippet) => snippet(next(), token)) || !checkPush(next(), token)) {
    throw new Error('every form must accept');
  }
  const ns = medians({
    ours: () => checkPush(next(), token),
    createHash: () => snippets.createHash(next(), token),
    oneShot: () => snippets.oneShot(next(), token),
    timingSafe: () => snippets.timingSafe(next(), token),
    empty: floorAddon().emptyCall(),
  });
  return {
    title: 'verify a parsed query',
    rows: [
      ['checkPush(query, token)', ns.ours],
      ['snippet, createHash', ns.createHash, 'must 3.5×, aim 5×'],
      ['snippet, crypto.hash', ns.oneShot, 'must 1.8×, aim 2.5×'],
      ['snippet, createHash + timingSafeEqual', ns.timingSafe, 'must 7×, aim 10×'],
      ['floor: an empty native call', ns.empty],
      ['floor: the core alone', core.signature, 'must 0.33×'],
    ],
  };
}

module.exports = { groups: [verifyQuery] };
