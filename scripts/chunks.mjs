// Chunks for CommonJS: esbuild splits ES modules only, so each file is made as one and turned into the other.
import { transform } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const commonJsChunks = {
  name: 'commonjs-chunks',
  setup({ initialOptions: options, onEnd }) {
    const { platform, target, supported, minify, sourcemap, write } = options;
    Object.assign(options, {
      format: 'esm',
      splitting: true,
      // Beside the entries, so that `__dirname` is the same for all.
      chunkNames: '[name]-[hash]',
      sourcemap: sourcemap && 'inline',
      supported: {},
      write: false,
    });
    onEnd(async ({ outputFiles }) => {
      if (write === false || !outputFiles) return;
      await Promise.all(
        outputFiles.map(async ({ path, text }) => {
          const { code, map } = await transform(text, {
            format: 'cjs',
            platform,
            target,
            supported,
            minify,
            sourcemap: sourcemap && 'external',
            logOverride: { 'empty-import-meta': 'silent' },
          });
          mkdirSync(dirname(path), { recursive: true });
          const name = path.split(/[\\/]/).at(-1);
          if (map) writeFileSync(`${path}.map`, map);
          writeFileSync(path, map ? `${code}//# sourceMappingURL=${name}.map\n` : code);
        }),
      );
    });
  },
};
