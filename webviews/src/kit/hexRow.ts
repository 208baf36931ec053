import { ElementPool } from './elementPool.ts';
import type { HexEncoding } from './hexText.ts';
import { characterAt } from './hexText.ts';

/** What a byte belongs to, as a class name of theme.css and a word for people. */
export interface ByteTint {
  readonly name: string;
  readonly label: string;
}

export interface HexRowProps {
  readonly row: number;
  readonly top: number;
  readonly start: number;
  readonly end: number;
  readonly bytesPerRow: number;
  /** Bytes that stand together without a gap; 1 for each by itself. */
  readonly groupBytes: number;
  readonly encoding: HexEncoding;
  /** All characters are as wide as each other, so that several may stand in one element. */
  readonly isMonospaced: boolean;
  readonly digits: number;
  readonly byteAt: (byteOffset: number) => number | undefined;
  readonly tintAt: ((byteOffset: number) => ByteTint | undefined) | undefined;
  readonly revision: unknown;
  readonly selectedStart: number;
  readonly selectedEnd: number;
  readonly companionStart: number;
  readonly companionEnd: number;
  /** Offset of the byte that has the focus, -1 in other rows. */
  readonly active: number;
  /** What stands in it while it is being typed. */
  readonly draft: string | undefined;
}

/** A row's own elements, written to where something of them changed. */
export class HexRow {
  readonly element = elementOf('div', 'row', 'grid-row');
  private readonly line = elementOf('div', 'presentation', 'hex-line');
  private readonly offset = elementOf('span', 'rowheader', 'hex-offset');
  private readonly offsetText = document.createTextNode('');
  private readonly text = elementOf('span', 'gridcell', 'hex-text');
  private readonly runs = new ElementPool(this.text, () => new HexRun());
  private bytes: HexByte[] = [];
  private shown: HexRowProps | undefined;

  constructor() {
    this.offset.setAttribute('aria-colindex', '1');
    this.offset.append(this.offsetText);
    this.line.append(this.offset, this.text);
    this.element.append(this.line);
  }

  paint(next: HexRowProps): boolean {
    const now = this.shown;
    this.shown = next;
    if (now && isSame(now, next)) return false;
    if (now?.row !== next.row) this.element.setAttribute('aria-rowindex', String(next.row + 2));
    if (now?.top !== next.top) this.element.style.transform = `translateY(${next.top}px)`;
    if (now?.start !== next.start || now.digits !== next.digits)
      this.offsetText.data = next.start.toString(16).toUpperCase().padStart(next.digits, '0');
    if (now?.bytesPerRow !== next.bytesPerRow || now.groupBytes !== next.groupBytes)
      this.makeBytes(next);
    const values: (number | undefined)[] = [];
    const names: string[] = [];
    for (let byteOffset = next.start; byteOffset < next.end; byteOffset++) {
      const value = next.byteAt(byteOffset);
      values.push(value);
      names.push(classesOf(next, byteOffset, value));
    }
    this.bytes.forEach((byte, column) => {
      byte.paint(next, next.start + column, values[column], names[column] ?? '');
    });
    const runs = runsOf(next, names);
    this.runs.show([...runs.keys()]).forEach((element, at) => {
      const run = runs[at];
      if (run) element.paint(run);
    });
    return false;
  }

  private makeBytes({ bytesPerRow, groupBytes }: HexRowProps): void {
    for (const { element } of this.bytes) element.remove();
    this.bytes = Array.from(
      { length: bytesPerRow },
      (_, column) => new HexByte(column, groupBytes),
    );
    this.offset.after(...this.bytes.map(({ element }) => element));
    this.text.setAttribute('aria-colindex', String(bytesPerRow + 2));
  }
}

class HexByte {
  readonly element = elementOf('span', 'presentation', '');
  private readonly text = document.createTextNode('');
  private readonly usualNames: string;
  private readonly column: number;
  private names: string | undefined;
  private isByte = false;
  private selected: boolean | undefined;
  private tabStop: boolean | undefined;

  constructor(column: number, groupBytes: number) {
    this.column = column;
    this.usualNames = `hex-byte${groupClass(column, groupBytes)}`;
    this.element.append(this.text);
  }

  paint(row: HexRowProps, byteOffset: number, value: number | undefined, names: string): void {
    const { element } = this;
    if (this.names !== names) element.className = `${this.usualNames}${names}`;
    this.names = names;
    const isByte = byteOffset < row.end;
    if (this.isByte !== isByte) this.becomeByte(isByte);
    const text = isByte ? textOf(row, byteOffset, value) : '';
    if (this.text.data !== text) this.text.data = text;
    if (!isByte) return;
    const selected = row.selectedStart <= byteOffset && byteOffset < row.selectedEnd;
    const tabStop = byteOffset === row.active;
    if (this.selected !== selected) element.setAttribute('aria-selected', String(selected));
    if (this.tabStop !== tabStop) element.tabIndex = tabStop ? 0 : -1;
    this.selected = selected;
    this.tabStop = tabStop;
  }

  /** Behind the last byte the places are empty. */
  private becomeByte(isByte: boolean): void {
    const { element } = this;
    this.isByte = isByte;
    element.setAttribute('role', isByte ? 'gridcell' : 'presentation');
    if (isByte) element.setAttribute('aria-colindex', String(this.column + 2));
    else
      for (const name of ['aria-colindex', 'aria-selected', 'tabindex'])
        element.removeAttribute(name);
    this.selected = undefined;
    this.tabStop = undefined;
  }
}

/** Characters beside one another that look the same. */
interface Run {
  readonly column: number;
  readonly width: number;
  readonly text: string;
  readonly names: string;
}

class HexRun {
  readonly element = document.createElement('span');
  private readonly text = document.createTextNode('');
  private names: string | undefined;
  private column = -1;
  private width = 1;

  constructor() {
    this.element.append(this.text);
  }

  paint({ column, width, text, names }: Run): void {
    const { element } = this;
    if (this.names !== names) element.className = `hex-character${names}`;
    if (this.column !== column) element.dataset.column = String(column);
    if (this.width !== width) element.style.width = `${width}ch`;
    if (this.text.data !== text) this.text.data = text;
    this.names = names;
    this.column = column;
    this.width = width;
  }
}

/** The byte's place in the row at a point of its text, which several bytes may share an element of. */
export function columnInRun(run: HTMLElement, clientX: number): number {
  const { left, width } = run.getBoundingClientRect();
  const characters = isSingle(run.textContent) ? run.textContent.length : 1;
  const at = Math.floor(((clientX - left) / Math.max(1, width)) * characters);
  return Number(run.dataset.column) + Math.max(0, Math.min(characters - 1, at));
}

function runsOf(row: HexRowProps, names: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (let byteOffset = row.start; byteOffset < row.end;) {
    const column = byteOffset - row.start;
    const { text, width } = characterAt(byteOffset, row.end, row.encoding, row.byteAt);
    const before = runs.at(-1);
    const own = names[column] ?? '';
    // A character of several bytes has the place of all of them, and of no other.
    const joins =
      row.isMonospaced &&
      width === 1 &&
      before?.names === own &&
      before.width === before.text.length &&
      isSingle(text) &&
      isSingle(before.text);
    if (joins)
      runs[runs.length - 1] = { ...before, width: before.width + 1, text: before.text + text };
    else runs.push({ column, width, text, names: own });
    byteOffset += width;
  }
  return runs;
}

/** Of a single byte: a dot, a blank or ASCII. */
function isSingle(text: string): boolean {
  return /^[\x20-\x7e·]*$/.test(text);
}

function isSame(now: HexRowProps, next: HexRowProps): boolean {
  return (
    now.row === next.row &&
    now.top === next.top &&
    now.end === next.end &&
    now.bytesPerRow === next.bytesPerRow &&
    now.groupBytes === next.groupBytes &&
    now.encoding === next.encoding &&
    now.isMonospaced === next.isMonospaced &&
    now.digits === next.digits &&
    now.revision === next.revision &&
    now.selectedStart === next.selectedStart &&
    now.selectedEnd === next.selectedEnd &&
    now.companionStart === next.companionStart &&
    now.companionEnd === next.companionEnd &&
    now.active === next.active &&
    now.draft === next.draft
  );
}

function textOf(row: HexRowProps, byteOffset: number, value: number | undefined): string {
  if (row.draft !== undefined && byteOffset === row.active) return row.draft;
  return value === undefined ? '··' : hexPair(value);
}

function classesOf(props: HexRowProps, byteOffset: number, value: number | undefined): string {
  const tint = props.tintAt?.(byteOffset);
  let names = tint ? ` ${tint.name}` : '';
  if (props.companionStart <= byteOffset && byteOffset < props.companionEnd) {
    names += ' companion';
    if (byteOffset === props.companionStart) names += ' first';
    if (byteOffset === props.companionEnd - 1) names += ' last';
  }
  if (props.selectedStart <= byteOffset && byteOffset < props.selectedEnd) names += ' selected';
  if (byteOffset === props.active) names += ' active';
  if (value === 0) names += ' zero';
  return names;
}

const PAIRS = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).toUpperCase().padStart(2, '0'),
);

export function hexPair(value: number): string {
  return PAIRS[value] ?? '??';
}

/** A gap in front of each group; bytes by themselves have one after eight. */
export function groupClass(column: number, groupBytes: number): string {
  if (groupBytes === 1) return column % 8 === 0 && column > 0 ? ' group' : '';
  return column % groupBytes === 0 && column > 0 ? ' joined group' : ' joined';
}

function elementOf(name: 'div' | 'span', role: string, className: string): HTMLElement {
  const element = document.createElement(name);
  element.setAttribute('role', role);
  element.className = className;
  return element;
}
