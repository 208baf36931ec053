/** Session variables: DECLARE, SET VAR and DROP TEMPORARY VARIABLE. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import { withDefaults } from '#sql/analyze/insertion.ts';
import type {
  DeclareVariables,
  DropVariable,
  ObjectName,
  SetVariables,
} from '#sql/plan/statements.ts';
import type { DataType } from '#sql/plan/types.ts';
import { voidType } from '#sql/plan/types.ts';
import type { Expression, LiteralValue } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { rewrite } from '#sql/rewrite.ts';
import { castTo, constantsOf, evaluateAll } from '../constants.ts';
import type { Answer, CommandContext, Failed } from './command.ts';
import { nothing } from './command.ts';

export interface SessionVariable {
  readonly name: string;
  readonly type: DataType;
  readonly value: LiteralValue;
  readonly default?: Expression;
}

/** The name of a variable without `session.` or `system.session.`; undefined for a name of something else. */
export function variableName(nameParts: readonly string[]): string | undefined {
  const parts = nameParts.map((part) => part.toLowerCase());
  const name = parts.pop();
  if (parts.length > 0 && parts.pop() !== 'session') return undefined;
  if (parts.length > 0 && parts.pop() !== 'system') return undefined;
  return parts.length > 0 ? undefined : name;
}

export async function declareVariables(context: CommandContext, command: DeclareVariables): Answer {
  const { variables } = context.session;
  const { default: otherwise, type, replace } = command;
  const names: string[] = [];
  for (const name of command.names) {
    const found = variableName(name.nameParts);
    if (found === undefined) return fail(unresolvedVariable(name, '`SYSTEM`.`SESSION`'));
    if (variables.has(found) && !replace) {
      const shown = quoteName(['system', 'session', found]);
      return fail(problem('VARIABLE_ALREADY_EXISTS', { variableName: shown }, name.range));
    }
    names.push(found);
  }
  if (otherwise && hasSubquery(otherwise)) {
    return fail(
      problem('INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION', {
        statement: 'DECLARE VARIABLE',
        colName: quoteName(['system', 'session', names[0] ?? '']),
        defaultValue: command.defaultText ?? '',
      }),
    );
  }
  const given = otherwise && (type ? castTo(otherwise, type) : otherwise);
  const evaluated = given ? await evaluateAll(context, [given]) : ok([]);
  if (!evaluated.ok) return evaluated;
  const [literal] = evaluated.value;
  for (const name of names) {
    variables.set(name, {
      name,
      type: type ?? literal?.type ?? voidType,
      value: literal?.value ?? null,
      ...(otherwise ? { default: otherwise } : {}),
    });
  }
  return nothing;
}

function hasSubquery(expression: Expression): boolean {
  let found = false;
  rewrite(expression, (node) => {
    if (node.kind === 'subqueryExpression') found = true;
    return undefined;
  });
  return found;
}

export function dropVariable({ session }: CommandContext, command: DropVariable): Awaited<Answer> {
  const name = variableName(command.name.nameParts);
  if (name === undefined) return fail(unresolvedVariable(command.name, '`SYSTEM`.`SESSION`'));
  if (!session.variables.delete(name) && !command.ifExists) {
    const shown = quoteName(['system', 'session', name]);
    return fail(problem('VARIABLE_NOT_FOUND', { variableName: shown }, command.name.range));
  }
  return nothing;
}

export async function setVariables(context: CommandContext, command: SetVariables): Answer {
  const found = findVariables(context, command.names);
  if (!found.ok) return found;
  const targets = found.value;
  const names = targets.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) {
    return fail(
      problem('DUPLICATE_ASSIGNMENTS', {
        nameList: twice.map((name) => quoteName([name])).join(', '),
      }),
    );
  }
  if (command.query) return setFromQuery(context, targets, command.query);
  const expressions = command.values.map((value, index): Expression => {
    const target = targets[index];
    const { range } = command;
    const expression =
      value === 'default'
        ? (target?.default ?? { kind: 'literal', value: null, type: voidType, range })
        : value;
    return target ? castTo(expression, target.type) : expression;
  });
  const evaluated = await evaluateAll(context, expressions);
  if (!evaluated.ok) return evaluated;
  assign(
    context,
    targets,
    evaluated.value.map(({ value }) => value),
  );
  return nothing;
}

/** The variables to set; each has to be there. */
export function findVariables(
  { session: { variables } }: CommandContext,
  names: readonly ObjectName[],
): Result<readonly SessionVariable[], Failed> {
  const targets: SessionVariable[] = [];
  for (const name of names) {
    const variable = variables.get(variableName(name.nameParts) ?? '');
    if (!variable) return fail(unresolvedVariable(name, '[`SYSTEM`.`SESSION`]'));
    targets.push(variable);
  }
  return ok(targets);
}

/** At most one row; none sets all of them to null. */
export async function setFromQuery(
  context: CommandContext,
  targets: readonly SessionVariable[],
  query: NonNullable<SetVariables['query']>,
): Answer {
  const { session, reader } = context;
  const describe = (relation: typeof query) =>
    session.describeQuery({ kind: 'query', relation, range: relation.range }, reader);
  // A column named DEFAULT is one.
  const asWritten = await describe(query);
  const relation = asWritten.ok ? query : withDefaults(query, targets);
  const described = asWritten.ok ? asWritten : await describe(relation);
  if (!described.ok) return described;
  const { schema } = described.value;
  if (schema.length !== targets.length) {
    return fail(
      problem('ASSIGNMENT_ARITY_MISMATCH', {
        numTarget: String(targets.length),
        numExpr: String(schema.length),
      }),
    );
  }
  const { range } = relation;
  const alias = { kind: 'subqueryAlias', input: relation, alias: 'q', range } as const;
  const columnNames = targets.map((_, index) => `v${index}`);
  const expressions = targets.map(({ type }, index) =>
    castTo({ kind: 'unresolvedAttribute', nameParts: [`v${index}`], range }, type),
  );
  const input = { ...alias, columnNames } as const;
  const found = await constantsOf(context, { kind: 'project', input, expressions, range }, 2);
  if (!found.ok) return found;
  const { rows } = found.value;
  if (rows.length > 1) return fail(problem('ROW_SUBQUERY_TOO_MANY_ROWS', {}));
  assign(
    context,
    targets,
    targets.map((_, index) => rows[0]?.[index]?.value ?? null),
  );
  return nothing;
}

function assign(
  { session: { variables } }: CommandContext,
  targets: readonly SessionVariable[],
  values: readonly LiteralValue[],
): void {
  targets.forEach((target, index) => {
    variables.set(target.name, { ...target, value: values[index] ?? null });
  });
}

function unresolvedVariable(name: ObjectName, searchPath: string): SparkError {
  const variable = quoteName(name.nameParts);
  return problem('UNRESOLVED_VARIABLE', { variableName: variable, searchPath }, name.range);
}
