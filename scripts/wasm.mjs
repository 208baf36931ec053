// WebAssembly at build time: a module that imports a `.wat` file gets it assembled, one that imports
// `wasm:PACKAGE/FILE.wasm` gets that file of a package; both as `wasm`, its bytes.
// One plugin for esbuild and one for Vite, so that bundles and tests run the same kernel.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import wabt from 'wabt';

/** How many sums run at the same time. */
const ACCUMULATORS = 2;

/** How two elements, `offset` bytes behind `p`, become a pair of float64. */
const types = {
  f64: { bytes: 8, load: (offset) => `(v128.load offset=${offset} (local.get $p))` },
  f32: { bytes: 4, load: (offset) => `(f64x2.promote_low_f32x4 ${load64(offset)})` },
  i32: { bytes: 4, load: (offset) => `(f64x2.convert_low_i32x4_s ${load64(offset)})` },
  u32: { bytes: 4, load: (offset) => `(f64x2.convert_low_i32x4_u ${load64(offset)})` },
  i16: { bytes: 2, load: (offset) => `(f64x2.convert_low_i32x4_s ${load32('s', offset)})` },
  u16: { bytes: 2, load: (offset) => `(f64x2.convert_low_i32x4_u ${load32('u', offset)})` },
  i8: { bytes: 1, load: (offset) => `(f64x2.convert_low_i32x4_s ${load16('s', offset)})` },
  u8: { bytes: 1, load: (offset) => `(f64x2.convert_low_i32x4_u ${load16('u', offset)})` },
};
const load64 = (offset) => `(v128.load64_zero offset=${offset} (local.get $p))`;
const load32 = (sign, offset) =>
  `(i32x4.extend_low_i16x8_${sign} (v128.load32_zero offset=${offset} (local.get $p)))`;
const load16 = (sign, offset) =>
  `(i32x4.extend_low_i16x8_${sign} (i16x8.extend_low_i8x16_${sign} (v128.load16_splat offset=${offset} (local.get $p))))`;

const FIRST_SUM = 64;

/** The template for every type, in one module with a memory. */
function expand(template) {
  const lanes = Array.from({ length: ACCUMULATORS }, (_, lane) => lane);
  const functions = Object.entries(types).map(([type, { bytes, load }]) =>
    template
      .split('\n')
      .filter((line) => !line.startsWith(';;'))
      .flatMap((line) => {
        if (!line.includes('#')) return [line];
        return lanes.map((lane) =>
          line
            .replaceAll('LOAD#', load(lane * 2 * bytes))
            .replaceAll('SUM#', String(FIRST_SUM + lane * 16))
            .replaceAll('LOST#', String(FIRST_SUM + (ACCUMULATORS + lane) * 16))
            .replaceAll('SQUARES#', String(FIRST_SUM + (2 * ACCUMULATORS + lane) * 16))
            .replaceAll('#', String(lane)),
        );
      })
      .join('\n')
      .replaceAll('TYPE', type)
      .replaceAll('STEP', String(ACCUMULATORS * 2 * bytes)),
  );
  return `(module (memory (export "memory") 97)\n${functions.join('\n')})`;
}

let assembler;

export async function assemble(path) {
  assembler ??= await wabt();
  const module = assembler.parseWat(path, expand(readFileSync(path, 'utf8')), { simd: true });
  module.validate();
  const { buffer } = module.toBinary({});
  module.destroy();
  return buffer;
}

const moduleOf = (bytes) =>
  `export const wasm = Buffer.from('${Buffer.from(bytes).toString('base64')}', 'base64');`;

const scheme = 'wasm:';
const require = createRequire(import.meta.url);
const bytesOfPackage = (specifier) => readFileSync(require.resolve(specifier.slice(scheme.length)));

export const wasmForEsbuild = {
  name: 'wasm',
  setup(build) {
    build.onLoad({ filter: /\.wat$/ }, async ({ path }) => ({
      contents: moduleOf(await assemble(path)),
      loader: 'js',
      watchFiles: [path],
    }));
    build.onResolve({ filter: /^wasm:/ }, ({ path }) => ({ path, namespace: 'wasm' }));
    build.onLoad({ filter: /.*/, namespace: 'wasm' }, ({ path }) => ({
      contents: moduleOf(bytesOfPackage(path)),
      loader: 'js',
    }));
  },
};

export const wasmForVite = {
  name: 'wasm',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith(scheme) ? `\0${id}` : undefined),
  async load(id) {
    if (id.startsWith(`\0${scheme}`)) return moduleOf(bytesOfPackage(id.slice(1)));
    return id.endsWith('.wat') ? moduleOf(await assemble(id)) : undefined;
  },
};
