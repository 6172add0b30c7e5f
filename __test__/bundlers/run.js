'use strict';

// Packs the package, bundles an app with it by each bundler, and runs what comes out where no node_modules are.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const here = __dirname;
const root = path.join(here, '..', '..');
const work = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-bundlers-')));
const ANSWER = 'true 你好！';

/** Each makes a folder with one app, and says with which engine it runs. */
const bundlers = {
  esbuild: [bundleByEsbuild, 'wasm, as a bundler took it'],
  webpack: [bundleByWebpack, 'wasm, as a bundler took it'],
  rollup: [bundleByRollup, 'wasm, as a bundler took it'],
  ncc: [bundleByNcc, 'addon'],
  nft: [traceByNft, 'addon'],
};

main();

async function main() {
  install();
  for (const [name, [bundle, engine]] of Object.entries(bundlers)) {
    const out = path.join(work, name);
    fs.mkdirSync(out);
    expectAnswer(name, path.join(out, await bundle(out)), engine);
  }
  await tryWorkerd(path.join(work, 'workerd'));
  fs.rmSync(work, { recursive: true });
}

/** The app, the bundlers and the tarball, in a folder of their own. */
function install() {
  for (const file of fs.readdirSync(here, { withFileTypes: true })) {
    if (file.isFile()) fs.copyFileSync(path.join(here, file.name), path.join(work, file.name));
  }
  const { stdout } = run('npm', ['pack', '--json', '--pack-destination', work], root);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  run('npm', ['ci', '--no-audit', '--no-fund'], work);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', path.join(work, filename)], work);
}

/** @param {string} name @param {string} file @param {string} engine */
function expectAnswer(name, file, engine) {
  const env = { ...process.env, NODE_DEBUG: 'wechat-push', WECHAT_PUSH_ENGINE: '' };
  const { stdout, stderr } = run(process.execPath, [file], path.dirname(file), env);
  if (stdout.trim() !== ANSWER) throw new Error(`${name} answered ${stdout}`);
  if (!stderr.includes(`engine: ${engine}\n`)) throw new Error(`${name} took another engine: ${stderr}`);
  say(`${name}: ${engine}`);
}

async function bundleByEsbuild(out) {
  const { build } = tool('esbuild');
  await build({
    entryPoints: [app('node.js')],
    bundle: true,
    platform: 'node',
    outfile: path.join(out, 'app.js'),
  });
  return 'app.js';
}

function bundleByWebpack(out) {
  const options = {
    mode: 'production',
    target: 'node',
    entry: app('node.js'),
    output: { path: out, filename: 'app.js' },
  };
  return new Promise((resolve, reject) => {
    tool('webpack')(options, (error, stats) => {
      if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString('errors-only')));
      else resolve('app.js');
    });
  });
}

async function bundleByRollup(out) {
  const [resolve, commonjs, json] = ['node-resolve', 'commonjs', 'json'].map((name) =>
    tool(`@rollup/plugin-${name}`),
  );
  const plugins = [resolve.default({ preferBuiltins: true }), commonjs.default(), json.default()];
  const bundle = await tool('rollup').rollup({ input: app('node.js'), plugins, logLevel: 'silent' });
  await bundle.write({ file: path.join(out, 'app.cjs'), format: 'cjs' });
  return 'app.cjs';
}

async function bundleByNcc(out) {
  run('npx', ['--no-install', 'ncc', 'build', app('node.js'), '--out', out], work);
  return 'index.js';
}

/** As Next.js and serverless packagers do: the files that an app needs are copied. */
async function traceByNft(out) {
  const { fileList } = await tool('@vercel/nft').nodeFileTrace([app('node.js')], { base: work });
  for (const file of fileList) fs.cpSync(path.join(work, file), path.join(out, file), { recursive: true });
  return 'node.js';
}

/** As wrangler bundles for Cloudflare Workers, which compile WebAssembly beforehand. */
async function tryWorkerd(out) {
  const { build } = tool('esbuild');
  await build({
    entryPoints: [app('worker.mjs')],
    bundle: true,
    format: 'esm',
    outfile: path.join(out, 'worker.js'),
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
  });
  const { Miniflare } = tool('miniflare');
  const worker = new Miniflare({
    modulesRoot: out,
    modules: [
      { type: 'ESModule', path: path.join(out, 'worker.js') },
      { type: 'CompiledWasm', path: path.join(out, 'core.wasm') },
    ],
    compatibilityDate: '2025-11-01',
    compatibilityFlags: ['nodejs_compat'],
  });
  const response = await worker.dispatchFetch('http://localhost/');
  const text = await response.text();
  await worker.dispose();
  if (text !== ANSWER) throw new Error(`workerd answered ${text}`);
  say('workerd: wasm, from its file');
}

/** @param {string} file */
function app(file) {
  return path.join(work, file);
}

/** @param {string} name @returns {any} */
function tool(name) {
  return require(require.resolve(name, { paths: [work] }));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, cwd, env = process.env) {
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status === 0) return done;
  throw new Error(`${command} ${args.join(' ')} failed in ${cwd}\n${done.stdout}${done.stderr}`);
}

/** @param {string} text */
function say(text) {
  console.log(`test:bundlers: ${text}`);
}
