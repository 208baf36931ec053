/** Standard input to statements: split at `;` outside of strings, quoted names, comments and BEGIN … END. */
export function splitStatements(text: string): string[] {
  return statementsIn(text).map((statement) => statement.text);
}

export interface PlacedStatement {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly start: number;
}

export function statementsIn(text: string): PlacedStatement[] {
  const statements: PlacedStatement[] = [];
  const add = (from: number, to: number) => {
    const whole = text.slice(from, to);
    if (isEmpty(whole)) return;
    statements.push({ text: whole.trim(), start: from + whole.length - whole.trimStart().length });
  };
  let start = 0;
  let index = 0;
  let blocks: BlockDepth = outside;
  while (index < text.length) {
    const skipped = skipQuoted(text, index);
    if (skipped > index) {
      index = skipped;
      continue;
    }
    const word = wordAt(text, index);
    if (word !== '') {
      blocks = afterWord(blocks, word.toUpperCase());
      index += word.length;
      continue;
    }
    if (text[index] === ';') {
      if (blocks.depth === 0) {
        add(start, index);
        start = index + 1;
        blocks = outside;
      } else blocks = { ...blocks, last: ';' };
    }
    index += 1;
  }
  add(start, text.length);
  return statements;
}

/** How deep in blocks a place is. Only a statement that begins with BEGIN has any. */
interface BlockDepth {
  readonly depth: number;
  readonly hasBegun: boolean;
  readonly isBlock: boolean;
  readonly last: string;
}

const outside: BlockDepth = { depth: 0, hasBegun: false, isBlock: false, last: '' };
/** `END IF` and its like close what is not counted; a CASE, of either kind, is. */
const uncounted = new Set(['IF', 'WHILE', 'LOOP', 'REPEAT', 'FOR']);

function afterWord({ depth, hasBegun, isBlock, last }: BlockDepth, word: string): BlockDepth {
  const begun = { hasBegun: true, isBlock, last: word };
  if (!hasBegun) {
    const begins = word === 'BEGIN';
    return { ...begun, depth: begins ? 1 : 0, isBlock: begins };
  }
  if (!isBlock) return { depth: 0, ...begun };
  if (last === 'END' && uncounted.has(word)) return { depth: depth + 1, ...begun };
  if (depth === 0) return { depth, ...begun };
  if (word === 'BEGIN' || (word === 'CASE' && last !== 'END'))
    return { depth: depth + 1, ...begun };
  return { depth: word === 'END' ? depth - 1 : depth, ...begun };
}

function wordAt(text: string, index: number): string {
  if (/[\p{L}\p{Nd}_]/u.test(text[index - 1] ?? '')) return '';
  return /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(text.slice(index, index + 200))?.[0] ?? '';
}

/** The end of what is quoted or commented at `index`, else `index`. */
function skipQuoted(text: string, index: number): number {
  const character = text[index];
  if (character === '-' && text[index + 1] === '-') {
    // A backslash before the line's end continues the comment, as in Spark.
    for (let at = index; at < text.length; at++)
      if (text[at] === '\n' && text[at - 1] !== '\\') return at;
    return text.length;
  }
  if (character === '/' && text[index + 1] === '*') return endOfComment(text, index);
  if (character !== "'" && character !== '"' && character !== '`') return index;
  const isRaw = /[rR]/.test(text[index - 1] ?? '') && !/\w/.test(text[index - 2] ?? '');
  for (let at = index + 1; at < text.length; at++) {
    if (text[at] === '\\' && character !== '`' && !isRaw) at += 1;
    else if (text[at] === character) return at + 1;
  }
  return text.length;
}

/** Bracketed comments nest. */
function endOfComment(text: string, index: number): number {
  let depth = 0;
  for (let at = index; at < text.length; at++) {
    if (text.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function isEmpty(statement: string): boolean {
  let index = 0;
  while (index < statement.length) {
    if (/\s/.test(statement[index] ?? '')) index += 1;
    else if (
      statement.startsWith('--', index) ||
      (statement.startsWith('/*', index) && !statement.startsWith('/*+', index))
    )
      index = skipQuoted(statement, index);
    else return false;
  }
  return true;
}
