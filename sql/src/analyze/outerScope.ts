/** The relation around a subquery, and what the subquery reads of it. */
import { quotedText } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type {
  AggregateCall,
  Expression,
  OuterBinding,
  OuterReference,
  Relation,
} from '../plan/resolved.ts';
import { expressionsOf, inputsOf, mapChildren, references, some } from '../plan/traverse.ts';
import { childrenOf } from '../plan/traverse.ts';
import { ProblemFound, raise } from '../problem.ts';
import type { OuterNames, Scope } from './context.ts';
import { findColumn } from './names.ts';

export class OuterScope implements OuterNames {
  readonly star: Scope;
  private readonly byId = new Map<number, OuterBinding>();

  constructor(scope: Scope) {
    this.star = scope;
  }

  get bindings(): readonly OuterBinding[] {
    return [...this.byId.values()];
  }

  find(nameParts: readonly string[], range: Range): Expression | undefined {
    const found = this.lookUp(nameParts, range);
    return found && this.outside(found);
  }

  /** A name that means several columns outside means none here, as in Spark. */
  private lookUp(nameParts: readonly string[], range: Range): Expression | undefined {
    const { star } = this;
    try {
      return (
        star.preferred?.(nameParts, range) ??
        findColumn(star, nameParts, range) ??
        star.fallback?.(nameParts, range)
      );
    } catch (error) {
      if (error instanceof ProblemFound) return undefined;
      throw error;
    }
  }

  outside(expression: Expression): Expression {
    if (expression.kind !== 'attribute') {
      return mapChildren(expression, (child) => this.outside(child));
    }
    const { exprId } = expression;
    if (!this.byId.has(exprId)) this.byId.set(exprId, { exprId, value: expression });
    return referenceTo(exprId, expression.name, expression, expression.qualifier);
  }

  aggregate(call: AggregateCall): Expression | undefined {
    if (references(call).size > 0) {
      const { timeZone } = this.star.context.settings;
      raise(
        'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES',
        { function: quotedText(call, timeZone).slice(1, -1) },
        call.range,
      );
    }
    if (this.star.aggregate === undefined) return undefined;
    const value = this.inside(call);
    const { context } = this.star;
    const exprId = context.nextId();
    this.byId.set(exprId, { exprId, value });
    return referenceTo(exprId, quotedText(call, context.settings.timeZone).slice(1, -1), call);
  }

  private inside(expression: Expression): Expression {
    if (expression.kind === 'outerReference') {
      return this.byId.get(expression.exprId)?.value ?? expression;
    }
    return mapChildren(expression, (child) => this.inside(child));
  }
}

function referenceTo(
  exprId: number,
  name: string,
  { type, nullable, range }: Expression,
  qualifier: readonly string[] = [],
): OuterReference {
  return { kind: 'outerReference', exprId, name, qualifier, type, nullable, range };
}

/** The outer columns that a plan reads, once for each place that reads them, from the root down. */
export function outerReferencesIn(relation: Relation): readonly OuterReference[] {
  const found: OuterReference[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'outerReference') found.push(expression);
    childrenOf(expression).forEach(visit);
  };
  const walk = (node: Relation): void => {
    expressionsOf(node).forEach(visit);
    inputsOf(node).forEach(walk);
  };
  walk(relation);
  return found;
}

const hosts = new Set(['project', 'filter', 'join', 'generate', 'localRelation', 'lateralJoin']);

/** Spark's limits on where a subquery may read the relation outside. */
export function checkCorrelation(relation: Relation, timeZone: string): void {
  if (!hosts.has(relation.kind)) {
    const outer = expressionsOf(relation).filter(readsOuter);
    if (outer.length > 0) {
      raise(
        'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE',
        { sqlExprs: outer.map((expression) => quotedText(expression, timeZone)).join(', ') },
        outer[0]?.range,
      );
    }
  }
  if (relation.kind === 'join' || relation.kind === 'lateralJoin') {
    const { joinType, left, right } = relation;
    const closed = [
      ...(joinType === 'rightOuter' || joinType === 'fullOuter' ? [left] : []),
      ...(joinType !== 'inner' && joinType !== 'cross' && joinType !== 'rightOuter' ? [right] : []),
    ];
    for (const side of closed) {
      const [first] = outerReferencesIn(side);
      if (first === undefined) continue;
      raise(
        'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED',
        { treeNode: first.name },
        first.range,
      );
    }
  }
  for (const input of inputsOf(relation)) checkCorrelation(input, timeZone);
}

function readsOuter(expression: Expression): boolean {
  return some(expression, (part) => part.kind === 'outerReference');
}
