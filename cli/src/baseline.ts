/**
 * A baseline: the findings that a project accepts for now, so that only new ones are reported.
 *
 * Findings are told apart by what they say and by the text of the line they stand on, not by its number: code that
 * moves stays accepted, and a line that changes is looked at again.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckDiagnostic } from './checkReport.ts';
import { CannotRun } from './command.ts';

export const BASELINE_FILE = 'strata-baseline.json';

/** As it is written: one object a finding, so that a review sees which ones come and go. */
interface Entry {
  readonly rule: string | null;
  readonly message: string;
  /** The text of the line, without its indentation. */
  readonly line: string;
  /** Left out for one. */
  readonly count?: number;
}
interface BaselineFile {
  readonly version: 1;
  readonly findings: Readonly<Record<string, readonly Entry[]>>;
}

export interface Baseline {
  /** The findings beyond what is accepted, in their order. */
  readonly unaccepted: readonly CheckDiagnostic[];
  readonly acceptedCount: number;
  /** Accepted findings that are no longer there. */
  readonly goneCount: number;
}

export type LinesOf = (file: string) => readonly string[];

export function applyBaseline(
  path: string,
  diagnostics: readonly CheckDiagnostic[],
  linesOf: LinesOf,
  checkedFiles: ReadonlySet<string>,
): Baseline {
  const left = new Map<string, number>();
  for (const [file, entries] of Object.entries(readBaseline(path).findings)) {
    // What was not looked at now is neither there nor gone.
    if (!checkedFiles.has(file)) continue;
    for (const entry of entries) left.set(keyOf(file, entry), entry.count ?? 1);
  }
  const unaccepted = diagnostics.filter((each) => {
    const key = keyOf(each.file, entryOf(each, linesOf));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const goneCount = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  return { unaccepted, acceptedCount: diagnostics.length - unaccepted.length, goneCount };
}

export function writeBaseline(
  path: string,
  diagnostics: readonly CheckDiagnostic[],
  linesOf: LinesOf,
  checkedFiles: ReadonlySet<string>,
): void {
  const before = existsSync(path) ? readBaseline(path).findings : {};
  const findings = new Map(Object.entries(before).filter(([file]) => !checkedFiles.has(file)));
  const counted = new Map<string, Entry & { count: number }>();
  for (const each of diagnostics) {
    const entry = entryOf(each, linesOf);
    const key = keyOf(each.file, entry);
    const known = counted.get(key);
    if (known) known.count++;
    else {
      const added = { ...entry, count: 1 };
      counted.set(key, added);
      findings.set(each.file, [...(findings.get(each.file) ?? []), added]);
    }
  }
  const written: BaselineFile = {
    version: 1,
    findings: Object.fromEntries(
      [...findings]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([file, entries]) => [file, entries.map(withoutOne)]),
    ),
  };
  writeFileSync(path, `${JSON.stringify(written, null, 2)}\n`);
}

/** Of a file as it was checked; a file that is gone by now has no lines. */
export function linesFrom(cwd: string): LinesOf {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const lines = known.get(file) ?? readLines(join(cwd, file));
    known.set(file, lines);
    return lines;
  };
}

function readLines(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split(/\r\n?|\n/) : [];
}

function readBaseline(path: string): BaselineFile {
  if (!existsSync(path))
    throw new CannotRun(`there is no baseline '${path}'; --write-baseline makes it`);
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<BaselineFile>;
    if (read.version === 1 && read.findings) return { version: 1, findings: read.findings };
  } catch {
    // Said below.
  }
  throw new CannotRun(`'${path}' is no baseline of this version of strata; write it anew`);
}

function entryOf(each: CheckDiagnostic, linesOf: LinesOf): Entry {
  return {
    rule: each.rule,
    message: each.message.split('\n', 1)[0] ?? '',
    line: (linesOf(each.file)[each.range.start.line] ?? '').trim(),
  };
}

function keyOf(file: string, { rule, message, line }: Entry): string {
  return JSON.stringify([file, rule, message, line]);
}

function withoutOne({ count, ...entry }: Entry): Entry {
  return count === undefined || count === 1 ? entry : { ...entry, count };
}
