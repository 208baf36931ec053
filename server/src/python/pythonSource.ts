/** A version of a Python text and its syntax tree. Any text has a tree; what is wrong in it is marked, not refused. */
import type { Tree } from '@lezer/common';
import { TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Insertion } from './repair.ts';
import { missingClosers } from './repair.ts';

/** `text` replaces `[start, end)` of the text before it. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface PythonSource {
  /** As the editor has it. */
  readonly original: string;
  /** What `tree` is about: the original, with brackets closed where half-typed code left them open. */
  readonly text: string;
  readonly tree: Tree;
  readonly insertions: readonly Insertion[];
  /** What the next parse of an edited `original` can reuse. */
  readonly fragments: readonly TreeFragment[];
}

export function parsePython(original: string): PythonSource {
  return repaired(original, parser.parse(original), []);
}

/** Parses again only what the changes touched; each change speaks of the text that the one before it left. */
export function editPython(source: PythonSource, changes: readonly TextChange[]): PythonSource {
  let { original, fragments } = source;
  for (const change of changes) {
    original = original.slice(0, change.start) + change.text + original.slice(change.end);
    fragments = TreeFragment.applyChanges(fragments, [
      {
        fromA: change.start,
        toA: change.end,
        fromB: change.start,
        toB: change.start + change.text.length,
      },
    ]);
  }
  return repaired(original, parser.parse(original, fragments), fragments);
}

/** From an offset in `text` to the one in `original`. */
export function toOriginal(source: PythonSource, offset: number): number {
  let shift = 0;
  for (const insertion of source.insertions) {
    const start = insertion.offset + shift;
    if (offset <= start) break;
    shift += Math.min(insertion.text.length, offset - start);
  }
  return offset - shift;
}

/** From an offset in `original` to the one in `text`; at an insertion, the place before it. */
export function fromOriginal(source: PythonSource, offset: number): number {
  let shift = 0;
  for (const insertion of source.insertions)
    if (insertion.offset < offset) shift += insertion.text.length;
  return offset + shift;
}

function repaired(original: string, tree: Tree, previous: readonly TreeFragment[]): PythonSource {
  const plain: PythonSource = {
    original,
    text: original,
    tree,
    insertions: [],
    fragments: TreeFragment.addTree(tree, previous),
  };
  if (countErrors(tree) === 0) return plain;
  const certain = withInsertions(plain, missingClosers(original, 'certain'));
  const likely = withInsertions(plain, missingClosers(original, 'likely'));
  return countErrors(likely.tree) <= countErrors(certain.tree) ? likely : certain;
}

function withInsertions(source: PythonSource, insertions: readonly Insertion[]): PythonSource {
  if (insertions.length === 0) return source;
  let text = '';
  let at = 0;
  for (const insertion of insertions) {
    text += source.original.slice(at, insertion.offset) + insertion.text;
    at = insertion.offset;
  }
  text += source.original.slice(at);
  return { ...source, text, tree: parser.parse(text), insertions };
}

function countErrors(tree: Tree): number {
  let count = 0;
  tree.iterate({
    enter(node) {
      if (node.type.isError) count++;
    },
  });
  return count;
}
