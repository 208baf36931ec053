/** Reads and writes the baseline of `strata check`, whose paths are relative to the working directory. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BaselineEntry, BaselineFile } from '#shared/baseline.ts';
import { baselineEntry, baselineKey, beyondBaseline, readBaseline } from '#shared/baseline.ts';
import type { CheckDiagnostic } from './checkReport.ts';
import { CannotRun } from './command.ts';

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
  const { findings } = baselineAt(path);
  const unaccepted: CheckDiagnostic[] = [];
  let goneCount = 0;
  // What was not looked at now is neither there nor gone.
  for (const file of checkedFiles) {
    const found = diagnostics.filter((each) => each.file === file);
    const beyond = beyondBaseline(findings[file] ?? [], found, (each) => entryOf(each, linesOf));
    unaccepted.push(...beyond.unaccepted);
    goneCount += beyond.goneCount;
  }
  return { unaccepted, acceptedCount: diagnostics.length - unaccepted.length, goneCount };
}

export function writeBaseline(
  path: string,
  diagnostics: readonly CheckDiagnostic[],
  linesOf: LinesOf,
  checkedFiles: ReadonlySet<string>,
): void {
  const before = existsSync(path) ? baselineAt(path).findings : {};
  const kept = Object.entries(before).filter(([file]) => !checkedFiles.has(file));
  const counted = new Map<string, Map<string, BaselineEntry>>();
  for (const each of diagnostics) {
    const entry = entryOf(each, linesOf);
    const entries = counted.get(each.file) ?? new Map<string, BaselineEntry>();
    counted.set(each.file, entries);
    const known = entries.get(baselineKey(entry));
    entries.set(baselineKey(entry), known ? { ...known, count: (known.count ?? 1) + 1 } : entry);
  }
  const now = [...counted].map(([file, entries]) => [file, [...entries.values()]] as const);
  const written: BaselineFile = {
    version: 1,
    findings: Object.fromEntries([...kept, ...now].sort(([a], [b]) => (a < b ? -1 : 1))),
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

function baselineAt(path: string): BaselineFile {
  if (!existsSync(path))
    throw new CannotRun(`there is no baseline '${path}'; --write-baseline makes it`);
  const read = readBaseline(readFileSync(path, 'utf8'));
  if (read) return read;
  throw new CannotRun(`'${path}' is no baseline of this version of strata; write it anew`);
}

function entryOf(each: CheckDiagnostic, linesOf: LinesOf): BaselineEntry {
  return baselineEntry(each.rule, each.message, linesOf(each.file)[each.range.start.line] ?? '');
}
