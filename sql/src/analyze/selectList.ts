/** The select list: stars become columns, and every column gets a name. */
import { findFunction } from '../functions/table.ts';
import { prettyText } from '../plan/columnText.ts';
import type { Attribute, Expression, FunctionCall, NamedExpression } from '../plan/resolved.ts';
import { mapChildren } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import type { Scope } from './context.ts';
import { columnName, resolveExpression } from './expressions.ts';
import { expandStar } from './stars.ts';
import { checkNotNested, generatorColumns, isGenerator, isOuterGenerator } from './generators.ts';
import { fieldsOf } from './names.ts';
import type { SelectedGenerator, SelectList } from './select.ts';

export function resolveSelectList(
  scope: Scope,
  expressions: readonly unresolved.Expression[],
): SelectList {
  const before: NamedExpression[] = [];
  const readAliases = new Set<number>();
  const generators: SelectedGenerator[] = [];
  const withAliases: Scope = {
    ...scope,
    fallback(nameParts, range) {
      const found = scope.fallback?.(nameParts, range);
      if (found !== undefined) return found;
      const [name = '', ...fields] = nameParts;
      const matches = before.filter((item) => scope.context.sameName(item.name, name));
      const [match] = matches;
      if (match === undefined) return undefined;
      if (matches.length > 1) {
        const n = String(matches.length);
        raise('AMBIGUOUS_LATERAL_COLUMN_ALIAS', { name: quoteName(nameParts), n }, range);
      }
      readAliases.add(match.exprId);
      const { exprId, type, nullable } = match;
      const attribute: Attribute = {
        kind: 'attribute',
        exprId,
        name: match.name,
        type,
        nullable,
        qualifier: [],
        range,
      };
      return fields.length === 0 ? attribute : fieldsOf(scope.context, attribute, fields, range);
    },
  };
  /** Spark names a column by what it reads, and aliases of the same list by what they are. */
  const shownAsAliases = (column: NamedExpression & { kind: 'alias' }): NamedExpression => {
    const ofList = new Set(readAliases);
    const mark = (part: Expression): Expression =>
      part.kind === 'attribute' && ofList.has(part.exprId)
        ? { ...part, name: `lateralAliasReference(${part.name})` }
        : mapChildren(part, mark);
    const { timeZone } = scope.context.settings;
    const unmarked = prettyText(column.child, timeZone);
    return column.name === unmarked
      ? { ...column, name: prettyText(mark(column.child), timeZone) }
      : column;
  };
  const generated = (
    call: Expression & FunctionCall,
    names: readonly string[],
  ): readonly NamedExpression[] => {
    checkNotNested(scope, call);
    const output = generatorColumns(scope.context, call, names, []);
    generators.push({ call, outer: isOuterGenerator(call), output });
    return output;
  };
  const list = expressions.flatMap((expression): readonly NamedExpression[] => {
    if (expression.kind === 'unresolvedStar') {
      return expandStar(scope, expression).map((column) =>
        column.kind === 'getStructField'
          ? aliasOf(scope, column, column.name, expression.range)
          : named(scope, column),
      );
    }
    if (expression.kind === 'multiAlias') {
      const child = resolveExpression(withAliases, expression.expression);
      if (isGenerator(child)) return generated(child, expression.names);
      return raise(
        'UNSUPPORTED_EXPRESSION',
        { feature: 'several aliases for what is no generator' },
        expression.range,
      );
    }
    const isNamed = expression.kind === 'alias';
    const child = resolveExpression(withAliases, isNamed ? expression.expression : expression);
    if (isGenerator(child)) return generated(child, isNamed ? [expression.name] : []);
    checkNotNested(scope, child);
    if (!isNamed) {
      const column = named(scope, child, expression);
      return [column.kind === 'alias' ? shownAsAliases(column) : column];
    }
    const alias = aliasOf(scope, child, expression.name, expression.range);
    before.push(alias);
    return [alias];
  });
  if (generators.length > 1) {
    const texts = generators.map(({ call }) => columnName(call, scope.context.settings.timeZone));
    raise(
      'UNSUPPORTED_GENERATOR.MULTI_GENERATOR',
      { num: String(generators.length), generators: texts.map((text) => `"${text}"`).join(', ') },
      generators[1]?.call.range,
    );
  }
  return { expressions: list, generators, readAliases };
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
