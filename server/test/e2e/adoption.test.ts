/** What helps a project to become typed, as an editor sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerSettings } from '#shared/protocol/languageServer.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = '';
let editor: Editor | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-adoption-'));
});
afterEach(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rulesIn(text: string, settings: Partial<ServerSettings>): Promise<unknown[]> {
  editor = await startEditor({ transport: 'ipc', folder, settings });
  const uri = pathToFileURL(join(folder, 'a.py')).href;
  editor.open(uri, text);
  if (settings.checkTypes === true) {
    await editor.untilStatus(({ state }) => state === 'checking');
    const from = editor.published.length;
    await editor.untilPublished((each) => each.uri === uri && each.version === 1, from);
  }
  const { diagnostics } = await editor.untilPublished((each) => each.uri === uri);
  const last = editor.published.filter((each) => each.uri === uri).at(-1);
  return (last?.diagnostics ?? diagnostics).map(
    ({ code, range }) => `${range.start.line} ${String(code)}`,
  );
}

const wrong = 'struct.unpack("<Q", b"1234")';
const accepted = {
  version: 1,
  findings: {
    'a.py': [
      {
        rule: 'struct-size',
        message: 'unpack requires a buffer of 8 bytes (actual buffer size is 4)',
        line: wrong,
      },
    ],
  },
};

describe('the baseline in the editor', () => {
  it('leaves out what is accepted, and shows what is new', async () => {
    writeFileSync(join(folder, 'strata-baseline.json'), JSON.stringify(accepted));
    const text = `import struct\n\n# moved\n${wrong}\nx = ${wrong}\n`;
    expect(await rulesIn(text, { checkTypes: false })).toEqual(['4 struct-size']);
  });

  it('is not asked where the settings say so, and harmless where it is something else', async () => {
    writeFileSync(join(folder, 'strata-baseline.json'), JSON.stringify(accepted));
    const text = `import struct\n${wrong}\n`;
    expect(await rulesIn(text, { checkTypes: false, usesBaseline: false })).toEqual([
      '1 struct-size',
    ]);
    await editor?.close();
    writeFileSync(join(folder, 'strata-baseline.json'), '{');
    expect(await rulesIn(text, { checkTypes: false })).toEqual(['1 struct-size']);
  });
});

describe('explicit @override', () => {
  const text =
    'class A:\n    def f(self) -> None: ...\nclass B(A):\n    def f(self) -> None: ...\n';

  it.each([
    [true, ['3 reportImplicitOverride']],
    [false, []],
  ])('is wanted where the setting is %s', async (requireOverride, found) => {
    expect(await rulesIn(text, { checkTypes: true, requireOverride })).toEqual(found);
  });
});
