/**
 * Places that are in no expression of a query: columns of an INSERT, a SET or a definition, PIVOT and UNPIVOT, names of
 * windows. Read from the tokens before the cursor alone.
 */
import type { Token } from '#sql/parse/lexer.ts';
import { tokenize } from '#sql/parse/lexer.ts';

/** What may stand there: `keywords`, and of the rest at most one kind. */
export interface OtherPlace {
  readonly keywords: readonly string[];
  /** Columns, and nothing else, of what is read where this text ends. */
  readonly columnsIn?: string;
  /** In lower case: they are there already. */
  readonly except?: ReadonlySet<string>;
  /** This text ends in a place that has all that may stand here. */
  readonly like?: string;
  /** Beside `like`: nothing is read, so that there are no columns. */
  readonly hasNoColumns?: true;
  readonly names?: readonly string[];
  readonly kind?: 'aggregates' | 'types' | 'tables';
}

/** Undefined where the place is one of a query, or of a statement that is told by its words. */
export function otherPlaceAt(prefix: string, suffix: string): OtherPlace | undefined {
  const text = new Text(prefix);
  return (
    inInsert(text) ??
    inDefinition(text) ??
    inChange(text) ??
    inPivot(text) ??
    inWindowName(text, suffix) ??
    inPipe(text) ??
    inSample(text)
  );
}

/** The tokens before the cursor, and which parentheses are open. */
class Text {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The tokens that open them, outermost first. */
  readonly open: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.tokens = significant(text);
    const open: number[] = [];
    this.tokens.forEach((token, index) => {
      if (isSign(token, '(')) open.push(index);
      if (isSign(token, ')')) open.pop();
    });
    this.open = open;
  }

  get last(): Token | undefined {
    return this.tokens.at(-1);
  }

  word(index: number): string {
    const token = this.tokens[index];
    return token?.kind === 'word' ? token.text : '';
  }

  words(start: number, ...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.word(start + ahead) === word);
  }

  /** Behind a dotted name. */
  afterName(start: number): number {
    let index = start + 1;
    while (isSign(this.tokens[index], '.')) index += 2;
    return Math.min(index, this.tokens.length);
  }

  slice(start: number, end: number): string {
    const [first, last] = [this.tokens[start], this.tokens[end - 1]];
    return first && last ? this.text.slice(first.start, last.end) : '';
  }

  /** As written up to a token. */
  upTo(index: number): string {
    return this.text.slice(0, this.tokens[index]?.start ?? this.text.length);
  }

  /** As written behind a token. */
  behind(index: number): string {
    return this.text.slice(this.tokens[index]?.end ?? this.text.length);
  }

  /** The tokens from an index that are in no parentheses that open there; what those hold is their `(` alone. */
  flat(start: number): readonly number[] {
    const found: number[] = [];
    let depth = 0;
    for (let index = start; index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (isSign(token, ')')) depth--;
      else if (depth === 0) found.push(index);
      if (isSign(token, '(')) depth++;
    }
    return found;
  }
}

function significant(text: string): readonly Token[] {
  return tokenize(text).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment' && kind !== 'end',
  );
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'operator' && token.text === sign;
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quotedWord';
}

function namesFrom(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(
    tokens
      .filter(isName)
      .map(({ text }) => text.replace(/^`|`$/g, '').replaceAll('``', '`').toLowerCase()),
  );
}

/** Inside, a value may stand and no clause may begin. */
const anyCall = 'coalesce(';

const reading = (table: string) => `SELECT * FROM ${table} WHERE `;

function inInsert(at: Text): OtherPlace | undefined {
  const first = at.word(0) === 'WITH' ? at.flat(0).find((index) => at.word(index) === 'INSERT') : 0;
  if (first === undefined || at.word(first) !== 'INSERT') return undefined;
  const start = first + (at.word(first + 2) === 'TABLE' ? 3 : 2);
  const end = at.afterName(start);
  const table = at.slice(start, end);
  const [open] = at.open;
  if (open === undefined || open < start || table === '') return undefined;
  const inside = at.tokens.slice(open + 1);
  const isListed = open === end || (at.word(end) === 'PARTITION' && open === end + 1);
  const isNameNext = inside.every((token, index) =>
    index % 2 === 0 ? isName(token) : isSign(token, ','),
  );
  if (isListed && isNameNext && inside.length % 2 === 0)
    return {
      keywords: open === end && inside.length === 0 ? ['SELECT'] : [],
      columnsIn: reading(table),
      except: namesFrom(inside),
    };
  return inRow(at, end);
}

/** `VALUES (…, (`: a row reads no table. */
function inRow(at: Text, start: number): OtherPlace | undefined {
  const [open] = at.open;
  const values = at.tokens.findIndex((_, index) => index >= start && at.word(index) === 'VALUES');
  if (open === undefined || values < 0 || open < values) return undefined;
  const keywords = at.tokens.length === open + 1 || isSign(at.last, ',') ? ['DEFAULT'] : [];
  return { keywords, like: `SELECT ${anyCall}${at.behind(open)}`, hasNoColumns: true };
}

/** The columns of CREATE TABLE and ALTER TABLE … ADD COLUMNS. */
function inDefinition(at: Text): OtherPlace | undefined {
  const [open] = at.open;
  if (open === undefined) return undefined;
  const head = at.tokens.slice(0, open).map(({ text }) => text);
  const isCreated =
    /^CREATE (?:OR REPLACE )?(?:TEMPORARY |TEMP |EXTERNAL )?TABLE (?:IF NOT EXISTS )?\S+(?: \. \S+)*$/;
  const isAdded = /^ALTER TABLE .* ADD COLUMNS?$/;
  const text = head.join(' ');
  if (!isCreated.test(text) && !isAdded.test(text)) return undefined;
  let depth = 0;
  let part: Token[] = [];
  for (const token of at.tokens.slice(open + 1)) {
    if (/^[(<]$/.test(token.text)) depth++;
    if (/^[)>]$/.test(token.text)) depth--;
    if (depth === 0 && isSign(token, ',')) part = [];
    else part.push(token);
  }
  if (part.length === 0) return { keywords: [] };
  if (part.length === 1 || depth > 0) return { keywords: [], kind: 'types' };
  const words = new Set(part.map((token) => token.text));
  const [last] = part.slice(-1);
  if (last?.text === 'NOT') return { keywords: ['NULL'] };
  if (/^(?:COMMENT|DEFAULT)$/.test(last?.text ?? '')) return { keywords: [] };
  const more = [
    ...[words.has('NOT') ? [] : ['NOT NULL'], words.has('COMMENT') ? [] : ['COMMENT']],
    words.has('DEFAULT') ? [] : ['DEFAULT'],
  ];
  return { keywords: more.flat() };
}

/** UPDATE and DELETE, which Spark has for some tables. */
function inChange(at: Text): OtherPlace | undefined {
  const isUpdate = at.word(0) === 'UPDATE';
  const start = isUpdate ? 1 : 2;
  if (at.words(0, 'DELETE') && at.tokens.length === 1) return { keywords: ['FROM'] };
  if (!isUpdate && !at.words(0, 'DELETE', 'FROM')) return undefined;
  if (at.tokens.length === start) return { keywords: [], kind: 'tables' };
  const flat = at.flat(0);
  const set = isUpdate ? flat.find((index) => at.word(index) === 'SET') : undefined;
  const where = flat.find((index) => at.word(index) === 'WHERE');
  const table = at.slice(start, set ?? where ?? at.tokens.length);
  if (where !== undefined)
    return { keywords: [], like: `${reading(table)}${anyCall}${at.behind(where)}` };
  if (!isUpdate || set === undefined) return { keywords: [isUpdate ? 'SET' : 'WHERE'] };
  const comma = flat.findLast((index) => isSign(at.tokens[index], ',')) ?? set;
  const from = Math.max(set, comma);
  if (from === at.tokens.length - 1) return { keywords: [], columnsIn: reading(table) };
  const equals = flat.find((index) => index > from && isSign(at.tokens[index], '='));
  if (equals === undefined) return { keywords: [] };
  const isBegun = equals < at.tokens.length - 1 && at.open.length === 0;
  return {
    keywords: isBegun && !/^(?:[-+*/%=<>,]|AND|OR|NOT)$/.test(at.last?.text ?? '') ? ['WHERE'] : [],
    like: `${reading(table)}${anyCall}${at.behind(equals)}`,
  };
}

function inPivot(at: Text): OtherPlace | undefined {
  const nulls = at.words(at.tokens.length - 1, 'UNPIVOT');
  if (nulls) return { keywords: ['INCLUDE NULLS', 'EXCLUDE NULLS'] };
  const open = at.open.findLast((index) => headOf(at, index) !== undefined);
  const head = open === undefined ? undefined : headOf(at, open);
  if (open === undefined || head === undefined) return undefined;
  const isPiped = isSign(at.tokens[head - 1], '|>');
  const columnsIn = `${at.upTo(head)} WHERE `;
  const inner = at.open.findLast((index) => index > open);
  const isUnpivot = at.word(head) === 'UNPIVOT';
  const flat = at.flat(open + 1);
  const given = flat.find((index) => at.word(index) === 'FOR');
  const listed = at.tokens.slice((inner ?? open) + 1);
  const isNext = listed.length === 0 || isSign(listed.at(-1), ',');
  if (inner !== undefined) {
    const before = at.word(inner - 1);
    if (before === 'FOR') return { keywords: [], columnsIn, except: namesFrom(listed) };
    // An argument of an aggregate, or a part of a value.
    if (before !== 'IN')
      return given === undefined && !isUnpivot && !isPiped
        ? { keywords: [], like: `${columnsIn}${at.slice(inner - 1, inner)}(${at.behind(inner)}` }
        : undefined;
    if (!isNext) return { keywords: ['AS'] };
    return isUnpivot ? { keywords: [], columnsIn, except: namesFrom(listed) } : { keywords: [] };
  }
  const last = flat.at(-1);
  if (given === undefined) {
    if (last === undefined || isSign(at.tokens[last], ','))
      return isUnpivot ? { keywords: [] } : { keywords: [], kind: 'aggregates' };
    if (isUnpivot) return { keywords: ['FOR'] };
    if (at.word(last) === 'AS') return { keywords: [] };
    const comma = flat.findLast((index) => isSign(at.tokens[index], ',')) ?? open;
    const isNamed = flat.some((index) => index > comma && at.word(index) === 'AS');
    return { keywords: isNamed ? ['FOR'] : ['FOR', 'AS', 'FILTER'] };
  }
  if (last === given) return isUnpivot ? { keywords: [] } : { keywords: [], columnsIn };
  return { keywords: flat.some((index) => at.word(index) === 'IN') ? [] : ['IN'] };
}

/** The PIVOT or UNPIVOT that a parenthesis belongs to. */
function headOf(at: Text, open: number): number | undefined {
  const head = at.word(open - 1) === 'NULLS' ? open - 3 : open - 1;
  return /^(?:UN)?PIVOT$/.test(at.word(head)) ? head : undefined;
}

function inWindowName(at: Text, suffix: string): OtherPlace | undefined {
  const last = at.word(at.tokens.length - 1);
  if (last !== 'OVER' && last !== 'WINDOW') return undefined;
  if (at.tokens.length === 1 || isSign(at.tokens.at(-2), '.')) return undefined;
  const whole = `${at.text} ${suffix}`;
  const tokens = significant(whole);
  const written = (index: number) => {
    const token = tokens[index];
    return isName(token) ? [whole.slice(token.start, token.end)] : [];
  };
  const made = tokens.flatMap(({ text }, index) =>
    text === 'AS' &&
    isSign(tokens[index + 1], '(') &&
    /^(?:WINDOW|,)$/.test(tokens[index - 2]?.text ?? '')
      ? written(index - 1)
      : [],
  );
  const used = tokens.flatMap(({ kind, text }, index) =>
    kind === 'word' && text === 'OVER' ? written(index + 1) : [],
  );
  const isOver = last === 'OVER';
  if (isOver && !/\bwindow\b/i.test(suffix)) return { keywords: [] };
  const names = isOver ? made : used.filter((name) => !made.includes(name));
  // A column may be called `window`.
  if (!isOver && names.length === 0) return undefined;
  return { keywords: [], names: [...new Set(names)] };
}

/** `|> SET`, `|> DROP` and `|> RENAME` name columns. */
function inPipe(at: Text): OtherPlace | undefined {
  const pipe = at.tokens.findLastIndex((token) => isSign(token, '|>'));
  const word = at.word(pipe + 1);
  if (pipe < 0 || !/^(?:SET|DROP|RENAME)$/.test(word)) return undefined;
  if (at.open.some((index) => index > pipe)) return undefined;
  const listed = at.tokens.slice(pipe + 2);
  if (listed.length > 0 && !isSign(listed.at(-1), ',')) return undefined;
  const except = word === 'DROP' ? { except: namesFrom(listed) } : {};
  return { keywords: [], columnsIn: `${at.upTo(pipe)}|> WHERE `, ...except };
}

function inSample(at: Text): OtherPlace | undefined {
  const open = at.open.at(-1);
  if (open === undefined || at.word(open - 1) !== 'TABLESAMPLE') return undefined;
  return { keywords: at.tokens.length === open + 2 ? ['PERCENT', 'ROWS'] : [] };
}
