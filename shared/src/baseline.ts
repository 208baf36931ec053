/**
 * A baseline: the findings that a project accepts for now, so that only new ones are reported.
 *
 * Findings are told apart by what they say and by the text of the line they stand on, not by its number: code that
 * moves stays accepted, and a line that changes is looked at again. Knows no files.
 */

/** The name that a baseline has in the folder that its paths are relative to. */
export const BASELINE_FILE = 'strata-baseline.json';

export interface BaselineEntry {
  readonly rule: string | null;
  /** The first line of it. */
  readonly message: string;
  /** The text of the line, without its indentation. */
  readonly line: string;
  /** Left out for one. */
  readonly count?: number;
}

/** As it is written: one object a finding, so that a review sees which ones come and go. */
export interface BaselineFile {
  readonly version: 1;
  /** By path, with `/` between folders. */
  readonly findings: Readonly<Record<string, readonly BaselineEntry[]>>;
}

/** Undefined for a text that is no baseline of this form. */
export function readBaseline(text: string): BaselineFile | undefined {
  try {
    const read = JSON.parse(text) as Partial<BaselineFile> | null;
    return read?.version === 1 && typeof read.findings === 'object'
      ? { version: 1, findings: read.findings }
      : undefined;
  } catch {
    return undefined;
  }
}

export function baselineEntry(
  rule: string | null,
  message: string,
  lineText: string,
): BaselineEntry {
  return { rule, message: message.split('\n', 1)[0] ?? '', line: lineText.trim() };
}

export function baselineKey({ rule, message, line }: BaselineEntry): string {
  return JSON.stringify([rule, message, line]);
}

/** Of the findings in one file those that its entries do not accept, and how many entries accept nothing any more. */
export function beyondBaseline<T>(
  entries: readonly BaselineEntry[],
  findings: readonly T[],
  entryOf: (finding: T) => BaselineEntry,
): { readonly unaccepted: readonly T[]; readonly goneCount: number } {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(baselineKey(entry), entry.count ?? 1);
  const unaccepted = findings.filter((each) => {
    const key = baselineKey(entryOf(each));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const goneCount = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  return { unaccepted, goneCount };
}
