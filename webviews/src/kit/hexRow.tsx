import { Component } from 'preact';
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

export class HexRow extends Component<HexRowProps> {
  override shouldComponentUpdate(next: Readonly<HexRowProps>): boolean {
    const now = this.props;
    return (
      now.row !== next.row ||
      now.top !== next.top ||
      now.end !== next.end ||
      now.bytesPerRow !== next.bytesPerRow ||
      now.groupBytes !== next.groupBytes ||
      now.encoding !== next.encoding ||
      now.digits !== next.digits ||
      now.revision !== next.revision ||
      now.selectedStart !== next.selectedStart ||
      now.selectedEnd !== next.selectedEnd ||
      now.companionStart !== next.companionStart ||
      now.companionEnd !== next.companionEnd ||
      now.active !== next.active ||
      now.draft !== next.draft
    );
  }

  override render(props: Readonly<HexRowProps>) {
    const bytes = [];
    const characters = [];
    for (let column = 0; column < props.bytesPerRow; column++) {
      const byteOffset = props.start + column;
      const group = groupClass(column, props.groupBytes);
      if (byteOffset >= props.end) {
        bytes.push(<span key={column} role="presentation" class={`hex-byte${group}`} />);
        continue;
      }
      const value = props.byteAt(byteOffset);
      const names = classesOf(props, byteOffset, value);
      bytes.push(
        <span
          key={column}
          role="gridcell"
          aria-colindex={column + 2}
          aria-selected={props.selectedStart <= byteOffset && byteOffset < props.selectedEnd}
          tabIndex={byteOffset === props.active ? 0 : -1}
          data-byte={byteOffset}
          class={`hex-byte${group}${names}`}
        >
          {props.draft !== undefined && byteOffset === props.active
            ? props.draft
            : value === undefined
              ? '··'
              : hexPair(value)}
        </span>,
      );
    }
    for (let byteOffset = props.start; byteOffset < props.end;) {
      const { text, width } = characterAt(byteOffset, props.end, props.encoding, props.byteAt);
      const names = classesOf(props, byteOffset, props.byteAt(byteOffset));
      characters.push(
        <span
          key={byteOffset}
          data-byte={byteOffset}
          class={`hex-character${names}`}
          style={width > 1 ? { width: `${width}ch` } : undefined}
        >
          {text}
        </span>,
      );
      byteOffset += width;
    }
    return (
      <div
        role="row"
        aria-rowindex={props.row + 2}
        class="grid-row"
        style={{ transform: `translateY(${props.top}px)` }}
      >
        <div role="presentation" class="hex-line">
          <span role="rowheader" aria-colindex={1} class="hex-offset">
            {props.start.toString(16).toUpperCase().padStart(props.digits, '0')}
          </span>
          {bytes}
          <span role="gridcell" aria-colindex={props.bytesPerRow + 2} class="hex-text">
            {characters}
          </span>
        </div>
      </div>
    );
  }
}

function classesOf(props: HexRowProps, byteOffset: number, value: number | undefined): string {
  const tint = props.tintAt?.(byteOffset);
  const selected = props.selectedStart <= byteOffset && byteOffset < props.selectedEnd;
  const companion = props.companionStart <= byteOffset && byteOffset < props.companionEnd;
  return [
    tint ? ` ${tint.name}` : '',
    companion ? ' companion' : '',
    companion && byteOffset === props.companionStart ? ' first' : '',
    companion && byteOffset === props.companionEnd - 1 ? ' last' : '',
    selected ? ' selected' : '',
    byteOffset === props.active ? ' active' : '',
    value === 0 ? ' zero' : '',
  ].join('');
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
