/** What a selection grows to: the word, what it is a part of, each clause and query around, the statement, the text. */
import type { Range } from '#sql/plan/range.ts';
import { everyNode } from './nodes.ts';
import type { SqlDocument } from './sqlDocument.ts';
import { queryOf, statementAt } from './sqlDocument.ts';

/** From the smallest to the greatest, each in the next. */
export function selectionsAt(document: SqlDocument, offset: number): readonly Range[] {
  const all: Range[] = [{ start: 0, end: document.text.length }];
  const statement = statementAt(document, offset);
  if (statement) {
    const local = offset - statement.start;
    const add = ({ start, end }: Range) => {
      if (start <= local && local <= end && start < end)
        all.push({ start: statement.start + start, end: statement.start + end });
    };
    add({ start: 0, end: statement.text.length });
    const open: number[] = [];
    for (const { kind, text, start, end } of statement.tokens) {
      if (kind === 'word' || kind === 'quotedWord' || kind === 'string') add({ start, end });
      if (kind !== 'operator') continue;
      if (text === '(') open.push(start);
      const from = text === ')' ? open.pop() : undefined;
      if (from === undefined) continue;
      add({ start: from + 1, end: start });
      add({ start: from, end });
    }
    const query = queryOf(statement);
    if (query) everyNode(query, ({ range }) => add(range));
  }
  const sorted = all.sort((a, b) => a.end - a.start - (b.end - b.start));
  // What only overlaps is no step on the way.
  return sorted.reduce<readonly Range[]>((chain, range) => {
    const last = chain.at(-1);
    if (!last) return [range];
    const holds = range.start <= last.start && last.end <= range.end;
    const isSame = range.start === last.start && range.end === last.end;
    return holds && !isSame ? [...chain, range] : chain;
  }, []);
}
