/** The table of known defects in docs/testing.md names tests that are there. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const rows = [...read('docs/testing.md').matchAll(/^\| (.*?) +\| `(.*?)` +\| (.*?) +\|$/gm)]
  .map(([, defect = '', file = '', name = '']) => ({ defect, file, name }))
  .filter(({ file }) => /\.test\.tsx?$/.test(file));

test.each(rows)('$defect', ({ file, name }) => {
  expect(read(file).includes(name)).toBe(true);
});

test('the table is read', () => {
  expect(rows.length).toBeGreaterThan(20);
});
