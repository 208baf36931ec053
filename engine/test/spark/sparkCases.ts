/** Compares the engine's answers with those that a real Spark gave, which test-fixtures/spark keeps. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/duckdb/native.ts';
import { createEngine } from '../../src/session/engine.ts';
import type { Ran } from '../runStatement.ts';
import { runStatement } from '../runStatement.ts';
import { ok } from '#shared/result.ts';

export interface Expected {
  readonly query: string;
  readonly schema?: readonly (readonly [name: string, type: string, nullable: boolean])[];
  readonly rows?: readonly string[];
  readonly error?: {
    /** Null where Spark has no class for it. */
    readonly class: string | null;
    readonly sqlState?: string;
    readonly message?: string;
    /** Zero-based, inclusive. */
    readonly start?: number;
    readonly stop?: number;
  };
}

interface Section {
  readonly settings: Readonly<Record<string, string>>;
  readonly views: readonly {
    readonly name: string;
    readonly path: string;
    readonly options: Readonly<Record<string, string>>;
  }[];
  /** Statements that run before the queries. */
  readonly setup?: readonly string[];
  readonly cases: readonly Expected[];
}

/** `refused`: an error that says what is not supported. `different`: anything else that Spark does not say. */
export type Outcome = 'equal' | 'refused' | 'different';

export interface Compared {
  readonly file: string;
  readonly query: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
  readonly spark: string;
  readonly here: string;
  /** The error is the same and stands elsewhere. */
  readonly isElsewhere: boolean;
}

/** Queries that run side by side. */
const atOnce = 8;

export function sparkFiles(root: string): string[] {
  return readdirSync(join(root, 'test-fixtures/spark'))
    .filter((name) => name.endsWith('.json') && name !== 'known.json')
    .sort();
}

export async function compareWithSpark(
  root: string,
  names: readonly string[],
  database: Database,
): Promise<Compared[]> {
  const engine = createEngine({
    database: () => Promise.resolve(ok(database)),
    onProgress: () => undefined,
    storeByteLength: 2 ** 28,
  });
  const { signal } = new AbortController();
  const out = mkdtempSync(join(tmpdir(), 'strata-spark-'));
  const compared: Compared[] = [];
  for (const file of names) {
    const path = join(root, 'test-fixtures/spark', file);
    const sections = JSON.parse(readFileSync(path, 'utf8')) as readonly Section[];
    for (const [index, { settings, views, setup = [], cases }] of sections.entries()) {
      const sessionId = `${file}-${index}`;
      const opened = await engine.answers.openSession({ sessionId, settings }, signal);
      for (const view of views)
        await engine.answers.defineView(
          { sessionId, view: { ...view, path: join(root, view.path) } },
          signal,
        );
      const placed = (query: string) => query.replaceAll('{root}', root).replaceAll('{out}', out);
      for (const statement of setup) {
        // Where one fails its queries say so.
        await runStatement(engine, sessionId, placed(statement));
      }
      const answer = async (expected: Expected): Promise<Compared> => {
        const query = placed(expected.query);
        const ran: Ran = opened.ok
          ? await runStatement(engine, sessionId, query)
          : { ok: false, error: opened.error as Extract<Ran, { ok: false }>['error'] };
        return { file, query: expected.query, settings, ...judge(expected, ran) };
      };
      for (let at = 0; at < cases.length; at += atOnce)
        compared.push(...(await Promise.all(cases.slice(at, at + atOnce).map(answer))));
      await engine.answers.closeSession({ sessionId }, signal);
    }
  }
  engine.dispose();
  rmSync(out, { recursive: true, force: true });
  return compared;
}

export function judge(
  { query, schema = [], rows = [], error }: Expected,
  ran: Ran,
): Pick<Compared, 'outcome' | 'spark' | 'here' | 'isElsewhere'> {
  const kept = /^\s*EXPLAIN\b/i.test(query) ? rows.map(withoutIds) : rows;
  const spark = error
    ? `${error.class ?? error.message ?? ''} ${error.start ?? ''}..${error.stop ?? ''}`
    : [schemaText(schema), ...inOrder(kept, query)].join('\n');
  if (!ran.ok) {
    const { class: name, start, end, message } = ran.error;
    const here = `${message} ${start ?? ''}..${end === undefined ? '' : end - 1}`;
    if (name === error?.class) {
      const isElsewhere =
        error.start !== undefined && (start !== error.start || end !== (error.stop ?? 0) + 1);
      return { outcome: 'equal', spark, here, isElsewhere };
    }
    const outcome = name.startsWith('UNSUPPORTED_') ? 'refused' : 'different';
    return { outcome, spark, here, isElsewhere: false };
  }
  const fields = ran.schema.map(({ name, type, nullable }) => [name, type, nullable] as const);
  const own = kept === rows ? ran.rows : ran.rows.map(withoutIds);
  const here = [schemaText(fields), ...inOrder(own, query)].join('\n');
  const isEqual =
    error === undefined &&
    schemaText(fields) === schemaText(schema) &&
    sameRows(inOrder(own, query), inOrder(kept, query), schema);
  const outcome = isEqual ? 'equal' : 'different';
  return { outcome, spark, here, isElsewhere: false };
}

/** A plan without what no two sessions number alike, and without the places of files. */
function withoutIds(plan: string): string {
  return plan
    .replaceAll(/#\d+(L?)/g, '#x$1')
    .replaceAll(/plan_id=\d+/g, 'plan_id=x')
    .replaceAll(/Location: .*?(?=, PartitionFilters|$)/gm, 'Location')
    .trimEnd();
}

/** The last digits of a sum depend on the order of its rows, and those of a sine on the library. */
function sameRows(
  here: readonly string[],
  spark: readonly string[],
  schema: NonNullable<Expected['schema']>,
): boolean {
  if (here.length !== spark.length) return false;
  return here.every((row, at) => {
    const other = spark[at] ?? '';
    if (row === other) return true;
    const [cells, others] = [row.split('\t'), other.split('\t')];
    return (
      cells.length === schema.length &&
      others.length === schema.length &&
      schema.every(([, type], column) => {
        const [a = '', b = ''] = [cells[column], others[column]];
        if (a === b) return true;
        if (type !== 'double' && type !== 'float') return false;
        return Math.abs(Number(a) - Number(b)) <= 1e-12 * Math.abs(Number(b));
      })
    );
  });
}

function schemaText(schema: NonNullable<Expected['schema']>): string {
  return schema
    .map(([name, type, nullable]) => `${name}: ${type}${nullable ? '' : ' not null'}`)
    .join(', ');
}

/** Only an ORDER BY of the whole query orders the rows. */
function inOrder(rows: readonly string[], query: string): readonly string[] {
  return /\border\s+by\b[^()]*(\([^()]*\)[^()]*)*$/i.test(query) ? rows : [...rows].sort();
}
