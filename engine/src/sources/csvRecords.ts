/** Where the records of a CSV file begin, found in its bytes without making cells of them. */

export interface RecordMarks {
  readonly separator: number;
  /** -1 where nothing is quoted. */
  readonly quote: number;
  readonly escape: number;
}

const newline = 10;
const carriageReturn = 13;

type Place = 'cellStart' | 'bare' | 'quoted' | 'behindQuote' | 'escaped';

export class RecordScanner {
  readonly #marks: RecordMarks;
  #place: Place = 'cellStart';
  /** Bytes of the record so far that are no line break. */
  #length = 0;

  constructor(marks: RecordMarks) {
    this.#marks = marks;
  }

  /** Tells the position behind each record's line break; empty lines are no records. */
  scan(bytes: Buffer, onEnd: (end: number, isRecord: boolean) => void): void {
    const { quote } = this.#marks;
    let at = 0;
    let nextQuote = quote < 0 ? bytes.length : -1;
    while (at < bytes.length) {
      const isBetween = this.#place === 'cellStart' || this.#place === 'bare';
      if (isBetween) {
        if (nextQuote < at) {
          const found = bytes.indexOf(quote, at);
          nextQuote = found < 0 ? bytes.length : found;
        }
        const lineEnd = bytes.indexOf(newline, at);
        if (lineEnd >= 0 && lineEnd < nextQuote) {
          const length = this.#length + lineEnd - at;
          const isReturn = lineEnd > at && bytes[lineEnd - 1] === carriageReturn;
          this.#end(lineEnd + 1, length - (isReturn ? 1 : 0), onEnd);
          at = lineEnd + 1;
          continue;
        }
      }
      at = this.#stepThrough(bytes, at, onEnd);
    }
  }

  /** Whether bytes stand behind the last line break. */
  get hasRest(): boolean {
    return this.#length > 0;
  }

  /** Byte by byte to the end of the record, or of the bytes. */
  #stepThrough(
    bytes: Buffer,
    from: number,
    onEnd: (end: number, isRecord: boolean) => void,
  ): number {
    const { separator, quote, escape } = this.#marks;
    let place = this.#place;
    let length = this.#length;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte !== newline && byte !== carriageReturn) length += 1;
      if (place === 'quoted') {
        if (byte === quote) place = 'behindQuote';
        else if (byte === escape) place = 'escaped';
      } else if (place === 'escaped') {
        place = 'quoted';
      } else if (place === 'behindQuote' && byte === quote && escape === quote) {
        place = 'quoted';
      } else if (byte === newline) {
        this.#end(at + 1, length, onEnd);
        return at + 1;
      } else if (byte === separator) {
        place = 'cellStart';
      } else if (byte === quote && place === 'cellStart') {
        place = 'quoted';
      } else if (byte !== carriageReturn) {
        place = 'bare';
      }
    }
    this.#place = place;
    this.#length = length;
    return bytes.length;
  }

  #end(end: number, length: number, onEnd: (end: number, isRecord: boolean) => void): void {
    this.#place = 'cellStart';
    this.#length = 0;
    onEnd(end, length > 0);
  }
}
