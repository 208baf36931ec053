/** The statements that made a session what it is, to be run again in the next life of the engine. */
import type { EngineRequests, ViewDefinition } from '#shared/protocol/engine.ts';
import type { Caller } from '#shared/protocol/wire.ts';

export interface SessionStatement {
  readonly text: string;
  /** Views that were defined for it, and that what it made may read. */
  readonly views: readonly ViewDefinition[];
}

export class SessionJournal {
  readonly #sessionId: string;
  #statements: SessionStatement[] = [];
  #replaying: SessionStatement | undefined;

  constructor(sessionId: string) {
    this.#sessionId = sessionId;
  }

  note(statement: SessionStatement): void {
    // Run again and again, as SET and CREATE OR REPLACE are: the last one alone counts where nothing came between.
    if (this.#statements.at(-1)?.text === statement.text && !/^\s*INSERT\b/i.test(statement.text)) {
      this.#statements.pop();
    }
    this.#statements.push(statement);
  }

  /** Runs them in order. Tells which of them failed, and what then is missing. */
  async replay(call: Caller<EngineRequests>): Promise<readonly string[]> {
    // A statement that took the process with it once is not run a second time.
    const deadly = this.#replaying;
    this.#statements = this.#statements.filter((statement) => statement !== deadly);
    const missing = deadly ? [deadly.text] : [];
    for (const statement of this.#statements) {
      this.#replaying = statement;
      const outcome = await this.#repeat(statement, call);
      if (outcome === 'closed') return missing;
      if (outcome === 'failed') missing.push(statement.text);
    }
    this.#replaying = undefined;
    return missing;
  }

  async #repeat(
    { text, views }: SessionStatement,
    call: Caller<EngineRequests>,
  ): Promise<'done' | 'failed' | 'closed'> {
    const sessionId = this.#sessionId;
    for (const view of views) {
      const defined = await call('defineView', { sessionId, view });
      if (!defined.ok && defined.error.kind === 'closed') return 'closed';
    }
    const started = await call('runQuery', { sessionId, text, readOnce: true });
    if (!started.ok) return started.error.kind === 'closed' ? 'closed' : 'failed';
    await call('closeResult', { resultId: started.value.resultId });
    return 'done';
  }
}
