/** Tells the language server the columns of data files that PySpark code reads, by the engine of the queries. */
import type { FileFormat } from '#shared/protocol/engine.ts';
import type { FileSchemasReply, ScriptFile } from '#shared/protocol/frameScript.ts';
import type { EngineProcess } from '../engineProcess.ts';

/** Apart from the workbench's own, so that no view of the user's is touched. */
const sessionId = 'schemas';

export async function fileSchemas(
  engine: EngineProcess,
  files: readonly ScriptFile[],
): Promise<FileSchemasReply> {
  const life = await engine.ready();
  if (!life.ok) return { schemas: files.map(() => null) };
  const { call } = life.value;
  await call('openSession', { sessionId, settings: { 'strata.allowWrites': 'false' } });
  const schemas: FileSchemasReply['schemas'][number][] = [];
  for (const { path, format, options, schema } of files) {
    const known = schema ? { schema } : {};
    const view = { name: 'file', path, format: format as FileFormat, options, ...known };
    const defined = await call('defineView', { sessionId, view });
    schemas.push(defined.ok ? defined.value.schema : null);
  }
  return { schemas };
}
