/** Runs the steps of a PySpark script on the engine, one after another, and gives what each of them prints. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { EngineFailure, Field, SparkError } from '#shared/protocol/engine.ts';
import type { PrintPart, ResultForm, ScriptStep } from '#shared/protocol/frameScript.ts';
import type { Cell, PageColumn } from '#shared/protocol/resultRows.ts';
import { decodePage } from '#shared/protocol/resultRows.ts';
import { parseSparkType } from '#shared/protocol/sparkType.ts';
import type { WireError } from '#shared/protocol/wire.ts';
import type { EngineClient } from './engineClient.ts';
import { cannotRun } from './engineClient.ts';
import { rowText, stringText } from './pythonText.ts';
import { schemaTree } from './schemaTree.ts';
import { showText } from './showText.ts';

const sessionId = 'script';
const PAGE_ROWS = 4096;

/** What a step gave: text for the terminal, and rows for programs. */
export interface StepOutcome {
  readonly printed: string;
  readonly schema?: readonly Field[];
  readonly rowCount?: number;
}

/** The step is an error of Spark's; a Python program would end here. */
export class StepFailed extends Error {
  readonly error: SparkError;
  constructor(error: SparkError) {
    super(error.message);
    this.error = error;
  }
}

interface Rows {
  readonly schema: readonly Field[];
  readonly columns: readonly PageColumn[];
  readonly timeZone: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** `str` and `repr` of a value that a step computed. */
interface Computed {
  readonly str: string;
  readonly repr: string;
}

export class ScriptRun {
  private readonly engine: EngineClient;
  private readonly cwd: string;
  private readonly signal: AbortSignal;
  private readonly settings: Record<string, string>;
  private readonly computed = new Map<number, Computed>();

  constructor(
    engine: EngineClient,
    cwd: string,
    settings: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) {
    this.engine = engine;
    this.cwd = cwd;
    this.settings = { ...settings };
    this.signal = signal;
  }

  async open(): Promise<void> {
    const { settings } = this;
    const opened = await this.engine.call('openSession', { sessionId, settings }, this.signal);
    if (!opened.ok) throw this.failure(opened.error);
  }

  /** `index` is the step's position, which later steps name its value by. */
  async step(step: ScriptStep, index: number): Promise<StepOutcome> {
    switch (step.action) {
      case 'configure':
        this.settings[step.key] = step.value;
        await this.open();
        return nothing;
      case 'defineFile': {
        const { name, format, options } = step;
        const path = this.path(step.path);
        const view = { name, path, format: format as 'csv' | 'json' | 'parquet', options };
        const defined = await this.engine.call('defineView', { sessionId, view }, this.signal);
        if (!defined.ok) throw this.failure(defined.error);
        return nothing;
      }
      case 'run':
        await this.rows(step.statement);
        return nothing;
      case 'show': {
        const { columns, timeZone, rows } = await this.rows(step.statement);
        return { printed: showText(columns, timeZone, rows, step) };
      }
      case 'printSchema': {
        const { schema } = await this.rows(step.statement, 0);
        return { printed: schemaTree(schema), schema };
      }
      case 'explain': {
        const mode = step.mode as 'simple';
        const { statement } = step;
        const params = { sessionId, text: '', statement, mode };
        const explained = await this.engine.call('explain', params, this.signal);
        if (!explained.ok) throw this.failure(explained.error);
        const { printed, text } = explained.value;
        return { printed: `${(printed ?? text.physical).trimEnd()}\n` };
      }
      case 'evaluate': {
        const needsRows =
          step.form !== 'columns' && step.form !== 'dtypes' && step.form !== 'schema';
        const found = await this.rows(step.statement, needsRows ? undefined : 0);
        this.computed.set(index, computedOf(found, step.form));
        return { printed: '', schema: found.schema, rowCount: found.rows.length };
      }
      case 'print':
        return { printed: step.parts.map((part) => this.part(part)).join('') };
      case 'write':
        return this.write(step);
    }
  }

  private part(part: PrintPart): string {
    if (typeof part === 'string') return part;
    return this.computed.get(part.step)?.[part.as] ?? '';
  }

  private path(path: string): string {
    const local = path.replace(/^file:(?:\/\/)?/, '');
    return isAbsolute(local) ? local : resolve(this.cwd, local);
  }

  private async rows(statement: string, limit = Infinity): Promise<Rows> {
    const started = await this.engine.call(
      'runQuery',
      { sessionId, text: '', statement, readOnce: true },
      this.signal,
    );
    if (!started.ok) throw this.failure(started.error);
    const { resultId, schema } = started.value;
    const rows: (readonly Cell[])[] = [];
    let timeZone = 'UTC';
    while (rows.length < limit) {
      const page = await this.engine.call(
        'readRows',
        { resultId, start: rows.length, count: PAGE_ROWS },
        this.signal,
      );
      if (!page.ok) throw this.failure(page.error);
      const decoded = decodePage(page.value.arrow);
      timeZone = decoded.timeZone;
      rows.push(...decoded.rows);
      if (page.value.rowCount < PAGE_ROWS) break;
    }
    await this.engine.call('closeResult', { resultId }, this.signal);
    const columns = schema.map(({ name, type }) => ({ name, type: parseSparkType(type) }));
    return { schema, columns, timeZone, rows };
  }

  /** A folder as Spark writes it, which appears whole or not at all. */
  private async write(step: Extract<ScriptStep, { action: 'write' }>): Promise<StepOutcome> {
    const target = this.path(step.path);
    const isThere = existsSync(target);
    if (isThere && step.mode === 'ignore') return nothing;
    if (isThere && (step.mode === 'error' || step.mode === 'errorifexists'))
      throw new StepFailed(
        sparkError(
          'PATH_ALREADY_EXISTS',
          '42K04',
          `Path ${step.path} already exists. Set mode as "overwrite" to overwrite the existing path.`,
        ),
      );
    if (step.partitionBy.length > 0)
      throw new StepFailed(
        sparkError(
          'UNSUPPORTED_EXPORT',
          '0A000',
          'Writing folders by the values of columns is not supported here yet.',
        ),
      );
    const partial = `${target}.${process.pid}.partial`;
    await mkdir(partial, { recursive: true });
    try {
      const part = `part-00000-${process.pid}-${Date.now()}-c000${endings[step.format] ?? ''}`;
      const { statement } = step;
      const format = step.format as 'csv';
      const params = { sessionId, text: '', statement, path: join(partial, part), format };
      const written = await this.engine.call('exportQuery', params, this.signal);
      if (!written.ok) throw this.failure(written.error);
      await writeFile(join(partial, '_SUCCESS'), '');
      if (isThere && step.mode === 'append') {
        for (const name of await readdir(partial))
          await rename(join(partial, name), join(target, name));
        await rm(partial, { recursive: true });
      } else {
        if (isThere) await rm(target, { recursive: true });
        await rename(partial, target);
      }
      return { printed: '', rowCount: written.value.rowCount };
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  private failure(failure: EngineFailure | WireError): Error {
    return failure.kind === 'spark' ? new StepFailed(failure) : cannotRun(failure);
  }
}

const endings: Readonly<Record<string, string>> = {
  parquet: '.snappy.parquet',
  csv: '.csv',
  json: '.json',
};

const nothing: StepOutcome = { printed: '' };

function sparkError(name: string, sqlState: string, message: string): SparkError {
  return {
    kind: 'spark',
    class: name,
    sqlState,
    message: `[${name}] ${message} SQLSTATE: ${sqlState}`,
    parameters: {},
  };
}

function computedOf({ schema, columns, timeZone, rows }: Rows, form: ResultForm): Computed {
  const same = (text: string): Computed => ({ str: text, repr: text });
  switch (form) {
    case 'rows':
      return same(`[${rows.map((row) => rowText(columns, row, timeZone)).join(', ')}]`);
    case 'first': {
      const [row] = rows;
      return same(row ? rowText(columns, row, timeZone) : 'None');
    }
    case 'count':
      return same(String(rows[0]?.[0] ?? 0));
    case 'isEmpty':
      return same(rows.length === 0 ? 'True' : 'False');
    case 'columns':
      return same(`[${schema.map(({ name }) => stringText(name)).join(', ')}]`);
    case 'dtypes':
      return same(
        `[${schema.map(({ name, type }) => `(${stringText(name)}, ${stringText(type)})`).join(', ')}]`,
      );
    case 'schema':
      return same(`StructType([${schema.map(fieldText).join(', ')}])`);
  }
}

function fieldText({ name, type, nullable }: Field): string {
  return `StructField('${name}', ${classText(type)}, ${nullable ? 'True' : 'False'})`;
}

const classNames: Readonly<Record<string, string>> = {
  void: 'NullType()',
  boolean: 'BooleanType()',
  tinyint: 'ByteType()',
  smallint: 'ShortType()',
  int: 'IntegerType()',
  bigint: 'LongType()',
  float: 'FloatType()',
  double: 'DoubleType()',
  string: 'StringType()',
  binary: 'BinaryType()',
  date: 'DateType()',
  timestamp: 'TimestampType()',
  timestamp_ntz: 'TimestampNTZType()',
};

function classText(type: string): string {
  const parsed = parseSparkType(type);
  if (parsed.kind === 'decimal') return `DecimalType(${parsed.precision},${parsed.scale})`;
  return classNames[type] ?? type;
}
