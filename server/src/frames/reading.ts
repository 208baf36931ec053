/** A script that is read for its text's sake: what each expression stands for, and which schemas are missing. */
import type { SyntaxNode } from '@lezer/common';
import type { ScriptFile } from '#shared/protocol/frameScript.ts';
import type { PythonSource } from '../python/pythonSource.ts';
import type { Arguments } from './arguments.ts';
import { scriptOf } from './readScript.ts';
import type { FieldsOfFile } from './schemas.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';

export interface Named {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly value: Value;
}

export interface Called {
  readonly callee: Value;
  readonly args: Arguments;
}

/** Offsets are those of the source's `text`. */
export interface ScriptReading {
  readonly script: Script;
  readonly names: readonly Named[];
  readonly calls: readonly Called[];
  /** Of every expression that was read; the last time, where it was read more than once. */
  valueOf(node: { readonly from: number; readonly to: number }): Value | undefined;
  readonly frames: readonly { readonly frame: Frame; readonly node: SyntaxNode }[];
  readonly missing: readonly ScriptFile[];
}

const readings = new WeakMap<
  PythonSource,
  { readonly fields: FieldsOfFile; readonly reading: ScriptReading }
>();

/** Read once for each version of a text and each state of the schemas. */
export function readingOf(source: PythonSource, fieldsOfFile: FieldsOfFile): ScriptReading {
  const known = readings.get(source);
  if (known?.fields === fieldsOfFile) return known.reading;
  const reading = readAnew(source, fieldsOfFile, false);
  readings.set(source, { fields: fieldsOfFile, reading });
  return reading;
}

/** `wantsSteps` for whoever runs it, too. */
export function readAnew(
  source: PythonSource,
  fieldsOfFile: FieldsOfFile,
  wantsSteps: boolean,
): ScriptReading {
  const values = new Map<number, Value>();
  const names: Named[] = [];
  const calls: Called[] = [];
  const frames: { readonly frame: Frame; readonly node: SyntaxNode }[] = [];
  const seen = new Set<number>();
  // Places are those of the tree, which closes brackets that the text leaves open.
  const plain: PythonSource = { ...source, original: source.text, insertions: [] };
  const script = scriptOf(plain, fieldsOfFile, {
    wantsSteps,
    evaluated(node, value) {
      values.set(keyOf(node), value);
      if (value.kind !== 'frame' || seen.has(value.planId)) return;
      seen.add(value.planId);
      frames.push({ frame: value, node });
    },
    named(name, { from, to }, value) {
      names.push({ name, from, to, value });
    },
    called(callee, args) {
      calls.push({ callee, args });
    },
  });
  return {
    script,
    names,
    calls,
    frames,
    valueOf: (node) => values.get(keyOf(node)),
    missing: [...script.schemas.missing.values()],
  };
}

/** One number for a place: texts are shorter than this. */
function keyOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return from * 2 ** 26 + to;
}

/** Whether the text is one that PySpark code can be in, told without reading it. */
export function mayUseSpark(text: string): boolean {
  return text.includes('pyspark');
}
