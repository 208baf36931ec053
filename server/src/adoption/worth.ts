/** What is worth annotating next: what is called most, and is large, and lacks most. */
import type { ModuleCoverage } from './coverage.ts';

export interface Worth {
  /** Calls of that name in all files looked at. */
  readonly calls: number;
  /** Higher is worth more; zero for what lacks nothing. */
  readonly worth: number;
}

export function callsInAll(modules: Iterable<ModuleCoverage>): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const { calls } of modules)
    for (const [name, count] of calls) all.set(name, (all.get(name) ?? 0) + count);
  return all;
}

/** Lines count by their logarithm: a long function is worth more, but not by so much. */
export function worthOf(
  symbol: { readonly name: string; readonly annotated: number; readonly total: number },
  lineCount: number,
  calls: ReadonlyMap<string, number>,
): Worth {
  const count = calls.get(symbol.name.split('.').at(-1) ?? '') ?? 0;
  const missing = symbol.total - symbol.annotated;
  return {
    calls: count,
    worth: missing === 0 ? 0 : missing * (1 + count) * Math.log2(2 + lineCount),
  };
}
