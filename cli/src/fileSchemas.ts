/** Tells the language server the columns of data files, by an engine that starts when the first one is asked for. */
import type { FileFormat } from '#shared/protocol/engine.ts';
import type { FileSchemasReply, ScriptFile } from '#shared/protocol/frameScript.ts';
import type { Disposable } from '#shared/result.ts';
import type { CommandIo } from './command.ts';
import type { EngineClient } from './engineClient.ts';
import { startEngine } from './engineClient.ts';

const sessionId = 'schemas';

export class FileSchemas implements Disposable {
  private readonly io: CommandIo;
  private engine: EngineClient | undefined;

  constructor(io: CommandIo) {
    this.io = io;
  }

  /** Null for a file that can't be read, whatever the reason. */
  async of(files: readonly ScriptFile[]): Promise<FileSchemasReply> {
    this.engine ??= startEngine(this.io);
    const { call } = this.engine;
    await call('openSession', { sessionId, settings: {} }, this.io.signal);
    const schemas: FileSchemasReply['schemas'][number][] = [];
    for (const { path, format, options, schema } of files) {
      const known = schema ? { schema } : {};
      const view = { name: 'file', path, format: format as FileFormat, options, ...known };
      const defined = await call('defineView', { sessionId, view }, this.io.signal);
      schemas.push(defined.ok ? defined.value.schema : null);
    }
    return { schemas };
  }

  dispose(): void {
    this.engine?.dispose();
  }
}
