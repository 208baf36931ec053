/** The shape of a text: statements with their WITH names, and what can be folded. */
import { tokenize } from '#sql/parse/lexer.ts';
import type { Range } from '#sql/plan/range.ts';
import { everyNode, isRelation } from './nodes.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import { queryOf } from './sqlDocument.ts';

export interface SqlSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'query' | 'view' | 'command' | 'reference';
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly SqlSymbol[];
}

export function symbolsOf(document: SqlDocument): readonly SqlSymbol[] {
  return document.statements.map((statement) => {
    const { start, end } = statement;
    const first = statement.tokens[0];
    const nameRange = { start, end: start + (first?.end ?? 0) };
    return {
      ...titleOf(statement),
      range: { start, end },
      nameRange,
      children: references(statement),
    };
  });
}

function titleOf(statement: SqlStatement): Pick<SqlSymbol, 'name' | 'detail' | 'kind'> {
  const { parsed, text } = statement;
  const detail = text.replace(/\s+/g, ' ').slice(0, 80);
  const made = parsed.statement;
  if (made?.kind === 'query' || made === undefined) {
    const read = tablesRead(statement);
    const verb = /^\w+/.exec(text)?.[0]?.toUpperCase() ?? 'Query';
    return { name: read.length > 0 ? `Query of ${read.join(', ')}` : verb, detail, kind: 'query' };
  }
  const name = 'name' in made && typeof made.name === 'object' ? made.name : undefined;
  const parts = name && 'nameParts' in name ? name.nameParts.join('.') : undefined;
  const words = /^(?:\w+\s+){0,2}?\w+/.exec(text)?.[0]?.toUpperCase() ?? '';
  if (
    made.kind === 'createView' ||
    made.kind === 'createViewUsing' ||
    made.kind === 'createTable'
  ) {
    return { name: parts ?? words, detail, kind: 'view' };
  }
  return { name: parts === undefined ? words : `${words} ${parts}`, detail, kind: 'command' };
}

function tablesRead(statement: SqlStatement): readonly string[] {
  const names = new Set<string>();
  const query = queryOf(statement);
  if (!query) return [];
  everyNode(query, (node) => {
    if (node.kind === 'read' && node.readType.kind === 'namedTable')
      names.add(node.readType.nameParts.at(-1) ?? '');
  });
  for (const { name } of references(statement)) names.delete(name);
  return [...names].filter((name) => name !== '').slice(0, 4);
}

function references(statement: SqlStatement): readonly SqlSymbol[] {
  const found: SqlSymbol[] = [];
  const query = queryOf(statement);
  if (!query) return [];
  const at = (offset: number) => statement.start + offset;
  everyNode(query, (node) => {
    if (!isRelation(node) || node.kind !== 'withRelations') return;
    for (const { alias: name, range } of node.references) {
      const token = statement.tokens.find(({ start }) => start === range.start);
      found.push({
        name,
        detail: 'WITH',
        kind: 'reference',
        range: { start: at(range.start), end: at(range.end) },
        nameRange: { start: at(range.start), end: at(token?.end ?? range.end) },
        children: [],
      });
    }
  });
  return found;
}

export interface SqlFold extends Range {
  readonly kind: 'code' | 'comment' | 'region';
}

/** Ranges of text; those on one line are the caller's to leave out. */
export function foldsOf({ text, statements }: SqlDocument): readonly SqlFold[] {
  const folds: SqlFold[] = statements.map(({ start, end }) => ({ start, end, kind: 'code' }));
  const open: number[] = [];
  const regions: number[] = [];
  let comments: { start: number; end: number } | undefined;
  for (const token of tokenize(text)) {
    const isLine = token.kind === 'comment' && token.text.startsWith('--');
    if (isLine && comments) comments.end = token.end - 1;
    else if (isLine) comments = { start: token.start, end: token.end - 1 };
    else if (token.kind !== 'space' || token.text.includes('\n')) {
      if (comments && text.slice(comments.start, comments.end).includes('\n'))
        folds.push({ ...comments, kind: 'comment' });
      comments = undefined;
    }
    if (isLine && /^--\s*#?region\b/.test(token.text)) regions.push(token.start);
    if (isLine && /^--\s*#?endregion\b/.test(token.text)) {
      const start = regions.pop();
      if (start !== undefined) folds.push({ start, end: token.end - 1, kind: 'region' });
    }
    if (token.kind === 'comment' && !isLine)
      folds.push({ start: token.start, end: token.end, kind: 'comment' });
    if (token.kind !== 'operator') continue;
    if (token.text === '(') open.push(token.start);
    if (token.text === ')') {
      const start = open.pop();
      // The line with the closing parenthesis stays in sight.
      if (start !== undefined) folds.push({ start, end: token.start - 1, kind: 'code' });
    }
  }
  return folds;
}
