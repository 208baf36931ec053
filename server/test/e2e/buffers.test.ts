/** What an editor shows of buffers: findings, hovers, hints behind the text and repairs. The text is all that is asked about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Hover, InlayHint } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ServerSettings } from '#shared/protocol/languageServer.ts';
import { indexLines } from '../../src/python/lineIndex.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'strata-buffers-'));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

let editor: Editor;
beforeAll(async () => {
  writeFileSync(join(folder, 'grid.npy'), npy('<f4', 'False', '(2, 3)', Buffer.alloc(24)));
  writeFileSync(join(folder, 'columns.npy'), npy('>i2', 'True', '(4, 5)', Buffer.alloc(40)));
  writeFileSync(join(folder, 'broken.npy'), Buffer.from('\x93NUMPY\x01\x00\xff', 'latin1'));
  writeFileSync(join(folder, 'raw.bin'), Buffer.alloc(50));
  editor = await startEditor({ transport: 'stdio', folder, settings: { checkTypes: false } });
});
afterAll(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

function npy(descr: string, fortranOrder: string, shape: string, data: Buffer): Buffer {
  const header =
    `{'descr': '${descr}', 'fortran_order': ${fortranOrder}, 'shape': ${shape}, }`.padEnd(117);
  return Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}\n`, 'latin1'), data]);
}

let documents = 0;

/** Opens the text as a new document; `|` marks the pointer. */
function open(marked: string) {
  const uri = uriOf(`text${++documents}.py`);
  const text = marked.replace('|', '');
  editor.open(uri, text);
  const position = indexLines(text).positionAt(Math.max(0, marked.indexOf('|')));
  return { uri, text, position };
}

async function hoverAt(marked: string): Promise<string> {
  const { uri, position } = open(marked);
  const hover = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  return (hover?.contents as { value: string } | undefined)?.value ?? '';
}

const numpy = 'import numpy as np\n';

describe('a hover', () => {
  it('draws the bytes of a format, with the field that is pointed at', async () => {
    const text = await hoverAt("import struct\nstruct.pack('Q|bQ', 1, 2, 3)\n");
    for (const part of [
      '**24 bytes**, 3 values',
      '| Code | C type | Python | Offset | Size | Padding before |',
      '| **`b`** | **signed char** | **int** | **8** | **1** | **–** |',
      '| `Q` | unsigned long long | int | 16 | 8 | 7 |',
      'native sizes and alignment',
    ])
      expect(text).toContain(part);
  });

  it.each([
    ['data = bytearray(8)\npart = data|[2:6]\n', 'Copy', '`data`, 4 bytes', 'new object'],
    ['data = memoryview(bytearray(8))\npart = data|[2:6]\n', 'View', '`data`', 'memory'],
    ['view = memoryview(bytearray(8))\nraw = view.to|bytes()\n', 'Copy', '`view`, 8 bytes', 'new'],
    [`${numpy}a = np.zeros(6)\nb = a|[::2]\n`, 'View', '`a`', 'stride'],
    [`${numpy}a = np.zeros(6)\nb = a[[0, 2]|]\n`, 'Copy', '`a`, 16 bytes', ''],
    [`${numpy}a = np.zeros(6)\nb = a.vi|ew('u1')\n`, 'View', '`a`', ''],
    [`${numpy}a = np.zeros(6)\nb = a.to|bytes()\n`, 'Copy', '`a`, 48 bytes', ''],
    [`${numpy}a = np.zeros(6)\nb = a.ast|ype('f4')\n`, 'Copy', '`a`, 24 bytes', ''],
    [`${numpy}b = np.arr|ay([1.5, 2, 3])\n`, 'Copy', '`[1.5, 2, 3]`, 24 bytes', 'list'],
    [`${numpy}b = np.from|buffer(b'abcd', 'u1')\n`, 'View', "`b'abcd'`", 'read-only'],
    [`${numpy}a = np.zeros(6)\nb = a.res|hape(2, 3)\n`, 'View', '`a`', ''],
    [`${numpy}a = np.zeros((2, 3)).T\nb = a.res|hape(6)\n`, 'Copy', '`a`, 48 bytes', ''],
  ])('says of %j whether it is a view or a copy, and why', async (marked, what, size, why) => {
    const text = await hoverAt(marked);
    expect(text).toContain(`**${what}** of ${size}: `);
    expect(text).toContain(why);
  });

  it('shows the layout of a view', async () => {
    const text = await hoverAt(
      "grid = memoryview(bytearray(24)).cast('H', (3, 4))\npart = grid.tobytes()\n|grid\n",
    );
    expect(text).toContain(
      '`memoryview` — format `H`, itemsize 2, shape `(3, 4)`, strides `(8, 2)`, C-contiguous, 24 bytes, writable',
    );
  });

  it.each([
    ["np.lo|ad('grid.npy')", '`float32`, shape `(2, 3)`, 24 bytes', 'grid.npy'],
    [
      "np.load('colu|mns.npy')",
      '`int16` (`>i2`, big-endian), shape `(4, 5)`, Fortran order, 40 bytes',
      'columns.npy',
    ],
    ["np.mem|map('raw.bin', np.int32, 'r')", '`int32`, 12 items in 50 bytes', 'raw.bin'],
    [
      "np.memmap('raw.bin', 'u1', 'r', 2, (|6, 8))",
      '`uint8`, shape `(6, 8)` from byte 2 on, 48 bytes of 50 bytes',
      'raw.bin',
    ],
    [
      "np.memmap('raw.bin', 'i4', 'r', 2, (3, |5))",
      '**the file has only 48 bytes there**',
      'raw.bin',
    ],
    ["np.mem|map('raw.bin', mode='r')", '`uint8`, 50 items in 50 bytes', 'raw.bin'],
    ["np.from|file('raw.bin', dtype='<f8')", '**2 bytes are left over**', 'raw.bin'],
    ["np.from|file('raw.bin', dtype='<f8', count=3)", '`float64`, 3 items', 'raw.bin'],
  ])('shows what the file in %s holds, and opens it', async (code, what, file) => {
    const text = await hoverAt(`${numpy}a = ${code}\n`);
    expect(text).toContain(what);
    const href = /\(command:strata\.openInInspector\?([^)]+)\)/.exec(text)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(href))).toEqual([uriOf(file)]);
  });

  it('says what is wrong with a file, and nothing of one that is not there', async () => {
    expect(await hoverAt(`${numpy}a = np.lo|ad('broken.npy')\n`)).toMatch(/broken\.npy.*\*\*/);
    expect(await hoverAt(`${numpy}a = np.lo|ad('absent.npy')\n`)).toBe('');
  });
});

describe('hints behind the text', () => {
  const text = `${numpy}a = np.zeros((2, 3))\nb = a.T\nc = a.tobytes()\n`;
  const hintsWith = async (inlayHints?: Partial<ServerSettings['inlayHints']>) => {
    const settings = { checkTypes: false, trusted: false, ...(inlayHints ? { inlayHints } : {}) };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    const { uri } = open(text);
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    const hints = await editor.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range,
    });
    return hints.map(
      ({ position, label }) => `${position.line}:${position.character} ${label as string}`,
    );
  };

  it('are off until asked for', async () => {
    expect(await hintsWith()).toEqual([]);
  });

  it('tell views from copies, and shape and dtype', async () => {
    expect(await hintsWith({ viewOrCopy: true })).toEqual(['2:7 view', '3:15 copy, 48 bytes']);
    expect(await hintsWith({ arrayLayouts: true })).toEqual([
      '1:1 : float64 (2, 3)',
      '2:1 : float64 (3, 2)',
    ]);
    expect(await hintsWith()).toEqual([]);
  });
});

describe('a finding', () => {
  const code =
    "import struct\nbuffer = bytearray(16)\nstruct.pack_into('QdQ', buffer, 0, 1, 2.0, 3)\n";

  it('comes with a link to its page, with where the buffer is made, and with a repair', async () => {
    const { uri } = open(code);
    const { diagnostics } = await editor.untilPublished((each) => each.uri === uri);
    expect(diagnostics).toMatchObject([
      {
        source: 'strata',
        code: 'struct-size',
        severity: 1,
        codeDescription: { href: expect.stringContaining('docs/rules/struct-size.md') as string },
        range: { start: { line: 2, character: 0 } },
      },
    ]);
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    });
    const repair = actions.find(({ title }) => title === 'Make the buffer 24 bytes long');
    expect(repair?.edit?.changes?.[uri]).toEqual([
      {
        range: { start: { line: 1, character: 19 }, end: { line: 1, character: 21 } },
        newText: '24',
      },
    ]);
    expect(actions.map(({ title }) => title)).toContain('Silence struct-size on this line');
  });

  it.each([
    ['warning', [2]],
    ['hint', [4]],
    ['off', []],
  ] as const)('is of severity %s where the settings say so', async (severity, expected) => {
    const settings = { checkTypes: false, trusted: false, rules: { 'struct-size': severity } };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    const { uri } = open(code);
    const { diagnostics } = await editor.untilPublished((each) => each.uri === uri);
    expect(diagnostics.map((each) => each.severity)).toEqual(expected);
  });
});
