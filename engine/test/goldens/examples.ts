/**
 * Runs the examples in the documentation of Spark's functions: one statement each, with the schema and the
 * rows that the documentation shows.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../../src/duckdb/native.ts';
import { createEngine } from '../../src/session/engine.ts';
import { ok } from '#shared/result.ts';
import type { GoldenQuery, Judged } from './goldens.ts';
import { whyUnpromised } from './unpromised.ts';
import { judge, runStatement } from './goldens.ts';

interface Example {
  readonly sql: string;
  readonly schema: { readonly fields: readonly JsonField[] };
  readonly result: readonly string[];
}
interface JsonField {
  readonly name: string;
  readonly type: JsonType;
}
type JsonType =
  | string
  | { readonly type: 'array'; readonly elementType: JsonType }
  | { readonly type: 'map'; readonly keyType: JsonType; readonly valueType: JsonType }
  | { readonly type: 'struct'; readonly fields: readonly JsonField[] }
  | { readonly type: 'udt' };

/** The examples, from the folder that SPARK_FUNCTIONS names; none where there is no such folder. */
export function examplesFolder(root: string): string | undefined {
  const folder = process.env.SPARK_FUNCTIONS ?? resolve(root, '../shared/data/spark-functions');
  return existsSync(folder) ? folder : undefined;
}

export function exampleFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

/** Answers that say when, where or by whom the documentation was written: only their shape is compared. */
const unrepeatable =
  /\b(curdate|current_date|current_time|current_timestamp|current_timezone|localtimestamp|now|rand|randn|random|shuffle|current_user|session_user|user|uuid|randomuuid|version|unix_timestamp\(\)$)(?!')/i;

export async function runExamples(
  folder: string,
  names: readonly string[],
  database: Database,
): Promise<Judged[]> {
  const engine = createEngine({
    database: () => Promise.resolve(ok(database)),
    onProgress: () => undefined,
    storeByteLength: 2 ** 30,
  });
  const { signal } = new AbortController();
  const open = (escaped: boolean) =>
    engine.answers.openSession(
      {
        sessionId: 'golden',
        settings: {
          'spark.sql.session.timeZone': 'America/Los_Angeles',
          'spark.sql.ansi.enabled': 'true',
          ...(escaped ? { 'spark.sql.parser.escapedStringLiterals': 'true' } : {}),
        },
      },
      signal,
    );
  const judged: Judged[] = [];
  for (const name of names) {
    const examples = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly Example[];
    for (const [index, example] of examples.entries()) {
      const query = queryOf(example);
      await open(false);
      let found = judge(query, await runStatement(engine, query.sql, signal), new Set());
      // The documentation sets this one before some of its examples, and does not say before which.
      if (found.outcome !== 'matched' && query.sql.includes('\\') && (await open(true)).ok) {
        const again = judge(query, await runStatement(engine, query.sql, signal), new Set());
        if (again.outcome === 'matched') found = again;
      }
      // The documentation shows no blanks around an answer.
      if (found.outcome === 'wrong' && trimmed(found.detail) === trimmed(query.output))
        found = { outcome: 'matched', detail: '' };
      if (found.outcome === 'wrong' && unrepeatable.test(query.sql)) {
        const isShaped = !found.detail.startsWith('schema') && !found.detail.startsWith('ran,');
        if (isShaped) found = { outcome: 'matched', detail: '' };
      }
      const reason = found.outcome === 'wrong' && whyUnpromised(`functions/${name}`, index);
      if (typeof reason === 'string') found = { outcome: 'unpromised', detail: reason };
      judged.push({ file: name, index, query, ...found });
    }
  }
  engine.dispose();
  return judged;
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}

function queryOf({ sql, schema, result }: Example): GoldenQuery {
  return {
    sql: sql.replace(/;\s*$/, ''),
    kind: 'query',
    expect: 'rows',
    schema: simpleType({ type: 'struct', fields: schema.fields }),
    output: result.join('\n'),
  };
}

const simpleNames: Readonly<Record<string, string>> = {
  integer: 'int',
  long: 'bigint',
  short: 'smallint',
  byte: 'tinyint',
};

function simpleType(type: JsonType): string {
  if (typeof type === 'string') return simpleNames[type] ?? type.replace(', ', ',');
  switch (type.type) {
    case 'array':
      return `array<${simpleType(type.elementType)}>`;
    case 'map':
      return `map<${simpleType(type.keyType)},${simpleType(type.valueType)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${simpleType(field.type)}`).join(',')}>`;
    default:
      return type.type;
  }
}
