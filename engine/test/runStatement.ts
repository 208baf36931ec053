/** One statement through the whole engine, in this process. */
import type { Engine } from '../src/session/engine.ts';
import type { Field, SparkError } from '#shared/protocol/engine.ts';
import { decodePage, hiveText } from '#shared/protocol/resultRows.ts';

export type Ran =
  | {
      readonly ok: true;
      readonly schema: readonly Field[];
      /** As the spark-sql shell prints them. */
      readonly rows: readonly string[];
    }
  | { readonly ok: false; readonly error: SparkError };

const pageRowCount = 4096;

/** What is thrown, and what is no error of Spark's, is an error of the class CRASHED. */
export async function runStatement(engine: Engine, sessionId: string, text: string): Promise<Ran> {
  const { signal } = new AbortController();
  const thrown = (message: string): Ran => ({
    ok: false,
    error: { kind: 'spark', class: 'CRASHED', sqlState: 'XX000', message, parameters: {} },
  });
  try {
    const started = await engine.answers.runQuery({ sessionId, text, readOnce: true }, signal);
    if (!started.ok)
      return started.error.kind === 'spark'
        ? { ok: false, error: started.error }
        : thrown(started.error.kind);
    const { resultId, schema } = started.value;
    const rows: string[] = [];
    for (;;) {
      const page = await engine.answers.readRows(
        { resultId, start: rows.length, count: pageRowCount },
        signal,
      );
      if (!page.ok) {
        await engine.answers.closeResult({ resultId }, signal);
        return page.error.kind === 'spark'
          ? { ok: false, error: page.error }
          : thrown(page.error.kind);
      }
      const decoded = decodePage(page.value.arrow);
      for (const row of decoded.rows) rows.push(hiveText(row, decoded.columns, decoded.timeZone));
      if (page.value.rowCount < pageRowCount) break;
    }
    await engine.answers.closeResult({ resultId }, signal);
    return { ok: true, schema, rows };
  } catch (error) {
    return thrown(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
