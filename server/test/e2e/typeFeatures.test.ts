/** What pyright's own server offers reaches an editor through ours. The text is the whole of what it is asked about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { indexLines } from '../../src/python/lineIndex.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'strata-features-'));
const uri = pathToFileURL(join(folder, 'shapes.py')).href;
const otherUri = pathToFileURL(join(folder, 'uses.py')).href;
const text = `import struct
import os
import abc


class Shape:
    def area(self, scale: float = 1.0) -> float:
        """The area."""
        return scale


class Square(Shape):
    def area(self, scale: float = 1.0) -> float:
        return 2 * scale


def total(shapes: list[Shape]) -> float:
    return sum(shape.area() for shape in shapes)


answer = total([Square()])
struct.pack_into('QdQ', bytearray(16), 0, 1, 2.0, 3)
os, abc
`;
const uses = `from shapes import Square

Square().area()
`;

const lines = indexLines(text);
const at = (piece: string, offset = 0) => lines.positionAt(text.indexOf(piece) + offset);
const here = (piece: string, offset = 0) => ({
  textDocument: { uri },
  position: at(piece, offset),
});

const clientCapabilities = {
  textDocument: {
    completion: { completionItem: { snippetSupport: false } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

let editor: Editor;
beforeAll(async () => {
  writeFileSync(join(folder, 'shapes.py'), text);
  writeFileSync(join(folder, 'uses.py'), uses);
  editor = await startEditor({ transport: 'stdio', folder, capabilities: clientCapabilities });
  editor.open(uri, text);
});
afterAll(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks for `method` and expects the JSON of the answer to contain every one of `parts`. */
async function check(method: string, params: object, ...parts: readonly string[]): Promise<void> {
  const answer = JSON.stringify(await editor.connection.sendRequest(method, params));
  for (const part of parts) expect(answer).toContain(part);
}

describe('answers of pyright', () => {
  it.each([
    ['hover', here('area()'), ['(method) def area', 'The area.']],
    ['completion', here('area()', 0), ['"label":"area"']],
    ['signatureHelp', here('total([', 'total('.length), ['shapes: list[Shape]']],
    ['definition', here('total(['), ['"line":16']],
    ['declaration', here('total(['), ['"line":16']],
    ['typeDefinition', here('answer'), ['builtins.pyi']],
    ['documentHighlight', here('shapes:'), ['"line":17']],
    ['documentSymbol', { textDocument: { uri } }, ['"children"', '"name":"Square"']],
    ['prepareRename', here('total(['), ['"line":20']],
    ['rename', { ...here('total(['), newName: 'whole' }, ['"newText":"whole"', '"line":16']],
    ['prepareCallHierarchy', here('total(shapes'), ['"name":"total"']],
  ] as const)('to %s', async (name, params, parts) => {
    await check(`textDocument/${name}`, params, ...parts);
  });

  it('find references in files that are not open', async () => {
    const params = { ...here('Square('), context: { includeDeclaration: true } };
    await check('textDocument/references', params, uri, otherUri);
  });

  it('find symbols of the workspace', async () => {
    await check('workspace/symbol', { query: 'Squ' }, '"name":"Square"');
  });

  it('follow calls', async () => {
    const [item] = await editor.connection.sendRequest<readonly object[]>(
      'textDocument/prepareCallHierarchy',
      here('area(self'),
    );
    await check('callHierarchy/incomingCalls', { item }, '"name":"total"');
    const [total] = await editor.connection.sendRequest<readonly object[]>(
      'textDocument/prepareCallHierarchy',
      here('total(shapes'),
    );
    await check('callHierarchy/outgoingCalls', { item: total }, '"name":"area"');
  });

  it('resolve a completion to its documentation', async () => {
    const list = await editor.connection.sendRequest<{ items: readonly { label: string }[] }>(
      'textDocument/completion',
      here('area()'),
    );
    const item = list.items.find(({ label }) => label === 'area');
    if (!item) throw new Error('area is completed');
    await check('completionItem/resolve', item, 'The area.');
  });

  it('sort imports when the action is resolved', async () => {
    const params = {
      textDocument: { uri },
      range: { start: at('import os'), end: at('import os') },
      context: { diagnostics: [], only: ['source.organizeImports'] },
    };
    const [action] = await editor.connection.sendRequest<readonly object[]>(
      'textDocument/codeAction',
      params,
    );
    if (!action) throw new Error('imports can be organized');
    await check('codeAction/resolve', action, 'import abc\\nimport os\\nimport struct');
  });
});

describe('merged with ours', () => {
  it('a hover shows the layout of a format above its type', async () => {
    const hover = await editor.connection.sendRequest<{ contents: { value: string } }>(
      'textDocument/hover',
      here("'QdQ'", 1),
    );
    expect(hover.contents.value).toContain('24 bytes');
  });
});

describe('a request', () => {
  it('that is cancelled settles as cancelled', async () => {
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const asked = editor.connection.sendRequest(
      'textDocument/hover',
      here('total(['),
      source.token,
    );
    source.cancel();
    await expect(asked).rejects.toThrow(/cancel/i);
  });

  it('is answered while a long check is under way', async () => {
    const long = Array.from(
      { length: 400 },
      (_, i) => `def f${i}(xs: list[int]) -> dict[str, int]:
    return {str(x): x * ${i} for x in sorted(xs, key=lambda each: -each)}
`,
    ).join('\n');
    const longUri = pathToFileURL(join(folder, 'long.py')).href;
    editor.open(longUri, `${long}\nwrong: str = f1([])\n`);
    await editor.untilStatusOf(longUri, 1, ({ state }) => state === 'checking');
    await check('textDocument/hover', here('total(['), 'def total');
    // The check goes on afterwards.
    const checked = await editor.untilPublished(
      (each) =>
        each.uri === longUri &&
        each.diagnostics.some(({ code }) => code === 'reportAssignmentType'),
    );
    expect(checked.diagnostics.map(({ code }) => code)).toEqual(['reportAssignmentType']);
  });
});

describe('registration', () => {
  const dynamic = {
    textDocument: {
      completion: { dynamicRegistration: true },
      rename: { dynamicRegistration: true },
    },
    workspace: { symbol: { dynamicRegistration: true } },
  };

  it('follows the switch: off where another type server is active, on when it goes', async () => {
    const other = await startEditor({
      transport: 'ipc',
      capabilities: dynamic,
      settings: { checkTypes: false },
    });
    expect(other.initialized.capabilities).toMatchObject({
      hoverProvider: true,
      codeActionProvider: {},
    });
    expect(other.initialized.capabilities).not.toHaveProperty('completionProvider');
    expect(other.initialized.capabilities).not.toHaveProperty('typeDefinitionProvider');
    expect(other.registered()).toEqual([]);

    const change = (checkTypes: boolean) =>
      void other.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { checkTypes, trusted: false },
      });
    change(true);
    const methods = ['textDocument/completion', 'textDocument/rename', 'workspace/symbol'];
    await other.untilRegistered((all) => methods.every((method) => all.includes(method)));
    change(false);
    await other.untilRegistered((all) => all.length === 0);
    expect(await other.connection.sendRequest('textDocument/hover', here('total(['))).toBeNull();
    await other.close();
  });
});
