import { childrenOf, some } from '../plan/traverse.ts';
import type {
  Aggregate,
  Expression,
  NamedExpression,
  Project,
  Relation,
} from '../plan/resolved.ts';
import { definitionsOf, inlineNamed, isDeterministic } from './expressions.ts';
import { relationRule } from './rule.ts';

/** A select list over a select list becomes one, unless that would compute something twice. */
export const collapseProject = relationRule('CollapseProject', (relation) => {
  if (relation.kind !== 'project') return relation;
  const { input } = relation;
  if (input.kind === 'project') {
    const expressions = collapse(relation, input.expressions);
    return expressions === undefined ? relation : { ...relation, input: input.input, expressions };
  }
  if (input.kind === 'aggregate') return overAggregate(relation, input);
  return relation;
});

function overAggregate(project: Project, aggregate: Aggregate): Relation {
  // What reads a group's row outside of it stays above the aggregate.
  const isInner = (part: Expression) => part.kind === 'subquery';
  if (project.expressions.some((expression) => some(expression, isInner))) return project;
  const aggregates = collapse(project, aggregate.aggregates);
  // No columns at all would leave nothing to say how many groups there are.
  if (aggregates === undefined || aggregates.length === 0) return project;
  return { ...aggregate, aggregates };
}

function collapse(
  upper: Project,
  lower: readonly NamedExpression[],
): readonly NamedExpression[] | undefined {
  if (!lower.every(isDeterministic)) return undefined;
  const definitions = definitionsOf(lower);
  const uses = new Map<number, number>();
  const count = (expression: Expression) => {
    if (expression.kind === 'attribute') {
      uses.set(expression.exprId, (uses.get(expression.exprId) ?? 0) + 1);
    } else childrenOf(expression).forEach(count);
  };
  upper.expressions.forEach(count);
  for (const [exprId, definition] of definitions) {
    if ((uses.get(exprId) ?? 0) > 1 && !isCheap(definition)) return undefined;
  }
  const collapsed: NamedExpression[] = [];
  for (const named of upper.expressions) {
    const next = inlineNamed(named, lower, definitions);
    if (next === undefined) return undefined;
    collapsed.push(next);
  }
  return collapsed;
}

function isCheap(expression: Expression): boolean {
  switch (expression.kind) {
    case 'attribute':
    case 'literal':
      return true;
    case 'getStructField':
      return isCheap(expression.child);
    default:
      return false;
  }
}
