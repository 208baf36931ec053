/** What a row of the function tables is: Spark's name to DuckDB's expression, with exactly Spark's meaning. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';

/** `args` are the lowered arguments, in their DuckDB types; the result must have that of `call.type`. */
export type Row = (args: readonly string[], call: FunctionCall, lowering: Lowering) => string;
export type Rows = Readonly<Record<string, Row>>;

/** A template in which `$1` … stand for the arguments. */
export function template(text: string): Row {
  return (args) =>
    `(${text.replace(/\$(\d)/g, (_, index: string) => args[Number(index) - 1] ?? 'NULL')})`;
}
