/** A text of Spark SQL statements, each parsed where it stands. Half a statement has a tree too. */
import type { Parsed } from '#sql/compile.ts';
import { parse } from '#sql/compile.ts';
import type { Token } from '#sql/parse/lexer.ts';
import { tokenize, tokensFrom } from '#sql/parse/lexer.ts';
import type { Range } from '#sql/plan/range.ts';
import type { Relation } from '#sql/plan/unresolved.ts';

/** One statement. All that is inside counts from `start`. */
export interface SqlStatement {
  /** Of the first token that means something, and behind the last one before the `;`. */
  readonly start: number;
  readonly end: number;
  /** With a name of the same length where `${…}` was. */
  readonly text: string;
  readonly hasSubstitutions: boolean;
  /** Without spaces and comments; the last is the end. */
  readonly tokens: readonly Token[];
  readonly parsed: Parsed;
  /** The same for the same statement wherever edits before it have moved it. */
  readonly identity: object;
}

export interface SqlDocument {
  readonly text: string;
  readonly statements: readonly SqlStatement[];
}

/** A parameter as it is written: `:name`, or `${name}`, which stands for text. */
export interface SqlParameter {
  readonly kind: 'value' | 'text';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const substitution = /\$\{([^{}\r\n]*)\}/g;

/** `before` is the document before an edit: of it only what the edit touched is read again. */
export function readSqlDocument(text: string, before?: SqlDocument): SqlDocument {
  if (text === before?.text) return before;
  const masked = maskSubstitutions(text);
  const read = ({ start, end }: Range): SqlStatement => {
    const own = masked.slice(start, end);
    return readStatement(own, start, text.slice(start, end) !== own);
  };
  if (!before || before.text === '')
    return { text, statements: [...statementRanges(masked, 0)].map(read) };
  const { head, from, tail, shift } = untouched(before, text);
  const statements = [...head];
  const known = new Map(tail.map((statement, index) => [statement.start + shift, index]));
  // Scripts are one statement whatever their `;`, so that an edit may join or part what follows.
  for (const range of statementRanges(masked, from)) {
    const index = known.get(range.start);
    const same = index === undefined ? undefined : tail[index];
    if (same && index !== undefined && same.end + shift === range.end) {
      statements.push(...tail.slice(index).map((each) => moved(each, shift)));
      break;
    }
    statements.push(read(range));
  }
  return { text, statements };
}

/**
 * What `regions` of a text in another language have, as one script: a view that one makes is known in the next. All
 * that is between them is blank, and ends what stands before it.
 */
export function readEmbeddedSql(
  text: string,
  regions: readonly Range[],
  before?: SqlDocument,
): SqlDocument {
  const known = new Map<string, SqlStatement[]>();
  for (const statement of before?.statements ?? [])
    known.set(statement.text, [...(known.get(statement.text) ?? []), statement]);
  const statements: SqlStatement[] = [];
  let sql = '';
  for (const { start, end } of regions) {
    const between = text.slice(sql.length, start).replace(/[^\r\n]/g, ' ');
    sql += (sql === '' ? between : between.replace(' ', ';')) + text.slice(start, end);
    for (const read of readSqlDocument(text.slice(start, end)).statements) {
      const same = read.hasSubstitutions ? undefined : known.get(read.text)?.shift();
      statements.push(moved(same ?? read, start + read.start - (same ?? read).start));
    }
  }
  return { text: sql + text.slice(sql.length).replace(/[^\r\n]/g, ' '), statements };
}

function moved(statement: SqlStatement, shift: number): SqlStatement {
  if (shift === 0 || !(statement instanceof ReadStatement)) return statement;
  return statement.at(statement.start + shift);
}

/** The statements that end before an edit, and those that begin behind it. */
function untouched({ text: old, statements }: SqlDocument, text: string) {
  const most = Math.min(old.length, text.length);
  let same = 0;
  while (same < most && old.charCodeAt(same) === text.charCodeAt(same)) same++;
  let sameEnd = 0;
  while (
    sameEnd < most - same &&
    old.charCodeAt(old.length - 1 - sameEnd) === text.charCodeAt(text.length - 1 - sameEnd)
  )
    sameEnd++;
  // The last statement before the edit may go on in it; where another begins before it, a `;` is between them. And
  // what is opened and not closed looks for its end all the way down.
  const cut = statements.findIndex(
    (statement, index) =>
      (statements[index + 1]?.start ?? Infinity) >= same || hasUnclosed(statement),
  );
  const head = statements.slice(0, Math.max(cut, 0));
  const firstBehind = statements.findIndex(({ start }) => start > old.length - sameEnd);
  const tail = firstBehind < 0 ? [] : statements.slice(Math.max(firstBehind, head.length));
  // Where the first that may have changed begins is before the edit too.
  const from = head.length > 0 ? (statements[head.length]?.start ?? 0) : 0;
  return { head, from, tail, shift: text.length - old.length };
}

/** A quotation mark that nothing closes is a token of an unknown kind. */
function hasUnclosed({ text, tokens }: SqlStatement): boolean {
  return /['"`]/.test(text) && tokens.some(({ kind }) => kind === 'unknown');
}

export function readStatement(
  text: string,
  start: number,
  hasSubstitutions: boolean,
): SqlStatement {
  return new ReadStatement(new StatementText(text), start, hasSubstitutions);
}

/** Of a long script a person looks at a page: a statement is read when somebody asks what is in it. */
class StatementText {
  readonly text: string;
  #tokens: readonly Token[] | undefined;
  #parsed: Parsed | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get tokens(): readonly Token[] {
    return (this.#tokens ??= tokenize(this.text).filter(
      ({ kind }) => kind !== 'space' && kind !== 'comment',
    ));
  }

  get parsed(): Parsed {
    return (this.#parsed ??= parse(this.text));
  }
}

class ReadStatement implements SqlStatement {
  readonly start: number;
  readonly end: number;
  readonly hasSubstitutions: boolean;
  readonly #content: StatementText;

  constructor(content: StatementText, start: number, hasSubstitutions: boolean) {
    this.#content = content;
    this.start = start;
    this.end = start + content.text.length;
    this.hasSubstitutions = hasSubstitutions;
  }

  get identity(): object {
    return this.#content;
  }

  get text(): string {
    return this.#content.text;
  }

  get tokens(): readonly Token[] {
    return this.#content.tokens;
  }

  get parsed(): Parsed {
    return this.#content.parsed;
  }

  at(start: number): ReadStatement {
    return new ReadStatement(this.#content, start, this.hasSubstitutions);
  }
}

export function maskSubstitutions(text: string): string {
  return text.includes('${') ? text.replace(substitution, (all) => '_'.repeat(all.length)) : text;
}

/** The statement that an offset is in or right behind, on the same side of a `;`. */
export function statementAt(document: SqlDocument, offset: number): SqlStatement | undefined {
  const before = document.statements.findLast(({ start }) => start <= offset);
  if (!before || offset <= before.end) return before;
  return document.text.slice(before.end, offset).includes(';') ? undefined : before;
}

/** As {@link statementAt}; behind a `;` the one that ends on this line, else the next: what Run means there. */
export function statementNear(document: SqlDocument, offset: number): SqlStatement | undefined {
  const before = document.statements.findLast(({ end }) => end <= offset);
  const isOnItsLine = before && /^[^\S\n]*;[^\S\n]*$/.test(document.text.slice(before.end, offset));
  return (
    statementAt(document, offset) ??
    (isOnItsLine ? before : undefined) ??
    document.statements.find(({ start }) => start >= offset) ??
    document.statements.at(-1)
  );
}

/** Names of a statement of this length are not looked up: a person waits for the next key, not for seconds. */
const LONGEST_ANALYZED = 200_000;

export function isAnalyzed({ text }: SqlStatement): boolean {
  return text.length <= LONGEST_ANALYZED;
}

/** The query in a statement, whatever the statement does with it. */
export function queryOf({ parsed }: SqlStatement): Relation | undefined {
  let statement = parsed.statement;
  while (statement?.kind === 'explain') statement = statement.statement;
  if (statement === undefined) return undefined;
  if (statement.kind === 'query') return statement.relation;
  return 'query' in statement ? statement.query : undefined;
}

export function parametersIn(text: string): readonly SqlParameter[] {
  const found: SqlParameter[] = [];
  for (const { 0: all, 1: name = '', index } of text.matchAll(substitution)) {
    found.push({ kind: 'text', name: name.trim(), start: index, end: index + all.length });
  }
  const tokens = tokenize(maskSubstitutions(text)).filter(({ kind }) => kind !== 'comment');
  tokens.forEach((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    // Behind a value a colon is a path into it, or a field of a struct type.
    const isBehindValue =
      before !== undefined && /[\w`'")\]]$/.test(before.text) && before.kind !== 'space';
    if (token.text !== ':' || isBehindValue || after?.kind !== 'word') return;
    const name = text.slice(after.start, after.end);
    found.push({ kind: 'value', name, start: token.start, end: after.end });
  });
  return found.sort((a, b) => a.start - b.start);
}

function* statementRanges(text: string, from: number): Generator<Range> {
  let first: Token | undefined;
  let last: Token | undefined;
  let blocks = 0;
  let word = '';
  let isScript = false;
  for (const token of tokensFrom(text, from)) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const isEnd = token.kind === 'operator' && token.text === ';' && blocks === 0;
    if (isEnd || token.kind === 'end') {
      if (first && last) yield { start: first.start, end: last.end };
      first = undefined;
      last = undefined;
      blocks = 0;
      continue;
    }
    if (token.kind === 'word') {
      isScript = first ? isScript : token.text === 'BEGIN';
      if (isScript) blocks = first ? blocksAfter(blocks, token.text, word) : 1;
      word = token.text;
    } else word = token.text;
    first ??= token;
    last = token;
  }
}

const notCounted = new Set(['IF', 'WHILE', 'LOOP', 'REPEAT', 'FOR']);

/** In a script, which begins with BEGIN: `END IF` and its like close what is not counted. */
function blocksAfter(depth: number, word: string, before: string): number {
  if (before === 'END' && notCounted.has(word)) return depth + 1;
  if (depth === 0) return 0;
  if (word === 'BEGIN' || (word === 'CASE' && before !== 'END')) return depth + 1;
  return word === 'END' ? depth - 1 : depth;
}
