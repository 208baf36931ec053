/** Names that a statement gives and uses: aliases, WITH names and columns that it makes. */
import type { Range } from '#sql/plan/range.ts';
import { childrenOf, expressionsOf, inputsOf } from '#sql/plan/traverse.ts';
import type * as resolved from '#sql/plan/resolved.ts';
import type { Relation, SubqueryAlias } from '#sql/plan/unresolved.ts';
import type { SqlNode } from './nodes.ts';
import { childNodes, everyNode, isRelation } from './nodes.ts';
import type { SqlStatement } from './sqlDocument.ts';
import { isAnalyzed, queryOf } from './sqlDocument.ts';
import type { SqlTables } from './sqlTables.ts';
import { analyzeRelation } from './sqlTables.ts';

export interface GivenName {
  readonly kind: 'reference' | 'alias' | 'column';
  readonly name: string;
  /** Of the name where it is given. */
  readonly range: Range;
  /** Of the name where it is used, in the order of the text. */
  readonly uses: readonly Range[];
}

/** All ranges count from the statement's start. */
export function givenNames(statement: SqlStatement, tables: SqlTables): readonly GivenName[] {
  const query = queryOf(statement);
  if (!query || !isAnalyzed(statement)) return [];
  return [...aliasesIn(statement), ...columnNames(statement, query, tables)];
}

/** Those of relations, for which no table need be known. */
export function aliasesIn(statement: SqlStatement): readonly GivenName[] {
  const query = queryOf(statement);
  if (!query) return [];
  const walk = new NameWalk(statement);
  walk.relation(query, [], []);
  return [...walk.found.values()];
}

export function nameAt(
  names: readonly GivenName[],
  offset: number,
): { readonly given: GivenName; readonly range: Range } | undefined {
  for (const given of names) {
    const range = [given.range, ...given.uses].find(
      ({ start, end }) => start <= offset && offset <= end,
    );
    if (range) return { given, range };
  }
  return undefined;
}

interface Known {
  readonly name: string;
  readonly given: GivenName & { readonly uses: Range[] };
}

class NameWalk {
  readonly found = new Map<number, Known['given']>();
  readonly #statement: SqlStatement;

  constructor(statement: SqlStatement) {
    this.#statement = statement;
  }

  /** The names that columns of the relation can be qualified with. */
  relation(
    relation: Relation,
    references: readonly Known[],
    outer: readonly Known[],
  ): readonly Known[] {
    switch (relation.kind) {
      case 'withRelations': {
        let visible = references;
        for (const reference of relation.references) {
          const known = this.#give('reference', reference, this.#tokenAt(reference.range.start));
          const inside = relation.isRecursive === true ? [...visible, known] : visible;
          this.relation(reference.input, inside, outer);
          visible = [...visible, known];
        }
        return this.relation(relation.root, visible, outer);
      }
      case 'read': {
        if (relation.readType.kind !== 'namedTable') return [];
        const [name = '', ...more] = relation.readType.nameParts;
        const reference = more.length === 0 ? find(references, name) : undefined;
        if (!reference) return [];
        reference.given.uses.push(this.#tokenAt(relation.range.start));
        return [reference];
      }
      case 'subqueryAlias': {
        this.relation(relation.input, references, outer);
        if (relation.alias === '') return [];
        return [this.#give('alias', relation, this.#aliasToken(relation))];
      }
      case 'join': {
        const left = this.relation(relation.left, references, outer);
        const seen = relation.lateral === true ? [...outer, ...left] : outer;
        const both = [...left, ...this.relation(relation.right, references, seen)];
        if (relation.joinCondition)
          this.expression(relation.joinCondition, references, [...outer, ...both]);
        return both;
      }
      case 'setOp':
        this.relation(relation.leftInput, references, outer);
        this.relation(relation.rightInput, references, outer);
        return [];
      default: {
        const children = childNodes(relation);
        const below = children
          .filter(isRelation)
          .flatMap((input) => this.relation(input, references, outer));
        for (const child of children) {
          if (!isRelation(child)) this.expression(child, references, [...outer, ...below]);
        }
        return below;
      }
    }
  }

  expression(node: SqlNode, references: readonly Known[], names: readonly Known[]): void {
    if (isRelation(node)) {
      this.relation(node, references, names);
      return;
    }
    const parts =
      node.kind === 'unresolvedAttribute'
        ? node.nameParts
        : node.kind === 'unresolvedStar'
          ? [...node.target, '*']
          : [];
    if (parts.length > 1) {
      find(names, parts[0] ?? '')?.given.uses.push(this.#tokenAt(node.range.start));
    }
    for (const child of childNodes(node)) this.expression(child, references, names);
  }

  #give(kind: 'reference' | 'alias', { alias: name }: SubqueryAlias, range: Range): Known {
    const known = this.found.get(range.start) ?? { kind, name, range, uses: [] };
    this.found.set(range.start, known);
    return { name, given: known };
  }

  #tokenAt(start: number): Range {
    const token = this.#statement.tokens.find((each) => each.start === start);
    return { start, end: token?.end ?? start };
  }

  /** The last word, or the last before the names of the columns. */
  #aliasToken({ range, columnNames }: SubqueryAlias): Range {
    const tokens = this.#statement.tokens.filter(
      ({ kind, start, end }) => kind !== 'end' && range.start <= start && end <= range.end,
    );
    let index = tokens.length - 1;
    if (columnNames.length > 0) {
      let depth = 0;
      do {
        if (tokens[index]?.text === ')') depth++;
        if (tokens[index]?.text === '(') depth--;
        index--;
      } while (depth > 0 && index > 0);
    }
    const token = tokens[index];
    return token ? { start: token.start, end: token.end } : range;
  }
}

function find(known: readonly Known[], name: string): Known | undefined {
  return known.findLast((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** Columns that are given a name by AS, with every place that means the same column. */
function columnNames(
  statement: SqlStatement,
  query: Relation,
  tables: SqlTables,
): readonly GivenName[] {
  const aliases: { readonly name: string; readonly range: Range }[] = [];
  everyNode(query, (node) => {
    if (node.kind === 'alias') aliases.push({ name: node.name, range: node.range });
  });
  if (aliases.length === 0) return [];
  const analyzed = analyzeRelation(query, tables);
  if (!analyzed?.ok) return aliases.map((alias) => given(statement, alias, []));
  const idsByPlace = new Map<string, Set<number>>();
  const used = new Map<number, Range[]>();
  everyExpression(analyzed.value, (expression) => {
    if (expression.kind === 'alias') {
      const place = `${expression.range.start}-${expression.range.end}`;
      idsByPlace.set(place, (idsByPlace.get(place) ?? new Set()).add(expression.exprId));
    } else if (expression.kind === 'attribute') {
      used.set(expression.exprId, [...(used.get(expression.exprId) ?? []), expression.range]);
    }
  });
  return aliases.map((alias) => {
    const ids = idsByPlace.get(`${alias.range.start}-${alias.range.end}`) ?? new Set();
    const ranges = [...ids].flatMap((id) => used.get(id) ?? []);
    return given(statement, alias, ranges);
  });
}

function given(
  { text, tokens }: SqlStatement,
  { name, range }: { readonly name: string; readonly range: Range },
  used: readonly Range[],
): GivenName {
  const lastToken = ({ start, end }: Range): Range => {
    const token = tokens.findLast(
      (each) => each.kind !== 'end' && each.start >= start && each.end <= end,
    );
    return token ? { start: token.start, end: token.end } : { start, end };
  };
  const own = lastToken(range);
  const uses = new Map<number, Range>();
  for (const each of used) {
    const token = lastToken(each);
    const written = text.slice(token.start, token.end).replace(/^`|`$/g, '').toLowerCase();
    if (written === name.toLowerCase() && token.start !== own.start) uses.set(token.start, token);
  }
  return {
    kind: 'column',
    name,
    range: own,
    uses: [...uses.values()].sort((a, b) => a.start - b.start),
  };
}

function everyExpression(
  relation: resolved.Relation,
  visit: (expression: resolved.Expression) => void,
): void {
  const inside = (expression: resolved.Expression) => {
    visit(expression);
    for (const child of childrenOf(expression)) inside(child);
    if (expression.kind === 'subquery') everyExpression(expression.plan, visit);
  };
  for (const expression of expressionsOf(relation)) inside(expression);
  for (const input of inputsOf(relation)) everyExpression(input, visit);
}
