'use strict';

const { BlockList, isIP } = require('node:net');
const { lookup } = require('./lookup.js');
const { UsageError } = require('./usage-error.js');

/** The one port of each scheme that WeChat reaches. */
const PORTS = { 'http:': 80, 'https:': 443 };

const LOCAL = localAddresses();

/**
 * Where a URL leads. `lookup` gives the addresses that were found, so that they are looked up once.
 * @typedef {object} Address
 * @property {string} url
 * @property {string} host
 * @property {number} port
 * @property {boolean} local WeChat cannot reach it
 * @property {import('node:net').LookupFunction | undefined} lookup
 * @property {import('./words.js').Finding | null} finding what keeps WeChat away
 * @property {boolean} known whether there is an address at all
 */

/**
 * @param {string} given
 * @param {number} timeout in milliseconds
 * @returns {Promise<Address>}
 * @throws {UsageError} when it is no URL
 */
async function addressOf(given, timeout) {
  const url = httpUrl(given);
  const { protocol } = url;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const wanted = PORTS[protocol];
  const port = Number(url.port || wanted);
  const facts = { host, port, wanted, scheme: protocol.slice(0, -1), timeout: { ms: timeout } };
  const to = { url: url.href, host, port };
  if (isLocalName(host)) return { ...to, local: true, lookup: undefined, known: true, finding: local(facts) };

  const found = isIP(host)
    ? { addresses: [{ address: host, family: isIP(host) }] }
    : await lookup(host, timeout);
  if ('failure' in found) {
    return { ...to, local: false, lookup: undefined, known: false, finding: { name: found.failure, facts } };
  }
  const { addresses } = found;
  const isLocal = addresses.every(({ address, family }) =>
    LOCAL.check(address, family === 6 ? 'ipv6' : 'ipv4'),
  );
  const wrongPort = port === wanted ? null : { name: 'port', facts };
  const finding = isLocal ? local(facts) : wrongPort;
  return { ...to, local: isLocal, lookup: fixed(addresses), known: true, finding };
}

/** @param {object} facts */
function local(facts) {
  return { name: 'local_address', facts };
}

/**
 * @param {string} given
 * @returns {URL}
 */
function httpUrl(given) {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url && url.protocol in PORTS) {
    url.hash = '';
    return url;
  }
  const near = nearUrl(given);
  throw new UsageError(near ? 'wrong_url_near' : 'wrong_url', { near });
}

/**
 * The URL that was probably meant, where only the scheme is missing.
 * @param {string} given
 */
function nearUrl(given) {
  if (/^[a-z]+:\/\//i.test(given) || !/^[^\s/]*[.:][^\s/]/.test(given)) return undefined;
  const [host] = given.split(/[:/]/);
  const near = `${isLocalName(host) || isIP(host) ? 'http' : 'https'}://${given}`;
  return URL.canParse(near) ? near : undefined;
}

/** @param {string} host */
function isLocalName(host) {
  return /(^|\.)localhost\.?$/.test(host);
}

/**
 * A lookup that gives these addresses without asking again.
 * @param {{ address: string, family: number }[]} addresses
 * @returns {import('node:net').LookupFunction}
 */
function fixed(addresses) {
  return (_, options, done) => {
    if (options.all) done(null, addresses);
    else done(null, addresses[0].address, addresses[0].family);
  };
}

/** Loopback, private, link-local and shared addresses. */
function localAddresses() {
  const list = new BlockList();
  const v4 = { '0.0.0.0': 8, '127.0.0.0': 8, '10.0.0.0': 8, '172.16.0.0': 12, '192.168.0.0': 16 };
  const more = { '169.254.0.0': 16, '100.64.0.0': 10 };
  for (const [net, bits] of Object.entries({ ...v4, ...more })) list.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of Object.entries({ '::': 127, 'fc00::': 7, 'fe80::': 10 })) {
    list.addSubnet(net, bits, 'ipv6');
  }
  return list;
}

module.exports = { addressOf };
