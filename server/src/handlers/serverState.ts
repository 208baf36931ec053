/** What the handlers share. Changed on the server's main loop only. */
import type {
  ClientCapabilities,
  Connection,
  Diagnostic,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import type { ServerSettings } from '#shared/protocol/languageServer.ts';
import type { FrameSchemas } from './frameSchemas.ts';
import type { RuleContexts } from './ruleContexts.ts';
import type { Projects } from './engineConfiguration.ts';
import type { PyrightEngine } from '../oracle/pyright/pyrightEngine.ts';
import type { Notebooks } from '../session/notebooks.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import type { SqlDocuments } from './sql/sqlDocuments.ts';
import type { Publications } from '../session/publications.ts';

export interface ServerState {
  readonly connection: Connection;
  readonly documents: Map<string, OpenDocument>;
  readonly publications: Publications<Diagnostic>;
  readonly engine: PyrightEngine;
  readonly projects: Projects;
  readonly ruleContexts: RuleContexts;
  readonly frameSchemas: FrameSchemas;
  readonly notebooks: Notebooks;
  /** The open texts of Spark SQL; `documents` has none of them. */
  readonly sql: SqlDocuments;
  folders: readonly WorkspaceFolder[];
  settings: ServerSettings;
  clientCapabilities: ClientCapabilities;
  /** Called when the editor has said that it is ready. */
  readonly onReady: (() => void)[];
  /** Called when settings have changed. */
  readonly onConfigured: (() => void)[];
  /** Called with each document that is opened. */
  readonly onOpened: ((uri: string) => void)[];
  /** Called when what is published of a document changes. */
  readonly onPublished: ((uri: string) => void)[];
  hasStartedForPython: boolean;
  /** Of those features that a client can be told of later. */
  typeFeaturesAreRegistered: boolean | undefined;
}
