'use strict';

const path = require('node:path');
const { tool } = require('./bundlers.js');

/**
 * The app as a Cloudflare Worker, bundled as wrangler does it: WebAssembly stays a file, which is compiled beforehand.
 * @param {string} work @param {string} out
 * @returns {Promise<import('./run.js').Bot>}
 */
async function serveInWorkerd(work, out) {
  await tool(work, 'esbuild').build({
    entryPoints: [path.join(work, 'app', 'worker.mjs')],
    bundle: true,
    format: 'esm',
    outfile: path.join(out, 'worker.js'),
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
  });
  const { Miniflare } = tool(work, 'miniflare');
  const worker = new Miniflare({
    modulesRoot: out,
    modules: [
      { type: 'ESModule', path: path.join(out, 'worker.js') },
      { type: 'CompiledWasm', path: path.join(out, 'core.wasm') },
      { type: 'CompiledWasm', path: path.join(out, 'rest.wasm') },
    ],
    compatibilityDate: '2025-11-01',
    compatibilityFlags: ['nodejs_compat'],
  });
  const url = await worker.ready;
  return { url: url.href, said: () => '', stop: () => worker.dispose() };
}

module.exports = { serveInWorkerd };
