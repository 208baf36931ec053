/** Names that the session gives a meaning: variables, SQL functions, and where the session is. */
import type { Variable } from '../catalog.ts';
import { prettyText } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Expression, Literal } from '../plan/resolved.ts';
import { stringType, typeSql } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, castOf, literalOf } from '../typing/build.ts';
import type { Scope } from './context.ts';
import { noNames } from './context.ts';

export function variableOf(
  scope: Scope,
  nameParts: readonly string[],
  range: Range,
): Expression | undefined {
  const variable = scope.context.catalog.variable?.(nameParts);
  if (variable === undefined) return undefined;
  const literal = literalOf(variable.value, variable.type, range);
  const text = `variablereference(system.session.${variable.name}=${variableText(scope, variable)})`;
  return { ...literal, nullable: true, writtenAs: { text, name: nameParts.at(-1) ?? '' } };
}

function variableText(scope: Scope, { value, type }: Variable): string {
  if (value === null) return type.kind === 'void' ? 'NULL' : `CAST(NULL AS ${typeSql(type)})`;
  const text = prettyText(literalOf(value, type), scope.context.settings.timeZone);
  return type.kind === 'string' ? `'${text.replaceAll("'", "\\'")}'` : text;
}

const users = ['current_user', 'user', 'session_user'];
const places: Readonly<Record<string, 'namespace' | 'catalog' | 'path'>> = {
  current_database: 'namespace',
  current_schema: 'namespace',
  current_catalog: 'catalog',
  current_path: 'path',
};

/** `current_database()` and its like, which are constants of a session. */
export function sessionValue(
  scope: Scope,
  call: unresolved.UnresolvedFunction,
): Literal | undefined {
  const name = call.functionName.toLowerCase();
  const isPlace = Object.hasOwn(places, name);
  if ((!isPlace && !users.includes(name)) || call.arguments.length > 0) return undefined;
  const { catalog } = scope.context;
  const namespace = catalog.currentNamespace ?? 'default';
  const place = {
    catalog: 'spark_catalog',
    namespace,
    // Where names are looked for, in this order.
    path: `system.builtin,system.session,spark_catalog.${namespace}`,
  }[places[name] ?? 'namespace'];
  const text = `${name === 'current_database' ? 'current_schema' : name}()`;
  const literal = literalOf(isPlace ? place : (catalog.user ?? 'strata'), stringType, call.range);
  return { ...literal, writtenAs: { text, name: text } };
}

/** The body of an SQL function with the call's arguments in it. */
export function sqlFunctionCall(
  scope: Scope,
  call: unresolved.UnresolvedFunction,
  resolve: (scope: Scope, expression: unresolved.Expression) => Expression,
): Expression | undefined {
  const { context } = scope;
  const [only] = call.arguments;
  const isIdentity = context.settings.identityFunctions.has(call.functionName.toLowerCase());
  if (isIdentity && only !== undefined && call.arguments.length === 1) {
    const value = resolve(scope, only);
    const identity = callOf('coalesce', [value], value.type, 'ansi', call.range);
    const shown = prettyText(value, context.settings.timeZone);
    return { ...identity, printedAs: `${call.functionName}(${shown})` };
  }
  const found = context.catalog.sqlFunction?.(call.functionName);
  if (found === undefined) return undefined;
  const { parameters, range } = { ...found, range: call.range };
  const given = call.arguments.map((argument) => resolve(scope, argument));
  const required = parameters.filter((parameter) => parameter.default === undefined).length;
  if (given.length > parameters.length || given.length < required) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      {
        functionName: quoteName(found.nameParts),
        expectedNum: String(parameters.length),
        actualNum: String(given.length),
      },
      range,
    );
  }
  const inside = context.inside(found.catalog, found.settings);
  const values = new Map<string, Expression>();
  parameters.forEach(({ name, type, default: otherwise }, index) => {
    const value =
      given[index] ??
      (otherwise &&
        resolve({ context: inside, visible: [], hidden: [], names: noNames }, otherwise));
    if (value) values.set(name.toLowerCase(), castOf(value, type, 'ansi', true, range));
  });
  const own = found.nameParts.at(-1)?.toLowerCase();
  const body = resolve(
    {
      context: inside,
      visible: [],
      hidden: [],
      names: noNames,
      fallback(nameParts) {
        const [qualifier, name] = nameParts.length === 2 ? nameParts : [own, nameParts[0]];
        if (qualifier?.toLowerCase() !== own || nameParts.length > 2) return undefined;
        return values.get(name?.toLowerCase() ?? '');
      },
    },
    found.body,
  );
  const typed = found.type === undefined ? body : castOf(body, found.type, 'ansi', true, range);
  const { timeZone } = context.settings;
  const shown = given.map((value) => prettyText(value, timeZone)).join(', ');
  const call_ = callOf('coalesce', [typed], typed.type, 'ansi', range);
  return { ...call_, printedAs: `${found.nameParts.join('.')}(${shown})` };
}
