/** A client that pulls findings has them when it asks, and is pushed none. */
import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const uri = 'file:///strata-test/pulled.py';
const otherUri = 'file:///strata-test/other.py';
const source = `import struct

def half(n: int) -> int:
    return n / 2

struct.pack_into('QdQ', bytearray(16), 0, 1, 2.0, 3)
`;

let editor: Editor;
beforeAll(async () => {
  editor = await startEditor({
    transport: 'ipc',
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    },
  });
  editor.connection.onRequest('workspace/diagnostic/refresh', () => null);
});
afterAll(() => editor.close());

async function pull(of = uri, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return editor.connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri: of },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });
}

const rules = (report: DocumentDiagnosticReport) =>
  report.kind === 'full' ? report.items.map(({ code }) => String(code)).sort() : report.kind;

it('is answered when all has been said, and pushed nothing', async () => {
  expect(editor.initialized.capabilities.diagnosticProvider).toMatchObject({
    interFileDependencies: true,
  });
  editor.open(uri, source);
  const report = await pull();
  expect(rules(report)).toEqual(['reportReturnType', 'struct-size']);
  expect(rules(await pull(uri, report.resultId))).toBe('unchanged');
  expect(editor.published).toEqual([]);
});

it('is answered for the version that it asks about', async () => {
  editor.change(uri, 2, source.replace('n / 2', 'n // 2'));
  expect(rules(await pull())).toEqual(['struct-size']);
});

it('is answered for a document that is not open', async () => {
  expect(rules(await pull(otherUri))).toEqual([]);
});

it('has what is ours alone when another checker takes over', async () => {
  editor.change(uri, 3, source);
  await pull();
  const settings = { checkTypes: false, trusted: false };
  void editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  await editor.untilStatus(({ state }) => state === 'off');
  expect(rules(await pull())).toEqual(['struct-size']);
});
