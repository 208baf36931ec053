/** What every part of the lowering shares: how to lower a child, and what was noted on the way. */
import type { Range } from '#sql/plan/range.ts';
import type { Expression } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { duckType } from './types.ts';

export interface Lowering {
  /** An IANA zone or an offset, as the session has it. */
  readonly timeZone: string;
  lower(expression: Expression): string;
  /** Notes a place where DuckDB itself may find an overflow, under DuckDB's words for it. */
  noteOverflow(key: string, range: Range): void;
}

/** `CAST(sql AS …)`; a Spark expression's SQL always has exactly the DuckDB type of its Spark type. */
export function castTo(sql: string, type: DataType): string {
  return `CAST(${sql} AS ${duckType(type)})`;
}

export function isUtc(timeZone: string): boolean {
  return /^(utc|gmt|z|zulu|etc\/utc|uct|(utc|gmt)?[+-]0?0(:?00)?)$/i.test(timeZone);
}

/** A zone as DuckDB's ICU knows it; offsets become the fixed zones of ICU. */
export function zoneName(timeZone: string): string {
  const offset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(timeZone);
  if (!offset) return timeZone;
  const [, sign = '+', hours = '0', minutes = '00'] = offset;
  return `GMT${sign}${hours.padStart(2, '0')}:${minutes}`;
}
