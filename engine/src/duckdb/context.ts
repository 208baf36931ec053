/** What every part of the lowering shares: how to lower a child, and what was noted on the way. */
import type { Range } from '#sql/plan/range.ts';
import type { Expression, Relation } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import type { Bounds, ColumnBounds } from './bounds.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';
import { duckType } from './types.ts';

export interface Lowering {
  /** An IANA zone or an offset, as the session has it. */
  readonly timeZone: string;
  /** What is known of a column's values. */
  readonly columnBounds: ColumnBounds;
  noteBounds(exprId: number, bounds: Bounds): void;
  /** Expressions may be columns of groups as a whole, so that their parts are not to be named. */
  readonly isGrouped?: boolean;
  lower(expression: Expression): string;
  /** Notes a place where DuckDB itself may find an overflow, under DuckDB's words for it. */
  noteOverflow(key: string, range: Range): void;
  /** Notes a function of ours that has to be registered before the statement runs. */
  noteFunction(signature: Signature): void;
  /** A name that nothing else in the statement has. */
  freshName(): string;
  /** Says what a lambda's variable is called, or computed from, while its body is lowered. */
  bindVariable(exprId: number, sql: string): void;
  variable(exprId: number): string;
  /** A relation as a query of its own. */
  query(relation: Relation): string;
  /** Says what the outer references of a subquery's plan are, in the SQL around it. */
  bindOuter(exprId: number, sql: string): void;
  outer(exprId: number): string;
  /** Lowers what reads an outer row. */
  correlated<T>(work: () => T): T;
  readonly isCorrelated: boolean;
}

/** `CAST(sql AS …)`; a Spark expression's SQL always has exactly the DuckDB type of its Spark type. */
export function castTo(sql: string, type: DataType): string {
  return `CAST(${sql} AS ${duckType(type)})`;
}

export function isUtc(timeZone: string): boolean {
  return /^(utc|gmt|z|zulu|etc\/utc|uct|(utc|gmt)?[+-]0?0(:?00)?)$/i.test(timeZone);
}

/** Of a zone that is an offset; DuckDB knows no such zones. */
export function offsetMinutes(timeZone: string): number | undefined {
  const offset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(timeZone);
  if (!offset) return undefined;
  const [, sign, hours, minutes = '0'] = offset;
  const total = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}
