/** What each name of a statement stands for, where a grammar sees only a name. No table need be known for it. */
import type { Token } from '#sql/parse/lexer.ts';
import type { Range } from '#sql/plan/range.ts';
import type { SqlNode } from './nodes.ts';
import { everyNode } from './nodes.ts';
import { aliasesIn } from './names.ts';
import type { SqlStatement } from './sqlDocument.ts';
import { isAnalyzed, parametersIn, queryOf } from './sqlDocument.ts';
import { isFormat } from './sqlTables.ts';

/** LSP's own kinds, for which themes have colours: a table, an alias or WITH name, a column, and as they are called. */
export const semanticKinds = ['class', 'variable', 'property', 'function', 'parameter'] as const;

export interface SemanticName extends Range {
  readonly kind: (typeof semanticKinds)[number];
  /** Whether the name is given here, not used. */
  readonly isDeclared: boolean;
}

const known = new WeakMap<object, readonly SemanticName[]>();

/** In the order of the text; ranges count from the statement's start. */
export function semanticNames(statement: SqlStatement): readonly SemanticName[] {
  const { identity } = statement;
  const names = known.get(identity) ?? (isAnalyzed(statement) ? namesIn(statement) : []);
  known.set(identity, names);
  return names;
}

function namesIn(statement: SqlStatement): readonly SemanticName[] {
  const { tokens, text, hasSubstitutions } = statement;
  const found = new Map<number, SemanticName>();
  const add = ({ start, end }: Range, kind: SemanticName['kind'], isDeclared = false) => {
    // Where text is put in, nothing is known of it.
    if (hasSubstitutions && /^_+$/.test(text.slice(start, end))) return;
    if (start < end && !found.has(start)) found.set(start, { start, end, kind, isDeclared });
  };
  for (const each of parametersIn(text)) add(each, 'parameter');
  for (const { range, uses } of aliasesIn(statement)) {
    add(range, 'variable', true);
    for (const use of uses) add(use, 'variable');
  }
  const made = statement.parsed.statement;
  if (made && 'name' in made && typeof made.name === 'object' && 'nameParts' in made.name)
    for (const name of partsIn(tokens, made.name.range))
      add(name, 'class', made.kind.startsWith('create'));
  if (made?.kind === 'insert')
    for (const name of partsIn(tokens, made.target.range)) add(name, 'class');
  const query = queryOf(statement);
  const read = new Set<string>();
  if (query)
    everyNode(query, (node) => {
      if (node.kind === 'read' && node.readType.kind === 'namedTable')
        read.add(node.readType.nameParts.at(-1)?.toLowerCase() ?? '');
    });
  if (query) everyNode(query, (node) => addNode(node, tokens, read, add));
  return [...found.values()].sort((a, b) => a.start - b.start);
}

type Add = (range: Range, kind: SemanticName['kind'], isDeclared?: boolean) => void;

function addNode(
  node: SqlNode,
  tokens: readonly Token[],
  read: ReadonlySet<string>,
  add: Add,
): void {
  switch (node.kind) {
    case 'read':
      // Behind a format stands the path of a file.
      if (node.readType.kind !== 'namedTable' || isFormat(node.readType.nameParts[0])) return;
      for (const part of partsIn(tokens, node.range)) add(part, 'class');
      return;
    case 'unresolvedAttribute':
      partsIn(tokens, node.range).forEach((part, index) => {
        const isTable = index === 0 && node.nameParts.length > 1;
        const name = node.nameParts[0]?.toLowerCase() ?? '';
        add(part, isTable && read.has(name) ? 'class' : 'property');
      });
      return;
    case 'unresolvedFunction': {
      const at = indexAt(tokens, node.range.start);
      const [name, next] = [tokens[at], tokens[at + 1]];
      const isCall = next?.text === '(' && isName(name);
      if (isCall && !node.operator && name.text === node.functionName.toUpperCase())
        add(name, 'function');
      return;
    }
    case 'alias': {
      const name = tokens[indexAt(tokens, node.range.end) - 1];
      if (name?.end === node.range.end && isName(name)) add(name, 'property', true);
      return;
    }
    default:
  }
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'quotedWord';
}

/** The names of a dotted one, with which the range begins. */
function partsIn(tokens: readonly Token[], { start, end }: Range): readonly Token[] {
  const parts: Token[] = [];
  let index = indexAt(tokens, start);
  for (let token = tokens[index]; isName(token) && token.end <= end; token = tokens[index]) {
    parts.push(token);
    if (tokens[index + 1]?.text !== '.') break;
    index += 2;
  }
  return parts;
}

/** Of the first token that begins there or later. */
function indexAt(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
