'use strict';

// Packs the package, installs the tarball into fresh Express 4 and Express 5 apps as a user would
// (no cargo at hand), and lets the CommonJS, ES module and TypeScript apps of __test__/apps pass a handshake.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { addonFile } = require('../lib/platform.js');

const root = path.join(__dirname, '..');
const apps = path.join(root, '__test__', 'apps');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-install-'));

const tarball = pack();
checkParts();
for (const version of [4, 5]) tryExpress(version);
fs.rmSync(work, { recursive: true });
say('every app passed');

function pack() {
  const { stdout } = run('npm', ['pack', '--json', '--pack-destination', work], root);
  const [{ filename, files, size }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  if (!files.some((file) => file.path.endsWith('.node'))) throw new Error('the tarball has no addon');
  say(`packed ${files.length} files, ${Math.round(size / 1024)} kB`);
  return path.join(work, filename);
}

/** The tarball names everything that it consists of, with its licence. */
function checkParts() {
  const { components } = JSON.parse(packed('sbom.cdx.json'));
  const listed = new Set(components.map((one) => `${one.name} ${one.version}`));
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const installed = Object.entries(packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
    .map(([place, { version }]) => `${place.replace(/.*node_modules\//, '')} ${version}`);
  const linked = crates();
  expectEach([...installed, ...linked], (name) => listed.has(name), 'is not in sbom.cdx.json');
  if (components.some(({ licenses }) => !licenses?.length)) throw new Error('a part has no licence');

  const notices = packed('THIRD-PARTY-NOTICES.txt');
  const [list, ...sections] = notices.split(/^={80}\n/m);
  const owners = sections.filter((_, i) => i % 2 === 0).join();
  expectEach(linked, (name) => list.includes(`\n${name}, `), 'is not in THIRD-PARTY-NOTICES.txt');
  expectEach(linked, (name) => owners.includes(name), 'has no licence text in THIRD-PARTY-NOTICES.txt');
  if (sections.some((text) => text.trim().length < 5)) throw new Error('a licence text is empty');
  say(`the tarball names ${installed.length} packages and ${linked.length} crates, with their licences`);
}

/** The crates whose source files the addon names, for panics: found without asking cargo. */
function crates() {
  const addon = fs.readFileSync(path.join(root, addonFile()), 'latin1');
  if (addon.includes(root) || /registry[/\\]src[/\\]/.test(addon)) {
    throw new Error('the addon names folders of this machine: build it without rustflags of your own');
  }
  const found = addon.matchAll(/registry[/\\][^/\\]+[/\\]([\w-]+?)-(\d+\.\d+\.\d+[\w.+-]*)[/\\]/g);
  const names = new Set(Array.from(found, ([, name, version]) => `${name} ${version}`));
  if (names.size === 0) throw new Error('the addon names no crates');
  return [...names];
}

function packed(file) {
  return run('tar', ['-xzOf', tarball, `package/${file}`], work).stdout;
}

function expectEach(names, holds, otherwise) {
  const missing = names.filter((name) => !holds(name));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} ${otherwise}`);
}

function tryExpress(version) {
  const app = path.join(work, `express${version}`);
  fs.cpSync(apps, app, { recursive: true });
  fs.writeFileSync(path.join(app, 'package.json'), '{ "private": true }');
  install(app, version);
  run('node', ['common.js'], app);
  run('node', ['esm.mjs'], app);
  const strict = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  run('npx', ['tsc', ...strict, 'typed.ts'], app);
  run('node', ['typed.js'], app);
  tryCommand(app);
  say(`Express ${version} passed with CommonJS, ES modules and strict TypeScript`);
}

/** The command works where only the tarball is. */
function tryCommand(app) {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const said = run('npx', ['--no-install', 'wechat-push', '--version'], app).stdout.trim();
  if (said !== version) throw new Error(`wechat-push --version said ${said}, not ${version}`);
  const { stdout } = run('npx', ['--no-install', 'wechat-push', 'keygen', '--json'], app);
  const { token, encodingAESKey } = JSON.parse(stdout);
  if (!/^\w{32}$/.test(token) || !/^\w{43}$/.test(encodingAESKey)) throw new Error('keygen made no keys');
  const query = ['explain', 'signature=x&timestamp=1714036504&nonce=1', '--token', token, '--json'];
  const explained = spawnSync('npx', ['--no-install', 'wechat-push', ...query], {
    cwd: app,
    encoding: 'utf8',
  });
  if (explained.status !== 1) throw new Error(`explain failed\n${explained.stdout}${explained.stderr}`);
}

function install(app, version) {
  const others = [`express@${version}`, `@types/express@${version}`, '@types/node@20', 'typescript'];
  const { stdout, stderr } = run('npm', ['install', tarball, ...others], app, withoutCargo());
  const complaint = `${stdout}${stderr}`.match(/.*(ERR!|install script|allowScripts).*/i);
  if (complaint) throw new Error(`npm install complained: ${complaint[0]}`);
}

/** The environment of a user who has no Rust. */
function withoutCargo() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const kept = folders.filter((folder) => !fs.existsSync(path.join(folder, 'cargo')));
  return { ...process.env, PATH: kept.join(path.delimiter) };
}

function run(command, args, cwd, env = process.env) {
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status === 0) return done;
  throw new Error(`${command} ${args.join(' ')} failed in ${cwd}\n${done.stdout}${done.stderr}`);
}

function say(text) {
  console.log(`test:install: ${text}`);
}
