'use strict';

// Loaded into the processes that look names up: a resolver whose answers are known.

const dns = require('node:dns');

const ADDRESSES = { 'here.test': '127.0.0.1', 'public.test': '203.0.113.1' };

dns.lookup = (host, _, done) => {
  // As a name server that does not answer.
  if (host === 'silent.test') return setInterval(() => {}, 1000);
  const address = ADDRESSES[host];
  if (address) done(null, [{ address, family: 4 }]);
  else done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
};
