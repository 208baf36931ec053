/**
 * The function that is being edited is checked before the rest of a long module. Whatever is shown on the way is true
 * of the text at that moment, and the check of the whole adds nothing to it that it should have said.
 */
import type { Diagnostic } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Editor, Published } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const uri = 'file:///strata-test/long.py';

const unit = (i: number) => `
@dataclass
class Item${i}(Generic[T]):
    value: T

    def mapped(self, f: Callable[[T], K]) -> "Item${i}[K]":
        return Item${i}(f(self.value))


def build${i}(xs: list[int], scale: float = 1.0) -> dict[str, Item${i}[float]]:
    out: dict[str, Item${i}[float]] = {}
    for ix, x in enumerate(xs):
        out[str(ix)] = Item${i}(x).mapped(lambda v: v * scale)
    return out
`;

const text = `from dataclasses import dataclass
from typing import Callable, Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class Base:
    limit: int = 3

    def size(self, scale: int) -> int:
        return scale


class Derived(Base):
    def size(self, scale: str) -> int:
        count = 1
        return count


first: int = "one"  # reportAssignmentType, before the edits
${Array.from({ length: 24 }, (_, i) => unit(i)).join('')}
last: int = "two"  # reportAssignmentType, after the edits
`;

let editor: Editor;
let version = 1;
let current = text;
beforeAll(async () => {
  editor = await startEditor({ transport: 'ipc' });
  editor.open(uri, text);
  await editor.untilPublished((each) => each.diagnostics.length >= 3);
  await editor.untilStatus(({ state }) => state === 'ready');
});
afterAll(() => editor.close());

/** `line rule` of what is no mere hint. */
function shown({ diagnostics }: Published): readonly string[] {
  return diagnostics
    .filter(isError)
    .map(({ range, code }) => `${range.start.line} ${String(code)}`);
}

function sorted(published: Published | undefined): readonly string[] {
  return published ? [...shown(published)].sort() : [];
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 1;
}

const lineOf = (piece: string) => current.slice(0, current.indexOf(piece)).split('\n').length - 1;

/** How much was published before the last edit. */
let since = 0;

/** Replaces `before`, and gives all that is published of the new version until the whole is checked. */
async function edit(before: string, after: string): Promise<readonly Published[]> {
  const offset = current.indexOf(before);
  const head = current.slice(0, offset).split('\n');
  const tail = before.split('\n');
  const start = { line: head.length - 1, character: head.at(-1)?.length ?? 0 };
  const end = {
    line: start.line + tail.length - 1,
    character: (tail.length === 1 ? start.character : 0) + (tail.at(-1)?.length ?? 0),
  };
  current = current.slice(0, offset) + after + current.slice(offset + before.length);
  since = editor.published.length;
  version++;
  editor.change(uri, version, after, { start, end });
  await editor.untilStatusOf(uri, version, ({ state }) => state === 'ready');
  return editor.published.slice(since).filter((each) => each.version === version);
}

const unchanged = () => [
  `${lineOf('def size(self, scale: str)')} reportIncompatibleMethodOverride`,
  `${lineOf('first: int')} reportAssignmentType`,
  `${lineOf('last: int')} reportAssignmentType`,
];

/** What is shown is never more than the truth, and the last is all of it. */
async function expectTrue(truth: readonly string[]): Promise<void> {
  const whole = [...truth].sort();
  const isWhole = (each: Published) =>
    each.version === version && sorted(each).join() === whole.join();
  await editor.untilPublished(isWhole, since);
  const published = editor.published.slice(since).filter((each) => each.version === version);
  for (const each of published) {
    const seen = shown(each);
    expect(new Set(seen).size).toBe(seen.length);
    expect(whole).toEqual(expect.arrayContaining([...seen]));
  }
  expect(sorted(published.at(-1))).toEqual(whole);
}

describe('an edit inside a function', () => {
  it('is answered for that function first, and the rest moves along', async () => {
    const body = 'out: dict[str, Item12[float]] = {}\n';
    const published = await edit(body, `${body}    wrong: int = "no"\n    unknown_name\n`);
    const added = [
      `${lineOf('wrong: int')} reportAssignmentType`,
      `${lineOf('unknown_name')} reportUndefinedVariable`,
    ];
    const truth = [...unchanged(), ...added];
    await expectTrue(truth);
    // The first has what moved along, the second what the function itself has; only then the whole is checked.
    expect(sorted(published[0]).length).toBe(3);
    expect(sorted(published[1])).toEqual([...truth].sort());
  });

  it('shows what was repaired as repaired', async () => {
    await edit('    wrong: int = "no"\n    unknown_name\n', '');
    await expectTrue(unchanged());
  });

  it('keeps what only a look at the whole class can find', async () => {
    const published = await edit('        count = 1\n', '        count: int = ""\n');
    await expectTrue([...unchanged(), `${lineOf('count: int')} reportAssignmentType`]);
    for (const each of published)
      expect(shown(each)).toContain(
        `${lineOf('def size(self, scale: str)')} reportIncompatibleMethodOverride`,
      );
    await edit('        count: int = ""\n', '        count = 1\n');
  });

  it('obeys the comments that silence findings', async () => {
    await edit('    return out\n', '    return 3  # type: ignore\n');
    await expectTrue(unchanged());
  });
});

describe('an edit elsewhere', () => {
  it('of a class is answered for that statement', async () => {
    await edit('limit: int = 3', 'limit: int = ""');
    await expectTrue([...unchanged(), `${lineOf('limit: int')} reportAssignmentType`]);
    await edit('limit: int = ""', 'limit: int = 3');
  });

  it('of a comment changes nothing', async () => {
    await edit('# reportAssignmentType, before', '# before');
    await expectTrue(unchanged());
  });

  it('that breaks the syntax of all that follows is answered by the whole', async () => {
    await edit('first: int = "one"', 'first: int = ("one"');
    const published = await edit('first: int = ("one"', 'first: int = "one"');
    expect(sorted(published.at(-1))).toEqual([...unchanged()].sort());
  });
});
