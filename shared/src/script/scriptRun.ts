/**
 * Runs the steps of a PySpark script on an engine, one after another, and gives what each of them prints. Knows nothing
 * of who runs it, nor of paths: a command line and an editor both do.
 */
import type {
  EngineFailure,
  EngineRequests,
  Field,
  FileFormat,
  ResultPage,
  SparkError,
  ViewDefinition,
} from '#shared/protocol/engine.ts';
import type {
  FileSchema,
  PrintPart,
  ResultPart,
  ScriptFile,
  ScriptStep,
} from '#shared/protocol/frameScript.ts';
import type { Cell } from '#shared/protocol/resultRows.ts';
import { decodePage } from '#shared/protocol/resultRows.ts';
import { parseSparkType } from '#shared/protocol/sparkType.ts';
import type { Caller, Params, WireError } from '#shared/protocol/wire.ts';
import { ok, type Result as Reply } from '#shared/result.ts';
import { withLateValues } from './lateValues.ts';
import { schemaTree } from './schemaTree.ts';
import type { Result, Rows } from './scriptResults.ts';
import { itemsOf, NoSuchPlace, partOf, printedResult, resultOf } from './scriptResults.ts';
import { showText } from './showText.ts';

const PAGE_ROWS = 4096;

type Failure = EngineFailure | WireError;

/** A query that has started. */
export interface OpenedQuery {
  readonly schema: readonly Field[];
  readonly read: (start: number, count: number) => Promise<Reply<ResultPage, Failure>>;
  readonly close: () => Promise<unknown>;
}

/** Who runs a script, and where. */
export interface ScriptHost {
  readonly call: Caller<EngineRequests>;
  readonly sessionId: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Of a path in the script, the absolute one. */
  readonly place: (path: string) => string;
  /** For one that shows the rows of actions: `statement` is the step's, ready to run. */
  readonly openQuery?: (
    step: ScriptStep,
    statement: string,
  ) => Promise<Reply<OpenedQuery, Failure>>;
  /** A plan was printed. */
  readonly explained?: (step: ScriptStep, statement: string) => void;
  readonly writeFiles?: (
    step: ScriptStep,
    params: Params<EngineRequests['writeFiles']>,
  ) => Promise<Reply<unknown, Failure>>;
}

/** The engine could not do it, which is no error of the script. */
export class ScriptStopped extends Error {
  readonly failure: Exclude<Failure, SparkError>;
  constructor(failure: Exclude<Failure, SparkError>) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** What a step gave: text for the terminal, and rows for programs. */
export interface StepOutcome {
  readonly printed: string;
  readonly schema?: readonly Field[];
  readonly rowCount?: number;
}

/** The step is an error of Spark's; a Python program would end here. */
export class StepFailed extends Error {
  readonly step: ScriptStep | undefined;
  readonly error: SparkError;
  constructor(step: ScriptStep | undefined, error: SparkError) {
    super(error.message);
    this.step = step;
    this.error = error;
  }
}

export class ScriptRun {
  private readonly host: ScriptHost;
  private readonly signal: AbortSignal;
  private readonly settings: Record<string, string>;
  private readonly computed = new Map<number, Result>();

  constructor(host: ScriptHost, signal: AbortSignal) {
    this.host = host;
    this.settings = { ...host.settings };
    this.signal = signal;
  }

  async open(): Promise<void> {
    const { settings } = this;
    const { call, sessionId } = this.host;
    const opened = await call('openSession', { sessionId, settings }, this.signal);
    if (!opened.ok) throw failed(opened.error);
  }

  /** The session ends; whoever runs another script opens another. */
  async close(): Promise<void> {
    const { call, sessionId } = this.host;
    await call('closeSession', { sessionId }, this.signal);
  }

  /** The columns of files, as the engine reads them; those that it can't read are left out. */
  async schemas(files: readonly ScriptFile[]): Promise<readonly FileSchema[]> {
    const found: FileSchema[] = [];
    for (const file of files) {
      const view = this.viewOf('strata_schema', file);
      const defined = await this.host.call(
        'defineView',
        { sessionId: this.host.sessionId, view },
        this.signal,
      );
      if (defined.ok) found.push({ ...file, fields: defined.value.schema });
    }
    return found;
  }

  /** All steps in order; each outcome is told, those of loops as often as they run. Throws what ends the script. */
  async run(
    steps: readonly ScriptStep[],
    told: (step: ScriptStep, outcome: StepOutcome, elapsedMs: number) => Promise<void> | void,
    before: (step: ScriptStep) => void = () => undefined,
  ): Promise<void> {
    const runRange = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at++) {
        const step = steps[at];
        if (!step) return;
        before(step);
        if (step.action === 'repeat') {
          const end = at + 1 + step.length;
          for (const item of itemsOf(this.result(step.over))) {
            this.computed.set(at, item);
            await runRange(at + 1, end);
          }
          at = end - 1;
          continue;
        }
        const began = performance.now();
        const outcome = await this.step(step, at).catch((error: unknown) => {
          if (error instanceof NoSuchPlace)
            throw new StepFailed(step, sparkError('PYTHON', '', error.message));
          if (error instanceof StepFailed) throw new StepFailed(step, error.error);
          throw error;
        });
        await told(step, outcome, performance.now() - began);
      }
    };
    await runRange(0, steps.length);
  }

  private result({ step, path = [] }: ResultPart): Result {
    const result = this.computed.get(step);
    if (!result) throw new Error(`step ${step} has run before those that need it`);
    return partOf(result, path);
  }

  private late(statement: string): string {
    return withLateValues(statement, (part) => this.result(part));
  }

  /** `index` is the step's position, which later steps name its value by. */
  private async step(step: ScriptStep, index: number): Promise<StepOutcome> {
    switch (step.action) {
      case 'configure':
        this.settings[step.key] = step.value;
        await this.open();
        return nothing;
      case 'defineFile': {
        const view = this.viewOf(step.name, step);
        const defined = await this.host.call(
          'defineView',
          { sessionId: this.host.sessionId, view },
          this.signal,
        );
        if (!defined.ok) throw failed(defined.error);
        return nothing;
      }
      case 'run':
        await this.rows(step, step.statement);
        return nothing;
      case 'show': {
        const { columns, timeZone, rows } = await this.rows(step, step.statement);
        return { printed: showText(columns, timeZone, rows, step) };
      }
      case 'printSchema': {
        const { schema } = await this.rows(step, step.statement, 0);
        return { printed: schemaTree(schema, step.level), schema };
      }
      case 'explain': {
        const mode = step.mode as 'simple';
        const { sessionId } = this.host;
        const params = { sessionId, text: '', statement: this.late(step.statement), mode };
        const explained = await this.host.call('explain', params, this.signal);
        if (!explained.ok) throw failed(explained.error);
        this.host.explained?.(step, params.statement);
        const { printed, text } = explained.value;
        return { printed: `${(printed ?? text.physical).trimEnd()}\n` };
      }
      case 'evaluate': {
        const needsRows =
          typeof step.form !== 'string' || !/^(?:columns|dtypes|schema|frame)$/.test(step.form);
        const found = await this.rows(step, step.statement, needsRows ? undefined : 0);
        this.computed.set(index, resultOf(found, step.form));
        return { printed: '', schema: found.schema, rowCount: found.rows.length };
      }
      case 'print':
        return { printed: step.parts.map((part) => this.part(part)).join('') };
      case 'write':
        return this.write(step);
      case 'repeat':
        return nothing;
    }
  }

  private part(part: PrintPart): string {
    if (typeof part === 'string') return part;
    return printedResult(this.result(part), part.as, part.spec);
  }

  private viewOf(name: string, { path, format, options, schema }: ScriptFile): ViewDefinition {
    const known = schema ? { schema } : {};
    return { name, path: this.place(path), format: format as FileFormat, options, ...known };
  }

  private place(path: string): string {
    return this.host.place(path.replace(/^file:(?:\/\/)?/, ''));
  }

  private async rows(step: ScriptStep, encoded: string, limit = Infinity): Promise<Rows> {
    const statement = this.late(encoded);
    const isShown = limit > 0 && step.action !== 'run';
    const started =
      (await (isShown ? this.host.openQuery?.(step, statement) : undefined)) ??
      (await this.openQuery(statement));
    if (!started.ok) throw failed(started.error);
    const { schema, read, close } = started.value;
    const rows: (readonly Cell[])[] = [];
    let timeZone = 'UTC';
    while (rows.length < limit) {
      const page = await read(rows.length, PAGE_ROWS);
      if (!page.ok) throw failed(page.error);
      const decoded = decodePage(page.value.arrow);
      timeZone = decoded.timeZone;
      rows.push(...decoded.rows);
      if (page.value.rowCount < PAGE_ROWS) break;
    }
    await close();
    const columns = schema.map(({ name, type }) => ({ name, type: parseSparkType(type) }));
    return { schema, columns, timeZone, rows };
  }

  private async openQuery(statement: string): Promise<Reply<OpenedQuery, Failure>> {
    const { call, sessionId } = this.host;
    const params = { sessionId, text: '', statement, readOnce: true };
    const started = await call('runQuery', params, this.signal);
    if (!started.ok) return started;
    const { resultId, schema } = started.value;
    return ok({
      schema,
      read: (start, count) => call('readRows', { resultId, start, count }, this.signal),
      close: () => call('closeResult', { resultId }, this.signal),
    });
  }

  private async write(step: Extract<ScriptStep, { action: 'write' }>): Promise<StepOutcome> {
    const { format, options, partitionBy } = step;
    const { call, sessionId, writeFiles } = this.host;
    const params: Params<EngineRequests['writeFiles']> = {
      sessionId,
      statement: this.late(step.statement),
      path: this.place(step.path),
      format,
      mode: step.mode === 'errorifexists' ? 'error' : (step.mode as 'append'),
      options,
      partitionBy,
    };
    const written = await (writeFiles?.(step, params) ?? call('writeFiles', params, this.signal));
    if (!written.ok) throw failed(written.error);
    return nothing;
  }
}

function failed(failure: Failure): Error {
  return failure.kind === 'spark' ? new StepFailed(undefined, failure) : new ScriptStopped(failure);
}

const nothing: StepOutcome = { printed: '' };

function sparkError(name: string, sqlState: string, message: string): SparkError {
  return {
    kind: 'spark',
    class: name,
    sqlState,
    message: sqlState === '' ? message : `[${name}] ${message} SQLSTATE: ${sqlState}`,
    parameters: {},
  };
}
