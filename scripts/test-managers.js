'use strict';

// Installs the tarball by each package manager and lets the app of __test__/managers answer WeChat: as a program, in
// threads, beside a second copy, and under each test runner. What this machine does not have is skipped, in words.
//   node scripts/test-managers.js [tarball]

const fs = require('node:fs');
const path = require('node:path');
const { root, run, tarball, withoutCargo, workFolder } = require('./tarball/tarball.js');

const home = path.join(root, '__test__', 'managers');
const work = workFolder('managers');
run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], home);
const { file } = tarball(work, process.argv[2]);
const env = { ...withoutCargo(work), ...registry(), CI: '1' };

/** Each with the folder's own settings, how it installs and what starts a program. */
const managers = {
  npm: { install: ['npm', 'install', file] },
  pnpm: { install: node('pnpm/bin/pnpm.cjs', 'add', file) },
  'yarn 1': { install: node('yarn/bin/yarn.js', 'add', file) },
  'yarn 4': yarn4('node-modules'),
  'yarn 4 (Plug’n’Play)': { ...yarn4('pnp'), start: node('@yarnpkg/cli-dist/bin/yarn.js', 'node') },
  bun: { install: bun('add', file) },
  'bun, run by bun': { install: bun('add', file), start: bun() },
};

let passed = 0;
for (const [name, manager] of Object.entries(managers)) tryManager(name, manager);
tryInOneProcess();
say(`${passed} passed`);

function tryManager(name, { settings = {}, install, start = ['node'] }) {
  if (install === undefined) return say(`${name} is skipped, npm has no bun for this platform`);
  const app = freshApp(name, settings);
  runIn(install, app);
  for (const script of ['common.js', 'esm.mjs']) runIn([...start, script], app);
  pass(name);
}

/** What does not depend on who installed it. */
function tryInOneProcess() {
  const app = freshApp('one process', {});
  run('npm', ['install', file], app, env);
  const runners = {
    'worker threads': ['node', 'threads.js'],
    'two copies': ['node', 'copies.js'],
    'node --test': ['node', '--test', 'answers.node.js'],
    jest: node('jest/bin/jest.js', '--rootDir', '.', '--testMatch', '**/*.jest.js'),
    vitest: node('vitest/vitest.mjs', 'run'),
  };
  for (const [name, command] of Object.entries(runners)) {
    runIn(command, app);
    pass(name);
  }
}

function freshApp(name, settings) {
  const app = path.join(work, name.replaceAll(/\W+/g, '-'));
  fs.cpSync(path.join(home, 'app'), app, { recursive: true });
  fs.writeFileSync(path.join(app, 'package.json'), '{ "name": "app", "private": true }\n');
  for (const [one, text] of Object.entries(settings)) fs.writeFileSync(path.join(app, one), text);
  return app;
}

/** @param {'node-modules' | 'pnp'} linker */
function yarn4(linker) {
  const settings = { '.yarnrc.yml': `nodeLinker: ${linker}\nenableTelemetry: false\n`, 'yarn.lock': '' };
  return { settings, install: node('@yarnpkg/cli-dist/bin/yarn.js', 'add', `wechat-push@file:${file}`) };
}

/** @param {string} script of a package of the folder @param {string[]} args */
function node(script, ...args) {
  return ['node', path.join(home, 'node_modules', script), ...args];
}

/** npm's package of bun for this platform; that of `bun` itself has to run a script first. @param {string[]} args */
function bun(...args) {
  const scope = path.join(home, 'node_modules', '@oven');
  const folders = fs.existsSync(scope) ? fs.readdirSync(scope) : [];
  const files = folders.flatMap((folder) =>
    ['bun', 'bun.exe'].map((name) => path.join(scope, folder, 'bin', name)),
  );
  const found = files.find((one) => fs.existsSync(one));
  if (found === undefined) return undefined;
  fs.chmodSync(found, 0o755);
  return [found, ...args];
}

/** Each of them takes the registry that npm takes. */
function registry() {
  const url = run('npm', ['config', 'get', 'registry'], home).stdout.trim();
  const names = ['npm_config_registry', 'YARN_REGISTRY', 'YARN_NPM_REGISTRY_SERVER', 'BUN_CONFIG_REGISTRY'];
  return Object.fromEntries(names.map((name) => [name, url]));
}

/** @param {string[]} command @param {string} cwd */
function runIn([program, ...args], cwd) {
  return run(program, args, cwd, env);
}

function pass(name) {
  passed += 1;
  say(`${name} passed`);
}

function say(text) {
  console.log(`test:managers: ${text}`);
}
