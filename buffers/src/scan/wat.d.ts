/** Assembled by `scripts/wasm.mjs`. */
declare module '*.wat' {
  export const wasm: Uint8Array<ArrayBuffer>;
}

/** A file of a package, read by `scripts/wasm.mjs`. */
declare module 'wasm:*' {
  export const wasm: Uint8Array<ArrayBuffer>;
}

/** What is used of it; Node's own types leave it to the DOM's. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module);
  }
}
