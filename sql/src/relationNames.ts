/** The tables that an unresolved plan reads. */
import type { Range } from './plan/range.ts';
import type { Expression, Relation } from './plan/unresolved.ts';

export function namesRead(relation: Relation): readonly (readonly string[])[] {
  return [...reads(relation).values()].map(({ nameParts }) => nameParts);
}

/** Where the name stands first. */
export function placeOfName(relation: Relation, nameParts: readonly string[]): Range | undefined {
  return reads(relation).get(JSON.stringify(nameParts))?.range;
}

interface NameRead {
  readonly nameParts: readonly string[];
  readonly range: Range;
}

function reads(relation: Relation): ReadonlyMap<string, NameRead> {
  const names = new Map<string, NameRead>();
  visit(relation, [], names);
  return names;
}

function visit(relation: Relation, defined: readonly string[], names: Map<string, NameRead>): void {
  const inside = (expressions: readonly Expression[]) => {
    for (const expression of expressions) visitExpression(expression, defined, names);
  };
  switch (relation.kind) {
    case 'read': {
      if (relation.readType.kind !== 'namedTable') return;
      const { nameParts } = relation.readType;
      const isDefined =
        nameParts.length === 1 && defined.includes(nameParts[0]?.toLowerCase() ?? '');
      const key = JSON.stringify(nameParts);
      if (!isDefined && !names.has(key)) names.set(key, { nameParts, range: relation.range });
      return;
    }
    case 'oneRow':
      return;
    case 'tableFunction':
      inside(relation.arguments);
      return;
    case 'values':
    case 'localData':
      for (const row of relation.rows) inside(row);
      return;
    case 'join':
      visit(relation.left, defined, names);
      visit(relation.right, defined, names);
      if (relation.joinCondition !== undefined) inside([relation.joinCondition]);
      return;
    case 'setOp':
      visit(relation.leftInput, defined, names);
      visit(relation.rightInput, defined, names);
      return;
    case 'withRelations': {
      let scope = defined;
      for (const { input, alias } of relation.references) {
        const own = [...scope, alias.toLowerCase()];
        visit(input, relation.isRecursive === true ? own : scope, names);
        scope = own;
      }
      visit(relation.root, scope, names);
      return;
    }
    default:
      visit(relation.input, defined, names);
      if (relation.kind === 'project') inside(relation.expressions);
      if (relation.kind === 'filter' || relation.kind === 'having') inside([relation.condition]);
      if (relation.kind === 'aggregate') {
        inside([...relation.groupingExpressions, ...relation.aggregateExpressions]);
      }
      if (relation.kind === 'sort') inside(relation.order);
      if (relation.kind === 'lateralView') inside([relation.generator]);
      if (relation.kind === 'repartitionByExpression') inside(relation.partitionExpressions);
      if (relation.kind === 'pipe') {
        inside([...relation.groupingExpressions, ...relation.expressions]);
      }
      if (relation.kind === 'pivot') inside(relation.aggregates);
      if (relation.kind === 'withColumns') inside(relation.aliases);
  }
}

/** Only subqueries read tables. */
function visitExpression(
  expression: Expression,
  defined: readonly string[],
  names: Map<string, NameRead>,
): void {
  const each = (expressions: readonly Expression[]) => {
    for (const inner of expressions) visitExpression(inner, defined, names);
  };
  switch (expression.kind) {
    case 'subqueryExpression':
      visit(expression.plan, defined, names);
      each(expression.inValues);
      return;
    case 'unresolvedFunction':
      each(expression.arguments);
      each(expression.filter === undefined ? [] : [expression.filter]);
      each((expression.withinGroup ?? []).map(({ child }) => child));
      return;
    case 'window': {
      each([expression.windowFunction]);
      if (typeof expression.window === 'string') return;
      const { partition, order } = expression.window;
      each([...partition, ...order]);
      return;
    }
    case 'groupingAnalytics':
      each(expression.sets.flat());
      return;
    case 'multiAlias':
    case 'alias':
    case 'cast':
      each([expression.expression]);
      return;
    case 'sortOrder':
      each([expression.child]);
      return;
    case 'caseWhen':
      for (const { condition, value } of expression.branches) each([condition, value]);
      each(expression.elseValue === undefined ? [] : [expression.elseValue]);
      return;
    case 'in':
      each([expression.child, ...expression.list]);
      return;
    case 'extractValue':
      each([expression.child, expression.extraction]);
      return;
    case 'lambdaFunction':
      each([expression.function]);
      return;
    case 'namedArgument':
      each([expression.value]);
      return;
    default:
  }
}
