/**
 * One SELECT over its input: what aggregates comes first, then HAVING, generators, names that the list gives
 * itself, windows, and the list on top.
 */
import { quotedText } from '../plan/columnText.ts';
import { attributeOf, outputOf } from '../plan/output.ts';
import type { Range } from '../plan/range.ts';
import type {
  Aggregate,
  Alias,
  Attribute,
  Expression,
  FunctionCall,
  NamedExpression,
  Relation,
  WindowExpression,
} from '../plan/resolved.ts';
import {
  containsAggregate,
  expressionKey,
  mapAll,
  mapChildren,
  references,
  some,
} from '../plan/traverse.ts';
import { raise } from '../problem.ts';
import { checkAggregate } from './aggregate.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { columnName } from './expressions.ts';
import type { LayerScopes } from './hidden.ts';
import { containsWindow } from './windows.ts';

/** A generator of the select list, and the columns that stand for it there. */
export interface SelectedGenerator {
  readonly call: FunctionCall;
  readonly outer: boolean;
  readonly output: readonly Attribute[];
}

export interface SelectList {
  readonly expressions: readonly NamedExpression[];
  readonly generators: readonly SelectedGenerator[];
  /** Aliases of the list that others of it read. */
  readonly readAliases: ReadonlySet<number>;
}

export interface Grouping {
  readonly expressions: readonly Expression[];
  readonly sets?: readonly (readonly number[])[];
}

/** A SELECT without aggregates. */
export function makeProject(
  scope: Scope,
  input: Relation,
  list: SelectList,
  scopes: LayerScopes,
  range: Range,
): Relation {
  checkWindowedAliases(scope, list);
  const relation = projected(scope.context, input, list, range);
  scopes.set(relation, scope);
  return relation;
}

/** A SELECT with them. `having` puts its filter over the aggregate. */
export function makeGrouped(
  scope: Scope,
  input: Relation,
  grouping: Grouping,
  list: SelectList,
  scopes: LayerScopes,
  range: Range,
  having: (aggregate: Relation, list: SelectList) => Relation = (relation) => relation,
): Relation {
  const { expressions, sets } = grouping;
  const more = sets === undefined ? {} : { groupingSets: sets };
  const isSimple =
    list.generators.length === 0 &&
    list.readAliases.size === 0 &&
    !list.expressions.some((item) => containsWindow(item) || containsSubquery(item));
  checkAliasesInAggregates(scope, list);
  const isGrouped = sets !== undefined || expressions.length > 0;
  checkAggregate(scope, expressions, list.expressions, range, list.readAliases, isGrouped);
  if (isSimple) {
    const node: Aggregate = {
      kind: 'aggregate',
      input,
      grouping: expressions,
      aggregates: list.expressions,
      ...more,
      range,
    };
    scopes.set(node, scope);
    return having(node, list);
  }
  checkWindowedAliases(scope, list);
  const split = splitAggregate(scope.context, expressions, list);
  const node: Aggregate = {
    kind: 'aggregate',
    input,
    grouping: expressions,
    aggregates: split.aggregates,
    ...more,
    range,
  };
  scopes.set(node, scope);
  return projected(scope.context, having(node, list), split.list, range);
}

export function containsSubquery(expression: Expression): boolean {
  return some(expression, (part) => part.kind === 'subquery');
}

/** The aggregate yields grouping expressions and aggregates; the list computes on them. */
function splitAggregate(
  context: AnalysisContext,
  grouping: readonly Expression[],
  list: SelectList,
): { readonly aggregates: readonly NamedExpression[]; readonly list: SelectList } {
  const groupingKeys = new Set(grouping.map(expressionKey));
  const aggregates: NamedExpression[] = [];
  const byKey = new Map<string, Attribute>();
  const below = (expression: Expression): Attribute => {
    const key = expressionKey(expression);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const named = expression.kind === 'attribute' ? expression : aliased(context, expression);
    aggregates.push(named);
    const attribute = attributeOf(named);
    byKey.set(key, attribute);
    return attribute;
  };
  const visit = (expression: Expression): Expression => {
    if (expression.kind === 'literal') return expression;
    if (expression.kind === 'aggregateCall' || groupingKeys.has(expressionKey(expression))) {
      return below(expression);
    }
    return mapChildren(expression, visit);
  };
  const expressions = list.expressions.map((item): NamedExpression => {
    if (item.kind === 'alias') return { ...item, child: visit(item.child) };
    return groupingKeys.has(expressionKey(item)) ? below(item) : item;
  });
  const generators = list.generators.map((generator) => {
    const call = visit(generator.call);
    if (call.kind !== 'call') throw new Error('a generator stays a call');
    return { ...generator, call };
  });
  return { aggregates, list: { ...list, expressions, generators } };
}

function aliased(context: AnalysisContext, child: Expression): Alias {
  const name = columnName(child, context.settings.timeZone);
  return aliasNamed(context, child, name);
}

function aliasNamed(context: AnalysisContext, child: Expression, name: string): Alias {
  const { type, nullable, range } = child;
  return { kind: 'alias', child, name, exprId: context.nextId(), type, nullable, range };
}

function projected(
  context: AnalysisContext,
  input: Relation,
  list: SelectList,
  range: Range,
): Relation {
  let base = input;
  for (const { call, outer, output } of list.generators) {
    base = {
      kind: 'generate',
      input: base,
      generator: call,
      outer,
      qualifier: [],
      generatorOutput: output,
      range,
    };
  }
  let expressions = list.expressions;
  // Aliases that others read are computed first, level by level.
  while (expressions.some((item) => readsAlias(item, expressions))) {
    const current = expressions;
    const ready = current.filter(
      (item): item is Alias =>
        item.kind === 'alias' &&
        !readsAlias(item, current) &&
        current.some((other) => other !== item && references(other).has(item.exprId)),
    );
    if (ready.length === 0) break;
    const ids = new Set(ready.map(({ exprId }) => exprId));
    base = projectOver(context, base, [...outputOf(base), ...ready], range);
    expressions = current.map((item) => (ids.has(item.exprId) ? attributeOf(item) : item));
  }
  return projectOver(context, base, expressions, range);
}

function readsAlias(item: NamedExpression, list: readonly NamedExpression[]): boolean {
  if (item.kind !== 'alias') return false;
  const ids = references(item.child);
  return list.some((other) => other.kind === 'alias' && ids.has(other.exprId));
}

function projectOver(
  context: AnalysisContext,
  input: Relation,
  expressions: readonly NamedExpression[],
  range: Range,
): Relation {
  if (!expressions.some(containsWindow)) return { kind: 'project', input, expressions, range };
  const { relation, expressions: above } = extractWindows(context, input, expressions, range);
  return { kind: 'project', input: relation, expressions: above, range };
}

/** One Window node for all functions of one partitioning and order. */
function extractWindows(
  context: AnalysisContext,
  input: Relation,
  expressions: readonly NamedExpression[],
  range: Range,
): { readonly relation: Relation; readonly expressions: readonly NamedExpression[] } {
  const found = new Map<string, { readonly alias: Alias; readonly window: WindowExpression }>();
  const take = (window: WindowExpression, own?: Alias): Attribute => {
    const key = own === undefined ? expressionKey(window) : `${own.exprId}`;
    const known = found.get(key);
    if (known !== undefined) return attributeOf(known.alias);
    const alias = own ?? aliasNamed(context, window, `_we${found.size}`);
    found.set(key, { alias, window });
    return attributeOf(alias);
  };
  const visit = (expression: Expression): Expression => {
    const inner = mapChildren(expression, visit);
    return inner.kind === 'windowExpression' ? take(inner) : inner;
  };
  const above = mapAll(expressions, (item): NamedExpression => {
    if (item.kind !== 'alias') return item;
    if (item.child.kind === 'windowExpression') return take(item.child, item);
    const child = visit(item.child);
    return child === item.child ? item : { ...item, child };
  });
  const groups = new Map<string, Alias[]>();
  for (const { alias, window } of found.values()) {
    const key = [
      ...window.partition.map(expressionKey),
      '|',
      ...window.order.map(
        (item) => `${expressionKey(item.child)} ${item.direction} ${item.nullOrdering}`,
      ),
    ].join(',');
    groups.set(key, [...(groups.get(key) ?? []), alias]);
  }
  let relation = input;
  for (const group of groups.values()) {
    relation = { kind: 'window', input: relation, expressions: group, range };
  }
  return { relation, expressions: above };
}

function checkAliasesInAggregates(scope: Scope, { expressions, readAliases }: SelectList): void {
  if (readAliases.size === 0) return;
  for (const item of expressions) {
    some(item, (part) => {
      if (part.kind !== 'aggregateCall') return false;
      const lca = expressions.find(
        ({ exprId }) => readAliases.has(exprId) && references(part).has(exprId),
      );
      if (lca === undefined) return false;
      return raise(
        'UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_FUNC',
        { lca: `\`${lca.name}\``, aggFunc: quotedText(part, scope.context.settings.timeZone) },
        part.range,
      );
    });
  }
}

/** A window may not read an alias of its own list where the list aggregates or the alias is a window. */
function checkWindowedAliases(scope: Scope, { expressions, readAliases }: SelectList): void {
  if (readAliases.size === 0) return;
  const aggregates = expressions.some(containsAggregate);
  for (const item of expressions) {
    some(item, (part) => {
      if (part.kind !== 'windowExpression') return false;
      const lca = expressions.find(
        ({ exprId }) => readAliases.has(exprId) && references(part).has(exprId),
      );
      if (lca === undefined || !(aggregates || containsWindow(lca))) return false;
      return raise(
        'UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW',
        { lca: `\`${lca.name}\``, windowExpr: quotedText(part, scope.context.settings.timeZone) },
        part.range,
      );
    });
  }
}
