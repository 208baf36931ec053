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
import { Judgement } from '../../queries/judgement.ts';
import type { SqlDocument } from '../../queries/sqlDocument.ts';
import { readSqlDocument } from '../../queries/sqlDocument.ts';
import type { SqlFinding } from '../../queries/sqlFindings.ts';
import { SqlCatalog } from './sqlCatalog.ts';

export interface OpenSql {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly document: SqlDocument;
  readonly lines: LineIndex;
  readonly judgement: Judgement;
}

/** A text of this size is read when typing pauses, not at every key. */
const LONG_TEXT = 2_000_000;
const PAUSE_MS = 300;
/** As long as nobody notices: what is judged in this time after a key is published at once, and whole as a rule. */
const FIRST_SLICE_MS = 30;
/** Between the slices that a long text takes, whatever else is asked is answered. */
const SLICE_MS = 12;

/** How far the judgement of a text is that took longer than its first slice. */
interface Unfinished {
  readonly startedAt: number;
  /** When what is found so far is published next; each time twice as late. */
  publishMs: number;
  published: readonly SqlFinding[];
  /** The count of statements at which the client is asked next for the tables that they read. */
  askCount: number;
}

export class SqlDocuments {
  readonly catalog: SqlCatalog;
  readonly #connection: Connection;
  readonly #pushes: () => boolean;
  readonly #open = new Map<string, OpenSql>();
  readonly #texts = new Map<string, { text: string; version: number; timer?: NodeJS.Timeout }>();
  readonly #unfinished = new Map<string, Unfinished>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #isGoingOn = false;
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
    const [lines, judgement] = [indexLines(''), this.#judgementOf(document)];
    this.#open.set(uri, { uri, languageId, version, document, lines, judgement });
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
    this.#finish(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    return true;
  }

  /** Of the whole text, for a client that pulls. */
  async diagnosticsOf(uri: string): Promise<readonly Diagnostic[]> {
    await this.untilJudged(uri);
    const open = this.get(uri);
    return open?.judgement.findings.map((each) => toSqlDiagnostic(each, open.lines)) ?? [];
  }

  /** Also where the text is closed meanwhile. */
  untilJudged(uri: string): Promise<void> {
    this.get(uri);
    if (!this.#unfinished.has(uri)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(uri, [...(this.#waiting.get(uri) ?? []), resolve]);
    });
  }

  #read(uri: string): void {
    const [before, waiting] = [this.#open.get(uri), this.#texts.get(uri)];
    if (!before || !waiting) return;
    clearTimeout(waiting.timer);
    const { text, version } = waiting;
    this.#texts.set(uri, { text, version });
    const isSpark = this.#isSpark(before);
    const document = isSpark ? readSqlDocument(text, before.document) : readSqlDocument('');
    const judgement = this.#judgementOf(document, before.judgement);
    const lines = indexLines(text);
    this.#open.set(uri, { ...before, version, document, lines, judgement });
    const startedAt = performance.now();
    judgement.go(() => performance.now() < startedAt + FIRST_SLICE_MS);
    this.catalog.want(judgement.takeNames());
    this.#publish(uri);
    if (judgement.isDone) {
      this.#finish(uri);
      return;
    }
    const askCount = 2 * judgement.judgedCount;
    const published = judgement.findings;
    this.#unfinished.set(uri, { startedAt, publishMs: 8 * FIRST_SLICE_MS, published, askCount });
    this.#goOn();
  }

  /** A throw is a bug of ours, logged; the text must not suffer for it. */
  #judgementOf(document: SqlDocument, before?: Judgement): Judgement {
    return new Judgement(
      document,
      this.catalog.tables,
      (error) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#connection.console.error(`server.sql crashed: ${text}`);
      },
      before,
    );
  }

  #goOn(): void {
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    setImmediate(() => {
      this.#isGoingOn = false;
      const [first] = this.#unfinished;
      if (!first) return;
      this.#judgeMore(...first);
      if (this.#unfinished.size > 0) this.#goOn();
    });
  }

  #judgeMore(uri: string, unfinished: Unfinished): void {
    const judgement = this.#open.get(uri)?.judgement;
    if (!judgement) return;
    const startedAt = performance.now();
    judgement.go(() => performance.now() < startedAt + SLICE_MS);
    const { isDone, judgedCount } = judgement;
    if (isDone || judgedCount >= unfinished.askCount) {
      unfinished.askCount = 2 * judgedCount;
      this.catalog.want(judgement.takeNames());
    }
    const isTime = startedAt - unfinished.startedAt >= unfinished.publishMs;
    if ((isDone || isTime) && unfinished.published !== judgement.findings) {
      unfinished.published = judgement.findings;
      this.#publish(uri);
    }
    if (isTime) unfinished.publishMs *= 2;
    if (isDone) this.#finish(uri);
  }

  #finish(uri: string): void {
    this.#unfinished.delete(uri);
    const waiting = this.#waiting.get(uri) ?? [];
    this.#waiting.delete(uri);
    for (const resolve of waiting) resolve();
  }

  #publish(uri: string): void {
    const open = this.#open.get(uri);
    if (!open || !this.#pushes()) return;
    const { version, lines, judgement } = open;
    const diagnostics = judgement.findings.map((finding) => toSqlDiagnostic(finding, lines));
    void this.#connection.sendDiagnostics({ uri, version, diagnostics });
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
