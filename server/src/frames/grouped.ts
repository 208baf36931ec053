/** `groupBy(…)` until it is aggregated. */
import type { ResultPart } from '#shared/protocol/frameScript.ts';
import { isNumeric } from '#sql/plan/types.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, required, several, texts } from './arguments.ts';
import {
  aliasOf,
  call,
  columnOf,
  columnOrName,
  intLiteral,
  literalOf,
  namedColumn,
  sortOf,
} from './expressions.ts';
import type { Script } from './script.ts';
import type { Grouped, Value } from './values.ts';
import { cannotKnow } from './values.ts';

const shorthands: Readonly<Record<string, string>> = {
  sum: 'sum',
  avg: 'avg',
  mean: 'avg',
  min: 'min',
  max: 'max',
};

export function groupedMethod(
  script: Script,
  grouped: Grouped,
  name: string,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  if (name === 'agg') return aggregated(script, grouped, args);
  if (name === 'count') {
    const count = aliasOf(call('count', [intLiteral(1, range)], range), 'count', range);
    return aggregate(script, grouped, [count], args);
  }
  if (name === 'pivot') {
    const values = argument(args, 1, 'values');
    const column = columnOrName(required(args, 0, 'pivot_col'), range);
    if (!values)
      return { ...grouped, pivot: { column, values: valuesOf(script, grouped, column, args) } };
    if (values.kind !== 'list' && values.kind !== 'tuple')
      return cannotKnow('the values of a pivot are a list', args.node);
    return {
      ...grouped,
      pivot: { column, values: values.items.map((value) => literalOf(value, range)) },
    };
  }
  const functionName = shorthands[name];
  if (functionName === undefined)
    return cannotKnow(`GroupedData.${name} is Python that runs, or is not read yet`, args.node);
  const given = texts(several(args), args.node);
  const columns = given.length > 0 ? given : numericColumns(script, grouped, name, args);
  const calls = columns.map((column) => call(functionName, [namedColumn(column, range)], range));
  return aggregate(script, grouped, calls, args);
}

/** `agg(…)`: Columns, or a dictionary of columns and functions. */
export function aggregated(script: Script, grouped: Grouped, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const [first] = args.positional;
  if (first?.kind === 'dict') {
    const calls = first.entries.map(([column, name]) => {
      if (column.kind !== 'str' || name.kind !== 'str')
        return cannotKnow('names of columns and functions belong here', args.node);
      return call(name.value, [namedColumn(column.value, range)], range);
    });
    return aggregate(script, grouped, calls, args);
  }
  const calls = several(args).map((value) => {
    if (value.kind !== 'column' && value.kind !== 'condition')
      return cannotKnow('agg takes Columns, such as sum("x")', args.node);
    return columnOf(value, range);
  });
  return aggregate(script, grouped, calls, args);
}

function aggregate(
  script: Script,
  { frame, groupType, grouping, sets, pivot }: Grouped,
  calls: readonly Expression[],
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const input: Relation = {
    kind: 'identified',
    planId: frame.planId,
    input: frame.relation,
    range,
  };
  if (pivot) {
    // SQL's PIVOT groups by every column that is left, so that only those are.
    const kept = [...grouping, pivot.column, ...calls.flatMap(attributesOf)];
    const names = kept.map((column) =>
      JSON.stringify(column.kind === 'unresolvedAttribute' ? column.nameParts : column),
    );
    const expressions = kept.filter((_, at) => names.indexOf(names[at] ?? '') === at);
    return script.frame({
      kind: 'pivot',
      input: { kind: 'project', input, expressions, range },
      aggregates: calls,
      pivotColumns: [pivot.column],
      ...('step' in pivot.values
        ? { values: [], lateValues: pivot.values }
        : { values: pivot.values.map((expression) => ({ expression })) }),
      range,
    });
  }
  const groupingExpressions: readonly Expression[] =
    groupType === 'groupBy'
      ? grouping
      : groupType === 'groupingSets'
        ? [{ kind: 'groupingAnalytics', groupType, sets: sets ?? [], of: grouping, range }]
        : [
            {
              kind: 'groupingAnalytics',
              groupType,
              sets: grouping.map((column) => [column]),
              range,
            },
          ];
  return script.frame({
    kind: 'aggregate',
    input,
    groupType: 'groupBy',
    groupingExpressions,
    aggregateExpressions: [...grouping, ...calls],
    range,
  });
}

/** Without values a pivot asks the data for them first, in order; Spark stops at ten thousand. */
function valuesOf(
  script: Script,
  { frame }: Grouped,
  column: Expression,
  args: Arguments,
): ResultPart {
  const range = script.rangeOf(args.node);
  const input: Relation = {
    kind: 'identified',
    planId: frame.planId,
    input: frame.relation,
    range,
  };
  const key = { kind: 'alias', expression: column, name: 'value', range } as const;
  const distinct: Relation = {
    kind: 'deduplicate',
    input: { kind: 'project', input, expressions: [key], range },
    allColumnsAsKeys: true,
    range,
  };
  const order = [sortOf(namedColumn('value', range), true, range)];
  const relation: Relation = { kind: 'sort', input: distinct, order, isGlobal: true, range };
  return {
    step: script.add({ action: 'evaluate', statement: script.query(relation), form: 'rows' }),
  };
}

/** What a shorthand without names takes: all numbers, also those that group. */
function numericColumns(
  script: Script,
  { frame }: Grouped,
  name: string,
  args: Arguments,
): readonly string[] {
  const columns = script.schemas.columnsOf(frame);
  if (!columns)
    return cannotKnow(
      `which columns ${name}() takes depends on a schema that is not known here; name the columns`,
      args.node,
    );
  return columns.filter(({ type }) => isNumeric(type)).map((column) => `\`${column.name}\``);
}

/** The columns that an expression names. */
function attributesOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unresolvedAttribute':
      return [expression];
    case 'unresolvedFunction':
      return expression.arguments.flatMap(attributesOf);
    case 'alias':
    case 'cast':
      return attributesOf(expression.expression);
    case 'caseWhen':
      return [
        ...expression.branches.flatMap(({ condition, value }) => [condition, value]),
        ...(expression.elseValue ? [expression.elseValue] : []),
      ].flatMap(attributesOf);
    default:
      return [];
  }
}
