/** Tells the language server the columns of data files that PySpark code reads, by the engine of the queries. */
import type { FileFormat } from '#shared/protocol/engine.ts';
import type { FileSchemasParams, FileSchemasReply } from '#shared/protocol/frameScript.ts';
import { decodePage } from '#shared/protocol/resultRows.ts';
import type { EngineLife, EngineProcess } from '../engineProcess.ts';

/** Apart from the workbench's own, so that no view of the user's is touched. */
const sessionId = 'schemas';

export async function fileSchemas(
  engine: EngineProcess,
  { files, countRows = false }: FileSchemasParams,
): Promise<FileSchemasReply> {
  const life = await engine.ready();
  if (!life.ok) return { schemas: files.map(() => null) };
  const { call } = life.value;
  await call('openSession', { sessionId, settings: { 'strata.allowWrites': 'false' } });
  const schemas: FileSchemasReply['schemas'][number][] = [];
  const rowCounts: (number | null)[] = [];
  for (const { path, format, options, schema } of files) {
    const known = schema ? { schema } : {};
    const view = { name: 'file', path, format: format as FileFormat, options, ...known };
    const defined = await call('defineView', { sessionId, view });
    schemas.push(defined.ok ? defined.value.schema : null);
    rowCounts.push(countRows && defined.ok ? await rowCount(life.value) : null);
  }
  return { schemas, rowCounts };
}

async function rowCount({ call }: EngineLife): Promise<number | null> {
  const text = 'SELECT count(*) FROM file';
  const started = await call('runQuery', { sessionId, text, readOnce: true });
  if (!started.ok) return null;
  const { resultId } = started.value;
  const page = await call('readRows', { resultId, start: 0, count: 1 });
  await call('closeResult', { resultId });
  const cell = page.ok ? decodePage(page.value.arrow).rows[0]?.[0] : undefined;
  return typeof cell === 'bigint' || typeof cell === 'number' ? Number(cell) : null;
}
