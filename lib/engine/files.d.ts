// Files that are built, and may not be there.

declare module '*.node' {
  const addon: any;
  export = addon;
}

declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

declare module '*.wasm.js' {
  const base64: string;
  export = base64;
}
