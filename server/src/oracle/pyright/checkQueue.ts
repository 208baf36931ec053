/**
 * Which document the pyright process looks at next.
 *
 * An edit is answered twice: at once with the findings of the function that it is in, and with those of the whole
 * document when the typing pauses. Whole documents are pulled one at a time and the last edited first, so that every
 * answer belongs to a version; an edit cancels the check that it makes stale, and so does a request that someone waits
 * for, after which the check goes on.
 */
import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticReport,
  MessageConnection,
} from 'vscode-languageserver/node';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { CheckScopesParams, CheckScopesReply, LineSpan } from './processProtocol.ts';
import { CHECK_SCOPES } from './processProtocol.ts';

export interface CheckQueueHost {
  /** Undefined while no process takes documents. */
  connection(): MessageConnection | undefined;
  /** Settles with undefined when the request fails or the process ends. */
  request<T>(
    send: (token: CancellationToken) => Promise<T>,
    cancellation?: CancellationTokenSource,
  ): Promise<T | undefined>;
  /** Whether the process can check a part of a document. */
  readonly checksScopes: boolean;
  versionOf(uri: string): number | undefined;
  onDiagnostics(uri: string, version: number, diagnostics: readonly Diagnostic[]): void;
  onScopeDiagnostics(
    uri: string,
    version: number,
    scopes: readonly LineSpan[],
    diagnostics: readonly Diagnostic[],
  ): void;
  /** It became busy or idle. */
  onBusy(): void;
}

/** Lines `[start, end)` of the text before became `lineCount` lines. */
export interface LineEdit extends LineSpan {
  readonly lineCount: number;
}

interface Pull {
  readonly uri: string;
  readonly version: number;
  readonly cancellation: CancellationTokenSource;
  /** Stopped for the sake of an urgent request. */
  hasMadeWay: boolean;
}

/** What is dear to check as a whole is checked in parts first. */
const DEAR_MS = 60;
/** Taken for a document that has not been checked as a whole yet. */
const UNKNOWN_MS = 500;
const LONGEST_PAUSE_MS = 1000;

export class CheckQueue {
  readonly #host: CheckQueueHost;
  readonly #debounceMs: number;
  /** Documents whose findings are to be asked for, and from when on; the last one first. */
  readonly #dirty = new Map<string, number>();
  readonly #resultIds = new Map<string, string>();
  /** How long the last whole check took. */
  readonly #elapsedMs = new Map<string, number>();
  /** By document, the lines that were edited since parts of it were last checked. */
  readonly #edited = new Map<string, readonly LineSpan[]>();
  #timer: NodeJS.Timeout | undefined;
  #pull: Pull | undefined;
  #isCheckingScopes = false;
  #urgentRequests = 0;

  constructor(host: CheckQueueHost, debounceMs: number) {
    this.#host = host;
    this.#debounceMs = debounceMs;
  }

  get isBusy(): boolean {
    return this.#pull !== undefined || this.#dirty.size > 0;
  }

  opened(uri: string): void {
    this.#markDirty(uri, 0);
  }

  /** An edit of a document makes what is being found in it stale, and may do so in any other. */
  stopChecking(uri: string): void {
    if (!this.#pull) return;
    this.#pull.hasMadeWay ||= this.#pull.uri !== uri;
    this.#pull.cancellation.cancel();
  }

  /** The session may still be reading the text that this version has. */
  edited(uri: string, version: number, edits: readonly LineEdit[]): void {
    const elapsedMs = this.#elapsedMs.get(uri) ?? UNKNOWN_MS;
    if (!this.#host.checksScopes || elapsedMs < DEAR_MS) {
      this.#markDirty(uri, this.#debounceMs);
      return;
    }
    this.#edited.set(uri, edits.reduce(editedLines, this.#edited.get(uri) ?? []));
    this.#markDirty(uri, Math.max(this.#debounceMs, Math.min(elapsedMs / 3, LONGEST_PAUSE_MS)));
    void this.#checkScopes(uri, version);
  }

  /** All of it is asked for again, also of a document that did not change. */
  changedElsewhere(uri: string): void {
    if (!this.#dirty.has(uri)) this.#markDirty(uri, 0);
  }

  closed(uri: string): void {
    this.#dirty.delete(uri);
    this.#resultIds.delete(uri);
    this.#elapsedMs.delete(uri);
    this.#edited.delete(uri);
    this.stopChecking(uri);
  }

  /** What was answered before is no reference any more. */
  forgetAnswers(): void {
    this.#resultIds.clear();
  }

  /** Until `goOn`, no whole check begins, and the one under way stops. */
  makeWay(): void {
    this.#urgentRequests++;
    if (!this.#pull) return;
    this.#pull.hasMadeWay = true;
    this.#pull.cancellation.cancel();
  }

  goOn(): void {
    this.#urgentRequests--;
    this.#wakeUp();
  }

  /** The process is gone, or another one begins. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#pull = undefined;
    this.#isCheckingScopes = false;
    this.#dirty.clear();
    this.#resultIds.clear();
    this.#edited.clear();
  }

  #markDirty(uri: string, delayMs: number): void {
    if (!this.#host.connection()) return;
    this.#dirty.delete(uri);
    this.#dirty.set(uri, performance.now() + delayMs);
    this.#host.onBusy();
    this.#wakeUp();
  }

  /** When the first of the dirty documents is due. */
  #wakeUp(): void {
    clearTimeout(this.#timer);
    const delayMs = Math.min(...this.#dirty.values()) - performance.now();
    if (!Number.isFinite(delayMs)) return;
    this.#timer = setTimeout(
      () => {
        void this.#pullNext();
      },
      Math.max(0, delayMs),
    );
  }

  /** One at a time: what is edited meanwhile is asked for when the answer has come. */
  async #checkScopes(uri: string, version: number | undefined): Promise<void> {
    const connection = this.#host.connection();
    const lines = this.#edited.get(uri);
    if (this.#isCheckingScopes || !connection || version === undefined || !lines?.length) return;
    this.#isCheckingScopes = true;
    const params: CheckScopesParams = { uri, version, lines };
    const reply = await this.#host.request((token) =>
      connection.sendRequest<CheckScopesReply>(CHECK_SCOPES, params, token),
    );
    if (this.#host.connection() !== connection) return;
    this.#isCheckingScopes = false;
    if (this.#host.versionOf(uri) === version) {
      this.#edited.delete(uri);
      if (reply && reply.scopes.length > 0)
        this.#host.onScopeDiagnostics(uri, version, reply.scopes, reply.diagnostics);
    }
    const next = this.#edited.has(uri) ? uri : [...this.#edited.keys()].at(-1);
    if (next !== undefined) void this.#checkScopes(next, this.#host.versionOf(next));
    // Whole checks that were due meanwhile have waited for this one.
    this.#wakeUp();
  }

  async #pullNext(): Promise<void> {
    const connection = this.#host.connection();
    if (this.#pull || !connection || this.#urgentRequests > 0) return;
    // Behind a whole check the edited part would wait for seconds.
    if (this.#isCheckingScopes) return;
    const now = performance.now();
    const uri = [...this.#dirty.keys()].findLast((each) => (this.#dirty.get(each) ?? 0) <= now);
    if (uri === undefined) {
      this.#wakeUp();
      return;
    }
    this.#dirty.delete(uri);
    const version = this.#host.versionOf(uri);
    if (version === undefined) {
      this.#host.onBusy();
      this.#wakeUp();
      return;
    }
    const cancellation = new CancellationTokenSource();
    const pull: Pull = { uri, version, cancellation, hasMadeWay: false };
    this.#pull = pull;
    const startedAt = performance.now();
    const previousResultId = this.#resultIds.get(uri);
    const report = await this.#host.request(
      (token) =>
        connection.sendRequest<DocumentDiagnosticReport>(
          'textDocument/diagnostic',
          {
            textDocument: { uri },
            ...(previousResultId === undefined ? {} : { previousResultId }),
          },
          token,
        ),
      cancellation,
    );
    if (this.#pull !== pull) return;
    this.#pull = undefined;
    if (pull.hasMadeWay && this.#host.versionOf(uri) !== undefined && !this.#dirty.has(uri))
      this.#dirty.set(uri, performance.now());
    // What is stale is dropped; the edit that made it stale has asked anew. A check that was stopped answers with
    // nothing found, which says nothing.
    const isWhole = !cancellation.token.isCancellationRequested;
    if (isWhole && report?.kind === 'full' && this.#host.versionOf(uri) === version) {
      // A check that went on after it made way took less than it would from the start.
      const atLeastMs = (this.#elapsedMs.get(uri) ?? 0) / 2;
      this.#elapsedMs.set(uri, Math.max(performance.now() - startedAt, atLeastMs));
      if (report.resultId === undefined) this.#resultIds.delete(uri);
      else this.#resultIds.set(uri, report.resultId);
      this.#host.onDiagnostics(uri, version, report.items);
    }
    this.#host.onBusy();
    this.#wakeUp();
  }
}

/** The lines edited so far, where they are after one edit more, and the lines of that edit. */
function editedLines(before: readonly LineSpan[], edit: LineEdit): readonly LineSpan[] {
  const shift = edit.lineCount - (edit.end - edit.start);
  const moved = before
    .filter(({ start, end }) => end <= edit.start || edit.end <= start)
    .map(({ start, end }) =>
      end <= edit.start ? { start, end } : { start: start + shift, end: end + shift },
    );
  const touched = before.filter(({ start, end }) => edit.start < end && start < edit.end);
  const start = Math.min(edit.start, ...touched.map((span) => span.start));
  const end = Math.max(edit.end, ...touched.map((span) => span.end)) + shift;
  return [...moved, { start, end }];
}
