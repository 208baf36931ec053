/** The cells of a notebook are checked as what they are: one program in pieces, run in order. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Hover, InlayHint, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Editor, Published } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'strata-notebooks-'));
const notebook = pathToFileURL(join(folder, 'my notes.ipynb')).href;
const cellUri = (name: string) => `vscode-notebook-cell:${notebook.replace('file://', '')}#${name}`;

const texts = {
  first: `%matplotlib inline
import struct
import beside
from array import array

def half(n: int) -> int:
    return n // 2
`,
  second: `files = !ls
size: str = half(3)
view = memoryview(bytearray(8))
half("x"), beside.answer
`,
  third: `struct.pack_into("<Q", view, 4, 1)
await_me = size
later
`,
} as const;
type Name = keyof typeof texts | 'fourth';

const item = (name: Name, text: string, version = 1) => ({
  uri: cellUri(name),
  languageId: 'python',
  version,
  text,
});
const cell = (name: Name) => ({ kind: 2, document: cellUri(name) });
const names: readonly (keyof typeof texts)[] = ['first', 'second', 'third'];

let editor: Editor;
beforeAll(async () => {
  writeFileSync(join(folder, 'beside.py'), 'answer: int = 42\n');
  writeFileSync(join(folder, 'pyrightconfig.json'), '{"reportUnusedImport": "error"}');
  editor = await startEditor({
    transport: 'ipc',
    folder,
    settings: { inlayHints: { ...allHints, viewOrCopy: true } },
  });
  const cells = [{ kind: 1, document: cellUri('words') }, ...names.map(cell)];
  await editor.connection.sendNotification('notebookDocument/didOpen', {
    notebookDocument: { uri: notebook, notebookType: 'jupyter-notebook', version: 1, cells },
    cellTextDocuments: names.map((name) => item(name, texts[name])),
  });
});
afterAll(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

const allHints = {
  variableTypes: true,
  functionReturnTypes: true,
  callArgumentNames: 'all',
} as const;

/** `line rule` of what is no mere hint. */
function shown({ diagnostics }: Published): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === 1)
    .map(({ range, code }) => `${range.start.line} ${String(code)}`)
    .sort();
}

/** Waits until a cell has these findings, and no others. */
async function expectFindings(name: Name, findings: readonly string[], version = 1) {
  const wanted = [...findings].sort().join();
  const uri = cellUri(name);
  await editor.untilPublished(
    (each) => each.uri === uri && each.version === version && shown(each).join() === wanted,
    since,
  );
}
let since = 0;

const position = (name: keyof typeof texts, piece: string) => {
  const before = texts[name].slice(0, texts[name].indexOf(piece)).split('\n');
  return {
    textDocument: { uri: cellUri(name) },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
};

async function change(cells: object, version: number): Promise<void> {
  since = editor.published.length;
  await editor.connection.sendNotification('notebookDocument/didChange', {
    notebookDocument: { uri: notebook, version },
    change: { cells },
  });
}

describe('a cell', () => {
  it('sees those before it, and modules and settings of the folder; magics are no errors', async () => {
    await expectFindings('second', ['1 reportAssignmentType', '3 reportArgumentType']);
    await expectFindings('third', ['0 struct-size', '2 reportUndefinedVariable']);
    // An import that only later cells use is used.
    await expectFindings('first', ['3 reportUnusedImport']);
  });

  it('is answered where it is asked', async () => {
    const hover = await editor.connection.sendRequest<Hover>(
      'textDocument/hover',
      position('second', 'half'),
    );
    expect(JSON.stringify(hover)).toContain('def half(n: int) -> int');
    const buffer = await editor.connection.sendRequest<Hover>(
      'textDocument/hover',
      position('third', '"<Q"'),
    );
    expect(JSON.stringify(buffer)).toContain('8 bytes');
    expect(buffer.range?.start).toEqual({ line: 0, character: 17 });
    const definition = await editor.connection.sendRequest<readonly Location[]>(
      'textDocument/definition',
      position('second', 'half'),
    );
    expect(definition).toMatchObject([{ uri: cellUri('first') }]);
    const list = await editor.connection.sendRequest<object>(
      'textDocument/completion',
      position('third', 'view'),
    );
    expect(JSON.stringify(list)).toContain('"label":"half"');
    const edit = await editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
      ...position('first', 'half'),
      newName: 'halved',
    });
    const renamed = JSON.stringify(edit);
    expect(renamed).toContain(cellUri('first'));
    expect(renamed).toContain(cellUri('second'));
    const hints = await editor.connection.sendRequest<readonly InlayHint[]>(
      'textDocument/inlayHint',
      {
        textDocument: { uri: cellUri('second') },
        range: { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } },
      },
    );
    expect(JSON.stringify(hints)).toContain('view');
  });
});

describe('a change', () => {
  it('of one cell is seen in the others', async () => {
    const text = 'later = 1\nsize = 3\nview = memoryview(bytearray(16))\n';
    const start = { line: 0, character: 0 };
    const changes = [{ range: { start, end: { line: 4, character: 0 } }, text }];
    await change(
      { textContent: [{ document: { uri: cellUri('second'), version: 2 }, changes }] },
      2,
    );
    await expectFindings('second', [], 2);
    await expectFindings('third', []);
  });

  it('of their order is too', async () => {
    // The second cell goes to the end.
    await change({ structure: { array: { start: 2, deleteCount: 1 } } }, 3);
    await change(
      { structure: { array: { start: 3, deleteCount: 0, cells: [cell('second')] } } },
      4,
    );
    await editor.untilPublished(
      (each) =>
        each.uri === cellUri('third') &&
        shown(each).filter((one) => one.endsWith('reportUndefinedVariable')).length === 3,
    );
  });

  it('adds cells and takes them away', async () => {
    const fourth = item('fourth', 'view: int = ""\nstruct.pack("B", 300)\n');
    const array = { start: 4, deleteCount: 0, cells: [cell('fourth')] };
    await change({ structure: { array, didOpen: [fourth] } }, 5);
    await editor.untilPublished(
      (each) =>
        each.uri === cellUri('fourth') &&
        ['0 reportAssignmentType', '1 struct-value'].every((one) => shown(each).includes(one)),
      since,
    );
    await change(
      {
        structure: {
          array: { start: 1, deleteCount: 1 },
          didClose: [{ uri: cellUri('first') }],
        },
      },
      6,
    );
    await editor.untilPublished(
      (each) => each.uri === cellUri('fourth') && shown(each).includes('1 reportUndefinedVariable'),
      since,
    );
  });

  it('to nothing leaves nothing behind', async () => {
    since = editor.published.length;
    await editor.connection.sendNotification('notebookDocument/didClose', {
      notebookDocument: { uri: notebook },
      cellTextDocuments: [{ uri: cellUri('second') }],
    });
    for (const name of ['second', 'third', 'fourth'] as const)
      await editor.untilPublished(
        (each) => each.uri === cellUri(name) && each.diagnostics.length === 0,
        since,
      );
  });
});
