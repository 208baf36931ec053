/** What a statement needs before it can be run: its `IDENTIFIER(…)` clauses evaluated, its parameters bound. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import { identifierParts } from '#sql/parse/name.ts';
import type { Statement } from '#sql/plan/statements.ts';
import { typeSql } from '#sql/plan/types.ts';
import type { Expression, Literal } from '#sql/plan/unresolved.ts';
import { problem } from '#sql/problem.ts';
import { identifiersOf, nameIdentifiers } from '#sql/rewrite.ts';
import type { CommandContext, Failed } from './commands/command.ts';
import { evaluateAll } from './constants.ts';

/** Puts the names that `IDENTIFIER(…)` yields into the statement. */
export async function evaluateIdentifiers(
  context: CommandContext,
  text: string,
  statement: Statement,
): Promise<Result<Statement, Failed>> {
  const identifiers = identifiersOf(statement);
  if (identifiers.length === 0) return ok(statement);
  const parts = new Map<Expression, readonly string[]>();
  for (const identifier of identifiers) {
    const evaluated = await evaluateAll(context, [identifier]);
    if (!evaluated.ok) {
      const isName =
        evaluated.error.kind === 'spark' && evaluated.error.class.startsWith('UNRESOLVED_COLUMN');
      return isName ? fail(notConstant('NOT_CONSTANT', text, identifier)) : evaluated;
    }
    const named = partsOf(text, identifier, evaluated.value[0]);
    if (!named.ok) return named;
    parts.set(identifier, named.value);
  }
  return ok(nameIdentifiers(statement, (identifier) => parts.get(identifier) ?? []));
}

function partsOf(
  text: string,
  identifier: Expression,
  literal: Literal | undefined,
): Result<readonly string[], SparkError> {
  if (literal?.type.kind !== 'string') {
    const dataType = literal ? `"${typeSql(literal.type)}"` : '';
    return fail(notConstant('WRONG_TYPE', text, identifier, dataType));
  }
  if (typeof literal.value !== 'string') return fail(notConstant('NULL', text, identifier));
  if (literal.value.trim() === '') return fail(problem('PARSE_EMPTY_STATEMENT', {}));
  const named = identifierParts(literal.value);
  if (named) return ok(named);
  const error = `'${literal.value.split(/[.\s]+/)[1] ?? literal.value}'`;
  return fail(problem('PARSE_SYNTAX_ERROR', { error, hint: '' }));
}

function notConstant(
  reason: 'NULL' | 'WRONG_TYPE' | 'NOT_CONSTANT',
  text: string,
  { range }: Expression,
  dataType = '',
): SparkError {
  const expr = `"${text.slice(range.start, range.end)}"`;
  const parameters = { name: 'IDENTIFIER', expr, dataType };
  return problem(`NOT_A_CONSTANT_STRING.${reason}`, parameters, range);
}
