/** Values that a statement needs before it can be run: variables, parameters and evaluated names. */
import type { Field } from '#shared/protocol/engine.ts';
import type { Cell } from '#shared/protocol/resultRows.ts';
import { decodePage } from '#shared/protocol/resultRows.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { DataType } from '#sql/plan/types.ts';
import { voidType } from '#sql/plan/types.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { Expression, Literal, LiteralValue, Relation } from '#sql/plan/unresolved.ts';
import { arrowSchema } from '../duckdb/arrowPage.ts';
import { failureOf } from '../duckdb/outcome.ts';
import { startQuery } from '../duckdb/query.ts';
import type { CommandContext, Failed } from './commands/command.ts';
import { ipcStream } from './ipcStream.ts';
import type { PrepareOptions } from './session.ts';

export interface Constants {
  readonly schema: readonly Field[];
  readonly rows: readonly (readonly Literal[])[];
}

/** Runs a query for a few rows of constants. */
export async function constantsOf(
  context: CommandContext,
  relation: Relation,
  maximum: number,
  shape?: PrepareOptions['shape'],
): Promise<Result<Constants, Failed>> {
  const { session, database, reader, signal } = context;
  const prepared = await session.prepareQuery(
    { kind: 'query', relation, range: relation.range },
    { sample: false, ...(shape ? { shape } : {}) },
    reader,
  );
  if (!prepared.ok) return prepared;
  const { lowered, compiled, timeZone } = prepared.value;
  const fields = lowered.output.map(({ type, nullable }, index) => ({
    name: `c${index}`,
    type,
    nullable,
  }));
  const schema = arrowSchema(fields, timeZone);
  const rows: Literal[][] = [];
  try {
    const { sql, functions } = lowered;
    const plan = { sql, functions, fields, schema, onProgress: () => undefined };
    const query = await startQuery(database, plan, signal);
    try {
      while (rows.length < maximum) {
        const batch = await query.next();
        if (!batch) break;
        const bytes = ipcStream(schema, [batch]);
        const page = decodePage(bytes.slice().buffer);
        for (const row of page.rows) {
          rows.push(row.map((cell, index) => literalOf(cell, fields[index]?.type ?? voidType)));
        }
      }
    } finally {
      query.dispose();
    }
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered.overflowSites));
  }
  return ok({ schema: compiled.schema, rows: rows.slice(0, maximum) });
}

/** One row of expressions. */
export async function evaluateAll(
  context: CommandContext,
  expressions: readonly Expression[],
): Promise<Result<readonly Literal[], Failed>> {
  const input: Relation = { kind: 'oneRow', range: nowhere };
  const aliased = expressions.map((expression, index): Expression => {
    const { range } = expression;
    return { kind: 'alias', expression, name: `v${index}`, range };
  });
  const relation: Relation = { kind: 'project', input, expressions: aliased, range: nowhere };
  const found = await constantsOf(context, relation, 1);
  return found.ok ? ok(found.value.rows[0] ?? []) : found;
}

export function castTo(expression: Expression, toType: DataType): Expression {
  return { kind: 'cast', expression, toType, evalMode: 'default', range: expression.range };
}

function literalOf(cell: Cell, type: DataType): Literal {
  return { kind: 'literal', value: valueOf(cell, type), type, range: nowhere };
}

function valueOf(cell: Cell, type: DataType): LiteralValue {
  if (cell === null) return null;
  switch (type.kind) {
    case 'byte':
    case 'short':
    case 'int':
    case 'yearMonthInterval':
      return BigInt(cell as number | bigint);
    case 'array':
      return (cell as readonly Cell[]).map((item) => valueOf(item, type.element));
    case 'map':
      return (cell as readonly (readonly [Cell, Cell])[]).map(([key, value]) => [
        valueOf(key, type.key),
        valueOf(value, type.value),
      ]);
    case 'struct':
      return (cell as readonly Cell[]).map((item, index) =>
        valueOf(item, type.fields[index]?.type ?? voidType),
      );
    default:
      return cell;
  }
}
