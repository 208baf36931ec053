/**
 * Runs Spark's own SQL golden files through front end and engine, and sorts every statement into what
 * became of it. Names and types of columns count as well as rows; order counts where the plan sorts.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runByCommandLine } from './commandLine.ts';
import type { Database } from '../../src/duckdb/native.ts';
import { quotePath, quoteString } from '../../src/duckdb/quote.ts';
import type { Engine } from '../../src/session/engine.ts';
import { createEngine } from '../../src/session/engine.ts';
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import { decodePage, shellText } from '#shared/protocol/resultRows.ts';
import { ok } from '#shared/result.ts';
import type { Answer } from './sameRows.ts';
import { ordersAlike, withPlainNumbers } from './sameRows.ts';
import { whyUnpromised } from './unpromised.ts';

export interface GoldenQuery {
  readonly sql: string;
  readonly kind: string;
  readonly expect: 'rows' | 'empty' | 'error' | 'parse-error';
  readonly schema: string;
  readonly output: string;
}

interface GoldenFile {
  readonly file: string;
  readonly sets: readonly string[];
  readonly queries: readonly GoldenQuery[];
}

/**
 * `matched`: the same names, types and rows, or the same error class. `refused`: an error that says what is
 * not supported, or follows from a statement that was. `rejected`: an error of Spark's that Spark does not
 * raise here. `unpromised`: other rows, where Spark does not promise the ones that it gave. `wrong`: other rows, names or types, or rows where Spark has an error, without a word.
 */
export type Outcome = 'matched' | 'unpromised' | 'refused' | 'rejected' | 'otherError' | 'wrong';

export interface Judged {
  readonly file: string;
  readonly index: number;
  readonly query: GoldenQuery;
  readonly outcome: Outcome;
  /** What was there instead, for a person to read. */
  readonly detail: string;
}

/** Spark's golden files, from the folder that SPARK_GOLDENS names; a small sample where there is none. */
export function goldensFolder(root: string): { readonly path: string; readonly isWhole: boolean } {
  const whole = process.env.SPARK_GOLDENS ?? resolve(root, '../shared/data/spark-goldens');
  return existsSync(whole)
    ? { path: whole, isWhole: true }
    : { path: resolve(root, 'test-fixtures/sql/goldens'), isWhole: false };
}

export function goldenFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

export async function runGoldens(
  folder: string,
  names: readonly string[],
  database: Database,
  /** The built command line, where the statements are to go through it. */
  cliPath?: string,
): Promise<Judged[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'strata-goldens-'));
  try {
    const tables = await makeTables(folder, scratch, database);
    const judged: Judged[] = [];
    for (const name of names) {
      judged.push(...(await runFile(folder, name, tables, { database, cliPath })));
    }
    return judged;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runFile(
  folder: string,
  name: string,
  tables: Readonly<Record<string, string>>,
  { database, cliPath }: { readonly database: Database; readonly cliPath: string | undefined },
): Promise<Judged[]> {
  const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as GoldenFile;
  const engine = createEngine({
    database: () => Promise.resolve(ok(database)),
    onProgress: () => undefined,
    storeByteLength: 2 ** 30,
  });
  const { signal } = new AbortController();
  const settings: Record<string, string> = {
    'spark.sql.session.timeZone': 'America/Los_Angeles',
    'spark.sql.ansi.enabled': String(!golden.file.includes('nonansi')),
    // As in the session of Spark's own suite; only plans tell.
    'spark.sql.shuffle.partitions': '4',
    // Spark's tests run with what it has not released.
    'spark.sql.collation.trim.enabled': 'true',
  };
  if (golden.file.includes('timestampNTZ')) settings['spark.sql.timestampType'] = 'TIMESTAMP_NTZ';
  if (golden.file.startsWith('udf')) settings['strata.identityFunctions'] = 'udf';
  for (const set of golden.sets) {
    const at = set.indexOf('=');
    settings[set.slice(0, at).trim()] = set.slice(at + 1).trim();
  }
  const opened = await engine.answers.openSession({ sessionId: 'golden', settings }, signal);
  if (!opened.ok)
    return golden.queries.flatMap((query, at) =>
      query.kind === 'query'
        ? [
            {
              file: name,
              index: at,
              query,
              outcome: 'refused' as const,
              detail: 'UNSUPPORTED_SETTING',
            },
          ]
        : [],
    );
  for (const [view, path] of Object.entries(tables))
    await engine.answers.defineView(
      { sessionId: 'golden', view: { name: view, path, format: 'parquet' } },
      signal,
    );
  const answers =
    cliPath === undefined
      ? undefined
      : await runByCommandLine(
          cliPath,
          golden.queries.map(({ sql }) => sql),
          settings,
          tables,
        );
  const judged: Judged[] = [];
  let index = 0;
  // What failed to be made must not make what reads it look rejected.
  const missing = new Set<string>();
  const unfilled = new Set<string>();
  const blocking = new Set<string>();
  for (const query of golden.queries) {
    if (blocking.size > 0 && !/^\s*(re)?set\b/i.test(query.sql)) {
      judged.push({ file: name, index, query, outcome: 'refused', detail: 'UNSUPPORTED_SETTING' });
      index += 1;
      continue;
    }
    const ran = answers?.[index] ?? (await runStatement(engine, query.sql, signal));
    // Until the setting is there, what follows would be read by other rules.
    const setting = /^\s*(?:re)?set\s+([\w.]+)/i.exec(query.sql)?.[1]?.toLowerCase();
    if (setting !== undefined) {
      if (!ran.ok && ran.error.class === 'UNSUPPORTED_SETTING') blocking.add(setting);
      else blocking.delete(setting);
    }
    if (query.kind !== 'query' && !ran.ok) {
      noteMissing(query.sql, missing);
      if (ran.error.class.startsWith('UNSUPPORTED_')) noteUnfilled(query.sql, unfilled);
    }
    const isUnfilled =
      query.kind === 'query' && words(query.sql).some((word) => unfilled.has(word));
    if (readsMissing(query.sql, missing, tables) || (isUnfilled && ran.ok))
      judged.push({
        file: name,
        index,
        query,
        outcome: 'refused',
        detail: 'a table or view that could not be made or filled',
      });
    else {
      const found = judge(query, ran, missing);
      const reason = found.outcome === 'wrong' ? whyUnpromised(name, index) : undefined;
      judged.push({
        file: name,
        index,
        query,
        ...(reason === undefined ? found : { outcome: 'unpromised', detail: reason }),
      });
    }
    index += 1;
  }
  engine.dispose();
  return judged;
}

/** Reads a table of the session's own that a view should have replaced. */
function readsMissing(
  sql: string,
  missing: ReadonlySet<string>,
  tables: Readonly<Record<string, string>>,
): boolean {
  return words(sql).some((word) => missing.has(word) && Object.hasOwn(tables, word));
}

function words(sql: string): readonly string[] {
  return sql.toLowerCase().match(/\w+/g) ?? [];
}

export type Ran =
  | {
      readonly ok: true;
      readonly schema: string;
      readonly text: string;
      readonly rows: readonly string[];
    }
  | { readonly ok: false; readonly error: SparkError };

export async function runStatement(
  engine: Engine,
  text: string,
  signal: AbortSignal,
): Promise<Ran> {
  const thrown = (message: string): Ran => ({
    ok: false,
    error: { kind: 'spark', class: 'CRASHED', sqlState: 'XX000', message, parameters: {} },
  });
  try {
    const started = await engine.answers.runQuery(
      { sessionId: 'golden', text, readOnce: true },
      signal,
    );
    if (!started.ok)
      return started.error.kind === 'spark'
        ? { ok: false, error: started.error }
        : thrown(started.error.kind);
    const { resultId, schema, shellForm } = started.value;
    const rows: string[] = [];
    for (;;) {
      const page = await engine.answers.readRows(
        { resultId, start: rows.length, count: 4096 },
        signal,
      );
      if (!page.ok) {
        await engine.answers.closeResult({ resultId }, signal);
        return page.error.kind === 'spark'
          ? { ok: false, error: page.error }
          : thrown(page.error.kind);
      }
      const decoded = decodePage(page.value.arrow);
      for (const row of decoded.rows) {
        rows.push(shellText(row, decoded.columns, decoded.timeZone, shellForm));
      }
      if (page.value.rowCount < 4096) break;
    }
    await engine.answers.closeResult({ resultId }, signal);
    return { ok: true, schema: structOf(schema), text: rows.join('\n'), rows };
  } catch (error) {
    return thrown(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function structOf(schema: readonly Field[]): string {
  return `struct<${schema.map(({ name, type }) => `${name}:${type}`).join(',')}>`;
}

export function judge(
  query: GoldenQuery,
  ran: Ran,
  missing: ReadonlySet<string>,
): { readonly outcome: Outcome; readonly detail: string } {
  const isSparkError = query.expect === 'error' || query.expect === 'parse-error';
  if (ran.ok) {
    if (isSparkError)
      return { outcome: 'wrong', detail: `ran, where Spark raises ${classOf(query) ?? ''}` };
    if (ran.schema !== query.schema) return { outcome: 'wrong', detail: `schema ${ran.schema}` };
    if (isSameAnswer(query, ran)) return { outcome: 'matched', detail: '' };
    return { outcome: 'wrong', detail: ran.text };
  }
  const { class: name, message } = ran.error;
  if (name.startsWith('UNSUPPORTED_') && name !== classOf(query))
    return { outcome: 'refused', detail: message };
  if (isSparkError) {
    const expected = classOf(query);
    if (expected === name) return { outcome: 'matched', detail: '' };
    return { outcome: 'otherError', detail: `${name} instead of ${expected ?? 'a parse error'}` };
  }
  const relation = ran.error.parameters.relationName?.replaceAll('`', '').toLowerCase() ?? '';
  if (name === 'TABLE_OR_VIEW_NOT_FOUND' && missing.has(relation.split('.').at(-1) ?? ''))
    return { outcome: 'refused', detail: message };
  return { outcome: 'rejected', detail: message };
}

function isSameAnswer(query: GoldenQuery, ran: Answer): boolean {
  const own = { schema: ran.schema, text: withPlainNumbers(ran) };
  const given = { schema: query.schema, text: withPlainNumbers({ ...query, text: query.output }) };
  if (comparable(query, own.text).trimEnd() === comparable(query, given.text).trimEnd())
    return true;
  const isSorted = [sorted(query, given.text), masked(given.text).trimEnd()].includes(
    sorted(query, own.text),
  );
  if (!isSorted) return false;
  const isOrdered = /\border\s+by\b/i.test(query.sql) && !isInner(query);
  return !isOrdered || ordersAlike(query.sql, own, given);
}

/** As Spark's suite keeps rows that have no order: sorted first, so that the last one loses its trailing space. */
function sorted(query: GoldenQuery, text: string): string {
  const lines = query.kind === 'query' ? masked(text) : comparable(query, text);
  return lines.split('\n').sort().join('\n').trimEnd();
}

/** Spark's suite leaves out times, places and ids of what commands and plans tell, and space at the end. */
function comparable(query: GoldenQuery, text: string): string {
  if (query.kind === 'query') return masked(text).trimEnd();
  return text
    .split('\n')
    .filter((line) => !/^(Created Time|Last Access|Created By|Location|Owner)\b/.test(line))
    .join('\n')
    .replace(/Location[^,\n]*,/g, 'Location,')
    .replace(/#\d+/g, '#x')
    .replace(/\*\(\d+\) /g, '*')
    .replace(/(plan_id|jobId|operatorId)=\d+/g, '$1=x')
    .trimEnd();
}

/** What looks like an id in a plan is masked in every answer of the corpus. */
function masked(text: string): string {
  return text.replace(/#\d+/g, '#x');
}

/** An ORDER BY inside of a subquery or a window orders nothing of the result. */
function isInner(query: GoldenQuery): boolean {
  return !/\border\s+by\b[^()]*$/i.test(query.sql);
}

function classOf(query: GoldenQuery): string | undefined {
  return /"(?:errorClass|condition)"\s*:\s*"([^"]+)"/.exec(query.output)?.[1];
}

function noteMissing(sql: string, missing: Set<string>): void {
  const made =
    /\bcreate\b.*?\b(?:view|table)\b\s+(?:if\s+not\s+exists\s+)?([`\w.]+)/is.exec(sql)?.[1] ?? '';
  if (made !== '') missing.add(made.replaceAll('`', '').toLowerCase().split('.').at(-1) ?? '');
}

/** What an INSERT that is not supported should have filled. */
function noteUnfilled(sql: string, unfilled: Set<string>): void {
  for (const [, name = ''] of sql.matchAll(
    /\binsert\s+(?:into|overwrite)\s+(?:table\s+)?([`\w.]+)/gi,
  )) {
    unfilled.add(name.replaceAll('`', '').toLowerCase().split('.').at(-1) ?? '');
  }
}

/** The tables that Spark's golden sessions have from the start, as Parquet files by name. */
async function makeTables(
  folder: string,
  scratch: string,
  database: Database,
): Promise<Readonly<Record<string, string>>> {
  const data = (name: string) => quotePath(join(folder, 'tables', name));
  const ints =
    'unique1 unique2 two four ten twenty hundred thousand twothousand fivethous tenthous odd even';
  const onekColumns = [
    ...ints.split(' ').map((name) => `'${name}': 'INTEGER'`),
    ...['stringu1', 'stringu2', 'string4'].map((name) => `'${name}': 'VARCHAR'`),
  ].join(', ');
  const tsv = (name: string, columns: string) =>
    `SELECT * FROM read_csv(${data(name)}, auto_detect = false, delim = '\t', quote = '', escape = '', header = false, columns = {${columns}})`;
  const queries: Readonly<Record<string, string>> = {
    testdata:
      'SELECT CAST(range AS INTEGER) AS key, CAST(range AS VARCHAR) AS value FROM range(1, 101)',
    arraydata:
      'SELECT arraycol, [arraycol] AS nestedarraycol FROM (VALUES ([1::INTEGER, 2, 3]), ([2, 3, 4])) AS t(arraycol)',
    mapdata: `SELECT MAP_FROM_ENTRIES([(n::INTEGER, chr(96 + n::INTEGER) || i) FOR n IN range(1, 7 - i)]) AS mapcol FROM range(1, 6) AS t(i)`,
    aggtest: tsv('agg.data', "'a': 'INTEGER', 'b': 'FLOAT'"),
    onek: tsv('onek.data', onekColumns),
    tenk1: tsv('tenk.data', onekColumns),
  };
  const connection = await database.connect();
  const paths: Record<string, string> = {};
  // The sample comes without them, and no statement of it reads them.
  const isThere = existsSync(join(folder, 'tables'));
  for (const [name, query] of Object.entries(queries)) {
    if (!isThere && query.includes('read_csv')) continue;
    const path = join(scratch, `${name}.parquet`);
    await connection.run(`COPY (${query}) TO ${quoteString(path)} (FORMAT parquet)`);
    paths[name] = path;
  }
  connection.closeSync();
  return paths;
}

export function countOutcomes(judged: readonly Judged[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    matched: 0,
    unpromised: 0,
    refused: 0,
    rejected: 0,
    otherError: 0,
    wrong: 0,
  };
  for (const { outcome } of judged) counts[outcome] += 1;
  return counts;
}
