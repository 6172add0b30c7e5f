'use strict';

// Installs the tarball into fresh Express 4 and Express 5 apps as a user would (no cargo at hand), lets the CommonJS,
// ES module and TypeScript apps of __test__/apps pass a handshake, and looks at what is in it.
//   node scripts/test-install.js [tarball] [--whole]   --whole: with every engine, as it is published

const fs = require('node:fs');
const path = require('node:path');
const { checkEngines } = require('./tarball/engines.js');
const { checkParts } = require('./tarball/parts.js');
const { checkTypes } = require('./tarball/types.js');
const { root, run, runAnyhow, tarball, withoutCargo, workFolder } = require('./tarball/tarball.js');

const apps = path.join(root, '__test__', 'apps');
const work = workFolder('install');
const args = process.argv.slice(2);

const packed = tarball(
  work,
  args.find((arg) => !arg.startsWith('--')),
);
say(`the tarball has ${packed.files.length} files`);
say(checkEngines(packed, args.includes('--whole')));
say(checkParts(packed));
for (const version of [4, 5]) tryExpress(version);
say(checkTypes(packed, path.join(work, 'types')));
say('every app passed');

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
  const explained = runAnyhow('npx', ['--no-install', 'wechat-push', ...query], app);
  if (explained.status !== 1) throw new Error(`explain failed\n${explained.stdout}${explained.stderr}`);
}

function install(app, version) {
  const others = [`express@${version}`, `@types/express@${version}`, '@types/node@20', 'typescript'];
  const { stdout, stderr } = run('npm', ['install', packed.file, ...others], app, withoutCargo(work));
  const complaint = `${stdout}${stderr}`.match(/.*(ERR!|install script|allowScripts).*/i);
  if (complaint) throw new Error(`npm install complained: ${complaint[0]}`);
}

function say(text) {
  console.log(`test:install: ${text}`);
}
