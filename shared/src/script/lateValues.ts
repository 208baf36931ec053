/** Puts what earlier steps gave into a plan: see `frameScript.ts`. */
import type { ResultPart } from '#shared/protocol/frameScript.ts';
import type { Cell } from '#shared/protocol/resultRows.ts';
import { cellText } from '#shared/protocol/resultRows.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';
import type { Result } from './scriptResults.ts';
import { itemsOf, NoSuchPlace, partOf } from './scriptResults.ts';

/** `statement` is one as `sql/src/plan/planJson.ts` writes it. */
export function withLateValues(statement: string, resultAt: (step: ResultPart) => Result): string {
  if (!statement.includes('"late')) return statement;
  return JSON.stringify(replaced(JSON.parse(statement), resultAt));
}

function replaced(value: unknown, resultAt: (part: ResultPart) => Result): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, resultAt));
  if (typeof value !== 'object' || value === null) return value;
  if ('late' in value && 'range' in value)
    return literal(resultAt(value.late as ResultPart), value.range);
  if ('lateValues' in value && 'range' in value) {
    const { lateValues, range, ...rest } = value;
    const rows = itemsOf(resultAt(lateValues as ResultPart));
    const values = rows.map((row) => ({ expression: literal(partOf(row, [0]), range) }));
    return { ...(replaced(rest, resultAt) as object), values, range };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaced(inner, resultAt)]),
  );
}

const kinds: Readonly<Record<string, string>> = {
  tinyint: 'byte',
  smallint: 'short',
  bigint: 'long',
};

/** A text in the type of its column: every plain type reads its own text. */
function literal(result: Result, range: unknown): unknown {
  if (result.kind !== 'cell')
    throw new NoSuchPlace('only a single value of a row is put into a query; this is more');
  const { cell, type, timeZone } = result;
  const toType = planType(type);
  if (cell === null) return { kind: 'literal', value: null, type: toType, range };
  const expression = {
    kind: 'literal',
    value: textOf(cell, type, timeZone),
    type: { kind: 'string' },
    range,
  };
  if (toType.kind === 'string') return expression;
  return { kind: 'cast', expression, toType, evalMode: 'default', range };
}

function textOf(cell: Cell, type: SparkType, timeZone: string): string {
  return cellText(cell, type, timeZone);
}

function planType(type: SparkType) {
  if (type.kind === 'decimal')
    return { kind: 'decimal', precision: type.precision, scale: type.scale };
  if (type.kind === 'atom') return { kind: kinds[type.name] ?? type.name };
  throw new NoSuchPlace('a list or a struct of a row is not put into a query');
}
