import { outputOf } from '../plan/output.ts';
import { mapInputs } from '../plan/traverse.ts';
import type { Attribute, LocalRelation, Relation, Union } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { idsOf, referencesOf } from './expressions.ts';
import { canRaise } from './raising.ts';
import type { Rule } from './rule.ts';

/**
 * Columns that nobody reads are neither computed nor read. A relation keeps at least one column, so that
 * its rows can be counted.
 */
export const columnPruning: Rule = {
  name: 'ColumnPruning',
  apply: (plan) => prune(plan, idsOf(outputOf(plan))),
};

function prune(relation: Relation, needed: ReadonlySet<number>): Relation {
  switch (relation.kind) {
    case 'oneRow':
      return relation;
    case 'scan': {
      const used = union(needed, referencesOf(...relation.pushedFilters));
      const output = kept(relation.output, used, cheapest);
      const isCounted = !output.some(({ exprId }) => used.has(exprId));
      return output === relation.output && isCounted === (relation.isCounted ?? false)
        ? relation
        : { ...relation, output, isCounted };
    }
    case 'localRelation':
      return pruneRows(relation, needed);
    case 'project': {
      const expressions = kept(relation.expressions, needed, first);
      const input = prune(relation.input, referencesOf(...expressions));
      return input === relation.input && expressions === relation.expressions
        ? relation
        : { ...relation, expressions, input };
    }
    case 'aggregate': {
      const aggregates = kept(relation.aggregates, needed, first);
      const used = referencesOf(...relation.grouping, ...aggregates);
      const input = narrowed(prune(relation.input, used), used);
      return input === relation.input && aggregates === relation.aggregates
        ? relation
        : { ...relation, aggregates, input };
    }
    case 'join': {
      const used =
        relation.condition === undefined ? needed : union(needed, referencesOf(relation.condition));
      const left = narrowed(prune(relation.left, used), used);
      const right = narrowed(prune(relation.right, used), used);
      return left === relation.left && right === relation.right
        ? relation
        : { ...relation, left, right };
    }
    case 'union':
      return pruneUnion(relation, needed);
    // Every column decides which rows are equal.
    case 'distinct':
      return withInput(relation, idsOf(outputOf(relation.input)));
    case 'filter':
      return withInput(relation, union(needed, referencesOf(relation.condition)));
    case 'sort':
      return withInput(
        relation,
        union(needed, referencesOf(...relation.order.map(({ child }) => child))),
      );
    case 'range':
    case 'loopReference':
      return relation;
    case 'window': {
      const expressions = relation.expressions.filter(({ exprId }) => needed.has(exprId));
      if (expressions.length === 0) return prune(relation.input, needed);
      const used = union(needed, referencesOf(...expressions));
      const input = narrowed(prune(relation.input, used), used);
      const isSame = expressions.length === relation.expressions.length && input === relation.input;
      return isSame ? relation : { ...relation, expressions, input };
    }
    case 'generate': {
      const used = union(needed, referencesOf(relation.generator));
      const input = narrowed(prune(relation.input, used), used);
      return input === relation.input ? relation : { ...relation, input };
    }
    case 'lateralJoin': {
      const used = union(
        needed,
        referencesOf(
          ...relation.outer.map(({ value }) => value),
          ...(relation.condition === undefined ? [] : [relation.condition]),
        ),
      );
      const left = narrowed(prune(relation.left, used), used);
      const right = narrowed(prune(relation.right, used), used);
      return left === relation.left && right === relation.right
        ? relation
        : { ...relation, left, right };
    }
    // Every column of both sides says which rows are equal; a loop's columns go round.
    case 'setOperation':
    case 'unionLoop':
      return mapInputs(relation, (input) => prune(input, idsOf(outputOf(input))));
    case 'repartition':
      return withInput(relation, union(needed, referencesOf(...relation.expressions)));
    case 'globalLimit':
    case 'localLimit':
    case 'offset':
    case 'subqueryAlias':
    case 'sample':
    case 'hint':
      return withInput(relation, needed);
  }
}

function withInput<Node extends Relation & { readonly input: Relation }>(
  relation: Node,
  needed: ReadonlySet<number>,
): Node {
  const input = prune(relation.input, needed);
  return input === relation.input ? relation : { ...relation, input };
}

/** A select list over what has more columns than are used above it: it need not be carried further. */
function narrowed(relation: Relation, used: ReadonlySet<number>): Relation {
  if (relation.kind === 'scan' || relation.kind === 'localRelation') return relation;
  const columns = outputOf(relation);
  const expressions = columns.filter(({ exprId }) => used.has(exprId));
  if (expressions.length === columns.length || expressions.length === 0) return relation;
  return { kind: 'project', input: relation, expressions, range: relation.range };
}

function pruneUnion(relation: Union, needed: ReadonlySet<number>): Relation {
  const output = kept(relation.output, needed, cheapest);
  const positions = output.map((column) => relation.output.indexOf(column));
  const isSame = output === relation.output;
  const inputs = relation.inputs.map((input) => {
    const columns = outputOf(input);
    const expressions = isSame ? columns : positions.flatMap((position) => columns[position] ?? []);
    const used = new Set(expressions.map(({ exprId }) => exprId));
    const pruned = prune(input, used);
    if (isSame) return pruned;
    return { kind: 'project' as const, input: pruned, expressions, range: input.range };
  });
  return isSame && inputs.every((input, index) => input === relation.inputs[index])
    ? relation
    : { ...relation, output, inputs };
}

function pruneRows(relation: LocalRelation, needed: ReadonlySet<number>): Relation {
  const output = kept(relation.output, needed, first);
  if (output === relation.output) return relation;
  const positions = output.map((column) => relation.output.indexOf(column));
  const dropped = relation.rows.flatMap((row) =>
    row.filter((_, position) => !positions.includes(position)),
  );
  // The values of an inline table are all computed, read or not.
  if (dropped.some(canRaise)) return relation;
  const rows = relation.rows.map((row) => positions.flatMap((position) => row[position] ?? []));
  return { ...relation, output, rows };
}

function kept<Named extends { readonly exprId: number }>(
  columns: readonly Named[],
  needed: ReadonlySet<number>,
  fallback: (columns: readonly Named[]) => readonly Named[],
): readonly Named[] {
  const used = columns.filter(({ exprId }) => needed.has(exprId));
  if (used.length === columns.length) return columns;
  if (used.length > 0) return used;
  const [only] = fallback(columns);
  return only === undefined || columns.length === 1 ? columns : [only];
}

function first<Named>(columns: readonly Named[]): readonly Named[] {
  return columns.slice(0, 1);
}

function cheapest(columns: readonly Attribute[]): readonly Attribute[] {
  return [...columns].sort((left, right) => weight(left.type) - weight(right.type)).slice(0, 1);
}

function weight({ kind }: DataType): number {
  return kind === 'boolean' || kind === 'byte' || kind === 'short' || kind === 'int'
    ? 0
    : kind === 'array' || kind === 'map' || kind === 'struct'
      ? 3
      : kind === 'string' || kind === 'binary'
        ? 2
        : 1;
}

function union(one: ReadonlySet<number>, other: ReadonlySet<number>): ReadonlySet<number> {
  return other.size === 0 ? one : new Set([...one, ...other]);
}
