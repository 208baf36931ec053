/**
 * Functions that DuckDB's SQL can't express exactly, written in JavaScript. A statement names those it needs
 * while it is lowered; they are registered with DuckDB before it runs, each once for every signature.
 */
import { createHash } from 'node:crypto';
import type { Range } from '#sql/plan/range.ts';
import type { EvalMode, Expression } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { quoteString } from '../quote.ts';
import type { ConditionName } from '../runtimeError.ts';

/** What a value of each Spark type is here. */
export type Value =
  // boolean; tinyint to int, float, double, the days of a date, the months of an interval
  | null
  | boolean
  | number
  // bigint, the unscaled value of a decimal, the microseconds of a timestamp or an interval
  | bigint
  | string
  | Uint8Array
  | CalendarInterval
  // an array, the `[key, value]` pairs of a map, the fields of a struct in order
  | readonly Value[];

export interface CalendarInterval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** One place in a statement where the function is called. */
export interface Site {
  readonly mode: EvalMode;
  readonly timeZone: string;
  /** Whatever else the lowering wants to tell; the same for all rows. */
  readonly extra: string;
  readonly parameterTypes: readonly DataType[];
  readonly type: DataType;
  /** Ends the query with an error of Spark's. */
  readonly raise: (condition: ConditionName, ...parameters: readonly string[]) => never;
}

export interface ScalarFunction {
  /** Unique among these functions. */
  readonly name: string;
  /** Without it the result is null where an argument is, and the function is not asked. */
  readonly nulls?: 'passed';
  /** Yields another value at every call. */
  readonly isVolatile?: boolean;
  /** Called once for every place; what does not depend on the row is computed here. */
  readonly prepare: (site: Site) => (...values: never[]) => Value;
}

/** A function with the types that it has in a statement, under a name of its own for them. */
export interface Signature {
  readonly name: string;
  readonly definition: ScalarFunction;
  readonly parameterTypes: readonly DataType[];
  readonly type: DataType;
}

export interface ScalarCall {
  readonly arguments: readonly Pick<Expression, 'type'>[];
  readonly type: DataType;
  readonly evalMode: EvalMode;
  readonly range: Range;
}

/** The SQL of a call; `args` have the DuckDB types of the call's arguments. */
export function scalarCall(
  definition: ScalarFunction,
  args: readonly string[],
  call: ScalarCall,
  lowering: Pick<Lowering, 'timeZone' | 'noteFunction'>,
  extra = '',
): string {
  const parameterTypes = call.arguments.map((argument) => argument.type);
  const signature = [...parameterTypes, call.type].map(simpleString).join(',');
  // Struct fields may have any name, and DuckDB finds functions without regard to case.
  const hash = createHash('sha256').update(signature).digest('hex').slice(0, 16);
  const name = `js_${definition.name}_${hash}`;
  lowering.noteFunction({ name, definition, parameterTypes, type: call.type });
  const place = [call.evalMode, lowering.timeZone, call.range.start, call.range.end, extra];
  const typed = args.map((sql, index) =>
    parameterTypes[index]?.kind === 'void' ? castTo(sql, parameterTypes[index]) : sql,
  );
  return `${name}(${[quoteString(JSON.stringify(place)), ...typed].join(', ')})`;
}

/** A row of the lowering tables that is such a function. */
export function scalarRow(definition: ScalarFunction, extra?: (call: ScalarCall) => string) {
  return (
    args: readonly string[],
    call: ScalarCall & { readonly arguments: readonly Expression[] },
    lowering: Lowering,
  ): string => scalarCall(definition, args, call, lowering, extra?.(call) ?? '');
}
