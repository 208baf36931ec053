/** Edits near a syntax error after which the parser has nothing to say: a slip, or another database's way to write it. */
import { parse } from '#sql/compile.ts';
import type { Token } from '#sql/parse/lexer.ts';
import { nearestName } from '#shared/nearestName.ts';
import { isKeyword, keywords } from './formatWords.ts';
import type { SqlStatement } from './sqlDocument.ts';
import type { SqlFix } from './sqlFindings.ts';

/** A parse for each of a handful of edits: nobody waits for those of a text that is longer. */
const LONGEST_MENDED = 20_000;

export function syntaxFixes(statement: SqlStatement, start: number): readonly SqlFix[] {
  const { text } = statement;
  if (text.length > LONGEST_MENDED) return [];
  return candidates(statement, start).filter(({ edit }) => {
    const mended = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    const { statement: read, problems } = parse(mended);
    return read !== undefined && problems.length === 0;
  });
}

function candidates({ text, tokens }: SqlStatement, start: number): readonly SqlFix[] {
  const found = tokens.findIndex((token) => token.end > start || token.kind === 'end');
  const index = found < 0 ? tokens.length - 1 : found;
  const [before, at, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  const fixes: SqlFix[] = [];
  const offer = (title: string, from: number, to: number, put: string) =>
    fixes.push({ title, edit: { start: from, end: to, text: put } });

  for (const token of [tokens[index - 2], before, at]) {
    const keyword = token && misspelt(token);
    if (!token || keyword === undefined) continue;
    const written = text.slice(token.start, token.end);
    offer(`Change '${written}' to '${keyword}'`, token.start, token.end, keyword);
  }
  const [comma] = [before, at].filter((token) => token?.text === ',');
  if (comma) offer('Remove the comma', comma.start, comma.end, '');
  for (const token of [before, at]) {
    if (token && /^(GROUP|ORDER|PARTITION)$/.test(token.text))
      offer(`Add BY behind ${token.text}`, token.end, token.end, ' BY');
  }
  if (at?.text === '&' || before?.text === '&') {
    const first = text.lastIndexOf('&&', start + 1);
    if (first >= 0) offer("Change '&&' to 'AND'", first, first + 2, 'AND');
  }
  const count = (word: string) => tokens.filter(({ text: each }) => each === word).length;
  if (at && count('CASE') > count('END'))
    offer('Close the CASE with END', before?.end ?? 0, before?.end ?? 0, ' END');
  const open = unclosed(tokens);
  if (open > 0)
    offer(`Add '${')'.repeat(open)}' at the end`, text.length, text.length, ')'.repeat(open));
  const top = topCount(tokens, index);
  if (top) {
    const { number, from } = top;
    const rest = `${text.slice(number.end)}\nLIMIT ${number.text}`;
    offer(`Write LIMIT ${number.text} instead of TOP`, from, text.length, rest.trimStart());
  }
  if (at?.text === '[' || before?.text === '[') {
    const first = at?.text === '[' ? at : before;
    const name = first === at ? after : at;
    const last = tokens.find((token) => token.start >= (name?.end ?? 0) && token.text === ']');
    if (first && last) {
      const inside = text.slice(first.end, last.start);
      offer(`Write \`${inside}\` in backticks`, first.start, last.end, `\`${inside}\``);
    }
  }
  return fixes;
}

function misspelt({ kind, text }: Token): string | undefined {
  if (kind !== 'word' || isKeyword(text) || text.length < 3) return undefined;
  return nearestName(text, keywords);
}

function unclosed(tokens: readonly Token[]): number {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'operator') continue;
    if (text === '(') depth++;
    if (text === ')') depth--;
  }
  return depth;
}

/** `SELECT TOP 10 …`. */
function topCount(tokens: readonly Token[], index: number) {
  const top = [index, index - 1, index - 2].find((each) => tokens[each]?.text === 'TOP');
  const [word, number] = top === undefined ? [] : [tokens[top], tokens[top + 1]];
  return word && number?.kind === 'integer' ? { number, from: word.start } : undefined;
}
