import { expect, test } from 'vitest';
import { RememberedFiles } from '#client/rememberedFiles.ts';

const layout = {
  kind: 'dtype',
  type: '<f4',
  shape: '',
  order: 'C',
  offset: '',
  strides: '',
} as const;

function memory() {
  const values = new Map<string, unknown>();
  return {
    get: (key: string) => values.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}

test('marks and layout of a file are kept apart from each other and from other files', async () => {
  const kept = memory();
  const files = new RememberedFiles(kept);
  await files.note('file:///a', { bookmarks: [3, 9] });
  await files.note('file:///a', { layout });
  await files.note('file:///b', { layout: null });
  const again = new RememberedFiles(kept);
  expect(again.of('file:///a')).toEqual({ bookmarks: [3, 9], layout });
  expect(again.of('file:///b')).toEqual({ layout: null });
  expect(again.of('file:///c')).toEqual({});
});

test('the file that nothing was said of for the longest is forgotten', async () => {
  const files = new RememberedFiles(memory());
  for (let k = 0; k < 201; k++) await files.note(`file:///${k}`, { bookmarks: [k] });
  await files.note('file:///1', { bookmarks: [1] });
  await files.note('file:///201', { bookmarks: [201] });
  expect(files.of('file:///0')).toEqual({});
  expect(files.of('file:///2')).toEqual({});
  expect(files.of('file:///1')).toEqual({ bookmarks: [1] });
});
