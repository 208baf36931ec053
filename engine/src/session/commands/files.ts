/** Statements that write files: INSERT OVERWRITE DIRECTORY, and tables that are places. */
import { fail } from '#shared/result.ts';
import type { Insert } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { problem } from '#sql/problem.ts';
import type { WriteMode } from '../../sinks/writeFolder.ts';
import { writeQuery } from '../../sinks/writeQuery.ts';
import { interruptible } from '../../duckdb/interruptible.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal } from './command.ts';
import { lowerKeys } from './storage.ts';

export interface FileTarget {
  readonly path: string;
  readonly format: string;
  /** With lower-case keys. */
  readonly options: Readonly<Record<string, string>>;
  readonly mode: WriteMode;
  readonly partitionBy: readonly string[];
}

const formats = new Set(['csv', 'json', 'parquet', 'text', 'orc', 'avro']);

/** ``parquet.`path` `` as what is written; undefined where the name is that of a table. */
export function fileTargetOf(
  nameParts: readonly string[],
  overwrite: boolean,
): FileTarget | undefined {
  const [format = '', path] = nameParts;
  if (nameParts.length !== 2 || path === undefined || !formats.has(format.toLowerCase())) {
    return undefined;
  }
  const mode = overwrite ? 'overwrite' : 'append';
  return { path, format: format.toLowerCase(), options: {}, mode, partitionBy: [] };
}

/** `INSERT OVERWRITE DIRECTORY 'path' USING format OPTIONS (…)`. */
export function insertDirectory(context: CommandContext, command: Insert): Answer {
  const { directory, target, query } = command;
  if (!directory) throw new Error('an INSERT into a folder names its format');
  const options = lowerKeys(directory.options);
  const path = target.nameParts[0] === '' ? options.path : target.nameParts[0];
  if (path === undefined) {
    const message = 'INSERT OVERWRITE DIRECTORY needs a path';
    return Promise.resolve(
      fail(problem('LEGACY_OPERATION_NOT_ALLOWED', { message }, target.range)),
    );
  }
  const format = directory.format.toLowerCase();
  return writeFiles(context, query, { path, format, options, mode: 'overwrite', partitionBy: [] });
}

export async function writeFiles(
  context: CommandContext,
  query: Relation,
  target: FileTarget,
): Answer {
  const { session, database, signal, reader } = context;
  if (!session.mayWrite) return fail(refusal('Writing files from a workspace that is not trusted'));
  const statement = { kind: 'query', relation: query, range: query.range } as const;
  const prepared = await session.prepareQuery(statement, { sample: false }, reader);
  if (!prepared.ok) return prepared;
  const { lowered, compiled, timeZone } = prepared.value;
  try {
    const written = await writeQuery(
      lowered,
      compiled.schema,
      { ...target, timeZone },
      async (sql, functions) => {
        signal.throwIfAborted();
        const connection = await database.connect(sql, [...lowered.functions, ...functions]);
        try {
          await interruptible(connection, signal, () => connection.run(sql));
        } finally {
          connection.closeSync();
        }
      },
    );
    return written.ok ? nothing : written;
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'cancelled' });
    return fail(failureOf(error, lowered.overflowSites));
  }
}
