/**
 * What is published of each document: our own findings, which are there at once, and the type checker's, which come
 * later. `D` is a finding as it is published; only its lines matter here.
 */
import type { Position } from '../python/lineIndex.ts';

export interface Placed {
  readonly range: { readonly start: Position; readonly end: Position };
}

/** Lines `[start, end)`. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/** Lines `[start, end)` of the text before became `lineCount` lines. */
export interface LineEdit extends LineSpan {
  readonly lineCount: number;
}

interface Entry<D> {
  version: number;
  /** The version that the type checker has last looked at. */
  checkedVersion: number | undefined;
  /** Whether what `checked` has of this version is the check's of the whole, or of the part that was edited. */
  isAnswered: boolean;
  own: readonly D[];
  checked: readonly D[];
  /** Another checker's, which looks at saved files. */
  extra: readonly D[];
}

type Send<D> = (uri: string, version: number | undefined, findings: readonly D[]) => void;

export class Publications<D extends Placed> {
  readonly #entries = new Map<string, Entry<D>>();
  readonly #send: Send<D>;
  readonly #isDouble: (extra: D, others: readonly D[]) => boolean;

  /** `isDouble`: whether an extra finding says what others say already. */
  constructor(send: Send<D>, isDouble: (extra: D, others: readonly D[]) => boolean = () => false) {
    this.#send = send;
    this.#isDouble = isDouble;
  }

  /** What is published of a document, and whether the type checker has had its say. */
  current(
    uri: string,
  ): { readonly findings: readonly D[]; readonly isAnswered: boolean } | undefined {
    const entry = this.#entries.get(uri);
    return entry && { findings: this.#findings(entry), isAnswered: entry.isAnswered };
  }

  /**
   * Ours, of a new version. The type checker's last ones stay until it has looked again, moved along with the text;
   * those on edited lines go.
   */
  setOwn(uri: string, version: number, own: readonly D[], edits: readonly LineEdit[]): void {
    const before = this.#entries.get(uri);
    const checked = edits.reduce<readonly D[]>(moveFindings, before?.checked ?? []);
    const extra = edits.reduce<readonly D[]>(moveFindings, before?.extra ?? []);
    const entry = { version, checkedVersion: undefined, isAnswered: false, own, checked, extra };
    this.#entries.set(uri, entry);
    this.#publish(uri);
  }

  /** Ours, found anew in the version that is there: something beside the document has changed. */
  changeOwn(uri: string, own: readonly D[]): void {
    const entry = this.#entries.get(uri);
    if (!entry || same(entry.own, own)) return;
    entry.own = own;
    this.#publish(uri);
  }

  /** The type checker's, of the version that it looked at; of any other version they are dropped. */
  setChecked(uri: string, version: number, checked: readonly D[]): void {
    const entry = this.#entries.get(uri);
    if (entry?.version !== version) return;
    if (entry.checkedVersion === version && same(entry.checked, checked)) return;
    entry.checkedVersion = version;
    entry.isAnswered = true;
    entry.checked = checked;
    this.#publish(uri);
  }

  /**
   * The type checker's, of some lines of a document and of that version: they take the place of what it said of those
   * lines before. What it said of other lines stays, and so does what `isOfMore` than those lines.
   */
  setScopes(
    uri: string,
    version: number,
    scopes: readonly LineSpan[],
    findings: readonly D[],
    isOfMore: (finding: D) => boolean,
  ): void {
    const entry = this.#entries.get(uri);
    if (entry?.version !== version || entry.checkedVersion === version) return;
    const isWithin = ({ range }: D) =>
      scopes.some(({ start, end }) => start <= range.start.line && range.start.line < end);
    const fresh = new Set(findings.map((each) => JSON.stringify(each)));
    const kept = entry.checked.filter(
      (each) => !isWithin(each) || (isOfMore(each) && !fresh.has(JSON.stringify(each))),
    );
    const checked = [...kept, ...findings];
    entry.isAnswered = true;
    if (same(entry.checked, checked)) return;
    entry.checked = checked;
    this.#publish(uri);
  }

  /** Another checker's, of the document as it was when `version` was saved; of any other version they are dropped. */
  setExtra(uri: string, version: number, extra: readonly D[]): void {
    const entry = this.#entries.get(uri);
    if (entry?.version !== version || same(entry.extra, extra)) return;
    entry.extra = extra;
    this.#publish(uri);
  }

  dropExtra(): void {
    for (const [uri, entry] of this.#entries) {
      if (entry.extra.length === 0) continue;
      entry.extra = [];
      this.#publish(uri);
    }
  }

  dropChecked(): void {
    for (const [uri, entry] of this.#entries) {
      if (entry.checked.length === 0) continue;
      entry.checked = [];
      entry.checkedVersion = undefined;
      this.#publish(uri);
    }
  }

  /** What is said beside these findings has changed. */
  again(uri: string): void {
    this.#publish(uri);
  }

  close(uri: string): void {
    this.#entries.delete(uri);
    this.#send(uri, undefined, []);
  }

  #publish(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry) this.#send(uri, entry.version, this.#findings(entry));
  }

  #findings({ own, checked, extra }: Entry<D>): readonly D[] {
    const others = [...own, ...checked];
    return [...others, ...extra.filter((each) => !this.#isDouble(each, others))];
  }
}

export function moveFindings<D extends Placed>(
  findings: readonly D[],
  edit: LineEdit,
): readonly D[] {
  const shift = edit.lineCount - (edit.end - edit.start);
  return findings.flatMap((finding) => {
    const { start, end } = finding.range;
    if (end.line < edit.start) return [finding];
    if (start.line < edit.end) return [];
    const move = (position: Position) => ({ ...position, line: position.line + shift });
    return [{ ...finding, range: { start: move(start), end: move(end) } }];
  });
}

/** Whatever the order. */
function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  const texts = (list: readonly unknown[]) =>
    JSON.stringify(list.map((each) => JSON.stringify(each)).sort());
  return texts(a) === texts(b);
}
