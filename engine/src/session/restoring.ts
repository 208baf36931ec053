/** What of a session a statement changed, for whoever brings the session back after its process died. */
import type { Command } from '#sql/plan/statements.ts';
import { quoteName } from '#sql/problem.ts';
import { quoteString } from '../duckdb/quote.ts';
import { fileTargetOf } from './commands/files.ts';
import { lowerKeys } from './commands/storage.ts';
import type { Session } from './session.ts';

export interface SessionChange {
  /** In place of the statement itself, which would write files again. */
  readonly text?: string;
}

/** Undefined where a new session needs nothing of the statement: it only asked, or wrote files that are still there. */
export function sessionChange(session: Session, command: Command): SessionChange | undefined {
  switch (command.kind) {
    case 'createTable': {
      if (!command.query) return {};
      const { nameParts } = command.name;
      const isFolder = fileTargetOf(nameParts, false) !== undefined;
      if (isFolder && !session.catalog.hasNamespace(nameParts[0] ?? '')) return undefined;
      const path = command.location ?? lowerKeys(command.options).path;
      if (path === undefined) return {};
      const format = command.format ?? 'parquet';
      const name = quoteName(nameParts);
      return { text: `CREATE TABLE ${name} USING ${format} LOCATION ${quoteString(path)}` };
    }
    case 'insert':
      if (command.directory) return undefined;
      return session.catalog.find(command.target.nameParts)?.kind === 'table' ? {} : undefined;
    case 'set':
      return command.form === 'put' || command.form === 'timeZone' ? {} : undefined;
    case 'createView':
    case 'createViewUsing':
    case 'dropRelation':
    case 'truncate':
    case 'reset':
    case 'use':
    case 'createNamespace':
    case 'dropNamespace':
    case 'declareVariables':
    case 'dropVariable':
    case 'setVariables':
    case 'executeImmediate':
    case 'alterRelation':
    case 'commentOn':
    case 'createFunction':
    case 'dropFunction':
    case 'cacheTable':
    case 'uncacheTable':
    case 'clearCache':
      return {};
    default:
      return undefined;
  }
}
