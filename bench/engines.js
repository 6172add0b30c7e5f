'use strict';

// What WebAssembly takes, beside the addon and what people use today.

const { execFileSync } = require('node:child_process');
const path = require('node:path');
const qs = require('qs');
const addon = require('..');
const { cycle, medians } = require('./measure.js');
const { openers, parsers, peer } = require('./peer-receivers.js');
const { account, handshakeUrls, pushes, token } = require('./requests.js');
const snippets = require('./snippets.js');

const ROOT = path.join(__dirname, '..');
const STARTS = 20;

/** Null where WebAssembly was not built. */
const wasm = load('wasm');

function verifyQuery() {
  const next = cycle(handshakeUrls().map((url) => qs.parse(url.slice(url.indexOf('?') + 1))));
  const ns = medians({
    wasm: () => wasm.checkPush(next(), token),
    addon: () => addon.checkPush(next(), token),
    createHash: () => snippets.createHash(next(), token),
  });
  return {
    title: 'verify a parsed query, by engine',
    rows: [
      ['checkPush, WebAssembly', ns.wasm],
      ['checkPush, addon', ns.addon],
      ['snippet, createHash', ns.createHash, 'must 3×'],
    ],
  };
}

function secureXml() {
  const next = cycle(pushes('xml', true));
  const receive = ({ createReceiver }) => {
    const receiver = createReceiver({ ...account, tolerance: 0 });
    return () => receiver.receive(next()).message;
  };
  const ns = medians({
    wasm: receive(wasm),
    addon: receive(addon),
    crypto: peer(next, openers.wechatCrypto, parsers.xml2js),
    wecom: peer(next, openers.wecom, parsers.fast),
  });
  return {
    title: 'secure XML push, by engine',
    rows: [
      ['WebAssembly', ns.wasm],
      ['addon', ns.addon],
      ['wechat-crypto + xml2js', ns.crypto, 'must 4×'],
      ['@wecom/crypto + fast-xml-parser', ns.wecom, 'must 2.5×'],
    ],
  };
}

/**
 * What an engine takes in a new process until it can check its first push, and the rest of the package beside it. Its
 * parts are loaded one by one, in the order in which they need each other.
 */
function start() {
  const took = Object.fromEntries(['wasm', 'addon'].map((name) => [name, startOf(name)]));
  const ms = (key) => Object.values(took).map((parts) => `${parts[key].toFixed(2).padStart(6)} ms`);
  const row = (name, key, must = '') => `${name.padEnd(34)}${ms(key).join('  ')}  ${must}`;
  return {
    title: `start in a new process, medians of ${STARTS}: WebAssembly, addon`,
    lines: [
      row('the engine, to the first check', 'engine', 'must 5 ms'),
      row('the rest of the package', 'rest'),
      row('parts of Node that either needs', 'node'),
      row('all of it, by one require', 'whole', 'must 15 ms with the addon'),
      row('the first endpoint', 'endpoint'),
    ],
  };
}

/** Medians of what a process says that does nothing else. @param {string} name of an engine */
function startOf(name) {
  const env = { ...process.env, WECHAT_PUSH_ENGINE: name };
  const measure = (what) => {
    const args = [path.join(__dirname, 'start.js'), what];
    return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
  };
  const runs = Array.from({ length: STARTS }, () => ({ ...measure('parts'), ...measure('whole') }));
  const middle = (key) => runs.map((run) => run[key]).toSorted((a, b) => a - b)[STARTS / 2];
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, middle(key)]));
}

/** Another copy of the package, with this engine. */
function load(name) {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(path.join(ROOT, 'lib')) || path.dirname(file) === ROOT) delete require.cache[file];
  }
  const before = process.env.WECHAT_PUSH_ENGINE;
  process.env.WECHAT_PUSH_ENGINE = name;
  try {
    return require('..');
  } catch (error) {
    if (error.code !== 'ERR_WECHAT_PUSH_ENGINE') throw error;
    console.log(`${name} is not measured: ${error.message}`);
    return null;
  } finally {
    if (before === undefined) delete process.env.WECHAT_PUSH_ENGINE;
    else process.env.WECHAT_PUSH_ENGINE = before;
  }
}

module.exports = { groups: wasm ? [verifyQuery, secureXml, start] : [] };
