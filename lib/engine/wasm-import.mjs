// For workerd, which compiles no WebAssembly by itself: the tools that deploy to it carry the file along.

// @ts-ignore: `npm run build:wasm` makes it, and there are no types of it
import late from './rest.wasm';

// @ts-ignore: the same
export { default as core } from './core.wasm';

export const rest = () => late;
