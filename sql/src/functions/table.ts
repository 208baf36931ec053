/** All functions by name. */
import { aggregates } from './aggregates.ts';
import { arrays } from './arrays.ts';
import { characters } from './characters.ts';
import { conditionals } from './conditionals.ts';
import { dates } from './dates.ts';
import { bitmaps, hashes } from './hashes.ts';
import { higherOrder } from './higherOrder.ts';
import { json } from './json.ts';
import { intervals } from './intervals.ts';
import { maps } from './maps.ts';
import { datetimes } from './datetimes.ts';
import { mathematics } from './mathematics.ts';
import { distributions } from './distributions.ts';
import { generators } from './generators.ts';
import { numbers } from './numbers.ts';
import { operators } from './operators.ts';
import { random } from './random.ts';
import type { FunctionRow } from './row.ts';
import { runtime } from './runtime.ts';
import { sparkFunctionNames } from './sparkNames.ts';
import { statistics } from './statistics.ts';
import { strings } from './strings.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';
import { urls } from './urls.ts';
import { sketches } from './sketches.ts';
import { vectors } from './vectors.ts';
import { variants } from './variants.ts';
import { groupingFunctions, windows } from './windows.ts';

export const functionRows: readonly FunctionRow[] = [
  ...aggregates,
  ...arrays,
  ...characters,
  ...conditionals,
  ...dates,
  ...bitmaps,
  ...hashes,
  ...higherOrder,
  ...json,
  ...intervals,
  ...maps,
  ...datetimes,
  ...distributions,
  ...generators,
  ...groupingFunctions,
  ...mathematics,
  ...numbers,
  ...operators,
  ...random,
  ...runtime,
  ...statistics,
  ...strings,
  ...texts,
  ...times,
  ...urls,
  ...variants,
  ...sketches,
  ...vectors,
  ...windows,
];

const byName = new Map(
  functionRows.flatMap((row) =>
    [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const),
  ),
);

/** Ignores case. */
export function findFunction(name: string): FunctionRow | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether Spark has a function of that name, supported here or not. */
export function isSparkFunction(name: string): boolean {
  return sparkFunctionNames.has(name.toLowerCase());
}
