'use strict';

const { once } = require('node:events');
const { spawn, spawnSync } = require('node:child_process');
const net = require('node:net');
const os = require('node:os');

/** Whether there is a `redis-server` to start. */
const installed = !spawnSync('redis-server', ['--version']).error;

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

module.exports = { installed, ownRedis };
