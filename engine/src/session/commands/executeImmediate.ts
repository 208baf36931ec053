/** EXECUTE IMMEDIATE: a statement that is the value of an expression, with its parameters. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ExecuteImmediate, Statement } from '#sql/plan/statements.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { bindParameters, parametersOf, rewrite } from '#sql/rewrite.ts';
import { evaluateAll } from '../constants.ts';
import type { CommandContext, Failed } from './command.ts';
import { findVariables, setFromQuery, variableName } from './variables.ts';

/** The statement to run in its place; undefined where it was run into variables. */
export async function executeImmediate(
  context: CommandContext,
  command: ExecuteImmediate,
): Promise<Result<{ readonly text: string; readonly statement: Statement } | undefined, Failed>> {
  const text = await textOf(context, command.text);
  if (!text.ok) return text;
  const { statement, problems } = context.session.parse(text.value);
  const [first] = problems;
  if (first) return fail(first);
  if (!statement) throw new Error('a text without problems is a statement');
  const sqlString = text.value;
  if (statement.kind === 'executeImmediate') {
    return fail(problem('NESTED_EXECUTE_IMMEDIATE', { sqlString: sqlString.toUpperCase() }));
  }
  if (command.into.length > 0 && statement.kind !== 'query') {
    return fail(
      problem('INVALID_STATEMENT_FOR_EXECUTE_INTO', { sqlString: sqlString.toUpperCase() }),
    );
  }
  const bound = bind(context, statement, command.arguments);
  if (!bound.ok) return bound;
  if (command.into.length === 0) return ok({ text: sqlString, statement: bound.value });
  const targets = findVariables(context, command.into);
  if (!targets.ok) return targets;
  const names = targets.value.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) {
    return fail(
      problem('DUPLICATE_ASSIGNMENTS', {
        nameList: twice.map((name) => quoteName([name])).join(', '),
      }),
    );
  }
  if (bound.value.kind !== 'query') throw new Error('only a query goes into variables');
  const done = await setFromQuery(context, targets.value, bound.value.relation);
  return done.ok ? ok(undefined) : done;
}

async function textOf(
  context: CommandContext,
  expression: Expression,
): Promise<Result<string, Failed>> {
  const isVariable = expression.kind === 'unresolvedAttribute';
  if (isVariable && !context.session.variables.has(variableName(expression.nameParts) ?? '')) {
    const variable = quoteName(expression.nameParts);
    const parameters = { variableName: variable, searchPath: '`SYSTEM`.`SESSION`' };
    return fail(problem('UNRESOLVED_VARIABLE', parameters, expression.range));
  }
  const evaluated = await evaluateAll(context, [expression]);
  if (!evaluated.ok) return evaluated;
  const [literal] = evaluated.value;
  if (literal?.type.kind !== 'string') {
    const varType = `"${simpleString(literal?.type ?? { kind: 'void' }).toUpperCase()}"`;
    return fail(problem('INVALID_VARIABLE_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE', { varType }));
  }
  if (typeof literal.value === 'string') return ok(literal.value);
  const varName = isVariable ? quoteName(expression.nameParts) : '';
  return fail(problem('NULL_QUERY_STRING_EXECUTE_IMMEDIATE', { varName }));
}

function bind(
  context: CommandContext,
  statement: Statement,
  given: ExecuteImmediate['arguments'],
): Result<Statement, Failed> {
  const { names, count } = parametersOf(statement);
  if (names.size > 0 && count > 0) return fail(problem('INVALID_QUERY_MIXED_QUERY_PARAMETERS', {}));
  const values: Expression[] = [];
  const called = new Map<string, Expression>();
  for (const { name, value } of given) {
    const bound = argumentOf(context, value);
    if (!bound.ok) return bound;
    values.push(bound.value);
    // A variable is an argument under its own name where it has no other.
    const own = value.kind === 'unresolvedAttribute' ? value.nameParts.at(-1) : undefined;
    const key = name ?? own;
    if (key !== undefined) called.set(key.toLowerCase(), bound.value);
    else if (names.size > 0) {
      return fail(problem('ALL_PARAMETERS_MUST_BE_NAMED', { exprs: '' }));
    }
  }
  return ok(
    bindParameters(statement, (parameter) =>
      typeof parameter === 'number' ? values[parameter - 1] : called.get(parameter.toLowerCase()),
    ),
  );
}

/** A literal, or the value that a variable has now. */
function argumentOf(context: CommandContext, expression: Expression): Result<Expression, Failed> {
  if (expression.kind === 'unresolvedAttribute') {
    const variable = context.session.variables.get(variableName(expression.nameParts) ?? '');
    if (!variable) {
      const variableText = quoteName(expression.nameParts);
      const parameters = { variableName: variableText, searchPath: '`SYSTEM`.`SESSION`' };
      return fail(problem('UNRESOLVED_VARIABLE', parameters, expression.range));
    }
    const { value, type } = variable;
    return ok({ kind: 'literal', value, type, range: expression.range });
  }
  if (isConstant(expression)) return ok(expression);
  return fail(problem('UNSUPPORTED_EXPR_FOR_PARAMETER', { invalidExprSql: '' }, expression.range));
}

/** Literals, casts and signs of them, and what arrays, maps and structs are made of. */
function isConstant(expression: Expression): boolean {
  const allowed = new Set([
    'array',
    'map',
    'struct',
    'named_struct',
    'negative',
    'positive',
    'date',
    'timestamp',
  ]);
  let constant = true;
  rewrite(expression, (node) => {
    const isCall = node.kind === 'unresolvedFunction';
    if (isCall && !allowed.has(String(node.functionName).toLowerCase())) constant = false;
    if (node.kind === 'unresolvedAttribute' || node.kind === 'subqueryExpression') constant = false;
    return undefined;
  });
  return constant;
}
