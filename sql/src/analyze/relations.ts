/** Resolves relations, from the tables up. */
import { quotedText } from '../plan/columnText.ts';
import { outputOf } from '../plan/output.ts';
import type {
  Attribute,
  Expression,
  NamedExpression,
  Relation,
  SortOrder,
} from '../plan/resolved.ts';
import { childrenOf, containsAggregate, expressionKey, mapChildren } from '../plan/traverse.ts';
import { parseSimpleString } from '../plan/typeText.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { ProblemFound, quoteName, raise } from '../problem.ts';
import { evaluate } from '../typing/evaluate.ts';
import { checkGrouped, checkGroupingCalls, resolveGrouping } from './aggregate.ts';
import type { AnalysisContext, Names, Reference, Scope, Scoped } from './context.ts';
import { noNames } from './context.ts';
import { resolveCondition, resolveExpression } from './expressions.ts';
import { analyzeFrame, analyzeLocalData } from './frames.ts';
import { analyzeLateralView, isGenerator } from './generators.ts';
import type { LayerScopes } from './hidden.ts';
import { Above } from './hidden.ts';
import { analyzeHint } from './hints.ts';
import { analyzeJoin } from './joins.ts';
import { analyzePipe } from './pipes.ts';
import { analyzePivot } from './pivot.ts';
import { analyzeLoop, loopReference } from './recursion.ts';
import { analyzeSample } from './sample.ts';
import type { SelectList } from './select.ts';
import { makeGrouped, makeProject } from './select.ts';
import { resolveSelectList } from './selectList.ts';
import { analyzeSetOperation, checkMaps } from './setOperations.ts';
import { analyzeTableFunction } from './tableFunctions.ts';
import { analyzeUnpivot } from './unpivot.ts';
import { analyzeValues } from './values.ts';
import { analyzeView } from './views.ts';
import { containsWindow } from './windows.ts';

export class RelationAnalyzer {
  readonly context: AnalysisContext;
  private readonly scopes: LayerScopes = new WeakMap();
  private readonly used = new WeakSet<unresolved.Relation>();

  constructor(context: AnalysisContext) {
    this.context = context;
    context.analyzeRelation = (relation, names) => this.analyze(relation, names);
  }

  analyze(relation: unresolved.Relation, given: Names = noNames): Scoped {
    this.context.countRelation();
    const isStart = given.startsQuery === true && relation.kind !== 'withRelations';
    const names = isStart ? { ...given, startsQuery: false } : given;
    switch (relation.kind) {
      case 'read':
        return this.read(relation, names);
      case 'oneRow':
        return scoped({ kind: 'oneRow', range: relation.range });
      case 'values':
        return scoped(analyzeValues(this.context, relation, names));
      case 'subqueryAlias':
        return this.alias(relation, this.analyze(relation.input, names), relation.input);
      case 'withRelations':
        return this.withNames(relation, names);
      case 'join':
        return analyzeJoin(this.context, relation, names);
      case 'lateralView': {
        const input = this.analyze(relation.input, names);
        return analyzeLateralView(this.scopeOf(input, names), relation, input);
      }
      case 'tableFunction': {
        const nothing: Scope = { context: this.context, visible: [], hidden: [], names };
        return scoped(analyzeTableFunction(nothing, relation));
      }
      case 'pivot': {
        const input = this.analyze(relation.input, names);
        return scoped(analyzePivot(this.scopeOf(input, names), relation, input));
      }
      case 'unpivot': {
        const input = this.analyze(relation.input, names);
        return scoped(analyzeUnpivot(this.scopeOf(input, names), relation, input));
      }
      case 'sample': {
        const input = this.analyze(relation.input, names);
        return analyzeSample(relation, input, (count) =>
          this.count('limit', count, names, input.visible),
        );
      }
      case 'hint':
        return analyzeHint(
          this.context,
          relation,
          this.analyze(relation.input, names),
          this.scopes,
        );
      case 'repartitionByExpression':
        return this.repartition(relation, names);
      case 'withWindows': {
        return this.analyze(relation.input, { ...names, windows: relation.definitions });
      }
      case 'pipe': {
        const input = this.analyze(relation.input, withoutWindows(names));
        return analyzePipe(this.scopeOf(input, names), relation, input, this.scopes);
      }
      case 'localData':
        return scoped(analyzeLocalData(this.context, relation, names));
      case 'identified':
      case 'withColumns':
      case 'withColumnsRenamed':
      case 'drop':
      case 'deduplicateBy':
      case 'fillNa':
      case 'dropNa':
      case 'statSummary': {
        const input = this.analyze(relation.input, names);
        return analyzeFrame(this.scopeOf(input, names), relation, input, this.scopes);
      }
      case 'filter':
        return this.filter(relation, names);
      case 'project':
        return this.project(relation, names);
      case 'aggregate':
        return this.aggregate(relation, names);
      case 'having':
        return this.having(relation, names);
      case 'deduplicate': {
        const input = whole(this.analyze(relation.input, names));
        checkMaps(outputOf(input), relation.range);
        return scoped({ kind: 'distinct', input, range: relation.range });
      }
      case 'sort':
        return this.sort(relation, names);
      case 'limit': {
        const below = this.analyze(relation.input, names);
        const limit = this.count('limit', relation.limit, names);
        const { range } = relation;
        const local: Relation = { kind: 'localLimit', input: below.relation, limit, range };
        return { ...below, relation: { kind: 'globalLimit', input: local, limit, range } };
      }
      case 'offset': {
        const below = this.analyze(relation.input, names);
        const offset = this.count('offset', relation.offset, names);
        const { range } = relation;
        return { ...below, relation: { kind: 'offset', input: below.relation, offset, range } };
      }
      case 'setOp': {
        const left = whole(this.analyze(relation.leftInput, names));
        const right = whole(this.analyze(relation.rightInput, names));
        return scoped(analyzeSetOperation(this.context, relation, left, right));
      }
    }
  }

  /** A name that nothing reads has to mean something all the same. */
  private withNames(relation: unresolved.WithRelations, names: Names): Scoped {
    const extended = withReferences({ ...names, startsQuery: false }, relation);
    if (names.startsQuery === true && this.context.settings.relations.nestedNames === 'ambiguous') {
      const ambiguous = relation.references.find(({ alias }) =>
        names.references.some((outer) => this.context.sameName(outer.alias, alias)),
      );
      if (ambiguous !== undefined) {
        raise(
          'AMBIGUOUS_ALIAS_IN_NESTED_CTE',
          {
            name: quoteName([ambiguous.alias]),
            config: '"spark.sql.legacy.ctePrecedencePolicy"',
            docroot: 'https://spark.apache.org/docs/latest',
          },
          ambiguous.range,
        );
      }
    }
    const root = this.analyze(relation.root, extended);
    for (const reference of extended.references.slice(names.references.length)) {
      if (!this.used.has(reference.input)) this.reference(reference);
    }
    return root;
  }

  private reference(reference: Reference): Scoped {
    const { alias, columnNames, input, outer, range } = reference;
    this.used.add(input);
    const looped = reference.isRecursive ? analyzeLoop(this.context, reference) : undefined;
    const inner =
      looped === undefined ? this.analyze(input, { ...outer, startsQuery: true }) : scoped(looped);
    return this.alias({ alias, columnNames, range }, inner, input);
  }

  private read(relation: unresolved.Read, names: Names): Scoped {
    const { readType, range } = relation;
    if (readType.kind === 'dataSource') {
      return raise('UNSUPPORTED_EXPRESSION', { feature: 'a data source without a name' }, range);
    }
    const { nameParts } = readType;
    const [name = ''] = nameParts;
    if (nameParts.length === 1) {
      const loop = names.loops.findLast(({ alias }) => this.context.sameName(alias, name));
      if (loop !== undefined) return scoped(loopReference(this.context, loop, range));
      const reference = names.references.findLast((candidate) =>
        this.context.sameName(candidate.alias, name),
      );
      if (reference !== undefined) return this.reference(reference);
    }
    const view = this.context.catalog.view?.(nameParts);
    if (view !== undefined) return scoped(analyzeView(this.context, view, range, analyzeInside));
    const table = this.context.catalog.lookup(nameParts);
    if (table === undefined) {
      return raise('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(nameParts) }, range);
    }
    const output = table.fields.map((field): Attribute => {
      const type = parseSimpleString(field.type);
      if (type === undefined) {
        return raise('UNSUPPORTED_DATATYPE', { typeName: `"${field.type.toUpperCase()}"` }, range);
      }
      const { name: fieldName, nullable } = field;
      const exprId = this.context.nextId();
      const attribute: Attribute = {
        kind: 'attribute',
        exprId,
        name: fieldName,
        type,
        nullable,
        qualifier: [],
        range,
      };
      const metadata = table.columnMetadata?.get(fieldName);
      return metadata === undefined ? attribute : { ...attribute, metadata };
    });
    const scan: Relation = {
      kind: 'scan',
      table,
      output,
      columns: output,
      pushedFilters: [],
      range,
    };
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
    from?: unresolved.Relation,
  ): Scoped {
    let { relation } = input;
    if (columnNames.length > 0) {
      const columns = input.visible;
      if (columns.length !== columnNames.length) {
        if (from?.kind === 'tableFunction') {
          raise(
            'NUM_TABLE_VALUE_ALIASES_MISMATCH',
            {
              funcName: quoteName([from.functionName]),
              aliasesNum: String(columnNames.length),
              outColsNum: String(columns.length),
            },
            range,
          );
        }
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

  private filter(relation: unresolved.Filter, names: Names): Scoped {
    const input = this.analyze(relation.input, names);
    const scope = this.scopeOf(input, names);
    const condition = resolveCondition(scope, relation.condition);
    const { timeZone } = this.context.settings;
    checkGroupingCalls(this.context, [condition], undefined);
    if (containsWindow(condition)) {
      raise('_LEGACY_ERROR_TEMP_1034', { clauseName: 'WHERE' }, relation.condition.range);
    }
    const found = invalidIn(condition);
    if (found.length > 0) {
      const texts = found.map((call) => quotedText(call, timeZone).slice(1, -1));
      raise(
        'INVALID_WHERE_CONDITION',
        { condition: quotedText(condition, timeZone), expressionList: texts.join(', ') },
        relation.condition.range,
      );
    }
    const { range } = relation;
    return { ...input, relation: { kind: 'filter', input: input.relation, condition, range } };
  }

  private project(relation: unresolved.Project, names: Names): Scoped {
    const input = this.analyze(relation.input, withoutWindows(names));
    const scope = this.scopeOf(input, names);
    const list = resolveSelectList(scope, relation.expressions);
    const { range } = relation;
    checkGroupingCalls(this.context, partsOf(list), undefined);
    if (partsOf(list).some(containsAggregate)) {
      const grouping = { expressions: [] };
      return scoped(makeGrouped(scope, input.relation, grouping, list, this.scopes, range));
    }
    return scoped(makeProject(scope, input.relation, list, this.scopes, range));
  }

  private aggregate(
    relation: unresolved.Aggregate,
    names: Names,
    having?: (aggregate: Relation, list: SelectList) => Relation,
  ): Scoped {
    const input = this.analyze(relation.input, withoutWindows(names));
    const scope = this.scopeOf(input, names);
    const { groupingExpressions, aggregateExpressions, range } = relation;
    const hasStar = aggregateExpressions.some(({ kind }) => kind === 'unresolvedStar');
    if (
      hasStar &&
      this.context.settings.relations.groupByOrdinal &&
      groupingExpressions.some(isOrdinal)
    )
      raise('STAR_GROUP_BY_POS', {}, range);
    // Windows of time would name a column that the list reads.
    for (const item of groupingExpressions) if (isTimeWindow(item)) resolveExpression(scope, item);
    const list = resolveSelectList(scope, aggregateExpressions);
    const grouping = resolveGrouping(scope, groupingExpressions, list.expressions);
    checkGroupingCalls(this.context, partsOf(list), grouping);
    const selected = grouping.sets === undefined ? list : nullableIn(list, grouping.expressions);
    return scoped(
      makeGrouped(scope, input.relation, grouping, selected, this.scopes, range, having),
    );
  }

  private having(relation: unresolved.Having, names: Names): Scoped {
    const { range, input } = relation;
    const filter = (aggregate: Relation, list: SelectList): Relation => {
      const above = new Above(this.context, aggregate, this.scopes, names);
      const { havingScope } = above;
      const scope: Scope = {
        ...havingScope,
        // Names of the list that the aggregate itself does not have.
        fallback: (nameParts, at) => {
          const found = havingScope.fallback?.(nameParts, at);
          if (found !== undefined) return found;
          const [name = ''] = nameParts;
          const item = list.expressions.find(
            (candidate) =>
              candidate.kind === 'alias' && this.context.sameName(candidate.name, name),
          );
          return nameParts.length === 1 && item?.kind === 'alias'
            ? withoutListAliases(item.child, list.expressions)
            : undefined;
        },
      };
      const resolved = resolveCondition(scope, relation.condition);
      checkGroupingCalls(this.context, [resolved], undefined);
      if (containsWindow(resolved)) {
        raise('_LEGACY_ERROR_TEMP_1034', { clauseName: 'HAVING' }, relation.condition.range);
      }
      const condition = above.through(resolved);
      return above.finish(
        aggregate,
        (extended) => {
          checkGrouped(this.context, extended, range);
          const node: Relation = { kind: 'filter', input: extended, condition, range };
          this.scopes.set(node, above.scope);
          return node;
        },
        range,
      );
    };
    if (input.kind === 'aggregate') return this.aggregate(input, names, filter);
    if (input.kind !== 'project') {
      const { relation: below } = this.analyze(input, names);
      return scoped(filter(below, { expressions: [], generators: [], readAliases: new Set() }));
    }
    // HAVING makes one group of a SELECT that has no GROUP BY.
    const { expressions } = input;
    return this.aggregate(
      {
        kind: 'aggregate',
        input: input.input,
        groupType: 'groupBy',
        groupingExpressions: [],
        aggregateExpressions: expressions,
        range: input.range,
      },
      names,
      filter,
    );
  }

  private repartition(relation: unresolved.RepartitionByExpression, names: Names): Scoped {
    const below = this.analyze(relation.input, names);
    const { relation: input } = below;
    const isPiped = relation.input.kind === 'pipe' || below.hidden.length > 0;
    if (isPiped) return this.repartitionPlain(relation, below, names);
    const above = new Above(this.context, input, this.scopes, names);
    const expressions = relation.partitionExpressions.map((expression) =>
      above.through(resolveExpression(above.scope, expression)),
    );
    const { range } = relation;
    const node = above.finish(
      input,
      (extended) => ({
        kind: 'repartition',
        input: extended,
        name: 'RepartitionByExpression',
        expressions,
        shuffle: true,
        range,
      }),
      range,
    );
    return scoped(node);
  }

  private repartitionPlain(
    relation: unresolved.RepartitionByExpression,
    below: Scoped,
    names: Names,
  ): Scoped {
    const scope = this.scopeOf(below, names);
    const node: Relation = {
      kind: 'repartition',
      input: below.relation,
      name: 'RepartitionByExpression',
      expressions: relation.partitionExpressions.map((item) => resolveExpression(scope, item)),
      shuffle: true,
      range: relation.range,
    };
    return { ...below, relation: node };
  }

  private sort(relation: unresolved.Sort, names: Names): Scoped {
    const below = this.analyze(relation.input, names);
    const { relation: input } = below;
    const { range, isGlobal } = relation;
    const output = below.visible;
    const isPiped = relation.input.kind === 'pipe' || below.hidden.length > 0;
    const above = isPiped
      ? Above.nothing(this.context, below, names)
      : new Above(this.context, input, this.scopes, names);
    const order = relation.order.flatMap((item): readonly SortOrder[] => {
      const { direction, nullOrdering, child } = item;
      const ordering = { direction, nullOrdering };
      if (
        this.context.settings.relations.orderByOrdinal &&
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
        !isColumn(above.scope, child);
      if (isAll) return output.map((column) => ({ child: column, ...ordering }));
      const key = above.through(resolveExpression(above.scope, child));
      checkGroupingCalls(this.context, [key], undefined);
      return [{ child: key, ...ordering }];
    });
    if (isPiped) {
      return { ...below, relation: { kind: 'sort', input, order, isGlobal, range } };
    }
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

  private count(
    name: 'limit' | 'offset',
    expression: unresolved.Expression,
    names: Names,
    visible: readonly Attribute[] = [],
  ): number {
    const { timeZone } = this.context.settings;
    const scope: Scope = { context: this.context, visible, hidden: [], names };
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

  private scopeOf({ visible, hidden }: Scoped, names: Names): Scope {
    return { context: this.context, visible, hidden, names };
  }
}

function analyzeInside(context: AnalysisContext, relation: unresolved.Relation): Relation {
  return whole(new RelationAnalyzer(context).analyze(relation));
}

/** The relation without what only a qualified name reaches. */
export function whole({ relation, visible, hidden }: Scoped): Relation {
  if (hidden.length === 0) return relation;
  return { kind: 'project', input: relation, expressions: visible, range: relation.range };
}

function scoped(relation: Relation): Scoped {
  return { relation, visible: outputOf(relation), hidden: [] };
}

function withReferences(names: Names, relation: unresolved.WithRelations): Names {
  let scope = names;
  for (const { alias, columnNames, input, range } of relation.references) {
    const { isRecursive = false } = relation;
    const reference = { alias, columnNames, input, outer: scope, isRecursive, range };
    scope = { ...scope, references: [...scope.references, reference] };
  }
  return scope;
}

/** A WINDOW clause names windows for its own SELECT. */
function withoutWindows(names: Names): Names {
  return names.windows.length === 0 ? names : { ...names, windows: [] };
}

function isOrdinal(expression: unresolved.Expression): boolean {
  if (expression.kind === 'groupingAnalytics') return expression.sets.flat().some(isOrdinal);
  return expression.kind === 'literal' && expression.type.kind === 'int';
}

function partsOf({ expressions, generators }: SelectList): readonly Expression[] {
  return [...expressions, ...generators.map(({ call }) => call)];
}

/** A column that a grouping set leaves out is null in its rows. */
function nullableIn(list: SelectList, grouping: readonly Expression[]): SelectList {
  const keys = new Set(grouping.map(expressionKey));
  const visit = (expression: Expression): Expression => {
    if (expression.kind === 'aggregateCall') return expression;
    if (keys.has(expressionKey(expression))) {
      return expression.nullable ? expression : { ...expression, nullable: true };
    }
    const changed = mapChildren(expression, visit);
    // What is computed of grouping columns may be null as well.
    return changed !== expression && mayBeNull(changed) ? { ...changed, nullable: true } : changed;
  };
  return {
    ...list,
    expressions: list.expressions.map((item): NamedExpression => {
      if (item.kind === 'attribute') return { ...item, nullable: true };
      const child = visit(item.child);
      return child === item.child ? item : { ...item, child, nullable: child.nullable };
    }),
  };
}

/** An expression of a select list in terms of what lies below the list. */
function withoutListAliases(expression: Expression, list: readonly NamedExpression[]): Expression {
  const { kind } = expression;
  const alias =
    kind === 'attribute' ? list.find(({ exprId }) => exprId === expression.exprId) : undefined;
  return alias?.kind === 'alias'
    ? withoutListAliases(alias.child, list)
    : mapChildren(expression, (child) => withoutListAliases(child, list));
}

function isTimeWindow(expression: unresolved.Expression): boolean {
  return (
    expression.kind === 'unresolvedFunction' &&
    ['window', 'session_window'].includes(expression.functionName.toLowerCase())
  );
}

/** Whether there is a null in what comes of operands that may be null. */
function mayBeNull(expression: Expression): boolean {
  switch (expression.kind) {
    case 'cast':
      return expression.child.nullable;
    case 'caseWhen':
      return expression.branches.some(({ value }) => value.nullable);
    case 'call': {
      const { name, arguments: values } = expression;
      if (neverNull.has(name)) return false;
      return firstKnown.has(name)
        ? values.every(({ nullable }) => nullable)
        : values.some(({ nullable }) => nullable);
    }
    default:
      return false;
  }
}

const neverNull = new Set(
  'isnull isnotnull isnan <=> struct named_struct array map concat_ws hash xxhash64 typeof'.split(
    ' ',
  ),
);
const firstKnown = new Set(['coalesce', 'ifnull', 'nvl', 'greatest', 'least']);

/** What WHERE may not hold: aggregates and generators. */
function invalidIn(expression: Expression): readonly Expression[] {
  if (expression.kind === 'aggregateCall' || isGenerator(expression)) return [expression];
  return childrenOf(expression).flatMap(invalidIn);
}

/** Whether the name is that of a column, of the select list or of what it selects from. */
function isColumn(scope: Scope, name: unresolved.Expression): boolean {
  try {
    resolveExpression(scope, name);
    return true;
  } catch (error) {
    if (error instanceof ProblemFound) return false;
    throw error;
  }
}
