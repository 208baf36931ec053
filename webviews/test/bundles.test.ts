import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

/** Kilobytes, minified; raise one only with a reason in the commit. */
const BUDGET = { 'buffer.js': 330, 'results.js': 380, 'table.js': 330 };

const files = new Map<string, string>();

beforeAll(async () => {
  const url = new URL('../../scripts/build.mjs', import.meta.url).href;
  const { optionsFor } = (await import(/* @vite-ignore */ url)) as {
    optionsFor: (options: object) => object[];
  };
  const [, panels] = optionsFor({ outdir: '/bundles', production: true });
  const built = await build({ ...panels, write: false });
  for (const file of built.outputFiles) files.set(file.path.split('/').at(-1) ?? '', file.text);
});

test('each panel is one script and one style sheet, with the icon font beside them', () => {
  expect([...files.keys()].sort()).toEqual([
    'buffer.css',
    'buffer.js',
    'codicon.ttf',
    'results.css',
    'results.js',
    'table.css',
    'table.js',
  ]);
});

test.each(['buffer.js', 'results.js', 'table.js'] as const)(
  '%s runs under a strict policy',
  (name) => {
    const text = files.get(name) ?? '';
    expect(text).not.toMatch(/\beval\(|new Function\b/);
    expect(text).not.toMatch(/\bimport\(/);
    expect(text).not.toMatch(/setAttribute\(\s*["']style["']/);
  },
);

test.each(['buffer.css', 'results.css', 'table.css'])(
  '%s fetches nothing from elsewhere',
  (name) => {
    const urls = [...(files.get(name) ?? '').matchAll(/url\(([^)]*)\)/g)].map((match) => match[1]);
    expect(urls.every((url) => url?.startsWith('"./codicon.ttf'))).toBe(true);
  },
);

test.each(Object.entries(BUDGET))('%s is below %d kB', (name, kilobytes) => {
  expect((files.get(name) ?? '').length / 1000).toBeLessThan(kilobytes);
});
