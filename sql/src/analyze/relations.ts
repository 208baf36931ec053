/** Resolves relations, from the tables up. */
import { quotedText } from '../plan/columnText.ts';
import { outputOf } from '../plan/output.ts';
import type { Range } from '../plan/range.ts';
import type {
  Attribute,
  Expression,
  NamedExpression,
  Relation,
  SortOrder,
} from '../plan/resolved.ts';
import { containsAggregate } from '../plan/traverse.ts';
import { parseType } from '../plan/typeText.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { evaluate } from '../typing/evaluate.ts';
import { checkGrouped, makeAggregate, resolveGrouping } from './aggregate.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { resolveCondition, resolveExpression } from './expressions.ts';
import type { LayerScopes } from './hidden.ts';
import { Above } from './hidden.ts';
import { analyzeJoin } from './joins.ts';
import { resolveSelectList } from './selectList.ts';
import { analyzeSetOperation } from './setOperations.ts';
import { analyzeValues } from './values.ts';
import { analyzeView } from './views.ts';

/** A relation with the names that reach into it. */
export interface Scoped {
  readonly relation: Relation;
  readonly visible: readonly Attribute[];
  readonly hidden: readonly Attribute[];
}

/** The names that a WITH gave, innermost last. */
export type References = readonly {
  readonly alias: string;
  readonly columnNames: readonly string[];
  readonly input: unresolved.Relation;
  readonly outer: References;
  readonly range: Range;
}[];

export class RelationAnalyzer {
  readonly context: AnalysisContext;
  private readonly scopes: LayerScopes = new WeakMap();
  private readonly used = new WeakSet<unresolved.Relation>();

  constructor(context: AnalysisContext) {
    this.context = context;
  }

  analyze(relation: unresolved.Relation, references: References): Scoped {
    this.context.countRelation();
    switch (relation.kind) {
      case 'read':
        return this.read(relation, references);
      case 'oneRow':
        return scoped({ kind: 'oneRow', range: relation.range });
      case 'values':
        return scoped(analyzeValues(this.context, relation));
      case 'subqueryAlias':
        return this.alias(relation, this.analyze(relation.input, references));
      case 'withRelations':
        return this.withNames(relation, references);
      case 'join':
        return analyzeJoin(
          this.context,
          relation,
          this.analyze(relation.left, references),
          this.analyze(relation.right, references),
        );
      case 'filter':
        return this.filter(relation, references);
      case 'project':
        return this.project(relation, references);
      case 'aggregate':
        return this.aggregate(relation, references);
      case 'having':
        return this.having(relation, references);
      case 'deduplicate': {
        const { relation: input } = this.analyze(relation.input, references);
        return scoped({ kind: 'distinct', input, range: relation.range });
      }
      case 'sort':
        return this.sort(relation, references);
      case 'limit': {
        const { relation: input } = this.analyze(relation.input, references);
        const limit = this.count('limit', relation.limit);
        const { range } = relation;
        const local: Relation = { kind: 'localLimit', input, limit, range };
        return scoped({ kind: 'globalLimit', input: local, limit, range });
      }
      case 'offset': {
        const { relation: input } = this.analyze(relation.input, references);
        const offset = this.count('offset', relation.offset);
        return scoped({ kind: 'offset', input, offset, range: relation.range });
      }
      case 'setOp': {
        const left = this.analyze(relation.leftInput, references).relation;
        const right = this.analyze(relation.rightInput, references).relation;
        return scoped(analyzeSetOperation(this.context, relation, left, right));
      }
    }
  }

  /** A name that nothing reads has to mean something all the same. */
  private withNames(relation: unresolved.WithRelations, references: References): Scoped {
    const extended = withReferences(references, relation);
    const root = this.analyze(relation.root, extended);
    for (const { input, outer } of extended.slice(references.length)) {
      if (!this.used.has(input)) this.analyze(input, outer);
    }
    return root;
  }

  private read(relation: unresolved.Read, references: References): Scoped {
    const { readType, range } = relation;
    if (readType.kind === 'dataSource') {
      return raise('UNSUPPORTED_EXPRESSION', { feature: 'a data source without a name' }, range);
    }
    const { nameParts } = readType;
    const [name = ''] = nameParts;
    const reference =
      nameParts.length === 1
        ? references.findLast((candidate) => this.context.sameName(candidate.alias, name))
        : undefined;
    if (reference !== undefined) {
      this.used.add(reference.input);
      const inner = this.analyze(reference.input, reference.outer);
      const { columnNames } = reference;
      return this.alias({ alias: reference.alias, columnNames, range: reference.range }, inner);
    }
    const view = this.context.catalog.view?.(nameParts);
    if (view !== undefined) return scoped(analyzeView(this.context, view, range, analyzeInside));
    const table = this.context.catalog.lookup(nameParts);
    if (table === undefined) {
      return raise('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(nameParts) }, range);
    }
    const output = table.fields.map((field): Attribute => {
      const type = parseType(field.type);
      if (type === undefined) {
        return raise('UNSUPPORTED_DATATYPE', { typeName: `"${field.type.toUpperCase()}"` }, range);
      }
      const { name: fieldName, nullable } = field;
      const exprId = this.context.nextId();
      return { kind: 'attribute', exprId, name: fieldName, type, nullable, qualifier: [], range };
    });
    const scan: Relation = { kind: 'scan', table, output, pushedFilters: [], range };
    const alias = table.qualifier ?? nameParts;
    return scoped({ kind: 'subqueryAlias', input: scan, alias, range });
  }

  private alias(
    {
      alias,
      columnNames,
      range,
    }: Pick<unresolved.SubqueryAlias, 'alias' | 'columnNames' | 'range'>,
    input: Scoped,
  ): Scoped {
    let { relation } = input;
    if (columnNames.length > 0) {
      const columns = input.visible;
      if (columns.length !== columnNames.length) {
        if (input.relation.kind === 'localRelation') {
          const [expectedNumCols, actualNumCols] = [columnNames, columns].map((list) =>
            String(list.length),
          );
          raise(
            'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH',
            {
              expectedNumCols: expectedNumCols ?? '',
              actualNumCols: actualNumCols ?? '',
              rowIndex: '0',
            },
            range,
          );
        }
        raise(
          'ASSIGNMENT_ARITY_MISMATCH',
          { numTarget: String(columnNames.length), numExpr: String(columns.length) },
          range,
        );
      }
      const expressions = columns.map((column, index): NamedExpression => {
        const name = columnNames[index] ?? column.name;
        const { type, nullable } = column;
        const exprId = this.context.nextId();
        return { kind: 'alias', child: column, name, exprId, type, nullable, range };
      });
      relation = { kind: 'project', input: relation, expressions, range };
    } else if (input.hidden.length > 0) {
      relation = { kind: 'project', input: relation, expressions: input.visible, range };
    }
    return scoped({ kind: 'subqueryAlias', input: relation, alias: [alias], range });
  }

  private filter(relation: unresolved.Filter, references: References): Scoped {
    const input = this.analyze(relation.input, references);
    const scope = this.scopeOf(input);
    const condition = resolveCondition(scope, relation.condition);
    const { timeZone } = this.context.settings;
    if (containsAggregate(condition)) {
      const found = aggregatesIn(condition).map((call) => quotedText(call, timeZone).slice(1, -1));
      raise(
        'INVALID_WHERE_CONDITION',
        { condition: quotedText(condition, timeZone), expressionList: found.join(', ') },
        relation.condition.range,
      );
    }
    const { range } = relation;
    return { ...input, relation: { kind: 'filter', input: input.relation, condition, range } };
  }

  private project(relation: unresolved.Project, references: References): Scoped {
    const input = this.analyze(relation.input, references);
    const scope = this.scopeOf(input);
    const expressions = resolveSelectList(scope, relation.expressions);
    const { range } = relation;
    if (expressions.some(containsAggregate)) {
      return this.remember(makeAggregate(scope, input.relation, [], expressions, range), scope);
    }
    return this.remember({ kind: 'project', input: input.relation, expressions, range }, scope);
  }

  private aggregate(relation: unresolved.Aggregate, references: References): Scoped {
    const input = this.analyze(relation.input, references);
    const scope = this.scopeOf(input);
    const selected = resolveSelectList(scope, relation.aggregateExpressions);
    const grouping = resolveGrouping(scope, relation.groupingExpressions, selected);
    const node = makeAggregate(scope, input.relation, grouping, selected, relation.range);
    return this.remember(node, scope);
  }

  private having(relation: unresolved.Having, references: References): Scoped {
    const { range } = relation;
    const { relation: input } = this.grouped(relation.input, references);
    const above = new Above(this.context, input, this.scopes);
    const condition = above.through(resolveCondition(above.havingScope, relation.condition));
    return scoped(
      above.finish(
        input,
        (extended) => {
          checkGrouped(this.context, extended, range);
          const filter: Relation = { kind: 'filter', input: extended, condition, range };
          this.scopes.set(filter, above.scope);
          return filter;
        },
        range,
      ),
    );
  }

  /** HAVING makes one group of a SELECT that has no GROUP BY. */
  private grouped(relation: unresolved.Relation, references: References): Scoped {
    if (relation.kind !== 'project') return this.analyze(relation, references);
    const { input, expressions, range } = relation;
    return this.aggregate(
      {
        kind: 'aggregate',
        input,
        groupType: 'groupBy',
        groupingExpressions: [],
        aggregateExpressions: expressions,
        range,
      },
      references,
    );
  }

  private sort(relation: unresolved.Sort, references: References): Scoped {
    const { relation: input } = this.analyze(relation.input, references);
    const { range, isGlobal } = relation;
    const output = outputOf(input);
    const above = new Above(this.context, input, this.scopes);
    const order = relation.order.flatMap((item): readonly SortOrder[] => {
      const { direction, nullOrdering, child } = item;
      const ordering = { direction, nullOrdering };
      if (
        child.kind === 'literal' &&
        typeof child.value === 'bigint' &&
        child.type.kind === 'int'
      ) {
        const column = output[Number(child.value) - 1];
        if (column !== undefined)
          return [{ child: { ...column, range: child.range }, ...ordering }];
        return raise(
          'ORDER_BY_POS_OUT_OF_RANGE',
          { index: String(child.value), size: String(output.length) },
          child.range,
        );
      }
      const isAll =
        child.kind === 'unresolvedAttribute' &&
        child.nameParts.length === 1 &&
        child.nameParts[0]?.toLowerCase() === 'all' &&
        relation.order.length === 1 &&
        !output.some((column) => this.context.sameName(column.name, 'all'));
      if (isAll) return output.map((column) => ({ child: column, ...ordering }));
      return [{ child: above.through(resolveExpression(above.scope, child)), ...ordering }];
    });
    return scoped(
      above.finish(
        input,
        (extended) => {
          checkGrouped(this.context, extended, range);
          return { kind: 'sort', input: extended, order, isGlobal, range };
        },
        range,
      ),
    );
  }

  private count(name: 'limit' | 'offset', expression: unresolved.Expression): number {
    const { timeZone } = this.context.settings;
    const scope: Scope = { context: this.context, visible: [], hidden: [] };
    const resolved = resolveExpression(scope, expression);
    const expr = quotedText(resolved, timeZone);
    const { range } = expression;
    const value = evaluate(resolved);
    if (value === undefined) {
      return raise('INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE', { name, expr }, range);
    }
    if (!['byte', 'short', 'int'].includes(value.type.kind)) {
      const dataType = `"${value.type.kind === 'long' ? 'BIGINT' : value.type.kind.toUpperCase()}"`;
      return raise('INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE', { name, expr, dataType }, range);
    }
    if (typeof value.value !== 'bigint') {
      return raise('INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL', { name, expr }, range);
    }
    if (value.value < 0n) {
      const v = String(value.value);
      return raise('INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE', { name, expr, v }, range);
    }
    return Number(value.value);
  }

  private scopeOf({ visible, hidden }: Scoped): Scope {
    return { context: this.context, visible, hidden };
  }

  private remember(relation: Relation, scope: Scope): Scoped {
    this.scopes.set(relation, scope);
    return scoped(relation);
  }
}

function analyzeInside(context: AnalysisContext, relation: unresolved.Relation): Relation {
  return new RelationAnalyzer(context).analyze(relation, []).relation;
}

function scoped(relation: Relation): Scoped {
  return { relation, visible: outputOf(relation), hidden: [] };
}

function withReferences(outer: References, relation: unresolved.WithRelations): References {
  let scope = outer;
  for (const { alias, columnNames, input, range } of relation.references) {
    scope = [...scope, { alias, columnNames, input, outer: scope, range }];
  }
  return scope;
}

function aggregatesIn(expression: Expression): readonly Expression[] {
  if (expression.kind === 'aggregateCall') return [expression];
  return expression.kind === 'call' ? expression.arguments.flatMap(aggregatesIn) : [];
}
