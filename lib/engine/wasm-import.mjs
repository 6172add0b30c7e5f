// For workerd, which compiles no WebAssembly by itself: the tools that deploy to it carry the file along.

// @ts-ignore: `npm run build:wasm` makes it, and there are no types of it
export { default as module } from './core.wasm';
