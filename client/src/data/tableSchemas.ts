/** Schemas of files, views and tables, asked of the engine once and kept until something changes. */
import type { Field, ViewDefinition } from '#shared/protocol/engine.ts';
import type { SqlSchema } from '#shared/protocol/languageServer.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { SESSION_ID, type EngineProcess } from '../engineProcess.ts';

/** Apart from the session that runs queries, so that looking at a file never changes what a name means there. */
const LOOKING = 'looking';

export interface TableSchema {
  readonly fields: readonly Field[];
  readonly isSampled: boolean;
}

export class TableSchemas {
  readonly #engine: () => Promise<EngineProcess>;
  readonly #known = new Map<string, Promise<Result<TableSchema, { readonly message: string }>>>();
  #opened: number | undefined;
  #count = 0;

  constructor(engine: () => Promise<EngineProcess>) {
    this.#engine = engine;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Types of the first rows, which is quick for a file of any size. */
  describe(view: ViewDefinition): Promise<Result<TableSchema, { readonly message: string }>> {
    const key = JSON.stringify({ ...view, name: '' });
    const known = this.#known.get(key) ?? this.#ask(view);
    this.#known.set(key, known);
    // What could not be read may be readable the next time.
    void known.then((asked) => asked.ok || this.#known.delete(key));
    return known;
  }

  /** A table or temporary view that a query made. Where no engine runs there is none. */
  async describeTable(nameParts: readonly string[]): Promise<SqlSchema> {
    const engine = await this.#engine();
    if (engine.state.kind !== 'ready') return { kind: 'none' };
    const life = await engine.ready();
    if (!life.ok) return { kind: 'unknown' };
    const text = `SELECT * FROM ${nameParts.map(quoteName).join('.')}`;
    const { call } = life.value;
    const started = await call('runQuery', { sessionId: SESSION_ID, text, sample: true });
    if (started.ok) {
      void call('closeResult', { resultId: started.value.resultId });
      return { kind: 'table', fields: started.value.schema };
    }
    const { error } = started;
    const isAbsent = error.kind === 'spark' && error.class === 'TABLE_OR_VIEW_NOT_FOUND';
    return { kind: isAbsent ? 'none' : 'unknown' };
  }

  async #ask(view: ViewDefinition): Promise<Result<TableSchema, { readonly message: string }>> {
    const engine = await this.#engine();
    const life = await engine.ready();
    if (!life.ok) {
      const message = 'message' in life.error ? life.error.message : 'The engine does not run.';
      return fail({ message });
    }
    const { call, number } = life.value;
    if (this.#opened !== number) {
      const opened = await call('openSession', { sessionId: LOOKING, settings: {} });
      if (!opened.ok) return fail({ message: 'The engine does not answer.' });
      this.#opened = number;
    }
    const named = { ...view, name: `looked_at_${this.#count++ % 100}` };
    const defined = await call('defineView', { sessionId: LOOKING, view: named, sample: true });
    if (defined.ok) {
      const { schema: fields, isSampled } = defined.value;
      return ok({ fields, isSampled: isSampled === true });
    }
    const { error } = defined;
    return fail({ message: 'message' in error ? error.message : 'The engine ended meanwhile.' });
  }
}
