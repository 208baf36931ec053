/**
 * Rewrites an analyzed plan into an equal one that costs less, and says which rule did what. Rules and
 * batches have Spark's names. Rules never make an error appear, nor disappear where Spark would raise it.
 */
import type { TraceStep } from '#shared/protocol/engine.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import { utcText } from '../plan/expressionText.ts';
import type { Expression, Relation } from '../plan/resolved.ts';
import { mapExpressions, transformPlanUp, transformUp } from '../plan/traverse.ts';
import { treeText } from '../plan/treeText.ts';
import { booleanSimplification } from './booleanSimplification.ts';
import { collapseProject } from './collapseProject.ts';
import { columnPruning } from './columnPruning.ts';
import { combineFilters } from './combineFilters.ts';
import { constantFolding } from './constantFolding.ts';
import { eliminateLimits } from './eliminateLimits.ts';
import { eliminateOuterJoin } from './eliminateOuterJoin.ts';
import { eliminateResolvedHint } from './eliminateResolvedHint.ts';
import { eliminateSorts } from './eliminateSorts.ts';
import { eliminateSubqueryAliases } from './eliminateSubqueryAliases.ts';
import { inferFiltersFromConstraints } from './inferFiltersFromConstraints.ts';
import { likeSimplification } from './likeSimplification.ts';
import { limitPushDown } from './limitPushDown.ts';
import { nullPropagation } from './nullPropagation.ts';
import { optimizeIn } from './optimizeIn.ts';
import { pruneFilters } from './pruneFilters.ts';
import { pushDownPredicates } from './pushDownPredicates.ts';
import { pushFiltersIntoScan } from './pushFiltersIntoScan.ts';
import { reasons } from './reasons.ts';
import { removeNoopOperators } from './removeNoopOperators.ts';
import { reorderJoin } from './reorderJoin.ts';
import { replaceDistinctWithAggregate } from './replaceDistinctWithAggregate.ts';
import { replaceExpressions } from './replaceExpressions.ts';
import { replaceExceptWithAntiJoin, replaceIntersectWithSemiJoin } from './replaceSetOperations.ts';
import { rewritePredicateSubquery } from './rewritePredicateSubquery.ts';
import type { Rule } from './rule.ts';
import { simplifyBinaryComparison } from './simplifyBinaryComparison.ts';
import { simplifyCasts } from './simplifyCasts.ts';
import { simplifyConditionals } from './simplifyConditionals.ts';

export interface Optimized {
  readonly plan: Relation;
  readonly trace: readonly TraceStep[];
}

export interface Batch {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Repeated until nothing changes, at most so often. */
  readonly maxIterations: number;
}

const operators: readonly Rule[] = [
  reorderJoin,
  pushDownPredicates,
  eliminateOuterJoin,
  limitPushDown,
  columnPruning,
  collapseProject,
  combineFilters,
  eliminateLimits,
  eliminateSorts,
  nullPropagation,
  optimizeIn,
  likeSimplification,
  constantFolding,
  booleanSimplification,
  simplifyBinaryComparison,
  simplifyConditionals,
  simplifyCasts,
  pruneFilters,
  removeNoopOperators,
];

/** The plans of subqueries are optimized like any other, on their own. */
const optimizeSubqueries: Rule = {
  name: 'OptimizeSubqueries',
  apply: (plan) =>
    transformPlanUp(plan, (relation) =>
      mapExpressions(relation, (whole) => transformUp(whole, withOptimizedPlan)),
    ),
};

function withOptimizedPlan(expression: Expression): Expression {
  if (expression.kind !== 'subquery') return expression;
  const plan = optimize(expression.plan).plan;
  return plan === expression.plan ? expression : { ...expression, plan };
}

export const batches: readonly Batch[] = [
  {
    name: 'Finish Analysis',
    rules: [eliminateResolvedHint, eliminateSubqueryAliases, replaceExpressions],
    maxIterations: 1,
  },
  { name: 'Subquery', rules: [optimizeSubqueries], maxIterations: 1 },
  {
    name: 'Replace Operators',
    rules: [replaceIntersectWithSemiJoin, replaceExceptWithAntiJoin, replaceDistinctWithAggregate],
    maxIterations: 1,
  },
  {
    name: 'Operator Optimization before Inferring Filters',
    rules: operators,
    maxIterations: 100,
  },
  { name: 'Infer Filters', rules: [inferFiltersFromConstraints], maxIterations: 1 },
  { name: 'Operator Optimization after Inferring Filters', rules: operators, maxIterations: 100 },
  {
    name: 'Rewrite Subquery',
    rules: [rewritePredicateSubquery, columnPruning, collapseProject, removeNoopOperators],
    maxIterations: 1,
  },
  { name: 'Early Filter and Projection Push-Down', rules: [pushFiltersIntoScan], maxIterations: 1 },
];

/** Rules that are not to be applied are named as Spark names them. */
export function optimize(
  analyzed: Relation,
  options: TextOptions = utcText,
  excluded: ReadonlySet<string> = new Set(),
): Optimized {
  const trace: TraceStep[] = [];
  let plan = analyzed;
  let text = treeText(plan, options);
  for (const { rules, maxIterations } of batches) {
    for (let iteration = 0; iteration < maxIterations; iteration++) {
      const before = plan;
      for (const rule of rules) {
        if (excluded.has(rule.name)) continue;
        const changed = rule.apply(plan);
        if (changed === plan) continue;
        plan = changed;
        const after = treeText(plan, options);
        // What does not show, such as a filter that a source was told of, is no step to look at.
        if (after !== text) {
          const why = reasons[rule.name];
          trace.push({
            rule: rule.name,
            before: text,
            after,
            ...(why === undefined ? {} : { why }),
          });
        }
        text = after;
      }
      if (plan === before) break;
    }
  }
  return { plan, trace };
}
