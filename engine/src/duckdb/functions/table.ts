import { arrays } from './arrays.ts';
import { collations } from './collations.ts';
import { conditionals } from './conditionals.ts';
import { dates } from './dates.ts';
import { hashes } from './hashes.ts';
import { higherOrder } from './higherOrder.ts';
import { json } from './json.ts';
import { maps } from './maps.ts';
import { math } from './math.ts';
import { datetimes } from './datetimes.ts';
import { mathematics } from './mathematics.ts';
import { operators } from './operators.ts';
import { random } from './random.ts';
import type { Row, Rows } from './row.ts';
import { runtime } from './runtime.ts';
import { strings } from './strings.ts';
import { sketches } from './sketches.ts';
import { vectors } from './vectors.ts';
import { variants } from './variants.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';

const tables: readonly Rows[] = [
  operators,
  conditionals,
  collations,
  random,
  strings,
  texts,
  math,
  dates,
  arrays,
  maps,
  hashes,
  higherOrder,
  mathematics,
  datetimes,
  times,
  json,
  runtime,
  variants,
  sketches,
  vectors,
];

/** The row of a scalar function or operator by Spark's name in lower case; none where it can't be lowered exactly. */
export function functionRow(name: string): Row | undefined {
  const table = tables.find((rows) => Object.hasOwn(rows, name));
  return table?.[name];
}
