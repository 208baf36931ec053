/**
 * Closes brackets that were left open while typing. Python's grammar lets an open bracket swallow every line after it;
 * a statement that begins where only an argument could stand shows that the bracket was meant to be closed before.
 */
export interface Insertion {
  /** Where in the text, before any insertion. */
  readonly offset: number;
  readonly text: string;
}

interface Open {
  readonly bracket: string;
  /** Of the line that the outermost open bracket stands in. */
  readonly indentation: number;
}

/** Words that begin a statement and never stand inside brackets. */
const statementWord =
  /^(def|class|import|from|return|pass|raise|del|global|nonlocal|assert|while|with|try|except|finally|break|continue|elif)\b|^@\w/;
/** What begins a statement if the line is indented no deeper than the one that the bracket was opened in. */
const likelyStatement =
  /^(if|for|async|match|case)\b|^[A-Za-z_][\w.]*(\[[^\]]*\])?\s*(=[^=]|:|\(|[-+*/]=)/;

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * `certain` closes only before words that can't stand inside brackets; `likely` also before what looks like a
 * statement by its indentation.
 */
export function missingClosers(text: string, evidence: 'certain' | 'likely'): readonly Insertion[] {
  const insertions: Insertion[] = [];
  let open: Open[] = [];
  let indentation = indentationAt(text, 0);
  let lastTokenEnd = 0;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') {
      at++;
      const lineStart = at;
      const lineIndentation = indentationAt(text, lineStart);
      const line = text.slice(lineStart + lineIndentation, lineStart + lineIndentation + 200);
      if (/^([\r\n#]|$)/.test(line)) continue;
      const [outermost] = open;
      const isStatement =
        statementWord.test(line) ||
        (evidence === 'likely' &&
          outermost &&
          lineIndentation <= outermost.indentation &&
          likelyStatement.test(line));
      if (outermost && isStatement) {
        insertions.push({
          offset: lastTokenEnd,
          text: open
            .map((each) => closers[each.bracket] ?? '')
            .reverse()
            .join(''),
        });
        open = [];
      }
      if (open.length === 0) indentation = lineIndentation;
      continue;
    }
    if (character === '#') {
      at = endOfLine(text, at);
      continue;
    }
    if (character === '"' || character === "'") at = endOfString(text, at);
    else {
      if (Object.hasOwn(closers, character)) open.push({ bracket: character, indentation });
      else if (character === ')' || character === ']' || character === '}') open.pop();
      at++;
    }
    if (character !== ' ' && character !== '\t') lastTokenEnd = at;
  }
  return insertions;
}

function indentationAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++;
  return at - lineStart;
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end++;
  return end;
}

/** The end of the literal whose quote is at `at`; an unfinished one ends with its line. */
function endOfString(text: string, at: number): number {
  const quote = text.charAt(at);
  const fence = quote.repeat(3);
  const isTriple = text.startsWith(fence, at);
  let end = at + (isTriple ? 3 : 1);
  while (end < text.length) {
    const character = text.charAt(end);
    if (character === '\\') end += 2;
    else if (isTriple && text.startsWith(fence, end)) return end + 3;
    else if (!isTriple && character === quote) return end + 1;
    else if (!isTriple && (character === '\n' || character === '\r')) return end;
    else end++;
  }
  return text.length;
}
