/** How a table or a result is sorted and filtered to be looked at, and the Spark SQL that does it. */
import type { Field } from './engine.ts';

export interface SortKey {
  /** The position of the column. */
  readonly column: number;
  readonly descending: boolean;
}

export interface Arrangement {
  readonly orderBy: readonly SortKey[];
  /** A condition in Spark SQL; empty for none. */
  readonly where: string;
  /** Found in any column, as text and whatever the case; empty for none. */
  readonly search: string;
}

export const unarranged: Arrangement = { orderBy: [], where: '', search: '' };

export function isArranged({ orderBy, where, search }: Arrangement): boolean {
  return orderBy.length > 0 || where.trim() !== '' || search !== '';
}

export interface ArrangedQuery {
  readonly text: string;
  /** Where the condition begins in the text, so that an error's place can be shown in it. */
  readonly whereStart: number;
}

/** `from` is a name or a query in parentheses. */
export function arrangedQuery(
  from: string,
  fields: readonly Pick<Field, 'name'>[],
  { orderBy, where, search }: Arrangement,
): ArrangedQuery {
  let text = `SELECT *\nFROM ${from}`;
  let whereStart = 0;
  const conditions = where.trim() !== '';
  if (conditions) {
    // A line of its own, so that a comment at its end takes nothing along.
    text += '\nWHERE (';
    whereStart = text.length;
    text += `${where}\n)`;
  }
  if (search !== '' && fields.length > 0) {
    const wanted = stringLiteral(search.toLowerCase());
    const found = fields.map(
      ({ name }) => `contains(lower(CAST(${backquoted(name)} AS STRING)), ${wanted})`,
    );
    text += `\n${conditions ? 'AND' : 'WHERE'} (${found.join('\n  OR ')})`;
  }
  const keys = orderBy.flatMap(({ column, descending }) => {
    const name = fields[column]?.name;
    return name === undefined ? [] : [`${backquoted(name)}${descending ? ' DESC' : ''}`];
  });
  if (keys.length > 0) text += `\nORDER BY ${keys.join(', ')}`;
  return { text, whereStart };
}

/**
 * The same over rows whose columns are `c0`, `c1`, …: names that a result has twice can be searched and sorted by, and
 * are ambiguous in a condition, as Spark says.
 */
export function arrangedRows(
  from: string,
  fields: readonly Pick<Field, 'name'>[],
  arrangement: Arrangement,
): ArrangedQuery {
  const positions = fields.map((_, index) => ({ name: `c${index}` }));
  const { where, search, orderBy } = arrangement;
  const found = arrangedQuery(from, positions, { orderBy: [], where: '', search });
  const named = fields.map(({ name }, index) => `c${index} AS ${backquoted(name)}`);
  const inner = found.text.replace('SELECT *', () => `SELECT ${named.join(', ')}`);
  const outer = arrangedQuery(`(${inner}) AS result`, fields, { orderBy: [], where, search: '' });
  const counts = new Map<string, number>();
  for (const { name } of fields) {
    const key = name.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = orderBy.flatMap(({ column, descending }) => {
    const name = fields[column]?.name;
    if (name === undefined) return [];
    const isOnly = counts.get(name.toLowerCase()) === 1;
    return [`${isOnly ? backquoted(name) : String(column + 1)}${descending ? ' DESC' : ''}`];
  });
  if (keys.length === 0) return outer;
  return { ...outer, text: `${outer.text}\nORDER BY ${keys.join(', ')}` };
}

export function backquoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function stringLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}
