/** What pyright's evaluator knows and its own language server does not say: hints, tokens, implementations, moves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  InlayHint,
  Location,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { indexLines } from '../../src/python/lineIndex.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const hints = `import struct
from pathlib import Path


def first(items: list[int], limit: int = 3):
    if limit > 2:
        return None
    return items[0]


async def later(path: Path):
    return path.read_bytes()


def pair():
    return "a", b"b"


def opener():
    return open("x")


def add(x, y):
    return x + y


view = memoryview(bytearray(4))
found = first([1], 4)
values = {"a": [1.5]}
plain = 3
thing = Path("x")
maker = pair
either = 1 if found else "one"
twice = struct.calcsize("<I")
twice = view.tobytes()
with open("x") as handle:
    pass
`;

const files: Readonly<Record<string, string>> = {
  'hints.py': hints,
  'pkg/__init__.py': '',
  'pkg/shape.py': `from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...


class Square(Shape):
    def area(self) -> float:
        return 1.0
`,
  'pkg/round.py': `from . import shape
from .shape import Shape


class Circle(Shape):
    def area(self) -> float:
        return 3.0


base = shape.Shape
`,
  'main.py': `import pkg.shape
import tool
from pkg.shape import Square
from pkg import shape as kept

print(pkg.shape.Square(), Square, tool.run(), kept)
`,
  'tool.py': 'def run() -> int:\n    return 1\n',
  'tokens.py': `from enum import Enum
import os

LIMIT = 3


class Color(Enum):
    RED = 1


class Car:
    wheels: int = 4

    @property
    def color(self) -> Color:
        return Color.RED

    def drive(self, far: int) -> int:
        return far + self.wheels + LIMIT


async def go(car: Car) -> None:
    print(car.drive(1), car.color, os.sep)
`,
};

const folder = mkdtempSync(join(tmpdir(), 'strata-evaluator-'));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
let editor: Editor;
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  editor = await startEditor({
    transport: 'ipc',
    folder,
    settings: {
      pythonVersion: '3.12',
      inlayHints: { variableTypes: true, functionReturnTypes: true, callArgumentNames: 'literals' },
    },
  });
  for (const name of ['hints.py', 'tokens.py']) editor.open(uriOf(name), files[name] ?? '');
});
afterAll(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = indexLines(text);
  return [...edits]
    .map(({ range, newText }) => ({
      start: lines.offsetAt(range.start),
      end: lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, newText }) => all.slice(0, start) + newText + all.slice(end), text);
}

describe('inlay hints', () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const ask = (name: string, range = whole) =>
    editor.connection.sendRequest<readonly InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: uriOf(name) },
      range,
    });
  const labels = (all: readonly InlayHint[]) =>
    all
      .map(({ position, label }) => `${position.line} ${typeof label === 'string' ? label : ''}`)
      .sort();

  it('say what the text leaves out, and nothing that it says', async () => {
    expect(labels(await ask('hints.py'))).toEqual(
      [
        '4  -> int | None',
        '10  -> bytes',
        '14  -> tuple[str, bytes]',
        '18  -> TextIOWrapper[_WrappedBuffer]',
        '26 : memoryview[int]',
        '27 : int | None',
        '27 limit=',
        '28 : dict[str, list[float]]',
        '32 : int | str',
        '33 : int',
        '33 format=',
      ].sort(),
    );
  });

  it('are asked for a part of the text', async () => {
    const range = { start: { line: 26, character: 0 }, end: { line: 26, character: 20 } };
    expect(labels(await ask('hints.py', range))).toEqual(['26 : memoryview[int]']);
  });

  it('are inserted as legal annotations, with the imports that these need', async () => {
    const all = await ask('hints.py');
    const edits = all.flatMap(({ textEdits }) => textEdits ?? []);
    const text = applied(hints, edits);
    expect(text).toContain('def first(items: list[int], limit: int = 3) -> int | None:');
    expect(text).toContain('view: memoryview[int] = memoryview');
    // What has no legal form is shown, and not inserted; so is a variable that gets another type later.
    expect(text).toContain('def opener():');
    expect(text).toContain('\ntwice = struct');
  });
});

describe('a missing import', () => {
  const text = 'print(Path("x"), json, Square, np, Iterator, nowhere_to_be_found)\n';

  async function fixes(name: string): Promise<Readonly<Record<string, string>>> {
    const uri = uriOf('missing.py');
    const start = { line: 0, character: text.indexOf(name) };
    const range = { start, end: { line: 0, character: start.character + name.length } };
    const diagnostic = { range, code: 'reportUndefinedVariable', message: '' };
    const actions = await editor.connection.sendRequest<readonly CodeAction[]>(
      'textDocument/codeAction',
      {
        textDocument: { uri },
        range,
        context: { diagnostics: [diagnostic], only: ['quickfix'] },
      },
    );
    return Object.fromEntries(
      actions
        .filter(({ title }) => title.startsWith('Import '))
        .map(({ title, edit }) => [
          title,
          applied(text, edit?.changes?.[uri] ?? []).split('\n')[0] ?? '',
        ]),
    );
  }

  beforeAll(() => editor.open(uriOf('missing.py'), text));

  it.each([
    ['Path', 'Import "Path" from "pathlib"', 'from pathlib import Path'],
    ['json', 'Import "json"', 'import json'],
    ['Square', 'Import "Square" from "pkg.shape"', 'from pkg.shape import Square'],
    ['np', 'Import "numpy" as "np"', 'import numpy as np'],
    [
      'Iterator',
      'Import "Iterator" from "collections.abc"',
      'from collections.abc import Iterator',
    ],
  ])('of %s can be added', async (name, title, line) => {
    expect(await fixes(name)).toMatchObject({ [title]: line });
  });

  it('of what nobody has can not', async () => {
    expect(await fixes('nowhere_to_be_found')).toEqual({});
  });
});

describe('semantic tokens', () => {
  it('tell what each name stands for', async () => {
    const text = files['tokens.py'] ?? '';
    const { data } = await editor.connection.sendRequest<SemanticTokens>(
      'textDocument/semanticTokens/full',
      { textDocument: { uri: uriOf('tokens.py') } },
    );
    const { legend } = (await legendOf()) as { legend: { tokenTypes: readonly string[] } };
    const lines = text.split('\n');
    const seen = new Set<string>();
    let line = 0;
    let character = 0;
    for (let i = 0; i < data.length; i += 5) {
      const [down = 0, right = 0, length = 0, type = 0] = data.slice(i, i + 4);
      character = down > 0 ? right : character + right;
      line += down;
      seen.add(
        `${lines[line]?.slice(character, character + length) ?? ''} ${legend.tokenTypes[type] ?? ''}`,
      );
    }
    for (const token of [
      'Enum enum',
      'os namespace',
      'LIMIT variable',
      'Color enum',
      'RED enumMember',
      'Car class',
      'wheels property',
      'color property',
      'drive method',
      'far parameter',
      'go function',
      'car parameter',
    ])
      expect([...seen]).toContain(token);
  });

  async function legendOf(): Promise<unknown> {
    const other = await startEditor({ transport: 'ipc', settings: { checkTypes: true } });
    const { semanticTokensProvider } = other.initialized.capabilities;
    await other.close();
    return semanticTokensProvider;
  }
});

describe('implementations', () => {
  it.each([
    ['class Shape', 'class '.length, ['pkg/round.py 4', 'pkg/shape.py 8']],
    ['def area', 'def '.length, ['pkg/round.py 5', 'pkg/shape.py 9']],
  ])('of %s are found in files that are not open', async (piece, offset, expected) => {
    const text = files['pkg/shape.py'] ?? '';
    const position = indexLines(text).positionAt(text.indexOf(piece) + offset);
    const found = await editor.connection.sendRequest<readonly Location[]>(
      'textDocument/implementation',
      { textDocument: { uri: uriOf('pkg/shape.py') }, position },
    );
    const places = found.map(
      ({ uri, range }) => `${uri.slice(uriOf('').length)} ${range.start.line}`,
    );
    expect(places.map((each) => each.replace(/^\//, '')).sort()).toEqual(expected);
  });
});

describe('imports follow', () => {
  const ask = async (from: string, to: string) => {
    const edit = await editor.connection.sendRequest<WorkspaceEdit | null>(
      'workspace/willRenameFiles',
      { files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] },
    );
    return Object.fromEntries(
      Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
        const name = uri.slice(uriOf('').length).replace(/^\//, '');
        return [
          name,
          applied(files[name] ?? '', edits)
            .split('\n')
            .slice(0, 6)
            .join('\n'),
        ];
      }),
    );
  };

  it('a module that gets another name', async () => {
    expect(await ask('pkg/shape.py', 'pkg/form.py')).toEqual({
      'pkg/round.py':
        'from . import form as shape\nfrom .form import Shape\n\n\nclass Circle(Shape):\n    def area(self) -> float:',
      'main.py':
        'import pkg.form\nimport tool\nfrom pkg.form import Square\nfrom pkg import form as kept\n\nprint(pkg.form.Square(), Square, tool.run(), kept)',
    });
  });

  it('a module that is imported by one name', async () => {
    const { 'main.py': main } = await ask('tool.py', 'instrument.py');
    expect(main).toContain('import instrument as tool');
  });

  it('a package that gets another name', async () => {
    const { 'main.py': main, ...rest } = await ask('pkg', 'shapes');
    expect(main).toContain('import shapes.shape\n');
    expect(main).toContain('from shapes.shape import Square');
    expect(main).toContain('print(shapes.shape.Square()');
    // What is relative inside it stays as it is.
    expect(rest).toEqual({});
  });

  it('out of a module that moves into a folder', async () => {
    const { 'pkg/round.py': round } = await ask('pkg/round.py', 'pkg/curved/round.py');
    expect(round).toContain('from ..shape import Shape');
  });
});
