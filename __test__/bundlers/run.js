'use strict';

// Bundles the bot of app/ by each bundler and has what comes out answer WeChat, in a folder apart, where no
// node_modules are but those that the bundler has put there.
//   node __test__/bundlers/run.js [tarball] [name …]   the tarball ends in .tgz; the names stand in bundlers.js

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { run, tarball, workFolder } = require('../../scripts/tarball/tarball.js');
const { account } = require('./app/account.js');
const { bundlers, tool } = require('./bundlers.js');
const { serveInWorkerd } = require('./workerd.js');

const MINUTE = 60_000;

main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  const given = args.find((arg) => arg.endsWith('.tgz'));
  const wanted = args.filter((arg) => arg !== given);
  const work = install(given);
  const gateway = tool(work, 'wechat-push/testing').createGateway({ ...account, timeout: MINUTE });
  const expectAnswers = (...about) => ask(gateway, ...about);
  const isWanted = (/** @type {string} */ name) => wanted.length === 0 || wanted.includes(name);
  for (const [name, { bundle, engine }] of Object.entries(bundlers)) {
    if (!isWanted(name)) continue;
    const out = workFolder('bundled');
    await expectAnswers(name, await startNode(path.join(out, await bundle(work, out))), engine);
  }
  if (isWanted('workerd')) await expectAnswers('workerd', await serveInWorkerd(work, workFolder('bundled')));
}

/** The apps, the bundlers and the tarball, in a folder of their own. @param {string | undefined} given */
function install(given) {
  const work = fs.realpathSync(workFolder('bundlers'));
  fs.cpSync(__dirname, work, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' });
  const { file } = tarball(workFolder('tarball'), given && path.resolve(given));
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], work);
  run('npm', ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', file], work);
  return work;
}

/**
 * @typedef {{ url: string, said: () => string, stop: () => unknown }} Bot
 * @param {import('../../testing').Gateway} gateway
 * @param {string} name
 * @param {Bot} bot
 * @param {string} [engine] what it has to say of itself
 */
async function ask(gateway, name, { url, said, stop }, engine) {
  const handshake = await gateway.handshake(url);
  const { reply, attempts } = await gateway.push(url, { MsgType: 'text', Content: '你好' });
  await stop();
  if (!handshake.ok) throw new Error(`${name}: no handshake: ${JSON.stringify(handshake)}\n${said()}`);
  if (reply?.Content !== '你好！')
    throw new Error(`${name}: no reply: ${JSON.stringify(attempts)}\n${said()}`);
  if (engine && !said().includes(`engine: ${engine}\n`))
    throw new Error(`${name}: another engine: ${said()}`);
  console.log(`test:bundlers: ${name}: answers${engine ? `, ${engine}` : ''}`);
}

/** A program that listens at the port that it is told. @param {string} file @returns {Promise<Bot>} */
async function startNode(file) {
  const port = await freePort();
  const env = { ...process.env, NODE_DEBUG: 'wechat-push', WECHAT_PUSH_ENGINE: '', PORT: `${port}` };
  const child = spawn(process.execPath, [file], { cwd: path.dirname(file), env });
  process.once('exit', () => child.kill());
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
  const since = Date.now();
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}: ${text}`);
    if (Date.now() - since > MINUTE) throw new Error(`${file} does not listen: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url: `http://127.0.0.1:${port}/wx`, said: () => text, stop: () => child.kill() };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {number} port @returns {Promise<boolean>} */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
