import { afterEach, describe, expect, it } from 'vitest';
import type { Editor } from './client.ts';
import { rulesOf, startEditor } from './client.ts';

const uri = 'file:///strata-test/course.py';
const course = `import struct

def half(n: int) -> int:
    return n / 2

buffer = bytearray(16)
struct.pack_into('QdQ', buffer, 0, 1, 2.0, 3)
`;
const both = ['pyright:reportReturnType', 'strata:struct-size'];

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

describe.each(['stdio', 'ipc'] as const)('the language server over %s', (transport) => {
  it('publishes our findings at once and adds those of pyright, each once', async () => {
    editor = await startEditor({ transport });
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

    await editor.untilStatus((status) => status.state === 'ready');
    editor.change(uri, 2, course.replace('n / 2', 'n // 2'));
    const fixed = await editor.untilPublished(
      (each) => each.version === 2 && rulesOf(each).length === 1,
    );
    expect(rulesOf(fixed)).toEqual(['strata:struct-size']);
  });
});

describe('an edit', () => {
  it('moves what pyright found along, until pyright has looked again', async () => {
    editor = await startEditor({ transport: 'stdio' });
    editor.open(uri, course);
    await editor.untilPublished((each) => rulesOf(each).length === 2);
    editor.change(uri, 2, '# a line more\n', {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    });
    const published = await editor.untilPublished((each) => each.version === 2);
    // The edited line and those above it have nothing to lose here.
    expect(rulesOf(published)).toEqual(both);
    for (const each of published.diagnostics)
      expect(each.range.start.line).toBe(each.source === 'strata' ? 7 : 4);
  });

  it('that breaks the syntax keeps our findings', async () => {
    editor = await startEditor({ transport: 'stdio', settings: { checkTypes: false } });
    editor.open(uri, course);
    editor.change(uri, 2, `${course}\nclass (\n  def f(`);
    const published = await editor.untilPublished((each) => each.version === 2);
    expect(rulesOf(published)).toEqual(['strata:struct-size']);
    editor.change(uri, 3, course.replace('1, 2.0, 3)', ''));
    expect(rulesOf(await editor.untilPublished((each) => each.version === 3))).toEqual([
      'strata:struct-size',
    ]);
  });
});

describe('the settings', () => {
  it('turn pyright off and on again without a restart', async () => {
    editor = await startEditor({ transport: 'stdio' });
    editor.open(uri, course);
    await editor.untilPublished((each) => rulesOf(each).length === 2);
    const seen = editor.published.length;
    void editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { checkTypes: false, trusted: false },
    });
    await editor.untilStatus((status) => status.state === 'off');
    const last = await editor.untilPublished(
      (each) =>
        each !== editor?.published[seen - 1] &&
        rulesOf(each).length === 1 &&
        editor?.published.indexOf(each) !== undefined &&
        editor.published.indexOf(each) >= seen,
    );
    expect(rulesOf(last)).toEqual(['strata:struct-size']);
    void editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { checkTypes: true, trusted: false },
    });
    await editor.untilStatus((status) => status.state === 'ready', editor.statuses.length - 1);
  });
});

describe('hover', () => {
  it('on a literal format shows its layout', async () => {
    editor = await startEditor({ transport: 'stdio', settings: { checkTypes: false } });
    editor.open(uri, course);
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
});
