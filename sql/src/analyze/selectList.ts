/** The select list: stars become columns, and every column gets a name. */
import { findFunction } from '../functions/table.ts';
import type { Expression, NamedExpression } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { columnName, expandStar, resolveExpression } from './expressions.ts';

export function resolveSelectList(
  scope: Scope,
  expressions: readonly unresolved.Expression[],
): readonly NamedExpression[] {
  const before = new Set<string>();
  const withAliases: Scope = {
    ...scope,
    fallback(nameParts, range) {
      const found = scope.fallback?.(nameParts, range);
      const [name = ''] = nameParts;
      if (found !== undefined || !before.has(name.toLowerCase())) return found;
      return raise(
        'UNSUPPORTED_EXPRESSION',
        { feature: `the alias ${name} of the same SELECT` },
        range,
      );
    },
  };
  return expressions.flatMap((expression): readonly NamedExpression[] => {
    if (expression.kind === 'unresolvedStar') {
      return expandStar(scope, expression).map((column) =>
        column.kind === 'getStructField'
          ? aliasOf(scope, column, column.name, expression.range)
          : named(scope, column),
      );
    }
    if (expression.kind === 'alias') {
      const child = resolveExpression(withAliases, expression.expression);
      before.add(expression.name.toLowerCase());
      return [aliasOf(scope, child, expression.name, expression.range)];
    }
    return [named(scope, resolveExpression(withAliases, expression), expression)];
  });
}

export function named(
  scope: Scope,
  expression: Expression,
  written?: unresolved.Expression,
): NamedExpression {
  if (expression.kind === 'attribute' || expression.kind === 'alias') return expression;
  const name = columnName(expression, scope.context.settings.timeZone, written);
  return aliasOf(scope, expression, name, expression.range);
}

function aliasOf(
  scope: Scope,
  child: Expression,
  name: string,
  range: Expression['range'],
): NamedExpression {
  const { type, nullable } = child;
  return { kind: 'alias', child, name, exprId: scope.context.nextId(), type, nullable, range };
}

export function isAggregateFunction(name: string): boolean {
  return findFunction(name)?.kind === 'aggregate';
}
