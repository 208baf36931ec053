import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemOfEdits, replaceBytes } from '#shared/edit/bufferEdit.ts';
import { changedRanges, EditHistory } from '#shared/edit/editHistory.ts';
import type { PieceTree } from '#shared/edit/pieceTree.ts';
import {
  byteLengthOf,
  pieceCountOf,
  piecesIn,
  replaceRange,
  wholeSource,
} from '#shared/edit/pieceTree.ts';

/** What a buffer may be asked to do, with places told as shares of what is there. */
type Step =
  | {
      readonly kind: 'edit';
      readonly from: number;
      readonly share: number;
      readonly bytes: number[];
      readonly repeat: number;
    }
  | { readonly kind: 'undo' | 'redo' | 'saveInPlace' | 'saveAnew' };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      from: place,
      share: fc.oneof(fc.constant(0), place),
      bytes: fc.array(fc.nat(255), { maxLength: 6 }),
      repeat: fc.nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'undo' as const,
        'undo' as const,
        'redo' as const,
        'saveInPlace' as const,
        'saveAnew' as const,
      ),
    }),
  },
);

/** The files that there were, as plain arrays; the last one is on disk. */
class Disk {
  readonly files: Uint8Array[];
  constructor(bytes: Uint8Array) {
    this.files = [bytes];
  }
  contents(tree: PieceTree, start = 0, end = byteLengthOf(tree)): number[] {
    const bytes: number[] = [];
    for (const { at, piece } of piecesIn(tree, start, end)) {
      expect(at).toBe(start + bytes.length);
      for (let k = 0; k < piece.length; k++) {
        const from = piece.start + k;
        if (piece.kind === 'source') bytes.push(this.files[piece.source]?.[from] ?? -1);
        else if (piece.kind === 'bytes') bytes.push(piece.bytes[from] ?? -1);
        else bytes.push(piece.pattern[from % piece.pattern.length] ?? -1);
      }
    }
    return bytes;
  }
}

describe('an edit history and a plain array agree', () => {
  test('over edits, undo, redo and saves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(255), { maxLength: 40 }),
        fc.array(step, { maxLength: 60 }),
        place,
        place,
        (first, steps, one, other) => {
          const disk = new Disk(Uint8Array.from(first));
          const history = new EditHistory(wholeSource(0, first.length));
          let states: number[][] = [first];
          let at = 0;
          let onDisk: number[] | undefined = first;
          for (const next of steps) {
            const now = states[at] ?? [];
            switch (next.kind) {
              case 'edit': {
                const start = Math.floor(next.from * now.length);
                const end = start + Math.floor(next.share * (now.length - start));
                const length = next.bytes.length * next.repeat;
                const written = Array.from({ length: next.repeat }, () => next.bytes).flat();
                const bytes = Uint8Array.from(next.bytes).buffer;
                const edits = [{ start, end, bytes, length }];
                expect(problemOfEdits(edits, now.length)).toBeUndefined();
                history.apply(edits);
                states = [
                  ...states.slice(0, at + 1),
                  [...now.slice(0, start), ...written, ...now.slice(end)],
                ];
                at++;
                break;
              }
              case 'undo':
                expect(history.undo()).toBe(at > 0);
                at = Math.max(0, at - 1);
                break;
              case 'redo':
                expect(history.redo()).toBe(at < states.length - 1);
                at = Math.min(states.length - 1, at + 1);
                break;
              case 'saveInPlace': {
                const source = disk.files.length - 1;
                const file = disk.files[source] ?? new Uint8Array();
                if (file.length !== now.length) break;
                const before = changedRanges(history.tree, source).map(({ start, end }) => ({
                  start,
                  bytes: file.slice(start, end),
                }));
                file.set(disk.contents(history.tree));
                history.savedInPlace(source, before);
                onDisk = now;
                break;
              }
              case 'saveAnew':
                disk.files.push(Uint8Array.from(disk.contents(history.tree)));
                history.savedAs(disk.files.length - 1);
                onDisk = now;
                break;
            }
            const expected = states[at] ?? [];
            expect(disk.contents(history.tree)).toEqual(expected);
            if (!history.isDirty) expect(expected).toEqual(onDisk);
            const [start, end] = [one, other]
              .map((share) => Math.floor(share * expected.length))
              .sort((a, b) => a - b) as [number, number];
            expect(disk.contents(history.tree, start, end)).toEqual(expected.slice(start, end));
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a piece tree', () => {
  test('stays shallow, and typing in a row stays one piece', () => {
    const history = new EditHistory(wholeSource(0, 1_000_000));
    for (let k = 0; k < 20_000; k++)
      history.apply([replaceBytes((k * 7919) % 1_000_000, ((k * 7919) % 1_000_000) + 1, one(k))]);
    expect(depthOf(history.tree)).toBeLessThan(45);
    const typed = new EditHistory(wholeSource(0, 1000));
    for (let k = 0; k < 500; k++) typed.apply([replaceBytes(100 + k, 101 + k, one(k))]);
    expect(pieceCountOf(typed.tree)).toBe(3);
  });

  test('fills any length at no cost', () => {
    const tree = replaceRange(wholeSource(0, 100), 50, 50, {
      kind: 'fill',
      pattern: Uint8Array.of(1, 2),
      start: 0,
      length: 1e12,
    });
    expect(byteLengthOf(tree)).toBe(1e12 + 100);
    expect([...piecesIn(tree, 51, 53)].map(({ piece }) => piece.start)).toEqual([1]);
  });
});

describe('edits that make no sense are named', () => {
  test.each([
    [[{ start: 5, end: 4, bytes: new ArrayBuffer(1), length: 1 }], /bytes 5 to 4/],
    [[{ start: 0, end: 11, bytes: new ArrayBuffer(1), length: 1 }], /there are 10/],
    [[{ start: 0, end: 0, bytes: new ArrayBuffer(0), length: 5 }], /byte to fill with/],
    [[{ start: 0.5, end: 1, bytes: new ArrayBuffer(1), length: 1 }], /whole numbers/],
    [[{ start: 0, end: 0, bytes: new ArrayBuffer(1), length: 2 ** 53 - 1 }], /can be counted/],
  ])('%j', (edits, message) => {
    expect(problemOfEdits(edits, 10)).toMatch(message);
  });
});

function one(k: number): Uint8Array {
  return Uint8Array.of(k & 255);
}

function depthOf(tree: PieceTree): number {
  return tree ? 1 + Math.max(depthOf(tree.left), depthOf(tree.right)) : 0;
}
