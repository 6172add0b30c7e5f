'use strict';

// A real Redis for tests: the one at REDIS_URL, or servers of their own where `redis-server` is installed.

const { once } = require('node:events');
const { randomUUID } = require('node:crypto');
const { spawn, spawnSync } = require('node:child_process');
const net = require('node:net');
const os = require('node:os');

const { REDIS_URL } = process.env;
const installed = !spawnSync('redis-server', ['--version']).error;

/** `describe`, for what needs some Redis; and for what stops and starts one. */
const describeWithRedis = REDIS_URL || installed ? describe : describe.skip;
const describeWithOwnRedis = installed ? describe : describe.skip;

/** The one at REDIS_URL, which stays as it is, or a server of its own. */
async function someRedis() {
  return REDIS_URL ? { url: REDIS_URL, stop: async () => {} } : ownRedis();
}

/** A server that can be stopped, hung and started again, on a free port of the loopback interface. */
async function ownRedis() {
  const server = new RedisServer();
  for (let tries = 1; ; tries++) {
    server.port = await freePort();
    try {
      await server.start();
      return server;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

class RedisServer {
  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start() {
    const options = ['--port', this.port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', [...options, '--dir', os.tmpdir()].map(String), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.end = () => this.child.kill('SIGKILL');
    process.once('exit', this.end);
    this.exited = once(this.child, 'exit');
    let log = '';
    await new Promise((resolve, reject) => {
      this.child.stdout.on('data', (text) => {
        log += text;
        if (log.includes('Ready to accept connections')) resolve();
      });
      this.exited.then(() => reject(new Error(`redis-server ended:\n${log}`)));
    });
  }

  /** Everything in it is lost. */
  async stop() {
    this.end();
    process.off('exit', this.end);
    await this.exited;
  }

  /** Takes connections and commands, but answers nothing. */
  hang() {
    this.child.kill('SIGSTOP');
  }

  goOn() {
    this.child.kill('SIGCONT');
  }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A prefix that nobody else has, so that tests can share one Redis. */
function ownPrefix() {
  return `wechat-push-test:${randomUUID()}:`;
}

/** The keys that begin with a prefix. */
async function keysOf(redis, prefix) {
  const keys = [];
  let cursor = '0';
  do {
    const [next, some] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000);
    keys.push(...some);
    cursor = next;
  } while (cursor !== '0');
  return keys;
}

/** Waits until something is so, and gives up on what never is. */
async function until(isSo) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const result = await isSo();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`this never came true: ${isSo}`);
}

module.exports = {
  describeWithOwnRedis,
  describeWithRedis,
  keysOf,
  ownPrefix,
  ownRedis,
  someRedis,
  until,
};
