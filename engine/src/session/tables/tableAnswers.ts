/** The answers about tables: which are open, and who is to hear of them. */
import type { EngineEvents } from '#shared/protocol/engine.ts';
import type { TableRequests } from '#shared/protocol/tables.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Database, Unavailable } from '../../duckdb/native.ts';
import type { SourceCache } from '../../sources/openSource.ts';
import { unsupportedSetting } from '../settings.ts';
import { OpenTable } from './openTable.ts';
import { profileView } from './profileView.ts';

export function tableAnswers(options: {
  database(): Promise<Result<Database, Unavailable>>;
  readonly sources: SourceCache;
  readonly storeByteLength: number;
  onTableState?(state: EngineEvents['tableState']): void;
  onTableProgress?(progress: EngineEvents['tableProgress']): void;
}): Disposable & { readonly answers: Answers<TableRequests> } {
  const tables = new Map<string, OpenTable>();
  const gone = fail({ kind: 'gone' } as const);
  const close = (tableId: string) => {
    tables.get(tableId)?.dispose();
    tables.delete(tableId);
  };
  return {
    answers: {
      async openTable({ tableId, settings, view }, signal) {
        const unsupported = unsupportedSetting(settings);
        if (unsupported) return fail(unsupported);
        const database = await options.database();
        if (!database.ok) return database;
        close(tableId);
        const opened = await OpenTable.open(
          {
            tableId,
            settings,
            view,
            database: database.value,
            sources: options.sources,
            limitByteLength: options.storeByteLength,
            onState: (state) => options.onTableState?.({ tableId, state }),
            onProgress: (progress) => options.onTableProgress?.({ tableId, ...progress }),
          },
          signal,
        );
        if (!opened.ok) return opened;
        close(tableId);
        tables.set(tableId, opened.value);
        return ok(opened.value.state);
      },
      readTable({ tableId, arrangementId, start, count, columnStart, columnEnd }, signal) {
        const rows = { start, end: start + Math.min(count, 65_536) };
        const columns = { start: columnStart, end: columnEnd };
        return tables.get(tableId)?.read(rows, columns, arrangementId, signal) ?? gone;
      },
      arrangeTable({ tableId, arrangement }, signal) {
        return tables.get(tableId)?.arrange(arrangement, signal) ?? gone;
      },
      profileColumn({ tableId, arrangement, column }, signal) {
        return tables.get(tableId)?.profile(arrangement, column, signal) ?? gone;
      },
      async profileView({ settings, view, column }, signal) {
        const unsupported = unsupportedSetting(settings);
        if (unsupported) return fail(unsupported);
        const database = await options.database();
        if (!database.ok) return database;
        const { sources } = options;
        const asked = { settings, view, column, database: database.value, sources };
        return profileView(asked, signal);
      },
      exportTable({ tableId, arrangement, path, format }, signal) {
        const target = { path, format };
        return tables.get(tableId)?.exportRows(arrangement, target, signal) ?? gone;
      },
      closeTable({ tableId }) {
        close(tableId);
        return ok({});
      },
    },
    dispose() {
      for (const table of tables.values()) table.dispose();
      tables.clear();
    },
  };
}
