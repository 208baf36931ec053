/**
 * Aggregates over the same rows by the same keys, as a WITH that is read twice makes them, are computed once. The
 * analyzer puts a query wherever its name stands, under new ids, so that they are found by their SQL: a plan is
 * lowered once to see what repeats, and where something does once more.
 */
import { columnName } from './lowerExpression.ts';
import type { Select } from './select.ts';
import { alias, plain } from './select.ts';

/** An aggregate that was met, by its place in the order in which they are. */
interface Met {
  /** Of what is aggregated, and by which keys, whatever the columns' ids; absent where it can't be shared. */
  readonly key?: string;
  /** Ids in the order in which they stand there. */
  readonly ids: readonly string[];
  readonly columns: readonly string[];
}

interface Shared {
  readonly name: string;
  /** Of all that share it, with the places of ids instead of them. */
  readonly columns: readonly string[];
  isDefined: boolean;
}

/** As they were met when nothing was shared yet. */
type Repeated = ReadonlyMap<number, { readonly shared: Shared; readonly met: Met }>;

export class AggregateSharing {
  readonly #repeated: Repeated;
  readonly #met: Met[] = [];
  readonly #definitions: string[] = [];

  constructor(repeated: Repeated = new Map()) {
    this.#repeated = repeated;
  }

  /** What to put before the statement. */
  get definitions(): string {
    return this.#definitions.length === 0 ? '' : `WITH ${this.#definitions.join(', ')} `;
  }

  /** `select` is an aggregate; what is given back has its output. */
  add(select: Select, isCorrelated: boolean): Select {
    const repeated = this.#repeated.get(this.#met.length);
    this.#met.push(isCorrelated ? { ids: [], columns: [] } : metOf(select));
    if (!repeated) return select;
    const { shared, met } = repeated;
    if (!shared.isDefined) {
      shared.isDefined = true;
      const list = shared.columns.map((column, index) => `${named(column, met.ids)} AS k${index}`);
      this.#definitions.push(
        `${shared.name} AS MATERIALIZED (SELECT ${list.join(', ')}${bodyOf(select)})`,
      );
    }
    const columns = select.output.map(
      ({ exprId }, index) =>
        `k${shared.columns.indexOf(met.columns[index] ?? '')} AS ${columnName(exprId)}`,
    );
    const list = [...new Set(columns)].join(', ');
    return plain(`(SELECT ${list} FROM ${shared.name}) AS ${alias()}`, select.output);
  }

  /** By their places, for another lowering of the same plan; undefined where nothing repeats. */
  repeated(): Repeated | undefined {
    const places = new Map<string, number[]>();
    for (const [at, { key }] of this.#met.entries()) {
      if (key !== undefined) places.set(key, [...(places.get(key) ?? []), at]);
    }
    const found = new Map<number, { shared: Shared; met: Met }>();
    for (const all of places.values()) {
      if (all.length < 2) continue;
      const mets = all.flatMap((at) => this.#met[at] ?? []);
      const columns = [...new Set(mets.flatMap((met) => met.columns))];
      const shared = { name: `shared${found.size}`, columns, isDefined: false };
      for (const [index, met] of mets.entries()) found.set(all[index] ?? 0, { shared, met });
    }
    return found.size === 0 ? undefined : found;
  }
}

// What is quoted is nobody's id. Names of lambdas are counted anew wherever they stand.
const words = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\b(?:c\d+|t\d+|v\d+|loop\d+)\b/g;

function metOf(select: Select): Met {
  const ids: string[] = [];
  const places = new Map<string, string>();
  const found = { canShare: true };
  const placed = (sql: string, isBody: boolean) =>
    sql.replace(words, (word) => {
      if (word.startsWith("'") || word.startsWith('"')) return word;
      if (word.startsWith('t')) return 't';
      const known = places.get(word);
      if (known !== undefined) return known;
      // The ids of columns come from below, and what a loop holds is not to be had elsewhere.
      if (!word.startsWith('c') || !isBody) found.canShare = false;
      const place = `#${ids.length}#`;
      ids.push(word);
      places.set(word, place);
      return place;
    });
  const key = placed(bodyOf(select), true);
  const columns = (select.columns ?? []).map((column) => placed(column, false));
  return found.canShare && columns.length > 0 ? { key, ids, columns } : { ids, columns };
}

function named(column: string, ids: readonly string[]): string {
  return column.replace(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|#(\d+)#/g,
    (word, place: string | undefined) => (place === undefined ? word : (ids[Number(place)] ?? '')),
  );
}

function bodyOf({ from, where, groupBy = [] }: Select): string {
  const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
  return ` FROM ${from}${condition}${groupBy.length > 0 ? ` GROUP BY ${groupBy.join(', ')}` : ''}`;
}
