/** Where a column of a DataFrame comes from: the expression that makes it, and the file or rows behind it. */
import type { Range } from '#sql/plan/range.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Schemas } from './schemas.ts';

export interface Origin {
  /** Expressions of the script that make or rename it, the last one first. */
  readonly made: readonly Range[];
  /** Undefined where it comes from what is not known here. */
  readonly source?:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'rows'; readonly range: Range };
}

export function originOf(schemas: Schemas, relation: Relation, name: string): Origin | undefined {
  return trace(schemas, relation, name, [], 0);
}

const MAX_DEPTH = 500;

function trace(
  schemas: Schemas,
  relation: Relation,
  name: string,
  made: readonly Range[],
  depth: number,
): Origin | undefined {
  if (depth > MAX_DEPTH) return { made };
  const go = (inner: Relation, column = name, more: readonly Range[] = made) =>
    trace(schemas, inner, column, more, depth + 1);
  switch (relation.kind) {
    case 'read': {
      if (relation.readType.kind !== 'namedTable') return { made };
      const [table = ''] = relation.readType.nameParts;
      const view = schemas.viewRelation(table);
      if (view && view !== relation) return go(view);
      const file = schemas.file(table);
      return file ? { made, source: { kind: 'file', path: file.path } } : { made };
    }
    case 'localData':
      return { made, source: { kind: 'rows', range: relation.range } };
    case 'project':
      return fromList(relation.expressions, relation.input);
    case 'aggregate':
      return fromList(relation.aggregateExpressions, relation.input);
    case 'withColumns':
      return fromList(relation.aliases, relation.input) ?? go(relation.input);
    case 'withColumnsRenamed': {
      const renamed = relation.renames.find(({ newColName }) => same(newColName, name));
      return renamed
        ? go(relation.input, renamed.colName, [...made, relation.range])
        : go(relation.input);
    }
    case 'join': {
      const side = [relation.left, relation.right].find((each) => {
        const found = schemas.of(each);
        return found.kind === 'columns' && found.columns.some((column) => same(column.name, name));
      });
      return side ? go(side) : { made };
    }
    case 'setOp':
      return go(relation.leftInput);
    case 'withRelations':
    case 'tableFunction':
    case 'values':
    case 'oneRow':
      return { made };
    default:
      return 'input' in relation ? go(relation.input) : { made };
  }

  /** Of a list of columns: the one of the name, or what a star lets through. */
  function fromList(list: readonly Expression[], input: Relation): Origin | undefined {
    for (const expression of list) {
      if (expression.kind === 'alias' && same(expression.name, name)) {
        const inner = expression.expression;
        const steps = [...made, expression.range];
        return inner.kind === 'unresolvedAttribute'
          ? go(input, inner.nameParts.at(-1) ?? name, steps)
          : { made: steps };
      }
      if (
        expression.kind === 'unresolvedAttribute' &&
        same(expression.nameParts.at(-1) ?? '', name)
      )
        return go(input);
    }
    return list.some(({ kind }) => kind === 'unresolvedStar') ? go(input) : undefined;
  }
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
