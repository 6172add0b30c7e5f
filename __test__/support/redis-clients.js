'use strict';

const { once } = require('node:events');
const Redis = require('ioredis');
const { createClient } = require('redis');

/** Connected clients of both packages, by name: URL → client. */
const clients = {
  redis: async (url, options) => {
    const client = createClient({ url, socket: { reconnectStrategy: 50 }, ...options });
    // Without a listener an error ends the process.
    client.on('error', () => {});
    return client.connect();
  },
  ioredis: async (url, options) => {
    const client = new Redis(url, { retryStrategy: () => 50, ...options });
    client.on('error', () => {});
    await once(client, 'ready');
    return client;
  },
};

/** Ends a client of either package, connected or not. */
function disconnect(client) {
  if (client.isOpen === false || client.status === 'end') return;
  if (client.destroy) client.destroy();
  else client.disconnect();
}

module.exports = { clients, disconnect };
