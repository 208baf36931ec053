/** Hints: joins get a strategy, REPARTITION and its like a node of their own. What is not known changes nothing. */
import type { Expression, Relation, Repartition } from '../plan/resolved.ts';
import { mapInputs } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import type { AnalysisContext, Scoped } from './context.ts';
import { noNames } from './context.ts';
import { resolveExpression } from './expressions.ts';
import type { LayerScopes } from './hidden.ts';
import { Above } from './hidden.ts';

const strategies: Readonly<Record<string, string>> = {
  BROADCAST: 'broadcast',
  BROADCASTJOIN: 'broadcast',
  MAPJOIN: 'broadcast',
  MERGE: 'merge',
  SHUFFLE_MERGE: 'merge',
  MERGEJOIN: 'merge',
  SHUFFLE_HASH: 'shuffle_hash',
  SHUFFLE_REPLICATE_NL: 'shuffle_replicate_nl',
};

const partitionings: Readonly<Record<string, Pick<Repartition, 'name' | 'shuffle'>>> = {
  COALESCE: { name: 'Repartition', shuffle: false },
  REPARTITION: { name: 'Repartition', shuffle: true },
  REPARTITION_BY_RANGE: { name: 'RepartitionByExpression', shuffle: true },
  REBALANCE: { name: 'RebalancePartitions', shuffle: true },
};

export function analyzeHint(
  context: AnalysisContext,
  hint: unresolved.Hint,
  input: Scoped,
  scopes: LayerScopes,
): Scoped {
  const word = hint.name.toUpperCase();
  const strategy = strategies[word];
  if (strategy !== undefined) {
    const text = `(strategy=${strategy})`;
    const names = hint.parameters.map(nameOf).filter((name) => name !== undefined);
    if (hint.parameters.length === 0) {
      return { ...input, relation: hinted(input.relation, text) };
    }
    return { ...input, relation: withStrategy(context, input.relation, names, text) };
  }
  const partitioning = partitionings[word];
  if (partitioning === undefined) return input;
  const [first, ...others] = hint.parameters;
  const count =
    first?.kind === 'literal' && typeof first.value === 'bigint' ? Number(first.value) : undefined;
  // As in ORDER BY, what the list selects from may be used too.
  const above = new Above(context, input.relation, scopes, noNames);
  const expressions = (count === undefined ? hint.parameters : others).map(
    (expression): Expression => above.through(resolveExpression(above.scope, expression)),
  );
  const name =
    expressions.length > 0 && partitioning.name === 'Repartition'
      ? 'RepartitionByExpression'
      : partitioning.name;
  const { range } = hint;
  const relation = above.finish(
    input.relation,
    (extended) => ({
      kind: 'repartition',
      input: extended,
      ...partitioning,
      name,
      expressions,
      ...(count === undefined ? {} : { count }),
      range,
    }),
    range,
  );
  return { ...input, relation };
}

function nameOf(expression: unresolved.Expression): string | undefined {
  if (expression.kind === 'unresolvedAttribute') return expression.nameParts.at(-1);
  if (expression.kind === 'literal' && typeof expression.value === 'string')
    return expression.value;
  return undefined;
}

/** Down to the relations of those names, but not into the queries that they stand for. */
function withStrategy(
  context: AnalysisContext,
  relation: Relation,
  names: readonly string[],
  text: string,
): Relation {
  if (relation.kind === 'subqueryAlias') {
    const own = relation.alias.at(-1) ?? '';
    return names.some((name) => context.sameName(name, own)) ? hinted(relation, text) : relation;
  }
  return mapInputs(relation, (input) => withStrategy(context, input, names, text));
}

function hinted(input: Relation, text: string): Relation {
  return { kind: 'hint', input, text, range: input.range };
}
