'use strict';

// Several processes behind a load balancer.

const { fork } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const { until } = require('./redis.js');

const running = new Set();

/** Starts one; `said` is what it has told so far. */
async function startProcess(options, { file = 'push-server.js', env = {} } = {}) {
  const child = fork(path.join(__dirname, file), [JSON.stringify(options)], {
    env: { ...process.env, ...env },
  });
  const said = [];
  running.add(child);
  child.on('message', (told) => said.push(told));
  const exited = once(child, 'exit');
  let ended = false;
  exited.then(() => (ended = true));
  const { port } = await until(() => {
    if (ended) throw new Error('a server process did not start');
    return said.find((told) => told.port);
  });
  return {
    said,
    port,
    url: `http://127.0.0.1:${port}/`,
    /** kill -9 */
    kill() {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

/** For `afterAll`. */
async function killProcesses() {
  const exits = [...running].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await Promise.all(exits);
}

/** Hands connections to the processes in turns, leaving out those that are dead. */
async function startBalancer(processes) {
  let turn = 0;
  const open = new Set();
  const server = net.createServer((socket) => connect(socket, processes.length));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function connect(socket, tries) {
    const upstream = net.connect(processes[turn++ % processes.length].port, '127.0.0.1');
    let connected = false;
    open.add(socket);
    upstream.once('connect', () => {
      connected = true;
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => {});
    socket.on('error', () => {});
    upstream.once('close', () => {
      if (!connected && tries > 1) return connect(socket, tries - 1);
      socket.destroy();
    });
    socket.once('close', () => {
      open.delete(socket);
      upstream.destroy();
    });
  }

  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

module.exports = { killProcesses, startBalancer, startProcess };
