'use strict';

const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

/** The modules of a Worker, as the tool that deploys to Cloudflare would make them. */
async function bundle(entry = path.join(__dirname, 'worker.js')) {
  const wasm = [];
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    conditions: ['workerd', 'worker', 'module'],
    logLevel: 'error',
    plugins: [builtins, wasmFiles(wasm)],
  });
  return [{ type: 'ESModule', path: 'worker.mjs', contents: outputFiles[0].text }, ...wasm];
}

/** Modules of Node are there to be imported, not to be required. */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path: name, kind }) =>
      kind === 'require-call' ? { path: name, namespace: 'required' } : { path: name, external: true },
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path: name }) => ({
      contents: `import builtin from '${name}'; module.exports = builtin;`,
    }));
  },
};

/** A Worker cannot compile WebAssembly; it is handed the file as a module. */
function wasmFiles(found) {
  return {
    name: 'wasm',
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path: file, resolveDir }) => {
        const contents = fs.readFileSync(path.join(resolveDir, file));
        found.push({ type: 'CompiledWasm', path: path.basename(file), contents });
        return { path: `./${path.basename(file)}`, external: true };
      });
    },
  };
}

module.exports = { bundle };
