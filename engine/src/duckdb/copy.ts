/** The statement that writes a result to a file. The only COPY there is; Spark SQL has no way to it. */
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import { isFractional } from '#sql/plan/types.ts';
import { stringOf } from './casts.ts';
import { columnName } from './lowerExpression.ts';
import type { Lowered } from './lowerRelation.ts';
import { quoteIdentifier, quoteString } from './quote.ts';
import { Refusal, refuse } from './refusal.ts';

export function copyStatement(
  lowered: Lowered,
  schema: readonly Field[],
  target: {
    readonly path: string;
    readonly format: 'csv' | 'json' | 'parquet';
    readonly timeZone: string;
  },
): Result<string, SparkError> {
  const options = { mode: 'ansi', timeZone: target.timeZone, range: nowhere } as const;
  try {
    const names = new Set<string>();
    const columns = lowered.output.map((attribute, index) => {
      const column = columnName(attribute.exprId);
      const name = schema[index]?.name ?? attribute.name;
      if (names.has(name.toLowerCase()))
        throw refuse('UNSUPPORTED_EXPORT', `A file with two columns named '${name}'`);
      names.add(name.toLowerCase());
      const { type } = attribute;
      const isInstant = type.kind === 'timestamp';
      const isText =
        target.format === 'csv' &&
        (isInstant || type.kind === 'timestamp_ntz' || isFractional(type));
      const value =
        isText || (target.format === 'json' && isInstant)
          ? stringOf(column, type, options)
          : // Marked as an instant, so that it is read back as one.
            isInstant
            ? `timezone('UTC', ${column})`
            : column;
      return `${value} AS ${quoteIdentifier(name)}`;
    });
    const format = {
      csv: 'FORMAT csv, HEADER true',
      json: 'FORMAT json',
      parquet: 'FORMAT parquet',
    };
    return ok(
      `COPY (SELECT ${columns.join(', ')} FROM (${lowered.sql}) AS result) TO ${quoteString(target.path)} (${format[target.format]})`,
    );
  } catch (error) {
    if (error instanceof Refusal) return fail(error.error);
    throw error;
  }
}
