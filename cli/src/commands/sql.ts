/** `strata sql`: statements to the engine, rows to standard output as they come. */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { EngineFailure, Field, QueryStarted, SparkError } from '#shared/protocol/engine.ts';
import type { DecodedPage } from '#shared/protocol/resultRows.ts';
import { cellJson, cellText, decodePage, hexText, shellText } from '#shared/protocol/resultRows.ts';
import type { WireError } from '#shared/protocol/wire.ts';
import type { Result } from '#shared/result.ts';
import type { Command, CommandIo, ExitCode } from '../command.ts';
import { CannotRun } from '../command.ts';
import type { EngineClient } from '../engineClient.ts';
import { cannotRun, startEngine } from '../engineClient.ts';
import type { SqlOptions } from '../sqlOptions.ts';
import { parseSqlOptions } from '../sqlOptions.ts';
import type { PlacedStatement } from '../statements.ts';
import { statementsIn } from '../statements.ts';
import { measuredRowCount, tableWriter } from '../tableText.ts';

const formats = ['table', 'csv', 'json', 'arrow', 'parquet'] as const;
const outputs = ['json', 'jsonl'] as const;
type Shape = (typeof formats)[number] | `envelope-${(typeof outputs)[number]}`;

export const sql: Command = {
  name: 'sql',
  summary: 'Runs Spark SQL on files with the bundled engine.',
  usage: [
    'strata sql QUERY|- [OPTION…]',
    '',
    "  QUERY is one statement; '-' reads statements separated by ';' from standard input, all in one session.",
    '  --file FILE          reads the statements from a file instead; an error begins with FILE:LINE:COLUMN',
    "  --to PATH            writes the last statement's rows to a .csv, .json or .parquet file",
    '  --view NAME=PATH     a CSV, JSON lines, Parquet, Arrow or Feather file under a name; CSV is read with a header',
    "                       and inferred types unless options say otherwise: --view 'o=orders.csv?header=false&sep=;'",
    '  --set K=V            a session setting, such as spark.sql.ansi.enabled=false',
    '  --limit N            at most N rows of each result',
    '  --format FORMAT      the rows alone: table (the default), csv, json (a line a row), arrow, parquet',
    '  --output json|jsonl  an envelope a statement: schema, rows, rowCount, elapsedMs; decimals and bigints are',
    '                       strings. jsonl adds text, the rows as the spark-sql shell prints them.',
    '  --keep-going         go on with the next statement after an error',
    '',
    "  An error's start and stop are one-based and inclusive, like Spark's startIndex and stopIndex.",
  ],
  async run(args, io) {
    const options = parseSqlOptions(args, io.cwd, {
      values: ['limit', 'format', 'output', 'file', 'to'],
      flags: ['keep-going'],
    });
    const shape = shapeOf(options);
    const limit = limitOf(options.values.limit);
    const target = targetOf(options, io.cwd);
    const { text, file } = await givenText(options, io);
    const statements = options.query === '-' || file ? statementsIn(text) : [{ text, start: 0 }];
    if (statements.length > 1 && (shape === 'arrow' || shape === 'parquet'))
      throw new CannotRun(`--format ${shape} takes one statement, not ${statements.length}`);
    const engine = startEngine(io);
    try {
      await openSession(engine, options, io.signal);
      let code: ExitCode = 0;
      for (const statement of statements) {
        const isLast = statement === statements.at(-1);
        const running = new Statement(engine, io, shape, limit, isLast ? target : undefined);
        const place = file ? (at: number) => placeOf(file, text, statement.start + at) : undefined;
        if (await running.run(statement, place)) continue;
        code = 1;
        if (!options.flags.has('keep-going')) break;
      }
      return code;
    } finally {
      engine.dispose();
    }
  },
};

interface Target {
  readonly path: string;
  readonly format: 'csv' | 'json' | 'parquet';
}

function targetOf({ values }: SqlOptions, cwd: string): Target | undefined {
  const { to } = values;
  if (to === undefined) return undefined;
  const ending = extname(to).slice(1).toLowerCase();
  const format = (['csv', 'json', 'parquet'] as const).find((name) => name === ending);
  if (!format) throw new CannotRun(`--to writes .csv, .json or .parquet, not '${to}'`);
  if (values.format !== undefined || values.output !== undefined || values.limit !== undefined)
    throw new CannotRun('--to writes a whole result; leave --format, --output and --limit out');
  return { path: resolve(cwd, to), format };
}

async function givenText(
  { query, values: { file } }: SqlOptions,
  io: CommandIo,
): Promise<{ readonly text: string; readonly file?: string }> {
  if (file === undefined) return { text: query === '-' ? await io.readInput() : query };
  try {
    return { text: await readFile(resolve(io.cwd, file), 'utf8'), file };
  } catch (error) {
    throw new CannotRun(`--file can't be read: ${(error as Error).message}`);
  }
}

/** `queries/top.sql:3:8`, one-based, as compilers say it. */
function placeOf(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `${file}:${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
}

/** Opens the one session of a command and gives it its views. */
export async function openSession(
  engine: EngineClient,
  options: SqlOptions,
  signal: AbortSignal,
): Promise<void> {
  const opened = await engine.call(
    'openSession',
    { sessionId, settings: options.settings },
    signal,
  );
  if (!opened.ok) throw problemOf(opened.error);
  for (const view of options.views) {
    const defined = await engine.call('defineView', { sessionId, view, sample: true }, signal);
    if (!defined.ok) throw problemOf(defined.error, `--view ${view.name}: `);
  }
}

export const sessionId = 'cli';

/** Spark's position of an error: one-based, and inclusive at its end. */
export function errorJson(error: SparkError): object {
  const { class: name, sqlState, message, start, end } = error;
  return {
    class: name,
    sqlState,
    message,
    ...(start === undefined || end === undefined ? {} : { start: start + 1, stop: end }),
  };
}

function problemOf(failure: EngineFailure | WireError, prefix = ''): CannotRun {
  if (failure.kind === 'spark') return new CannotRun(`${prefix}${failure.message}`);
  return cannotRun(failure);
}

const pageRowCount = 8192;

/** One statement: one that fails is reported, what can't run at all is thrown. */
class Statement {
  private readonly engine: EngineClient;
  private readonly io: CommandIo;
  private readonly shape: Shape;
  private readonly limit: number;
  private readonly target: Target | undefined;
  private readonly startedAt = performance.now();
  private text = '';
  private rowCount = 0;
  /** Part of the envelope is out, so an error has to go into it. */
  private hasBegun = false;

  constructor(
    engine: EngineClient,
    io: CommandIo,
    shape: Shape,
    limit: number,
    target: Target | undefined,
  ) {
    this.target = target;
    this.engine = engine;
    this.io = io;
    this.shape = shape;
    this.limit = limit;
  }

  /** False where the statement failed. */
  async run({ text }: PlacedStatement, place?: (offset: number) => string): Promise<boolean> {
    this.text = text;
    const failure = await this.execute(text);
    if (!failure) return true;
    if (this.hasBegun) return false;
    if (this.shape === 'envelope-json' || this.shape === 'envelope-jsonl')
      await this.io.out(`${JSON.stringify({ error: errorJson(failure) })}\n`);
    else {
      const at = place ? `${place(failure.start ?? 0)}: error: ` : '';
      const hint = failure.hint === undefined ? '' : `${failure.hint}\n`;
      this.io.err(`${at}${failure.message}\n${hint}`);
    }
    return false;
  }

  private async execute(text: string): Promise<SparkError | undefined> {
    const { signal } = this.io;
    if (this.target) return this.writeFile(text, this.target);
    if (this.shape === 'parquet') return this.writeParquet(text);
    const started = await this.engine.call('runQuery', { sessionId, text, readOnce: true }, signal);
    if (!started.ok) return sparkErrorOf(started, text);
    const { resultId } = started.value;
    try {
      const failure = await this.writeRows(started.value);
      return failure;
    } finally {
      void this.engine.call('closeResult', { resultId });
    }
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  /** Calls `write` with each page until the end, or the limit. */
  private async eachPage(
    resultId: number,
    write: (page: DecodedPage, arrow: ArrayBuffer) => Promise<void>,
  ): Promise<SparkError | undefined> {
    for (;;) {
      const count = Math.min(pageRowCount, this.limit - this.rowCount);
      const page = await this.engine.call(
        'readRows',
        { resultId, start: this.rowCount, count },
        this.io.signal,
      );
      if (!page.ok) return sparkErrorOf(page, this.text);
      const { arrow, rowCount, complete } = page.value;
      this.rowCount += rowCount;
      await write(decodePage(arrow), arrow);
      // Of a page that is short the next one tells why, unless it is the last.
      if ((complete && rowCount < count) || this.rowCount >= this.limit) return undefined;
    }
  }

  private writeRows(started: QueryStarted): Promise<SparkError | undefined> {
    switch (this.shape) {
      case 'table':
        return this.writeTable(started);
      case 'csv':
        return this.writeCsv(started);
      case 'json':
        return this.eachPage(started.resultId, ({ columns, rows, timeZone }) =>
          this.io.out(
            rows
              .map((row) => {
                const entries = columns.map(({ name, type }, index) => [
                  name,
                  cellJson(row[index] ?? null, type, timeZone),
                ]);
                return `${JSON.stringify(Object.fromEntries(entries))}\n`;
              })
              .join(''),
          ),
        );
      case 'arrow':
        return this.writeArrow(started);
      default:
        return this.writeEnvelope(started);
    }
  }

  private async writeTable({ resultId, schema }: QueryStarted): Promise<SparkError | undefined> {
    // A statement with no columns answers nothing, and an empty frame would look like an answer.
    if (schema.length === 0) {
      const failure = await this.eachPage(resultId, () => Promise.resolve());
      if (!failure) await this.io.out(`OK, ${this.elapsedMs().toLocaleString('en')} ms\n`);
      return failure;
    }
    let writer: ReturnType<typeof tableWriter> | undefined;
    const failure = await this.eachPage(resultId, async ({ columns, rows, timeZone }) => {
      if (!writer) {
        const { isTerminal } = this.io;
        writer = tableWriter(columns, rows.slice(0, measuredRowCount), { timeZone, isTerminal });
        await this.io.out(writer.head());
      }
      await this.io.out(writer.rows(rows));
    });
    if (!writer) return failure;
    const rows = `${this.rowCount.toLocaleString('en')} ${this.rowCount === 1 ? 'row' : 'rows'}`;
    const ending = failure ? 'then an error' : `${this.elapsedMs().toLocaleString('en')} ms`;
    await this.io.out(`${writer.foot()}${rows}, ${ending}\n`);
    return failure;
  }

  private async writeCsv({ resultId, schema }: QueryStarted): Promise<SparkError | undefined> {
    await this.io.out(`${schema.map((field) => csvCell(field.name)).join(',')}\n`);
    return this.eachPage(resultId, ({ columns, rows, timeZone }) =>
      this.io.out(
        rows
          .map((row) => {
            const cells = columns.map(({ type }, index) => {
              const cell = row[index] ?? null;
              if (cell === null) return '';
              const text =
                cell instanceof Uint8Array ? hexText(cell) : cellText(cell, type, timeZone);
              return text === '' ? '""' : csvCell(text);
            });
            return `${cells.join(',')}\n`;
          })
          .join(''),
      ),
    );
  }

  /** One stream of many batches, cut together from the pages' own streams. */
  private async writeArrow({ resultId }: QueryStarted): Promise<SparkError | undefined> {
    const { RecordBatchStreamWriter, tableFromIPC } = await import('apache-arrow');
    const writer = new RecordBatchStreamWriter();
    let isFirst = true;
    const failure = await this.eachPage(resultId, (_page, arrow) => {
      const table = tableFromIPC(new Uint8Array(arrow));
      if (isFirst) writer.reset(undefined, table.schema);
      isFirst = false;
      for (const batch of table.batches) writer.write(batch);
      return Promise.resolve();
    });
    if (failure) return failure;
    writer.finish();
    await this.io.out(writer.toUint8Array(true));
    return undefined;
  }

  private async writeEnvelope(started: QueryStarted): Promise<SparkError | undefined> {
    const texts: string[] = [];
    // A failed statement prints its error alone, so the rows of a short one wait for its end.
    const waiting = [`{"schema":${JSON.stringify(schemaJson(started.schema))},"rows":[`];
    const failure = await this.eachPage(started.resultId, async ({ columns, rows, timeZone }) => {
      const isFirstPage = this.rowCount === rows.length;
      const parts = rows.map((row, at) => {
        if (this.shape === 'envelope-jsonl')
          texts.push(shellText(row, columns, timeZone, started.shellForm));
        const cells = columns.map(({ type }, index) =>
          cellJson(row[index] ?? null, type, timeZone),
        );
        return (isFirstPage && at === 0 ? '' : ',') + JSON.stringify(cells);
      });
      waiting.push(parts.join(''));
      if (this.rowCount <= waitingRowLimit) return;
      this.hasBegun = true;
      await this.io.out(waiting.splice(0).join(''));
    });
    if (failure && !this.hasBegun) return failure;
    const tail = [
      `"rowCount":${this.rowCount}`,
      ...(this.shape === 'envelope-jsonl' ? [`"text":${JSON.stringify(texts.join('\n'))}`] : []),
      `"elapsedMs":${this.elapsedMs()}`,
      ...(failure ? [`"error":${JSON.stringify(errorJson(failure))}`] : []),
    ];
    await this.io.out(`${waiting.join('')}],${tail.join(',')}}\n`);
    return failure;
  }

  private async writeFile(text: string, target: Target): Promise<SparkError | undefined> {
    const written = await this.engine.call(
      'exportQuery',
      { sessionId, text, ...target },
      this.io.signal,
    );
    if (!written.ok) return sparkErrorOf(written, text);
    const rows = written.value.rowCount;
    await this.io.out(
      `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} written to ${target.path}\n`,
    );
    return undefined;
  }

  private async writeParquet(text: string): Promise<SparkError | undefined> {
    if (this.limit !== Infinity)
      throw new CannotRun('--limit does not go with --format parquet; put LIMIT into the query');
    const path = join(tmpdir(), `strata-${process.pid}.parquet`);
    try {
      const written = await this.engine.call(
        'exportQuery',
        { sessionId, text, path, format: 'parquet' },
        this.io.signal,
      );
      if (!written.ok) return sparkErrorOf(written, text);
      await this.io.out(await readFile(path));
      return undefined;
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Rows of an envelope that wait until its end is known to be good. */
const waitingRowLimit = 100_000;

function sparkErrorOf(
  result: Extract<Result<unknown, EngineFailure | WireError>, { ok: false }>,
  text: string,
): SparkError {
  if (result.error.kind === 'spark') return result.error;
  throw cannotRun(result.error, text);
}

function schemaJson(schema: readonly Field[]): object[] {
  return schema.map(({ name, type, nullable }) => ({ name, type, nullable }));
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shapeOf({ values }: SqlOptions): Shape {
  const { format, output } = values;
  if (format !== undefined && output !== undefined)
    throw new CannotRun('--format prints rows alone and --output their envelope; give one of them');
  if (output !== undefined) {
    const known = outputs.find((name) => name === output);
    if (!known) throw new CannotRun(`--output is ${outputs.join(' or ')}, not '${output}'`);
    return `envelope-${known}`;
  }
  const known = formats.find((name) => name === (format ?? 'table'));
  if (!known)
    throw new CannotRun(`--format is one of ${formats.join(', ')}, not '${format ?? ''}'`);
  return known;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (!/^\d{1,15}$/.test(text)) throw new CannotRun(`--limit is a number of rows, not '${text}'`);
  return Number(text);
}
