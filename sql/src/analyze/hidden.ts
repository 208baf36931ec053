/**
 * Clauses that stand above a select list may use what the list does not yield: ORDER BY the columns of
 * its input, HAVING and ORDER BY further aggregates. What they need is added below and dropped above.
 */
import { attributeOf, outputOf } from '../plan/output.ts';
import type { Range } from '../plan/range.ts';
import type { Aggregate, Attribute, Expression, Project, Relation } from '../plan/resolved.ts';
import { containsAggregate, expressionKey, mapChildren, references } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { checkGroupingCalls } from './aggregate.ts';
import { noNames } from './context.ts';
import type { AnalysisContext, Names, Scope, Scoped } from './context.ts';
import { columnName, resolveExpression } from './expressions.ts';
import { findColumn, unresolvedColumn } from './names.ts';
import { isAggregateFunction } from './selectList.ts';

/** Resolves against a relation's output first, then against what lies below it. */
export class Above {
  private readonly context: AnalysisContext;
  private readonly names: Names;
  private readonly visible: readonly Attribute[];
  private readonly layer: Layer | undefined;

  constructor(context: AnalysisContext, relation: Relation, scopes: LayerScopes, names: Names) {
    this.context = context;
    this.names = names;
    this.visible = outputOf(relation);
    this.layer = layerOf(context, relation, scopes);
  }

  /** Over a relation of which only the columns can be used. */
  static nothing(context: AnalysisContext, { visible, hidden }: Scoped, names: Names) {
    const scope: Scope = { context, visible, hidden, names };
    return { scope, through: (expression: Expression) => expression, finish: neverFinished };
  }

  /**
   * The scope of HAVING. Its names are those of the aggregate's input before those of the select list, as the
   * SQL standard has it, where they are grouped by (SPARK-31519).
   */
  get havingScope(): Scope {
    const { layer } = this;
    if (layer === undefined) return this.scope;
    return {
      ...this.scope,
      preferred: (nameParts, range) => layer.groupingColumn?.(nameParts, range),
    };
  }

  get scope(): Scope {
    const { context, visible, layer, names } = this;
    return {
      context,
      visible,
      hidden: [],
      names,
      ...(layer === undefined
        ? {}
        : {
            fallback: (nameParts, range) => layer.column(nameParts, range),
            aggregate: (call) => layer.aggregate(call),
          }),
    };
  }

  /** What an expression over an aggregate's input is in terms of the aggregate's output. */
  through(expression: Expression): Expression {
    return this.layer?.through(expression) ?? expression;
  }

  /** Puts the clause over the relation with what was added, and drops that again. */
  finish(relation: Relation, clause: (input: Relation) => Relation, range: Range): Relation {
    const extended = this.layer?.rebuilt() ?? relation;
    const above = clause(extended);
    if (outputOf(extended).length === this.visible.length) return above;
    return { kind: 'project', input: above, expressions: this.visible, range };
  }
}

function neverFinished(): never {
  throw new Error('nothing was added below');
}

/** The scopes that select lists were resolved in, by the node that they became. */
export type LayerScopes = WeakMap<Relation, Scope>;

interface Layer {
  groupingColumn?(nameParts: readonly string[], range: Range): Expression | undefined;
  column(nameParts: readonly string[], range: Range): Expression | undefined;
  aggregate(call: unresolved.UnresolvedFunction): Expression | undefined;
  /** The attribute of the rebuilt output that holds an expression over this layer's input. */
  add(expression: Expression): Expression;
  through(expression: Expression): Expression;
  rebuilt(): Relation;
}

function layerOf(
  context: AnalysisContext,
  relation: Relation,
  scopes: LayerScopes,
): Layer | undefined {
  switch (relation.kind) {
    case 'project':
      return new ProjectLayer(relation, scopes, layerOf(context, relation.input, scopes));
    case 'aggregate':
      return new AggregateLayer(context, relation, scopes);
    // They pass on what is below them.
    case 'window':
    case 'repartition':
    case 'generate': {
      const inner = layerOf(context, relation.input, scopes);
      if (inner === undefined) return undefined;
      return {
        column: (nameParts, range) => inner.column(nameParts, range),
        aggregate: (call) => inner.aggregate(call),
        add: (expression) => inner.add(expression),
        through: (expression) => inner.through(expression),
        rebuilt: () => ({ ...relation, input: inner.rebuilt() }),
      };
    }
    case 'filter': {
      const inner = layerOf(context, relation.input, scopes);
      // Only a filter that HAVING made; one that WHERE made lies below the select list.
      if (inner === undefined || scopes.get(relation) === undefined) return undefined;
      return {
        column: (nameParts, range) => inner.column(nameParts, range),
        aggregate: (call) => inner.aggregate(call),
        add: (expression) => inner.add(expression),
        through: (expression) => inner.through(expression),
        rebuilt: () => moved(scopes, relation, { ...relation, input: inner.rebuilt() }),
      };
    }
    default:
      return undefined;
  }
}

class ProjectLayer implements Layer {
  private readonly project: Project;
  private readonly scopes: LayerScopes;
  private readonly scope: Scope | undefined;
  private readonly inner: Layer | undefined;
  private readonly added = new Map<number, Attribute>();

  constructor(project: Project, scopes: LayerScopes, inner: Layer | undefined) {
    this.project = project;
    this.scopes = scopes;
    this.scope = scopes.get(project);
    this.inner = inner;
  }

  column(nameParts: readonly string[], range: Range): Expression | undefined {
    const found =
      this.scope === undefined
        ? this.inner?.column(nameParts, range)
        : findColumn(this.scope, nameParts, range);
    return found && this.keep(found);
  }

  aggregate(call: unresolved.UnresolvedFunction): Expression | undefined {
    const found = this.scope === undefined ? this.inner?.aggregate(call) : undefined;
    return found && this.keep(found);
  }

  add(expression: Expression): Expression {
    return this.keep(expression);
  }

  through(expression: Expression): Expression {
    if (this.scope !== undefined || this.inner === undefined) return expression;
    return this.keep(this.inner.through(expression));
  }

  rebuilt(): Relation {
    const input = this.inner?.rebuilt() ?? this.project.input;
    if (this.added.size === 0) return this.project;
    const expressions = [...this.project.expressions, ...this.added.values()];
    return moved(this.scopes, this.project, { ...this.project, input, expressions });
  }

  private keep(expression: Expression): Expression {
    const yielded = new Set(this.project.expressions.map((item) => item.exprId));
    const below = new Set(outputOf(this.project.input).map((item) => item.exprId));
    const visit = (part: Expression): Expression => {
      const isHidden = part.kind === 'attribute' && !yielded.has(part.exprId);
      // What an aggregate below is made to yield is not among its columns yet.
      if (isHidden && (below.has(part.exprId) || this.scope === undefined)) {
        this.added.set(part.exprId, part);
      }
      return mapChildren(part, visit);
    };
    return visit(expression);
  }
}

class AggregateLayer implements Layer {
  private readonly context: AnalysisContext;
  private readonly node: Aggregate;
  private readonly scopes: LayerScopes;
  private readonly scope: Scope | undefined;
  private readonly byKey = new Map<string, Attribute>();
  private readonly added: Aggregate['aggregates'][number][] = [];

  constructor(context: AnalysisContext, node: Aggregate, scopes: LayerScopes) {
    this.context = context;
    this.node = node;
    this.scopes = scopes;
    this.scope = scopes.get(node);
    for (const item of node.aggregates) {
      const key = expressionKey(item);
      if (!this.byKey.has(key)) this.byKey.set(key, attributeOf(item));
    }
  }

  groupingColumn(nameParts: readonly string[], range: Range): Expression | undefined {
    const { visible = [] } = this.scope ?? {};
    // Names that are not below are no error here: they may be the select list's.
    const isBelow = visible.some(({ name }) => this.context.sameName(name, nameParts.at(-1) ?? ''));
    const found = isBelow ? this.column(nameParts, range) : undefined;
    if (found === undefined) return undefined;
    const key = expressionKey(found);
    return this.node.grouping.some((item) => expressionKey(item) === key) ? found : undefined;
  }

  column(nameParts: readonly string[], range: Range): Expression | undefined {
    // Whether it may be used depends on the whole expression, so `through` looks at it later.
    return this.scope && findColumn(this.scope, nameParts, range);
  }

  aggregate(call: unresolved.UnresolvedFunction): Expression | undefined {
    if (this.scope === undefined || !isAggregateFunction(call.functionName)) return undefined;
    const resolved = resolveExpression(this.scope, call);
    checkGroupingCalls(this.context, [resolved], {
      expressions: this.node.grouping,
      ...(this.node.groupingSets === undefined ? {} : { sets: this.node.groupingSets }),
    });
    return this.add(resolved);
  }

  add(expression: Expression): Expression {
    const known = this.byKey.get(expressionKey(expression));
    if (known !== undefined) return { ...known, range: expression.range };
    const { type, nullable, range } = expression;
    const exprId = this.context.nextId();
    const name = columnName(expression, this.context.settings.timeZone);
    const alias = {
      kind: 'alias',
      child: expression,
      name,
      exprId,
      type,
      nullable,
      range,
    } as const;
    const attribute = attributeOf(alias);
    this.added.push(alias);
    this.byKey.set(expressionKey(expression), attribute);
    return attribute;
  }

  through(expression: Expression): Expression {
    const below = new Set(outputOf(this.node.input).map((attribute) => attribute.exprId));
    const groupingKeys = new Set(this.node.grouping.map(expressionKey));
    const visit = (part: Expression): Expression => {
      const readsBelow = [...references(part)].some((id) => below.has(id));
      if (!readsBelow && !containsAggregate(part)) return part;
      const key = expressionKey(part);
      if (groupingKeys.has(key) || this.byKey.has(key) || containsAggregate(part)) {
        if (part.kind !== 'aggregateCall' && containsAggregate(part))
          return mapChildren(part, visit);
        return this.add(part);
      }
      if (part.kind !== 'attribute') return mapChildren(part, visit);
      const { context } = this;
      const visible = this.node.aggregates.map(attributeOf);
      return unresolvedColumn(
        { context, visible, hidden: [], names: noNames },
        [part.name],
        part.range,
      );
    };
    return visit(expression);
  }

  rebuilt(): Relation {
    if (this.added.length === 0) return this.node;
    const aggregates = [...this.node.aggregates, ...this.added];
    return moved(this.scopes, this.node, { ...this.node, aggregates });
  }
}

/** A node that took another's place is resolved in the same scope. */
function moved<R extends Relation>(scopes: LayerScopes, from: Relation, to: R): R {
  const scope = scopes.get(from);
  if (scope !== undefined) scopes.set(to, scope);
  return to;
}
