'use strict';

// Loaded into the command: a resolver whose answers for names in .test, and for some of tunnels, are known.

const dns = require('node:dns');

const TUNNELS = ['demo.cpolar.cn', 'demo.natappfree.cc', 'demo.vicp.fun', 'demo.loca.lt'];
const ADDRESSES = {
  'here.test': '127.0.0.1',
  'public.test': '203.0.113.1',
  ...Object.fromEntries(TUNNELS.map((host) => [host, '127.0.0.1'])),
};

const { lookup } = dns;

dns.lookup = (host, options, done) => {
  if (!host.endsWith('.test') && !(host in ADDRESSES)) return lookup(host, options, done);
  // As a name server that does not answer.
  if (host === 'silent.test') return setInterval(() => {}, 1000);
  const address = ADDRESSES[host];
  if (address) done(null, [{ address, family: 4 }]);
  else done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
};
