/** DataFrames as SQL, and SQL as DataFrames. */
import type { FileSchema, Translation } from '#shared/protocol/frameScript.ts';
import { parse } from '#sql/compile.ts';
import { parsePython } from '../python/pythonSource.ts';
import { readingOf } from './reading.ts';
import { fieldsFrom } from './schemas.ts';
import type { FieldsOfFile } from './schemas.ts';
import { frameOfLine } from './scriptAt.ts';
import { sparkCodeOf } from './sparkWriter.ts';
import { NotWritten, sqlOf } from './sqlWriter.ts';

/** The DataFrame of the statement in a line of PySpark code. */
export function frameAs(
  to: 'sql' | 'pyspark',
  text: string,
  line: number,
  known: FieldsOfFile | readonly FileSchema[],
): Translation {
  const fields = typeof known === 'function' ? known : fieldsFrom(known);
  const { script, ...reading } = readingOf(parsePython(text), fields);
  const frame = frameOfLine({ script, ...reading }, line);
  if (!frame) return { problem: 'This line makes no DataFrame that is known from the text.' };
  return written(() =>
    to === 'sql' ? sqlOf(script.schemas, frame.relation) : sparkCodeOf(frame.relation),
  );
}

/** A query of SQL as PySpark. */
export function queryAsSpark(text: string): Translation {
  const { statement, problems } = parse(text);
  const [first] = problems;
  if (first) return { problem: first.message };
  if (statement?.kind !== 'query') return { problem: 'Only a query is written as PySpark.' };
  return written(() => sparkCodeOf(statement.relation));
}

function written(write: () => string): Translation {
  try {
    return { text: `${write()}\n` };
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    return { problem: `This can't be written in the other language yet: ${error.message}.` };
  }
}
