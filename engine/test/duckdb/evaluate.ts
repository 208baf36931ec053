/** Resolved expressions by hand, evaluated on DuckDB: what the lowering of one expression is worth. */
import type { Database } from '../../src/duckdb/native.ts';
import { databaseLoader } from '../../src/duckdb/native.ts';
import { arrowSchema } from '../../src/duckdb/arrowPage.ts';
import { lowerPlan } from '../../src/duckdb/lowerRelation.ts';
import { failureOf } from '../../src/duckdb/outcome.ts';
import { startQuery } from '../../src/duckdb/query.ts';
import { ipcStream } from '../../src/session/ipcStream.ts';
import { decodePage, hiveText } from '#shared/protocol/resultRows.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { EvalMode, Expression } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  intType,
  longType,
  stringType,
  timestampType,
} from '#sql/plan/types.ts';
import type { LiteralValue } from '#sql/plan/unresolved.ts';

const load = databaseLoader({ ...process.env, STRATA_THREADS: '1' });

export async function testDatabase(): Promise<Database> {
  const database = await load();
  if (!database.ok) throw new Error(database.error.message);
  return database.value;
}

/** The value as the spark-sql shell prints it, or the class of the error. */
export async function evaluate(expression: Expression, timeZone = 'UTC'): Promise<string> {
  const alias = {
    kind: 'alias',
    child: expression,
    name: 'value',
    exprId: 1,
    type: expression.type,
    nullable: true,
    range: nowhere,
  } as const;
  const lowered = lowerPlan(
    {
      kind: 'project',
      input: { kind: 'oneRow', range: nowhere },
      expressions: [alias],
      range: nowhere,
    },
    { timeZone, scanSql: () => '' },
  );
  if (!lowered.ok) return lowered.error.class;
  const fields = [{ name: 'value', type: expression.type, nullable: true }];
  const schema = arrowSchema(fields, timeZone);
  try {
    const query = await startQuery(
      await testDatabase(),
      {
        sql: lowered.value.sql,
        functions: lowered.value.functions,
        fields,
        schema,
        onProgress: () => undefined,
      },
      new AbortController().signal,
    );
    const batch = await query.next();
    query.dispose();
    const bytes = ipcStream(schema, batch ? [batch] : []);
    const page = decodePage(bytes.slice().buffer);
    return hiveText(page.rows[0] ?? [], page.columns, timeZone);
  } catch (error) {
    const failure = failureOf(error, lowered.value.overflowSites);
    return failure.kind === 'spark'
      ? failure.class === 'INTERNAL_ERROR'
        ? failure.message
        : failure.class
      : failure.kind;
  }
}

export function literal(value: LiteralValue, type: DataType): Expression {
  return { kind: 'literal', value, type, nullable: value === null, range: nowhere };
}

export const int = (value: number | null) =>
  literal(value === null ? null : BigInt(value), intType);
export const long = (value: bigint | null) => literal(value, longType);
export const double = (value: number | null) => literal(value, doubleType);
export const text = (value: string | null) => literal(value, stringType);
export const bool = (value: boolean | null) => literal(value, booleanType);
/** From its text: `decimal('1.50', 3)` is of decimal(3,2). */
export function decimal(value: string, precision = value.replace(/\D/g, '').length): Expression {
  const scale = value.split('.')[1]?.length ?? 0;
  return literal(BigInt(value.replace('.', '')), decimalType(precision, scale));
}
export const date = (value: string) =>
  literal(BigInt(Date.parse(`${value}T00:00:00Z`) / 86_400_000), dateType);
export const timestamp = (value: string) =>
  literal(BigInt(Date.parse(value)) * 1000n, timestampType);

export function call(
  name: string,
  args: readonly Expression[],
  type: DataType = args[0]?.type ?? doubleType,
  evalMode: EvalMode = 'ansi',
): Expression {
  return { kind: 'call', name, arguments: args, type, nullable: true, evalMode, range: nowhere };
}

export function cast(child: Expression, type: DataType, evalMode: EvalMode = 'ansi'): Expression {
  return { kind: 'cast', child, type, evalMode, implicit: false, nullable: true, range: nowhere };
}
