/** One DuckDB SELECT in the making: each operator adds its clause, or wraps it in a new one. */
import type { Attribute } from '#sql/plan/resolved.ts';
import { columnName } from './lowerExpression.ts';

export interface Select {
  readonly from: string;
  readonly output: readonly Attribute[];
  /** Ids of the columns that `from` has, where it has more than the output. */
  readonly scope?: ReadonlySet<number>;
  /** SQL by output column; absent while the columns are those of `from`. */
  readonly columns?: readonly string[];
  readonly where: readonly string[];
  readonly groupBy?: readonly string[];
  readonly isDistinct: boolean;
  readonly orderBy: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
}

export function plain(from: string, output: readonly Attribute[]): Select {
  return { from, output, where: [], isDistinct: false, orderBy: [] };
}

/** The ids of all columns that can be named beside the Select's own. */
export function scopeOf({ output, scope }: Select): ReadonlySet<number> {
  return scope ?? new Set(output.map(({ exprId }) => exprId));
}

/** Some of the columns, which takes no SELECT of its own: DuckDB orders joins only as far as the next one. */
export function narrowed(select: Select, output: readonly Attribute[]): Select {
  return { ...select, output, scope: scopeOf(select) };
}

/** Still only FROM and WHERE, so that a clause which is evaluated after them can be added. */
export function isBare(select: Select): boolean {
  return (
    !select.columns &&
    !select.groupBy &&
    !select.isDistinct &&
    select.orderBy.length === 0 &&
    select.limit === undefined &&
    select.offset === undefined
  );
}

// Lowering is synchronous, so one counter that every plan starts anew does.
let nextAlias = 0;

export function restartAliases(): void {
  nextAlias = 0;
}

export function wrap(select: Select): Select {
  return plain(`(${render(select)}) AS ${alias()}`, select.output);
}

/** Aliases need only differ within one query. */
export function alias(): string {
  nextAlias += 1;
  return `t${nextAlias}`;
}

export function render(select: Select): string {
  const seen = new Set<string>();
  const names = select.output.map((attribute, index) => {
    const name = columnName(attribute.exprId);
    const unique = select.columns && seen.has(name) ? `${name}_${index}` : name;
    seen.add(name);
    return unique;
  });
  const columns = select.columns
    ? select.columns.map((sql, index) => `${sql} AS ${names[index] ?? ''}`)
    : [...new Set(names)];
  // A relation without columns still has rows.
  const list = columns.length === 0 ? '1 AS c' : columns.join(', ');
  const parts = [`SELECT ${select.isDistinct ? 'DISTINCT ' : ''}${list} FROM ${select.from}`];
  if (select.where.length > 0) parts.push(`WHERE ${select.where.join(' AND ')}`);
  if (select.groupBy && select.groupBy.length > 0)
    parts.push(`GROUP BY ${select.groupBy.join(', ')}`);
  if (select.orderBy.length > 0) parts.push(`ORDER BY ${select.orderBy.join(', ')}`);
  if (select.limit !== undefined) parts.push(`LIMIT ${select.limit}`);
  if (select.offset !== undefined) parts.push(`OFFSET ${select.offset}`);
  return parts.join(' ');
}

/** The columns of what is selected from, and more. */
export function extended(
  from: string,
  kept: readonly Attribute[],
  more: readonly string[],
  output: readonly Attribute[],
): Select {
  const names = new Set(kept.map((attribute) => columnName(attribute.exprId)));
  return plain(`(SELECT ${[...names, ...more].join(', ')} FROM ${from}) AS ${alias()}`, output);
}
