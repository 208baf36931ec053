/** One record of a CSV text, cell by cell, with what Spark's parser makes of quotes that are out of place. */

export interface CsvSyntax {
  readonly separator: string;
  /** Empty where nothing is quoted. */
  readonly quote: string;
  readonly escape: string;
  /** Escapes the escape; empty where there is none. */
  readonly escapeEscape: string;
  readonly comment: string;
  /** What an empty cell without quotes, and one of nothing but quotes, stand for. */
  readonly nullValue: string;
  readonly emptyValue: string;
  readonly trimsStart: boolean;
  readonly trimsEnd: boolean;
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Behind the record and its line break. */
  readonly end: number;
  /** The text went on to the very end of the record: more of it could still belong to it. */
  readonly isOpen: boolean;
}

/** `lineBreak` is empty where the text is one record. */
export function csvRecord(
  text: string,
  start: number,
  syntax: CsvSyntax,
  lineBreak: string,
): CsvRecord {
  const scan = new Scan(text, start, syntax, lineBreak);
  const cells: string[] = [];
  for (;;) {
    cells.push(scan.cell());
    if (!scan.atSeparator) break;
    scan.at += syntax.separator.length;
    if (scan.atEnd) {
      cells.push(syntax.nullValue);
      break;
    }
  }
  const isOpen = scan.atEnd;
  const end = scan.atLineBreak ? scan.at + lineBreak.length : scan.at;
  return { cells, end, isOpen };
}

class Scan {
  at: number;
  private readonly text: string;
  private readonly syntax: CsvSyntax;
  private readonly lineBreak: string;

  constructor(text: string, at: number, syntax: CsvSyntax, lineBreak: string) {
    this.text = text;
    this.at = at;
    this.syntax = syntax;
    this.lineBreak = lineBreak;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  get atSeparator(): boolean {
    return this.text.startsWith(this.syntax.separator, this.at);
  }

  get atLineBreak(): boolean {
    return this.lineBreak !== '' && this.text.startsWith(this.lineBreak, this.at);
  }

  private get atStop(): boolean {
    return this.atEnd || this.atSeparator || this.atLineBreak;
  }

  cell(): string {
    const { quote, trimsStart, trimsEnd, nullValue, emptyValue } = this.syntax;
    if (trimsStart) this.skipBlanks();
    if (this.atStop) return nullValue;
    if (quote !== '' && this.text.startsWith(quote, this.at)) {
      this.at += quote.length;
      const { value, isPlain } = this.quoted();
      if (value === '') return emptyValue;
      return isPlain && trimsEnd ? withoutEnd(value) : value;
    }
    const value = this.upToStop();
    const kept = trimsEnd ? withoutEnd(value) : value;
    return kept === '' ? nullValue : kept;
  }

  private skipBlanks(): void {
    while (!this.atStop && (this.text[this.at] ?? '') <= ' ') this.at += 1;
  }

  private upToStop(): string {
    const from = this.at;
    while (!this.atStop) this.at += 1;
    return this.text.slice(from, this.at);
  }

  /** Behind the opening quote. A quote that does not close the cell makes all of it, quotes included, its text. */
  private quoted(): { readonly value: string; readonly isPlain: boolean } {
    const { quote, escape, escapeEscape } = this.syntax;
    let value = '';
    for (;;) {
      if (this.atEnd) return { value: value === '' ? quote : value, isPlain: true };
      const character = this.text[this.at] ?? '';
      const next = this.text[this.at + 1] ?? '';
      if (escape !== quote && character === escape && escape !== '') {
        const escapes = next === quote || (escapeEscape !== '' && next === escape);
        value += escapes ? next : character;
        this.at += escapes ? 2 : 1;
      } else if (character !== quote) {
        value += character;
        this.at += 1;
      } else if (escape === quote && next === quote) {
        value += quote;
        this.at += 2;
      } else {
        this.at += 1;
        if (this.atStop) return { value, isPlain: false };
        const behind = this.behindQuote();
        if (behind === undefined) return { value, isPlain: false };
        return { value: `${quote}${value}${quote}${behind}`, isPlain: true };
      }
    }
  }

  /** What stands between a closing quote and the end of the cell; undefined where it is blank. */
  private behindQuote(): string | undefined {
    const from = this.at;
    const rest = this.upToStop();
    return !/[\u0021-\uffff]/.test(rest) && from < this.at ? undefined : rest;
  }
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] ?? '') <= ' ') end -= 1;
  return text.slice(0, end);
}
