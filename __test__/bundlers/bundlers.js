'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { run } = require('../../scripts/tarball/tarball.js');

const WASM = 'wasm, as a bundler took it';
const ADDON = 'addon';

/**
 * Each takes the app in `work`, makes a program of it in `out` and says where that begins; by it the engine is decided.
 * @type {Record<string, { bundle: (work: string, out: string) => string | Promise<string>, engine: string }>}
 */
const bundlers = {
  esbuild: { bundle: bundleByEsbuild, engine: WASM },
  webpack: { bundle: bundleByWebpack, engine: WASM },
  rollup: { bundle: bundleByRollup, engine: WASM },
  ncc: { bundle: bundleByNcc, engine: ADDON },
  nft: { bundle: traceByNft, engine: ADDON },
  next: { bundle: (work, out) => buildByNext(work, out, {}), engine: WASM },
  // As Next.js is told to leave the package as it is, and traces its files.
  'next-external': { bundle: (work, out) => buildByNext(work, out, { EXTERNAL: '1' }), engine: ADDON },
};

async function bundleByEsbuild(work, out) {
  const entryPoints = [entry(work)];
  const outfile = path.join(out, 'app.js');
  await tool(work, 'esbuild').build({ entryPoints, bundle: true, platform: 'node', outfile });
  return 'app.js';
}

function bundleByWebpack(work, out) {
  const output = { path: out, filename: 'app.js' };
  const options = { mode: 'production', target: 'node', entry: entry(work), output };
  return new Promise((resolve, reject) => {
    tool(work, 'webpack')(options, (error, stats) => {
      if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString('errors-only')));
      else resolve('app.js');
    });
  });
}

async function bundleByRollup(work, out) {
  const [resolve, commonjs, json] = ['node-resolve', 'commonjs', 'json'].map((name) =>
    tool(work, `@rollup/plugin-${name}`),
  );
  const plugins = [resolve.default({ preferBuiltins: true }), commonjs.default(), json.default()];
  const bundle = await tool(work, 'rollup').rollup({ input: entry(work), plugins, logLevel: 'silent' });
  await bundle.write({ file: path.join(out, 'app.cjs'), format: 'cjs' });
  return 'app.cjs';
}

function bundleByNcc(work, out) {
  run('npx', ['--no-install', 'ncc', 'build', entry(work), '--out', out], work);
  return 'index.js';
}

/** As serverless packagers do: the files that an app needs are copied. */
async function traceByNft(work, out) {
  const { fileList } = await tool(work, '@vercel/nft').nodeFileTrace([entry(work)], { base: work });
  for (const file of fileList) fs.cpSync(path.join(work, file), path.join(out, file), { recursive: true });
  return path.join('app', 'server.js');
}

/** @param {string} work @param {string} out @param {NodeJS.ProcessEnv} env */
function buildByNext(work, out, env) {
  const folder = path.join(work, 'next');
  const all = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env };
  run('npx', ['--no-install', 'next', 'build'], folder, all);
  fs.cpSync(path.join(folder, '.next', 'standalone'), out, { recursive: true, verbatimSymlinks: true });
  return path.join('next', 'server.js');
}

/** @param {string} work */
function entry(work) {
  return path.join(work, 'app', 'server.js');
}

/** @param {string} work @param {string} name @returns {any} */
function tool(work, name) {
  return require(require.resolve(name, { paths: [work] }));
}

module.exports = { bundlers, tool };
