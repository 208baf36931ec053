/**
 * The open texts of Spark SQL, and what is published of them: whole documents, and what other documents have of it in
 * fences and cells.
 */
import type {
  Connection,
  Diagnostic,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { fencesIn, magicIn, type EmbeddedSql } from '#shared/embeddedSql.ts';
import { toRange, toTextChanges } from '../../lspConvert.ts';
import type { LineIndex } from '../../python/lineIndex.ts';
import { indexLines } from '../../python/lineIndex.ts';
import { Judgement } from '../../queries/judgement.ts';
import type { SqlDocument } from '../../queries/sqlDocument.ts';
import { readEmbeddedSql, readSqlDocument } from '../../queries/sqlDocument.ts';
import type { SqlFinding } from '../../queries/sqlFindings.ts';
import { SqlCatalog } from './sqlCatalog.ts';

export interface OpenSql {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly document: SqlDocument;
  readonly lines: LineIndex;
  readonly judgement: Judgement;
  /** Where the SQL is in a document of another language; undefined where all of it is SQL. */
  readonly regions: readonly EmbeddedSql[] | undefined;
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
  readonly #publishCell: (uri: string) => void;
  #isGoingOn = false;
  #folders: readonly string[] = [];
  #checksEmbedded = true;
  #isCatalogAsked = false;

  /** `publishCell`: of a cell of Python, what is found in it is published by who publishes what Python has. */
  constructor(
    connection: Connection,
    pushes: () => boolean,
    publishCell: (uri: string) => void = () => undefined,
  ) {
    this.#connection = connection;
    this.#pushes = pushes;
    this.#publishCell = publishCell;
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

  /** The folders and documents in which `.sql` is Spark's, and whether SQL in other languages is looked at. */
  setPlaces(folders: readonly string[], checksEmbedded: boolean): void {
    const before = [this.#folders, this.#checksEmbedded];
    if (JSON.stringify(before) === JSON.stringify([folders, checksEmbedded])) return;
    this.#folders = folders;
    this.#checksEmbedded = checksEmbedded;
    for (const uri of this.#open.keys()) this.#read(uri);
  }

  open({ uri, languageId, version, text }: TextDocumentItem): boolean {
    if (!languages.has(languageId)) return false;
    this.#show({ uri, languageId, version, text });
    return true;
  }

  /** A cell of Python that a magic makes one of SQL; one that it makes nothing of is closed. */
  showCell({ uri, version, text }: Omit<TextDocumentItem, 'languageId'>): void {
    if (magicIn(text)) this.#show({ uri, languageId: 'python', version, text });
    else this.close(uri);
  }

  #show({ uri, languageId, version, text }: TextDocumentItem): void {
    const document = readSqlDocument('');
    const [lines, judgement] = [indexLines(''), this.#judgementOf(document)];
    const nothing = { uri, languageId, version, document, lines, judgement, regions: undefined };
    this.#open.set(uri, this.#open.get(uri) ?? nothing);
    this.#texts.set(uri, { text, version });
    this.#read(uri);
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
    const open = this.#open.get(uri);
    if (!open) return false;
    this.#open.delete(uri);
    this.#finish(uri);
    // What was asked while no SQL is open may be out of date when some is again.
    if (this.#open.size === 0) this.#isCatalogAsked = false;
    if (open.languageId !== 'python')
      void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    return true;
  }

  /** As far as they are found; undefined where the cell has no SQL. */
  diagnosticsOfCell(uri: string): readonly Diagnostic[] | undefined {
    const open = this.#open.get(uri);
    if (open?.languageId !== 'python') return undefined;
    return open.judgement.findings.map((finding) => toSqlDiagnostic(finding, open.lines));
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
    const regions = this.#regionsIn(text, before);
    const isSpark = this.#isSpark({ ...before, regions });
    if (isSpark && !this.#isCatalogAsked) {
      this.#isCatalogAsked = true;
      // Reads all that is open, this too.
      this.catalog.changed();
      return;
    }
    const document = !isSpark
      ? readSqlDocument('')
      : regions
        ? readEmbeddedSql(text, regions, before.document)
        : readSqlDocument(text, before.document);
    const judgement = this.#judgementOf(document, before.judgement);
    const lines = indexLines(text);
    this.#open.set(uri, { ...before, version, document, lines, judgement, regions });
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
    if (open.languageId === 'python') {
      this.#publishCell(uri);
      return;
    }
    const { version, lines, judgement } = open;
    const diagnostics = judgement.findings.map((finding) => toSqlDiagnostic(finding, lines));
    void this.#connection.sendDiagnostics({ uri, version, diagnostics });
  }

  #isSpark({ languageId, uri, regions }: OpenSql): boolean {
    if (regions) return regions.length > 0;
    return languageId === 'spark-sql' || this.#isInFolder(uri);
  }

  #isInFolder(uri: string): boolean {
    const file = fileOf(uri);
    return this.#folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
  }

  /** Of Spark's SQL; undefined for a text that is SQL as a whole. */
  #regionsIn(text: string, { languageId, uri }: OpenSql): readonly EmbeddedSql[] | undefined {
    const magic = isCell(uri) || languageId === 'python' ? magicIn(text) : undefined;
    if (languageId !== 'markdown' && !magic) return undefined;
    if (!this.#checksEmbedded) return [];
    const found = magic ? [magic] : fencesIn(text);
    const isSpark = languageId === 'spark-sql' || this.#isInFolder(uri);
    return isSpark ? found : found.filter((each) => each.isSpark);
  }
}

const languages = new Set(['spark-sql', 'sql', 'markdown']);

const cellScheme = /^vscode-notebook-cell:(?:\/\/)?/;

function isCell(uri: string): boolean {
  return cellScheme.test(uri);
}

/** A cell's is its notebook. */
export function fileOf(uri: string): string {
  return isCell(uri) ? uri.replace(cellScheme, 'file://').replace(/#.*$/, '') : uri;
}

export function toSqlDiagnostic(finding: SqlFinding, lines: LineIndex): Diagnostic {
  return {
    range: toRange(lines, finding.start, finding.end),
    severity: finding.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'strata',
    code: finding.condition,
    message: finding.message,
  };
}
