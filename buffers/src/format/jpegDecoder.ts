/** libjpeg in WebAssembly, compiled once. Imported only when pixels of a JPEG are asked for. */
import decode, { init } from '@jsquash/jpeg/decode.js';
import { wasm } from 'wasm:@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';

let ready: Promise<void> | undefined;

/** Red, green, blue and alpha of each pixel, rows from the top; throws where the file is no JPEG that it reads. */
export async function decodeJpeg(file: Uint8Array): Promise<Uint8ClampedArray> {
  ready ??= start();
  await ready;
  // ImageData is a type of the DOM, which this folder does not see.
  const image: unknown = await decode(file.slice().buffer);
  return (image as { readonly data: Uint8ClampedArray }).data;
}

async function start(): Promise<void> {
  const scope = globalThis as { ImageData?: unknown };
  // The module makes the DOM's ImageData, which Node does not have.
  scope.ImageData ??= class {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data;
      this.width = width;
      this.height = height;
    }
  };
  // What libjpeg has to say of a damaged file it would print.
  const initialize = init as (module: WebAssembly.Module, options: object) => Promise<void>;
  await initialize(new WebAssembly.Module(wasm), { printErr: () => undefined });
}
