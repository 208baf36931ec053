/** Resolves expressions: names to columns, calls to functions, and Spark's types to both. */
import type { CallSite, Parameter, Typed } from '../functions/row.ts';
import { siteText } from '../functions/row.ts';
import { findFunction, isSparkFunction } from '../functions/table.ts';
import { prettyText, quotedText, quotedType } from '../plan/columnText.ts';
import { collatedString, isCollated, mapStrings } from '../plan/collation.ts';
import type { Range } from '../plan/range.ts';
import type {
  AggregateCall,
  CaseWhen,
  EvalMode,
  Expression,
  InList,
  Lambda,
} from '../plan/resolved.ts';
import { childrenOf, some } from '../plan/traverse.ts';
import type { DataType } from '../plan/types.ts';
import {
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  isDatetime,
  isNumeric,
  longType,
  sameType,
  shortType,
  stringType,
  timeType,
  timestampType,
  typeSql,
  voidType,
} from '../plan/types.ts';
import { namesMoment } from '../value/datetime.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, castOf, coerced, literalOf } from '../typing/build.ts';
import { canCast } from '../typing/cast.ts';
import { widerCommonType } from '../typing/coercion.ts';
import { agreedValues, collatedCall } from './collations.ts';
import { paddedComparison, paddedValues } from './charPadding.ts';
import type { Scope } from './context.ts';
import { extract, extractNamed } from './extraction.ts';
import { identifierParts } from '../parse/name.ts';
import { findPlanColumn } from './planColumns.ts';
import { findColumn, unresolvedColumn } from './names.ts';
import { positionalArguments } from './namedArguments.ts';
import { sessionValue, sqlFunctionCall, variableOf } from './sessionNames.ts';
import { expandStar, starts } from './stars.ts';
import { withField } from './structFields.ts';
import { resolveSubquery } from './subqueries.ts';
import { resolveWindow } from './windows.ts';

/** Functions that may be written like a column. */
const bareFunctions = [
  'current_date',
  'current_timestamp',
  'current_time',
  'localtimestamp',
  'current_user',
  'user',
  'session_user',
];

export function resolveExpression(scope: Scope, expression: unresolved.Expression): Expression {
  const { settings } = scope.context;
  const evalMode: EvalMode = settings.ansi ? 'ansi' : 'legacy';
  const { range } = expression;
  switch (expression.kind) {
    case 'literal':
      return literalOf(expression.value, textTypeOf(scope, expression.type), range);
    case 'unresolvedAttribute': {
      const { nameParts, planId } = expression;
      const ofPlan =
        planId === undefined ? undefined : findPlanColumn(scope, planId, nameParts, range);
      return ofPlan ?? resolveName(scope, nameParts, range);
    }
    case 'unresolvedFunction':
      return resolveCall(scope, expression);
    case 'unresolvedStar':
      return raise(
        'INVALID_USAGE_OF_STAR_OR_REGEX',
        { elem: "'*'", prettyName: 'expression' },
        range,
      );
    case 'alias':
      // Only where it names nothing, as in a row of VALUES.
      return resolveExpression(scope, expression.expression);
    case 'cast': {
      const child = resolveExpression(scope, expression.expression);
      const mode = expression.evalMode === 'try' ? 'try' : evalMode;
      const cast = castOf(child, textTypeOf(scope, expression.toType), mode, false, range);
      checkCast(scope, cast);
      if (child.kind === 'literal' && typeof child.value === 'string' && isDatetime(cast.type)) {
        const feature = `a cast of '${child.value}' to ${typeSql(cast.type)}`;
        if (namesMoment(child.value)) raise('UNSUPPORTED_EXPRESSION', { feature }, range);
      }
      return cast;
    }
    case 'caseWhen':
      return resolveCase(scope, expression);
    case 'in':
      return resolveIn(scope, expression);
    case 'extractValue':
      return extract(
        scope.context,
        resolveExpression(scope, expression.child),
        resolveExpression(scope, expression.extraction),
        range,
      );
    case 'namedArgument':
      return resolveExpression(scope, expression.value);
    case 'lambdaFunction':
      return strayLambda(expression.range, '`lambda`');
    case 'subqueryExpression':
      return resolveSubquery(scope, expression, resolveExpression);
    case 'window':
      return resolveWindow(scope, expression, {
        expression: resolveExpression,
        call: (inner, call) => resolveCall(inner, call, 'window'),
      });
    case 'multiAlias':
    case 'groupingAnalytics':
      return raise('PARSE_SYNTAX_ERROR', { error: "'('", hint: '' }, range);
    case 'sortOrder':
      return resolveExpression(scope, expression.child);
    case 'missing':
      if (expression.parameter !== undefined) {
        const name = String(expression.parameter);
        return raise(
          'UNBOUND_SQL_PARAMETER',
          { name: typeof expression.parameter === 'number' ? `_${name}` : name },
          range,
        );
      }
      return raise('PARSE_SYNTAX_ERROR', { error: 'an expression', hint: ': missing' }, range);
  }
}

/** The type of a text that does not say how it compares. */
function textTypeOf({ context: { settings } }: Scope, type: DataType): DataType {
  const { defaultCollation } = settings;
  if (defaultCollation === undefined) return type;
  return mapStrings(type, (text) =>
    text.collation === undefined ? collatedString(defaultCollation) : text,
  );
}

function resolveName(scope: Scope, nameParts: readonly string[], range: Range): Expression {
  const found =
    scope.preferred?.(nameParts, range) ??
    findColumn(scope, nameParts, range) ??
    scope.fallback?.(nameParts, range) ??
    scope.names.outer?.find(nameParts, range);
  if (found !== undefined) return found;
  if (isHiveGroupingId(nameParts)) {
    const call: unresolved.UnresolvedFunction = {
      kind: 'unresolvedFunction',
      functionName: 'grouping_id',
      arguments: [],
      isDistinct: false,
      operator: false,
      range,
    };
    return resolveCall(scope, call);
  }
  const variable = variableOf(scope, nameParts, range);
  if (variable !== undefined) return variable;
  const bare = nameParts.length === 1 ? nameParts[0]?.toLowerCase() : undefined;
  if (bare !== undefined && bareFunctions.includes(bare)) {
    return resolveFunction(scope, bare, [], { isDistinct: false, range });
  }
  return unresolvedColumn(scope, nameParts, range);
}

/** Hive's name for what `grouping_id()` yields. */
const hiveGroupingId = 'grouping__id';

function isHiveGroupingId(nameParts: readonly string[]): boolean {
  return nameParts.length === 1 && nameParts[0]?.toLowerCase() === hiveGroupingId;
}

function checkCast(scope: Scope, cast: Expression & { readonly kind: 'cast' }): void {
  const { settings } = scope.context;
  const from = cast.child.type;
  const ansi = cast.evalMode !== 'legacy';
  if (canCast(from, cast.type, ansi)) return;
  const parameters = {
    sqlExpr: quotedText(cast, settings.timeZone),
    srcType: quotedType(from),
    targetType: quotedType(cast.type),
  };
  const functionNames = ansi ? castFunctions(from, cast.type) : undefined;
  if (functionNames !== undefined) {
    raise(
      'DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION',
      { ...parameters, functionNames },
      cast.range,
    );
  }
  if (cast.evalMode === 'ansi' && canCast(from, cast.type, false)) {
    raise(
      'DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION',
      { ...parameters, config: '"spark.sql.ansi.enabled"', configVal: "'false'" },
      cast.range,
    );
  }
  raise('DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION', parameters, cast.range);
}

/** The functions that Spark names where ANSI mode has no such cast. */
function castFunctions(from: DataType, to: DataType): string | undefined {
  if (isNumeric(from) && to.kind === 'date') return '`DATE_FROM_UNIX_DATE`';
  if (from.kind === 'date' && isNumeric(to)) return '`UNIX_DATE`';
  return undefined;
}

function resolveCall(
  scope: Scope,
  call: unresolved.UnresolvedFunction,
  place: 'row' | 'window' = 'row',
): Expression {
  const reused = place === 'row' ? scope.aggregate?.(call) : undefined;
  if (reused !== undefined) return reused;
  const known = sessionValue(scope, call) ?? sqlFunctionCall(scope, call, resolveExpression);
  if (known !== undefined) return known;
  const { isDistinct, filter, ignoreNulls, range } = call;
  const name = call.functionName.toLowerCase();
  if (name === 'update_fields' && call.operator) return updatedFields(scope, call);
  const row = findFunction(name);
  const lambdas = row?.lambdas ?? [];
  const given = positionalArguments(call, row);
  const values = given.flatMap((argument, index): readonly Expression[] => {
    if (argument.kind === 'unresolvedStar') return starArgument(scope, call, argument);
    if (lambdas.includes(index)) return [literalOf(null, voidType, argument.range)];
    if (argument.kind === 'lambdaFunction') return strayLambda(argument.range, quoteName([name]));
    if (argument.kind === 'alias' && name === 'struct') return [resolveAlias(scope, argument)];
    return [resolveExpression(scope, argument)];
  });
  const resolved = resolveFunction(scope, call.functionName, values, {
    isDistinct,
    ...(filter === undefined ? {} : { filter: resolveExpression(scope, filter) }),
    ...(ignoreNulls === undefined ? {} : { ignoreNulls }),
    ...(call.withinGroup === undefined
      ? {}
      : {
          withinGroup: call.withinGroup.map(({ child, direction, nullOrdering }) => ({
            child: resolveExpression(scope, child),
            direction,
            nullOrdering,
          })),
        }),
    argumentNames: given.map((argument) => (argument.kind === 'alias' ? argument.name : undefined)),
    ...(lambdas.length === 0
      ? {}
      : {
          lambda(index, parameters) {
            const argument = call.arguments[index] ?? { kind: 'missing' as const, range };
            return resolveLambda(scope, argument, parameters);
          },
          lambdaArity(index) {
            const argument = call.arguments[index];
            return argument?.kind === 'lambdaFunction' ? argument.arguments.length : 0;
          },
        }),
    place,
    range,
  });
  if (!call.operator && resolved.kind === 'call' && name === 'negative')
    return { ...resolved, writtenAs: name };
  if (!call.operator || resolved.kind !== 'call' || name !== 'struct') return resolved;
  // A row, `(a, b)`, prints with the names of its fields.
  return { ...resolved, writtenAs: 'named_struct' };
}

/** Only of the DataFrame API: a struct, the names that lead to a field, and its value if it has one. */
function updatedFields(scope: Scope, call: unresolved.UnresolvedFunction): Expression {
  const [struct, path, value] = call.arguments;
  if (struct === undefined || path?.kind !== 'literal' || typeof path.value !== 'string')
    throw new Error('an update of fields names one');
  const resolved = value === undefined ? undefined : resolveExpression(scope, value);
  const names = identifierParts(path.value) ?? [path.value];
  return withField(scope.context, resolveExpression(scope, struct), names, resolved, call.range);
}

function resolveAlias(scope: Scope, { expression, name, range }: unresolved.Alias): Expression {
  const child = resolveExpression(scope, expression);
  const { type, nullable } = child;
  return { kind: 'alias', child, name, exprId: scope.context.nextId(), type, nullable, range };
}

function strayLambda(range: Range, functionName: string): never {
  return raise(
    'INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION',
    { class: functionName },
    range,
  );
}

/** What is no lambda is one that looks at none of its parameters. */
function resolveLambda(
  scope: Scope,
  argument: unresolved.Expression,
  parameters: readonly Parameter[],
): Lambda {
  const { context } = scope;
  const { range } = argument;
  const names = argument.kind === 'lambdaFunction' ? argument.arguments : undefined;
  if (names !== undefined && names.length !== parameters.length) {
    raise(
      'INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH',
      { expectedNumArgs: String(names.length), actualNumArgs: String(parameters.length) },
      range,
    );
  }
  const isTwice = names?.some((name, index) =>
    names.slice(0, index).some((other) => context.sameName(name, other)),
  );
  if (isTwice === true) {
    raise(
      'INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES',
      {
        args: (names ?? []).map((name) => `\`${name}\``).join(', '),
        caseSensitiveConfig: '"spark.sql.caseSensitive"',
      },
      range,
    );
  }
  const variables = parameters.map(({ type, nullable }, index) => ({
    kind: 'lambdaVariable' as const,
    exprId: context.nextId(),
    name: names?.[index] ?? `col${index}`,
    type,
    nullable,
    range,
  }));
  const inner: Scope = {
    ...scope,
    preferred(nameParts, place) {
      const [name = '', ...fields] = nameParts;
      const variable =
        names && variables.find((candidate) => context.sameName(candidate.name, name));
      if (variable === undefined) return scope.preferred?.(nameParts, place);
      return fields.reduce<Expression>(
        (child, field) => extractNamed(context, child, field, place),
        { ...variable, range: place },
      );
    },
  };
  // Where the row makes the body itself, none was written.
  const body =
    argument.kind === 'missing'
      ? literalOf(null, voidType, range)
      : resolveExpression(inner, argument.kind === 'lambdaFunction' ? argument.function : argument);
  const { type, nullable } = body;
  return { kind: 'lambda', parameters: variables, body, type, nullable, range };
}

function starArgument(
  scope: Scope,
  call: unresolved.UnresolvedFunction,
  star: unresolved.UnresolvedStar,
): readonly Expression[] {
  const isCount = call.functionName.toLowerCase() === 'count';
  if (isCount && star.target.length > 0 && starts(scope, star.target)) {
    raise('_LEGACY_ERROR_TEMP_1021', { targetString: star.target.join('.') }, call.range);
  }
  if (isCount && !call.isDistinct && call.arguments.length === 1 && star.target.length === 0) {
    return [literalOf(1n, intType, star.range)];
  }
  return expandStar(scope, star);
}

interface CallDetails {
  readonly isDistinct: boolean;
  readonly filter?: Expression;
  readonly ignoreNulls?: boolean;
  readonly withinGroup?: CallSite['withinGroup'];
  readonly argumentNames?: CallSite['argumentNames'];
  readonly lambda?: CallSite['lambda'];
  readonly lambdaArity?: CallSite['lambdaArity'];
  /** Behind OVER, or in a row's or a group's own expression. */
  readonly place?: 'row' | 'window';
  readonly range: Range;
}

function resolveFunction(
  scope: Scope,
  functionName: string,
  values: readonly Expression[],
  details: CallDetails,
): Expression {
  const { ansi, timeZone } = scope.context.settings;
  const { range } = details;
  const name = functionName.toLowerCase();
  const row = findFunction(name);
  const nested = values.find(
    (value) => value.kind === 'call' && findFunction(value.name)?.kind === 'generator',
  );
  if (nested !== undefined) {
    const inner = values.map((value) => quotedText(value, timeZone).slice(1, -1)).join(', ');
    raise(
      'UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS',
      { expression: `"${name}(${inner})"` },
      range,
    );
  }
  const target = castTypes.get(name);
  const [only] = values;
  if (target !== undefined && only !== undefined && values.length === 1) {
    const cast = castOf(only, target, ansi ? 'ansi' : 'legacy', true, range);
    checkCast(scope, cast);
    return cast;
  }
  if (row === undefined) return unknownFunction(functionName, range);
  if (details.withinGroup !== undefined && row.takesWithinGroup !== true) {
    raise(
      'INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX',
      { prettyName: quoteName([name]), syntax: 'WITHIN GROUP (ORDER BY ...)' },
      range,
    );
  }
  const maximum = row.maximum ?? row.minimum;
  const isCounted = row.counts?.includes(values.length) !== false;
  if (values.length < row.minimum || values.length > maximum || !isCounted) {
    const expectedNum = row.counts
      ? `[${row.counts.join(', ')}]`
      : row.minimum === maximum
        ? String(maximum)
        : maximum === Infinity
          ? `> ${row.minimum - 1}`
          : `[${Array.from({ length: maximum - row.minimum + 1 }, (_, index) => row.minimum + index).join(', ')}]`;
    if (row.name === 'count' && values.length === 0) {
      const legacyConfKey = '"spark.sql.legacy.allowParameterlessCount"';
      raise(
        'WRONG_NUM_ARGS.WITH_SUGGESTION',
        {
          functionName: quoteName([name]),
          expectedNum,
          actualNum: '0',
          legacyConfKey,
          legacyConfValue: '"true"',
        },
        range,
      );
    }
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      { functionName: quoteName([name]), expectedNum, actualNum: String(values.length) },
      range,
    );
  }
  const padded = paddedComparison(name, values, timeZone);
  if (padded !== undefined) {
    const compared = resolveFunction(scope, functionName, padded.operands, details);
    return compared.kind === 'call' ? { ...compared, printedAs: padded.printedAs } : compared;
  }
  const evalMode: EvalMode = ansi ? 'ansi' : 'legacy';
  const { argumentNames, lambda, lambdaArity } = details;
  const siteOf = (given: readonly Expression[]): CallSite => ({
    name,
    arguments: given,
    ansi,
    evalMode,
    timeZone,
    settings: scope.context.settings,
    range,
    ...(argumentNames?.length === values.length ? { argumentNames } : {}),
    ...(lambda === undefined ? {} : { lambda }),
    ...(details.withinGroup === undefined ? {} : { withinGroup: details.withinGroup }),
    isDistinct: details.isDistinct,
    ...(lambdaArity === undefined ? {} : { lambdaArity }),
  });
  const resolved: Typed & { readonly printedAs?: string } = values.some(({ type }) =>
    isCollated(type),
  )
    ? collatedCall(
        {
          name: row.name,
          callText: (given) => siteText(siteOf(given)),
          timeZone,
          range,
          hasLambda: row.lambdas !== undefined,
        },
        values,
        (given) => row.resolve(siteOf(given)),
      )
    : row.resolve(siteOf(values));
  // A cast that Spark adds is blamed on the whole call.
  const blamed = resolved.arguments.map((value) =>
    value.kind === 'cast' && value.implicit ? { ...value, range } : value,
  );
  const typed = { ...resolved, arguments: blamed };
  const canonical = typed.name ?? row.name;
  // Spark makes a call that ignores nulls or has an order anew, and forgets the alias that it was found by.
  const isAnew =
    details.ignoreNulls === true || (row.name === 'listagg' && details.withinGroup !== undefined);
  const forgetsAlias = row.printsCanonicalName === true || isAnew;
  const printed = typed.writtenAs ?? (forgetsAlias ? row.name : name);
  if (row.kind === 'window' && details.place !== 'window') {
    raise('WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE', { funcName: `"${name}()"` }, range);
  }
  if (details.ignoreNulls === true && !ignoringNulls.has(row.name)) {
    const prettyName = quoteName([row.name]);
    raise(
      'INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX',
      { prettyName, syntax: 'IGNORE NULLS' },
      range,
    );
  }
  if (row.kind === 'aggregate' || row.kind === 'window') {
    // A window function may have aggregates of its SELECT for arguments.
    if (details.place !== 'window') {
      checkAggregateArguments(typed.arguments);
      if (details.filter !== undefined) checkAggregateFilter(details.filter, timeZone);
    }
    const call: AggregateCall = {
      kind: 'aggregateCall',
      name: canonical,
      ...writtenAs(canonical, printed),
      arguments: typed.arguments,
      isDistinct: details.isDistinct,
      ...(details.filter === undefined ? {} : { filter: details.filter }),
      ignoreNulls: details.ignoreNulls ?? typed.ignoreNulls ?? false,
      type: typed.type,
      nullable: typed.nullable,
      evalMode: typed.evalMode ?? evalMode,
      range,
    };
    const { outer } = scope.names;
    const readsOuter = outer !== undefined && some(call, ({ kind }) => kind === 'outerReference');
    return (readsOuter ? outer.aggregate(call) : undefined) ?? call;
  }
  if (details.isDistinct || details.filter !== undefined) {
    raise(
      'INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX',
      { prettyName: quoteName([name]), syntax: details.isDistinct ? 'DISTINCT' : 'FILTER CLAUSE' },
      range,
    );
  }
  const mode = typed.evalMode ?? evalMode;
  return {
    ...callOf(canonical, typed.arguments, typed.type, mode, range, typed.nullable),
    ...writtenAs(canonical, printed),
    ...(typed.shownCount === undefined ? {} : { shownCount: typed.shownCount }),
    ...(typed.printedAs === undefined ? {} : { printedAs: typed.printedAs }),
  };
}

/** `int('5')` is a cast, and prints as what it casts. */
const castTypes: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['boolean', booleanType],
  ['tinyint', byteType],
  ['smallint', shortType],
  ['int', intType],
  ['bigint', longType],
  ['float', floatType],
  ['double', doubleType],
  ['decimal', decimalType(10, 0)],
  ['date', dateType],
  ['timestamp', timestampType],
  ['time', timeType()],
  ['binary', binaryType],
  ['string', stringType],
]);

/** `mod(a, b)` is `%`, and prints as it was written; `d + 1` on a date prints as `date_add`. */
function writtenAs(canonical: string, name: string): { writtenAs?: string } {
  return name === canonical || name === '+' || name === '-' ? {} : { writtenAs: name };
}

function unknownFunction(functionName: string, range: Range): never {
  if (isSparkFunction(functionName)) {
    return raise('UNSUPPORTED_FUNCTION', { functionName: quoteName([functionName]) }, range);
  }
  return raise(
    'UNRESOLVED_ROUTINE',
    {
      routineName: quoteName(functionName.split('.')),
      searchPath: '[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]',
    },
    range,
  );
}

function checkAggregateFilter(filter: Expression, timeZone: string): void {
  const filterExpr = quotedText(filter, timeZone);
  if (filter.type.kind !== 'boolean') {
    raise('INVALID_AGGREGATE_FILTER.NOT_BOOLEAN', { filterExpr }, filter.range);
  }
  some(filter, (part) => {
    if (part.kind === 'aggregateCall') {
      const aggExpr = quotedText(part, timeZone);
      raise('INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE', { filterExpr, aggExpr }, part.range);
    }
    if (part.kind === 'windowExpression') {
      const windowExpr = quotedText(part, timeZone);
      raise(
        'INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION',
        { filterExpr, windowExpr },
        part.range,
      );
    }
    if (part.kind === 'call' && randomNames.has(part.name)) {
      raise('INVALID_AGGREGATE_FILTER.NON_DETERMINISTIC', { filterExpr }, part.range);
    }
    return false;
  });
}

const randomNames = new Set(['rand', 'random', 'randn', 'uuid', 'shuffle', 'uniform', 'randstr']);

/** What IGNORE NULLS can be said of. */
const ignoringNulls = new Set(['first', 'last', 'any_value', 'nth_value', 'lag', 'lead']);

function checkAggregateArguments(values: readonly Expression[]): void {
  for (const value of values) {
    if (value.kind === 'aggregateCall') raise('NESTED_AGGREGATE_FUNCTION', {}, value.range);
    if (value.kind === 'windowExpression') raise('_LEGACY_ERROR_TEMP_1031', {}, value.range);
    checkAggregateArguments(childrenOf(value));
  }
}

function resolveCase(scope: Scope, { branches, elseValue, range }: unresolved.CaseWhen): CaseWhen {
  const { ansi, timeZone } = scope.context.settings;
  const mode = ansi ? 'ansi' : 'legacy';
  const conditions = branches.map((branch) => resolveExpression(scope, branch.condition));
  const given = [...branches.map(({ value }) => value), ...(elseValue ? [elseValue] : [])].map(
    (value) => resolveExpression(scope, value),
  );
  const values = agreedValues(given, range, 'kept', () => 'CASE');
  const otherwise = values[conditions.length];
  const type = widerCommonType(
    values.map((value) => value.type),
    ansi,
  );
  const make = (into: (value: Expression) => Expression): CaseWhen => ({
    kind: 'caseWhen',
    branches: conditions.map((condition, index) => ({
      condition,
      value: into(values[index] ?? condition),
    })),
    ...(otherwise === undefined ? {} : { elseValue: into(otherwise) }),
    type: type ?? { kind: 'void' },
    nullable: otherwise === undefined || values.some((value) => value.nullable),
    range,
  });
  if (type === undefined) {
    const types = values.map((value) => quotedType(value.type)).join(', ');
    raise(
      'DATATYPE_MISMATCH.DATA_DIFF_TYPES',
      {
        sqlExpr: quotedText(
          make((value) => value),
          timeZone,
        ),
        functionName: '`casewhen`',
        dataType: `[${types}]`,
      },
      range,
    );
  }
  const built = make((value) => coerced(value, type, mode));
  for (const [index, { condition }] of built.branches.entries()) {
    if (condition.type.kind === 'boolean') continue;
    raise(
      'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
      {
        sqlExpr: quotedText(built, timeZone),
        paramIndex: ['first', 'second', 'third', 'fourth', 'fifth'][index] ?? String(index + 1),
        requiredType: '"BOOLEAN"',
        inputSql: quotedText(condition, timeZone),
        inputType: quotedType(condition.type),
      },
      range,
    );
  }
  return built;
}

function resolveIn(scope: Scope, { child, list, range }: unresolved.InList): InList {
  const { ansi, timeZone } = scope.context.settings;
  const items = list.flatMap((item) =>
    item.kind === 'unresolvedStar' ? expandStar(scope, item) : [resolveExpression(scope, item)],
  );
  const make = (parts: readonly Expression[]): InList => {
    const [first, ...rest] = parts as readonly [Expression, ...Expression[]];
    const nullable = parts.some((item) => item.nullable);
    return { kind: 'in', child: first, list: rest, type: booleanType, nullable, range };
  };
  const padded = paddedValues([resolveExpression(scope, child), ...items], timeZone);
  const values = agreedValues(padded, range, 'refused', () => prettyText(make(padded), timeZone));
  const type = widerCommonType(
    values.map((value) => value.type),
    ansi,
  );
  const [first] = values;
  // Structs compare by position, whatever their fields are called.
  if (first !== undefined && values.every((value) => sameShape(value.type, first.type))) {
    return make(values.map((value) => coerced(value, first.type, ansi ? 'ansi' : 'legacy')));
  }
  if (type === undefined) {
    raise(
      'DATATYPE_MISMATCH.DATA_DIFF_TYPES',
      {
        sqlExpr: quotedText(make(values), timeZone),
        functionName: '`in`',
        dataType: `[${values.map((value) => quotedType(value.type)).join(', ')}]`,
      },
      range,
    );
  }
  return make(values.map((value) => coerced(value, type, ansi ? 'ansi' : 'legacy')));
}

function sameShape(left: DataType, right: DataType): boolean {
  if (left.kind !== 'struct' || right.kind !== 'struct') return false;
  return (
    left.fields.length === right.fields.length &&
    left.fields.every(({ type }, index) => {
      const other = right.fields[index]?.type;
      return other !== undefined && (sameType(type, other) || sameShape(type, other));
    })
  );
}

export function resolveCondition(scope: Scope, expression: unresolved.Expression): Expression {
  const { timeZone } = scope.context.settings;
  const condition = resolveExpression(scope, expression);
  if (sameType(condition.type, booleanType)) return condition;
  return raise(
    'DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN',
    {
      sqlExpr: quotedText(condition, timeZone),
      filter: quotedText(condition, timeZone),
      type: quotedType(condition.type),
    },
    condition.range,
  );
}

/** How Spark names a column that was given no name. */
export function columnName(
  expression: Expression,
  timeZone: string,
  written?: unresolved.Expression,
): string {
  // What a qualified name reaches within a column is named by its last part.
  if (written?.kind === 'unresolvedAttribute' && isExtraction(expression)) {
    return written.nameParts.at(-1) ?? '';
  }
  if (expression.kind === 'literal' && expression.writtenAs) return expression.writtenAs.name;
  if (expression.kind === 'outerReference') return expression.name;
  if (written?.kind === 'unresolvedAttribute' && isHiveGroupingId(written.nameParts)) {
    return hiveGroupingId;
  }
  // A cast of a column keeps the column's name.
  if (
    expression.kind === 'cast' &&
    !expression.implicit &&
    written?.kind !== 'unresolvedFunction'
  ) {
    const inner = written?.kind === 'cast' ? written.expression : undefined;
    if (expression.child.kind === 'attribute') return expression.child.name;
    if (inner?.kind === 'unresolvedAttribute' && isExtraction(expression.child)) {
      return inner.nameParts.at(-1) ?? '';
    }
  }
  return prettyText(expression, timeZone);
}

function isExtraction(expression: Expression): boolean {
  if (expression.kind === 'getStructField') return true;
  const names = ['getarraystructfields', 'getmapvalue', 'getarrayitem'];
  return expression.kind === 'call' && names.includes(expression.name);
}
