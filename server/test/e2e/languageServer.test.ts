import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Editor } from './client.ts';
import { rulesOf, startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const uri = 'file:///strata-test/course.py';
const course = `import struct

def half(n: int) -> int:
    return n / 2

buffer = bytearray(16)
struct.pack_into('QdQ', buffer, 0, 1, 2.0, 3)
`;
const both = ['pyright:reportReturnType', 'strata:struct-size'];

describe.each(['stdio', 'ipc'] as const)('the language server over %s', (transport) => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await startEditor({ transport });
  });
  afterAll(() => editor.close());

  it('publishes our findings at once and adds those of pyright, each once', async () => {
    editor.open(uri, course);
    const first = await editor.untilPublished((each) => each.uri === uri);
    expect(rulesOf(first)).toEqual(['strata:struct-size']);
    expect(first.version).toBe(1);

    const full = await editor.untilPublished((each) => rulesOf(each).length === 2);
    expect(rulesOf(full)).toEqual(both);
    const types = full.diagnostics.find((each) => each.source === 'pyright');
    expect(types?.message).toContain('"float"');
    expect(types?.codeDescription?.href).toContain('reportReturnType');
    expect(types?.range.start).toEqual({ line: 3, character: 11 });
  });

  it('moves what pyright found along with an edit, until pyright has looked again', async () => {
    const start = { line: 0, character: 0 };
    editor.change(uri, 2, '# a line more\n', { start, end: start });
    const moved = await editor.untilPublished((each) => each.version === 2);
    expect(rulesOf(moved)).toEqual(both);
    for (const each of moved.diagnostics)
      expect(each.range.start.line).toBe(each.source === 'strata' ? 7 : 4);
  });

  it('drops what pyright found as soon as it is repaired', async () => {
    editor.change(uri, 3, course.replace('n / 2', 'n // 2'));
    const fixed = await editor.untilPublished(
      (each) => each.version === 3 && rulesOf(each).length === 1,
    );
    expect(rulesOf(fixed)).toEqual(['strata:struct-size']);
  });

  it('turns pyright off and on again without a restart', async () => {
    editor.change(uri, 4, course);
    await editor.untilPublished((each) => each.version === 4 && rulesOf(each).length === 2);
    let seen = editor.statuses.length;
    const published = editor.published.length;
    const settings = { checkTypes: false, trusted: false };
    void editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await editor.untilStatus((status) => status.state === 'off', seen);
    const without = await editor.untilPublished((each) => rulesOf(each).length === 1, published);
    expect(rulesOf(without)).toEqual(['strata:struct-size']);

    seen = editor.statuses.length;
    void editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { strata: { ...settings, checkTypes: true } },
    });
    await editor.untilStatus((status) => status.state === 'ready', seen);
    const again = await editor.untilPublished((each) => rulesOf(each).length === 2, published + 1);
    expect(rulesOf(again)).toEqual(both);
  });
});

describe('an interpreter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-python-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.runIf(process.platform !== 'win32')(
    'is started in a trusted workspace only, not even to find imports',
    async () => {
      const ran = join(folder, 'ran');
      for (const name of ['python3', 'python']) {
        writeFileSync(join(folder, name), `#!/bin/sh\necho ran >> '${ran}'\nexit 1\n`);
        chmodSync(join(folder, name), 0o755);
      }
      const env = { PATH: `${folder}:${process.env.PATH ?? ''}` };
      for (const trusted of [false, true]) {
        const editor = await startEditor({ transport: 'ipc', folder, settings: { trusted }, env });
        editor.open(uri, course);
        await editor.untilPublished((each) => rulesOf(each).length === 2);
        await editor.close();
        expect(existsSync(ran)).toBe(trusted);
      }
    },
  );
});

describe('without pyright', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await startEditor({ transport: 'stdio', settings: { checkTypes: false } });
    editor.open(uri, course);
  });
  afterAll(() => editor.close());

  it('keeps our findings while the syntax is broken', async () => {
    editor.change(uri, 2, `${course}\nclass (\n  def f(`);
    const published = await editor.untilPublished((each) => each.version === 2);
    expect(rulesOf(published)).toEqual(['strata:struct-size']);
    editor.change(uri, 3, course.replace('1, 2.0, 3)', ''));
    expect(rulesOf(await editor.untilPublished((each) => each.version === 3))).toEqual([
      'strata:struct-size',
    ]);
  });

  it('shows the layout of a literal format under the pointer', async () => {
    editor.change(uri, 4, course);
    const hover = await editor.connection.sendRequest<{
      contents: { value: string };
      range: unknown;
    }>('textDocument/hover', { textDocument: { uri }, position: { line: 6, character: 18 } });
    expect(hover.contents.value).toContain('24 bytes');
    expect(hover.range).toEqual({
      start: { line: 6, character: 17 },
      end: { line: 6, character: 22 },
    });
  });

  it('starts no other process', () => {
    expect(editor.statuses).toEqual([]);
  });

  it('forgets a document that is closed', async () => {
    const published = editor.published.length;
    void editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    const last = await editor.untilPublished(() => true, published);
    expect(last.diagnostics).toEqual([]);
  });
});
