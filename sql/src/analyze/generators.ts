/** Functions that make several rows of one: what they yield, and where they may stand. */
import { findFunction } from '../functions/table.ts';
import { quotedText } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression, FunctionCall, Relation } from '../plan/resolved.ts';
import { childrenOf, some } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import type { AnalysisContext, Scope, Scoped } from './context.ts';
import { resolveExpression } from './expressions.ts';

export function isGenerator(expression: Expression): expression is FunctionCall {
  return expression.kind === 'call' && findFunction(expression.name)?.kind === 'generator';
}

/** `explode_outer` and its like keep rows that they make nothing of. */
export function isOuterGenerator(call: FunctionCall): boolean {
  return call.name.endsWith('_outer');
}

export function checkNotNested({ context }: Scope, expression: Expression): void {
  const nested = childrenOf(expression).some((child) => some(child, isGenerator));
  if (!nested) return;
  raise(
    'UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS',
    { expression: quotedText(expression, context.settings.timeZone) },
    expression.range,
  );
}

/** The columns of a generator, under their own names where it is given none. */
export function generatorColumns(
  context: AnalysisContext,
  call: FunctionCall,
  names: readonly string[],
  qualifier: readonly string[],
): readonly Attribute[] {
  const { type, range } = call;
  if (type.kind !== 'struct') throw new Error('a generator yields a struct');
  if (names.length > 0 && names.length !== type.fields.length) {
    raise(
      'UDTF_ALIAS_NUMBER_MISMATCH',
      { aliasesSize: String(type.fields.length), aliasesNames: names.join(',') },
      range,
    );
  }
  const isOuter = isOuterGenerator(call);
  return type.fields.map((field, index): Attribute => ({
    kind: 'attribute',
    exprId: context.nextId(),
    name: names[index] ?? field.name,
    type: field.type,
    nullable: field.nullable || isOuter,
    qualifier,
    range,
  }));
}

/** Resolves a call that has to be a generator, of LATERAL VIEW or of FROM. */
export function resolveGenerator(scope: Scope, call: unresolved.UnresolvedFunction): FunctionCall {
  const resolved = resolveExpression(scope, call);
  checkNotNested(scope, resolved);
  if (isGenerator(resolved)) return resolved;
  return raise(
    'UNSUPPORTED_GENERATOR.NOT_GENERATOR',
    {
      functionName: quoteName([call.functionName]),
      classCanonicalName: quotedText(resolved, scope.context.settings.timeZone),
    },
    call.range,
  );
}

export function analyzeLateralView(
  scope: Scope,
  view: unresolved.LateralView,
  input: Scoped,
): Scoped {
  const { range, alias, columnNames } = view;
  const generator = resolveGenerator(scope, view.generator);
  const outer = view.outer || isOuterGenerator(generator);
  const columns = generatorColumns(scope.context, generator, columnNames, [alias]);
  const generatorOutput = view.outer
    ? columns.map((column) => ({ ...column, nullable: true }))
    : columns;
  const relation: Relation = {
    kind: 'generate',
    input: input.relation,
    generator,
    outer,
    qualifier: [alias],
    generatorOutput,
    range,
  };
  return { ...input, relation, visible: [...input.visible, ...generatorOutput] };
}

/** A generator in FROM: the rows that it makes of one row without columns. */
export function generatorRelation(
  scope: Scope,
  call: unresolved.UnresolvedFunction,
  range: Range,
): Relation {
  const generator = resolveGenerator(scope, call);
  return {
    kind: 'generate',
    input: { kind: 'oneRow', range },
    generator,
    outer: isOuterGenerator(generator),
    qualifier: [],
    generatorOutput: generatorColumns(scope.context, generator, [], []),
    range,
  };
}
