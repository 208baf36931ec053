/** Where a run's text stands in the document that it came from, also after that was edited. Pure. */
import type { Replaced } from './parameters.ts';

/** Kept with the run, across a reload of the window too. */
export interface RunSource {
  readonly uri: string;
  /** Where `written` began in the document when it ran. */
  readonly start: number;
  /** As it stands in the document. */
  readonly written: string;
  /** It is all of the document: a script, whose plans may come from any line of it. */
  readonly isWholeDocument?: boolean;
  /** Where the run's text has values in the place of parameters. */
  readonly replaced?: readonly Replaced[];
}

/** What a link to the document is called. */
export function sourceName(uri: string): string {
  const { scheme, path = '' } = /^(?<scheme>[^:]+):(?<path>[^?#]*)/.exec(uri)?.groups ?? {};
  const name = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  return scheme === 'vscode-notebook-cell' ? `a cell of ${name}` : name;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** The place of `written` in a document that may have changed: of several that read the same the one nearest to `near`. */
export function findWritten(document: string, written: string, near: number): number | undefined {
  if (document.startsWith(written, near)) return near;
  let found: number | undefined;
  for (let at = document.indexOf(written); at >= 0; at = document.indexOf(written, at + 1)) {
    if (found !== undefined && Math.abs(at - near) >= Math.abs(found - near)) break;
    found = at;
  }
  return found;
}

/** From the text that ran to the one that was written. A place within a value is that of its parameter. */
export function toWritten(piece: Piece, replaced: readonly Replaced[] = []): Piece {
  const written = (offset: number, side: 'start' | 'end') => {
    let shift = 0;
    for (const { start, end, length } of replaced) {
      if (offset <= start + shift) break;
      if (offset < start + shift + length) return side === 'start' ? start : end;
      shift += length - (end - start);
    }
    return offset - shift;
  };
  return { start: written(piece.start, 'start'), end: written(piece.end, 'end') };
}

/** From a place in what was written to the text that ran. */
export function toRun(offset: number, replaced: readonly Replaced[] = []): number {
  let shift = 0;
  for (const { start, end, length } of replaced) {
    if (offset <= start) break;
    if (offset < end) return start + shift;
    shift += length - (end - start);
  }
  return offset + shift;
}

export interface Edit {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** What an edit makes of the place where a text begins. */
export function moved(start: number, edits: readonly Edit[]): number {
  return edits
    .filter(({ rangeOffset, rangeLength }) => rangeOffset + rangeLength <= start)
    .reduce((at, { rangeLength, text }) => at + text.length - rangeLength, start);
}
