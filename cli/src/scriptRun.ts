/** Runs the steps of a PySpark script on the engine, one after another, and gives what each of them prints. */
import { isAbsolute, resolve } from 'node:path';
import type {
  EngineFailure,
  Field,
  FileFormat,
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
import type { WireError } from '#shared/protocol/wire.ts';
import type { EngineClient } from './engineClient.ts';
import { cannotRun } from './engineClient.ts';
import { withLateValues } from './lateValues.ts';
import { schemaTree } from './schemaTree.ts';
import type { Result, Rows } from './scriptResults.ts';
import { itemsOf, NoSuchPlace, partOf, printedResult, resultOf } from './scriptResults.ts';
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
  readonly step: ScriptStep | undefined;
  readonly error: SparkError;
  constructor(step: ScriptStep | undefined, error: SparkError) {
    super(error.message);
    this.step = step;
    this.error = error;
  }
}

export class ScriptRun {
  private readonly engine: EngineClient;
  private readonly cwd: string;
  private readonly signal: AbortSignal;
  private readonly settings: Record<string, string>;
  private readonly computed = new Map<number, Result>();

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

  /** The session ends; whoever runs another script opens another. */
  async close(): Promise<void> {
    await this.engine.call('closeSession', { sessionId }, this.signal);
  }

  /** The columns of files, as the engine reads them; those that it can't read are left out. */
  async schemas(files: readonly ScriptFile[]): Promise<readonly FileSchema[]> {
    const found: FileSchema[] = [];
    for (const file of files) {
      const view = this.viewOf('strata_schema', file);
      const defined = await this.engine.call('defineView', { sessionId, view }, this.signal);
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
        return { printed: schemaTree(schema, step.level), schema };
      }
      case 'explain': {
        const mode = step.mode as 'simple';
        const params = { sessionId, text: '', statement: this.late(step.statement), mode };
        const explained = await this.engine.call('explain', params, this.signal);
        if (!explained.ok) throw this.failure(explained.error);
        const { printed, text } = explained.value;
        return { printed: `${(printed ?? text.physical).trimEnd()}\n` };
      }
      case 'evaluate': {
        const needsRows = !/^(?:columns|dtypes|schema|frame)$/.test(step.form);
        const found = await this.rows(step.statement, needsRows ? undefined : 0);
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
    return { name, path: this.path(path), format: format as FileFormat, options, ...known };
  }

  private path(path: string): string {
    const local = path.replace(/^file:(?:\/\/)?/, '');
    return isAbsolute(local) ? local : resolve(this.cwd, local);
  }

  private async rows(statement: string, limit = Infinity): Promise<Rows> {
    const started = await this.engine.call(
      'runQuery',
      { sessionId, text: '', statement: this.late(statement), readOnce: true },
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

  private async write(step: Extract<ScriptStep, { action: 'write' }>): Promise<StepOutcome> {
    const { format, options, partitionBy } = step;
    const written = await this.engine.call(
      'writeFiles',
      {
        sessionId,
        statement: this.late(step.statement),
        path: this.path(step.path),
        format,
        mode: step.mode === 'errorifexists' ? 'error' : (step.mode as 'append'),
        options,
        partitionBy,
      },
      this.signal,
    );
    if (!written.ok) throw this.failure(written.error);
    return nothing;
  }

  private failure(failure: EngineFailure | WireError): Error {
    return failure.kind === 'spark' ? new StepFailed(undefined, failure) : cannotRun(failure);
  }
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
