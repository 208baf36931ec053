/** The open texts of Spark SQL, and what is published of them. */
import type {
  Connection,
  Diagnostic,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { toRange, toTextChanges } from '../../lspConvert.ts';
import type { LineIndex } from '../../python/lineIndex.ts';
import { indexLines } from '../../python/lineIndex.ts';
import type { SqlDocument } from '../../queries/sqlDocument.ts';
import { readSqlDocument } from '../../queries/sqlDocument.ts';
import type { SqlFinding } from '../../queries/sqlFindings.ts';
import { findingsOf } from '../../queries/sqlFindings.ts';
import { namesNeeded } from '../../queries/sqlTables.ts';
import { SqlCatalog } from './sqlCatalog.ts';

export interface OpenSql {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly document: SqlDocument;
  readonly lines: LineIndex;
  readonly findings: readonly SqlFinding[];
}

/** A text of this size is read when typing pauses, not at every key. */
const LONG_TEXT = 2_000_000;
const PAUSE_MS = 300;

export class SqlDocuments {
  readonly catalog: SqlCatalog;
  readonly #connection: Connection;
  readonly #pushes: () => boolean;
  readonly #open = new Map<string, OpenSql>();
  readonly #texts = new Map<string, { text: string; version: number; timer?: NodeJS.Timeout }>();
  #folders: readonly string[] = [];

  constructor(connection: Connection, pushes: () => boolean) {
    this.#connection = connection;
    this.#pushes = pushes;
    this.catalog = new SqlCatalog(connection, () => {
      for (const uri of this.#open.keys()) this.#read(uri);
    });
  }

  /** Undefined for what is no Spark SQL: another language, or `sql` where nobody said that it is Spark's. */
  get(uri: string): OpenSql | undefined {
    const waiting = this.#texts.get(uri);
    if (waiting?.timer) this.#read(uri);
    const open = this.#open.get(uri);
    return open && this.#isSpark(open) ? open : undefined;
  }

  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** The folders in which `.sql` is Spark's. */
  setFolders(folders: readonly string[]): void {
    if (JSON.stringify(folders) === JSON.stringify(this.#folders)) return;
    this.#folders = folders;
    for (const uri of this.#open.keys()) this.#read(uri);
  }

  open({ uri, languageId, version, text }: TextDocumentItem): boolean {
    if (!languages.has(languageId)) return false;
    if (this.#open.size === 0) this.catalog.changed();
    const document = readSqlDocument('');
    const lines = indexLines('');
    this.#open.set(uri, { uri, languageId, version, document, lines, findings: [] });
    this.#texts.set(uri, { text, version });
    this.#read(uri);
    return true;
  }

  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): boolean {
    const before = this.#texts.get(uri);
    if (!before) return false;
    clearTimeout(before.timer);
    const text = toTextChanges(before.text, changes).changes.reduce(
      (current, change) => current.slice(0, change.start) + change.text + current.slice(change.end),
      before.text,
    );
    if (text.length < LONG_TEXT) {
      this.#texts.set(uri, { text, version });
      this.#read(uri);
    } else {
      const timer = setTimeout(() => this.#read(uri), PAUSE_MS);
      this.#texts.set(uri, { text, version, timer });
    }
    return true;
  }

  close(uri: string): boolean {
    clearTimeout(this.#texts.get(uri)?.timer);
    this.#texts.delete(uri);
    if (!this.#open.delete(uri)) return false;
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    return true;
  }

  diagnosticsOf(uri: string): readonly Diagnostic[] | undefined {
    const open = this.get(uri);
    if (!open) return this.#open.has(uri) ? [] : undefined;
    return open.findings.map((finding) => toSqlDiagnostic(finding, open.lines));
  }

  #read(uri: string): void {
    const [before, waiting] = [this.#open.get(uri), this.#texts.get(uri)];
    if (!before || !waiting) return;
    clearTimeout(waiting.timer);
    const { text, version } = waiting;
    this.#texts.set(uri, { text, version });
    const isSpark = this.#isSpark(before);
    const document = isSpark ? readSqlDocument(text, before.document) : readSqlDocument('');
    if (isSpark) this.catalog.want(document.statements.flatMap(namesNeeded));
    const findings = isSpark ? this.#findings(document) : [];
    const lines = indexLines(text);
    this.#open.set(uri, { ...before, version, document, lines, findings });
    if (!this.#pushes()) return;
    const diagnostics = findings.map((finding) => toSqlDiagnostic(finding, lines));
    void this.#connection.sendDiagnostics({ uri, version, diagnostics });
  }

  /** A throw is a bug of ours, logged; the text must not suffer for it. */
  #findings(document: SqlDocument): readonly SqlFinding[] {
    try {
      return findingsOf(document, this.catalog.tables);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#connection.console.error(`server.sql crashed: ${text}`);
      return [];
    }
  }

  #isSpark({ languageId, uri }: OpenSql): boolean {
    if (languageId === 'spark-sql') return true;
    return this.#folders.some((folder) => uri === folder || uri.startsWith(`${folder}/`));
  }
}

const languages = new Set(['spark-sql', 'sql']);

export function toSqlDiagnostic(finding: SqlFinding, lines: LineIndex): Diagnostic {
  return {
    range: toRange(lines, finding.start, finding.end),
    severity: finding.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'strata',
    code: finding.condition,
    message: finding.message,
  };
}
