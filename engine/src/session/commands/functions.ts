/** SQL functions: CREATE, DROP and DESCRIBE FUNCTION. */
import { fail } from '#shared/result.ts';
import { functionRows } from '#sql/functions/table.ts';
import { nowhere } from '#sql/plan/range.ts';
import type {
  CreateFunction,
  DescribeFunction,
  DropFunction,
  ObjectName,
} from '#sql/plan/statements.ts';
import type { DataType } from '#sql/plan/types.ts';
import { typeSql } from '#sql/plan/types.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import type { Settings } from '#sql/settings.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal, rowsOf } from './command.ts';

export interface SessionFunction {
  /** With catalog and namespace, unless it is temporary. */
  readonly nameParts: readonly string[];
  readonly temporary: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: DataType;
    readonly default?: Expression;
    readonly comment?: string;
  }[];
  readonly type?: DataType;
  readonly body: Expression;
  readonly bodyText: string;
  readonly settings: Settings;
  readonly comment?: string;
}

export async function createFunction(context: CommandContext, command: CreateFunction): Answer {
  const { session, reader } = context;
  const { returns, body, temporary, replace, ifNotExists, query } = command;
  const isTable = returns === 'table' || Array.isArray(returns) || query !== undefined;
  if (isTable) return fail(refusal('A table function in SQL'));
  if (!body) return fail(refusal('A function without a body'));
  const nameParts = placeOf(context, command.name, temporary);
  const key = keyOf(nameParts);
  if (session.functions.has(key) && !replace) {
    if (ifNotExists) return nothing;
    return fail(
      problem('ROUTINE_ALREADY_EXISTS', {
        newRoutineType: 'routine',
        routineName: quoteName(nameParts),
        existingRoutineType: 'routine',
      }),
    );
  }
  const names = command.parameters.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    return fail(
      problem('DUPLICATE_ROUTINE_PARAMETER_NAMES', {
        routineName: quoteName(nameParts),
        names: quoteName([twice]),
      }),
    );
  }
  const made: SessionFunction = {
    nameParts,
    temporary,
    parameters: command.parameters,
    body,
    bodyText: command.bodyText,
    settings: session.settings,
    ...(returns === undefined ? {} : { type: returns as DataType }),
    ...(command.comment === undefined ? {} : { comment: command.comment }),
  };
  const before = session.functions.get(key);
  session.functions.set(key, made);
  // Called once with nulls, so that what is wrong with it is told where it is made.
  const call: Expression = {
    kind: 'unresolvedFunction',
    functionName: nameParts.join('.'),
    arguments: command.parameters.map(({ type }) => ({
      kind: 'cast',
      expression: { kind: 'literal', value: null, type: { kind: 'void' }, range: nowhere },
      toType: type,
      evalMode: 'default',
      range: nowhere,
    })),
    isDistinct: false,
    operator: false,
    range: command.range,
  };
  const input: Relation = { kind: 'oneRow', range: nowhere };
  const relation: Relation = { kind: 'project', input, expressions: [call], range: nowhere };
  const checked = await session.describeQuery({ kind: 'query', relation, range: nowhere }, reader);
  if (checked.ok) return nothing;
  if (before) session.functions.set(key, before);
  else session.functions.delete(key);
  return checked;
}

function placeOf(
  { session: { catalog } }: CommandContext,
  { nameParts }: ObjectName,
  temporary: boolean,
): readonly string[] {
  if (temporary) return nameParts.slice(-1);
  return catalog.fullName(nameParts);
}

function keyOf(nameParts: readonly string[]): string {
  return nameParts.join('.').toLowerCase();
}

export function dropFunction(context: CommandContext, command: DropFunction): Awaited<Answer> {
  const { functions } = context.session;
  const nameParts = placeOf(context, command.name, command.temporary);
  if (functions.delete(keyOf(nameParts)) || command.ifExists) return nothing;
  const routineName = quoteName(nameParts);
  return fail(problem('ROUTINE_NOT_FOUND', { routineName }, command.name.range));
}

/** A temporary function before one of the namespace that the session is in. */
export function findFunctionOf(
  functions: ReadonlyMap<string, SessionFunction>,
  namespace: string,
  name: string,
): SessionFunction | undefined {
  const key = name.toLowerCase();
  const parts = key.split('.');
  const candidates =
    parts.length === 1
      ? [key, `spark_catalog.${namespace}.${key}`]
      : parts.length === 2
        ? [`spark_catalog.${key}`]
        : [key];
  for (const candidate of candidates) {
    const found = functions.get(candidate);
    if (found) return found;
  }
  return undefined;
}

export function describeFunction(
  { session }: CommandContext,
  command: DescribeFunction,
): Awaited<Answer> {
  const name = command.name.nameParts.join('.');
  const found = findFunctionOf(session.functions, session.catalog.currentNamespace, name);
  if (!found) {
    const isKnown = functionRows.some((row) => row.name === name.toLowerCase());
    if (isKnown) return fail(refusal("DESCRIBE FUNCTION of one of Spark's own functions"));
    const parameters = { routineName: quoteName(command.name.nameParts), searchPath: '[]' };
    return fail(problem('UNRESOLVED_ROUTINE', parameters, command.name.range));
  }
  const inputs = found.parameters.map(
    (parameter) => `${parameter.name} ${typeSql(parameter.type)}`,
  );
  const rows = [
    ['Function', found.nameParts.join('.')],
    ['Type', 'SCALAR'],
    ['Input', inputs.length === 0 ? '()' : inputs.join('\n               ')],
    ...(found.type ? [['Returns', typeSql(found.type)]] : []),
    ...(command.extended && found.comment !== undefined ? [['Comment', found.comment]] : []),
    ...(command.extended ? [['Body', found.bodyText]] : []),
  ];
  const lines = rows.map(([label = '', value = '']) => [`${`${label}:`.padEnd(14)} ${value}`]);
  return rowsOf([['function_desc']], lines);
}
