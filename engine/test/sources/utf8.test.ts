import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isUtf8File } from '#engine/sources/utf8.ts';

const folder = mkdtempSync(join(tmpdir(), 'strata-utf8-'));
afterEach(() => rmSync(join(folder, 'a'), { force: true }));

const chunk = 4 * 1024 * 1024;

test.each([
  ['nothing', '', true],
  ['a character of four bytes over the end of a chunk', `${'x'.repeat(chunk - 2)}😀y`, true],
  ['two bytes over it', `${'x'.repeat(chunk - 1)}éy`, true],
  ['half a character at the end', Buffer.from([0x61, 0xc3]), false],
  ['another encoding', Buffer.from('Jos\u00e9\n', 'latin1'), false],
])('%s', async (_, content, isText) => {
  writeFileSync(join(folder, 'a'), content);
  expect(await isUtf8File(join(folder, 'a'))).toBe(isText);
});
