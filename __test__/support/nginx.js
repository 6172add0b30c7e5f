'use strict';

// A real nginx on a free port of the loopback interface, with a server block as a page shows it.

const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

/** Whether there is an `nginx` to start. */
const installed = !spawnSync('nginx', ['-v']).error;

/**
 * Starts it before a server; resolves to its origin and what ends it.
 * @param {string} block a `server { … }` that listens on 80 and hands on to 127.0.0.1:3000
 * @param {string} origin of the server that takes the place of port 3000
 */
async function startNginx(block, origin) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-nginx-'));
  const port = await freePort();
  const server = block
    .replaceAll('listen 80;', `listen 127.0.0.1:${port};`)
    .replaceAll('http://127.0.0.1:3000', origin);
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = [
    // Its workers may write in the folder of whoever starts it.
    process.getuid?.() === 0 ? 'user root;' : '',
    'daemon off;',
    'worker_processes 1;',
    `pid ${folder}/pid;`,
    'events {}',
    `http { access_log off; ${bodies.join(' ')} ${server} }`,
  ].join('\n');
  fs.writeFileSync(path.join(folder, 'nginx.conf'), config);
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (text) => (log += text));
  const exited = once(child, 'exit');
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  await Promise.race([
    listening(port),
    exited.then(() => {
      throw new Error(`nginx ended:\n${log}`);
    }),
  ]);
  return { origin: `http://127.0.0.1:${port}`, stop };

  async function stop() {
    process.off('exit', end);
    end();
    await exited;
    fs.rmSync(folder, { recursive: true });
  }
}

/** Resolves when something takes connections there. @param {number} port */
async function listening(port) {
  for (;;) {
    const socket = net.connect(port, '127.0.0.1');
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

module.exports = { installed, startNginx };
