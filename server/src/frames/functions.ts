/** `pyspark.sql.functions`: calls by their signatures, and those that are more than a call. How they compute is the engine's. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, flag, optionText, required, requiredText, several } from './arguments.ts';
import { call, columnOf, columnOrName, literalOf, sortOf } from './expressions.ts';
import { callScriptFunction } from './scriptFunctions.ts';
import type { Script } from './script.ts';
import { signatures } from './signatures.ts';
import { readExpression } from './sqlText.ts';
import { schemaText } from './types.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export interface Parameter {
  readonly name: string;
  readonly isText: boolean;
  readonly isFunction: boolean;
  readonly repeats: boolean;
  readonly fallback?: string;
}

const byName = new Map(
  signatures.flatMap(([parameters, names]) => {
    const read = parameters === '' ? [] : parameters.split(', ').map(parameterOf);
    return names.split(' ').map((name) => [name, read] as const);
  }),
);

function parameterOf(text: string): Parameter {
  const [, star = '', kind = '', name = '', , fallback] =
    /^(\*?)([=\\]?)(\w+)(\?(?:=(.*))?)?$/.exec(text) ?? [];
  return {
    name,
    isText: kind === '=',
    isFunction: kind === '\\',
    repeats: star === '*',
    ...(fallback === undefined ? {} : { fallback }),
  };
}

/** Whether PySpark has a function of the name. */
export function isSparkFunction(name: string): boolean {
  return byName.has(name) || name in specials;
}

export function parametersOf(name: string): readonly Parameter[] | undefined {
  return byName.get(name);
}

/** Names that PySpark and SQL have for the same. */
const sqlNames: Readonly<Record<string, string>> = {
  create_map: 'map',
  toDegrees: 'degrees',
  to_degrees: 'degrees',
  to_radians: 'radians',
  bitwise_not: '~',
  negate: 'negative',
  array_zip: 'arrays_zip',
  approxCountDistinct: 'approx_count_distinct',
  toRadians: 'radians',
  bitwiseNOT: '~',
  shiftLeft: 'shiftleft',
  shiftRight: 'shiftright',
  shiftRightUnsigned: 'shiftrightunsigned',
  datepart: 'date_part',
  timestamp_add: 'timestampadd',
  timestamp_diff: 'timestampdiff',
  printf: 'format_string',
  pow: 'power',
  mean: 'avg',
  approx_percentile: 'percentile_approx',
};

type Special = (script: Script, args: Arguments) => Value;

const column = (expression: Expression): Value => ({ kind: 'column', expression });

const ordered =
  (isAscending: boolean, nulls?: 'nullsFirst' | 'nullsLast'): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    return {
      kind: 'sort',
      order: sortOf(columnOrName(required(args, 0, 'col'), range), isAscending, range, nulls),
    };
  };

const distinct =
  (name: string): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    const columns = several(args).map((value) => columnOrName(value, range));
    return column(call(name, columns, range, { isDistinct: true }));
  };

/** The first or last value; nulls count unless they are told not to. */
const edge =
  (name: string): Special =>
  (script, args) => {
    const range = script.rangeOf(args.node);
    const value = columnOrName(required(args, 0, 'col'), range);
    const ignoreNulls = flag(args, 1, 'ignorenulls') === true;
    const expression = call(name, [value], range);
    return column(ignoreNulls ? ({ ...expression, ignoreNulls } as Expression) : expression);
  };

const specials: Readonly<Record<string, Special>> = {
  col: byNameOnly,
  column: byNameOnly,
  lit: (script, args) => {
    const value = args.positional[0] ?? args.keywords.get('col') ?? ({ kind: 'none' } as const);
    return column(literalOf(value, script.rangeOf(args.node)));
  },
  expr: (script, args) => {
    const text = required(args, 0, 'str');
    if (text.kind !== 'str') return cannotKnow('the text of the SQL is not known here', args.node);
    return column(readExpression(text, script.rangeOf(args.node)));
  },
  when: (script, args) => {
    const range = script.rangeOf(args.node);
    const condition = columnOf(required(args, 0, 'condition'), range);
    const value = columnOf(required(args, 1, 'value'), range);
    return { kind: 'condition', branches: [{ condition, value }] };
  },
  broadcast: (script, args) => {
    const frame = required(args, 0, 'df');
    if (frame.kind !== 'frame') return cannotKnow('a DataFrame belongs here', args.node);
    const range = script.rangeOf(args.node);
    const input = {
      kind: 'identified',
      planId: frame.planId,
      input: frame.relation,
      range,
    } as const;
    return script.frame({ kind: 'hint', input, name: 'broadcast', parameters: [], range });
  },
  asc: ordered(true),
  asc_nulls_first: ordered(true, 'nullsFirst'),
  asc_nulls_last: ordered(true, 'nullsLast'),
  desc: ordered(false),
  desc_nulls_first: ordered(false, 'nullsFirst'),
  desc_nulls_last: ordered(false, 'nullsLast'),
  countDistinct: distinct('count'),
  count_distinct: distinct('count'),
  sumDistinct: distinct('sum'),
  sum_distinct: distinct('sum'),
  approx_count_distinct: (script, args) => {
    const range = script.rangeOf(args.node);
    return column(
      call('approx_count_distinct', [columnOrName(required(args, 0, 'col'), range)], range),
    );
  },
  first: edge('first'),
  last: edge('last'),
  any_value: edge('any_value'),
  first_value: edge('first_value'),
  last_value: edge('last_value'),
  nth_value: (script, args) => {
    const range = script.rangeOf(args.node);
    const value = columnOrName(required(args, 0, 'col'), range);
    const expression = call(
      'nth_value',
      [value, literalOf(required(args, 1, 'offset'), range)],
      range,
    );
    const ignoreNulls = flag(args, 2, 'ignoreNulls') === true;
    return column(ignoreNulls ? ({ ...expression, ignoreNulls } as Expression) : expression);
  },
  lag: offsetting('lag'),
  lead: offsetting('lead'),
  ntile: (script, args) => {
    const range = script.rangeOf(args.node);
    return column(call('ntile', [literalOf(required(args, 0, 'n'), range)], range));
  },
  mode: (script, args) => {
    const range = script.rangeOf(args.node);
    return column(call('mode', [columnOrName(required(args, 0, 'col'), range)], range));
  },
  listagg: joining(false),
  string_agg: joining(false),
  listagg_distinct: joining(true),
  string_agg_distinct: joining(true),
  rand: seeded('rand'),
  randn: seeded('randn'),
  window: (script, args) => {
    const range = script.rangeOf(args.node);
    const time = columnOrName(required(args, 0, 'timeColumn'), range);
    const names = ['windowDuration', 'slideDuration', 'startTime'];
    const durations = names.flatMap((name, at) => {
      const value = argument(args, at + 1, name);
      return value ? [literalOf(value, range)] : [];
    });
    return column(call('window', [time, ...durations], range));
  },
  assert_true: (script, args) => {
    const range = script.rangeOf(args.node);
    const message = argument(args, 1, 'errMsg');
    const values = [columnOrName(required(args, 0, 'col'), range)];
    return column(
      call('assert_true', message ? [...values, literalOf(message, range)] : values, range),
    );
  },
  raise_error: (script, args) => {
    const range = script.rangeOf(args.node);
    return column(call('raise_error', [literalOf(required(args, 0, 'errMsg'), range)], range));
  },
  json_tuple: (script, args) => {
    const range = script.rangeOf(args.node);
    const [first, ...fields] = several(args);
    if (!first) return cannotKnow('the argument is missing', args.node);
    const names = fields.map((field) => literalOf(field, range));
    return column(call('json_tuple', [columnOrName(first, range), ...names], range));
  },
  from_json: parsing('from_json'),
  from_csv: parsing('from_csv'),
  to_json: withOptions('to_json', 'col', columnOrName),
  to_csv: withOptions('to_csv', 'col', columnOrName),
  schema_of_json: withOptions('schema_of_json', 'json', literalOf),
  schema_of_csv: withOptions('schema_of_csv', 'csv', literalOf),
  log: (script, args) => {
    const range = script.rangeOf(args.node);
    const [first, second] = args.positional;
    if (!first) return cannotKnow('the argument is missing', args.node);
    if (!second) return column(call('ln', [columnOrName(first, range)], range));
    return column(call('log', [literalOf(first, range), columnOrName(second, range)], range));
  },
  call_function: (script, args) => {
    const range = script.rangeOf(args.node);
    const values = args.positional.slice(1).map((value) => columnOrName(value, range));
    return column(call(requiredText(args, 0, 'funcName'), values, range));
  },
};

function byNameOnly(script: Script, args: Arguments): Value {
  const name = required(args, 0, 'col');
  if (name.kind !== 'str') return cannotKnow('the name of a column belongs here', args.node);
  return column(columnOrName(name, script.rangeOf(args.node)));
}

export function sparkFunction(script: Script, name: string, args: Arguments): Value {
  const special = specials[name];
  if (special) return special(script, args);
  if (/^(?:udf|pandas_udf|udtf|arrow_udtf)$/.test(name))
    return cannotKnow(
      'a function of your own is Python that runs on each row; functions of Spark run here',
      args.node,
    );
  const parameters = byName.get(name);
  if (!parameters) return cannotKnow(`the function ${name} is not read yet`, args.node);
  return fromSignature(script, name, parameters, args);
}

function fromSignature(
  script: Script,
  name: string,
  parameters: readonly Parameter[],
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const [only] = parameters;
  const read = (parameter: Parameter | undefined, value: Value) => {
    if (value.kind === 'function') return lambda(script, value.node, args.node);
    return parameter?.isText === true ? literalOf(value, range) : columnOrName(value, range);
  };
  const expressions: Expression[] = [];
  const given = only?.repeats === true ? several(args) : args.positional;
  for (const [at, value] of given.entries()) {
    const parameter =
      parameters[at] ?? (parameters.at(-1)?.repeats ? parameters.at(-1) : undefined);
    if (!parameter)
      return cannotKnow(`${name} takes fewer arguments; PySpark raises TypeError`, args.node);
    if (value.kind !== 'none' || !isOptional(name, at)) expressions.push(read(parameter, value));
  }
  for (const parameter of parameters.slice(given.length)) {
    const value = args.keywords.get(parameter.name);
    if (value && value.kind !== 'none') expressions.push(read(parameter, value));
    else if (parameter.fallback !== undefined)
      expressions.push(literalOf(fallbackOf(parameter.fallback), range));
  }
  return column(call(sqlNames[name] ?? name, expressions, range));
}

/** None stands for an argument that is left out, but is a value in the first place. */
function isOptional(name: string, at: number): boolean {
  return at > 0 && name !== 'coalesce';
}

function fallbackOf(text: string): Value {
  if (text === 'True' || text === 'False') return { kind: 'bool', value: text === 'True' };
  return /^-?\d+$/.test(text) ? { kind: 'int', value: BigInt(text) } : { kind: 'str', value: text };
}

function offsetting(name: string): Special {
  return (script, args) => {
    const range = script.rangeOf(args.node);
    const value = columnOrName(required(args, 0, 'col'), range);
    const offset = literalOf(argument(args, 1, 'offset') ?? { kind: 'int', value: 1n }, range);
    const fallback = argument(args, 2, 'default');
    const values = [value, offset, ...(fallback ? [literalOf(fallback, range)] : [])];
    return column(call(name, values, range));
  };
}

function joining(isDistinct: boolean): Special {
  return (script, args) => {
    const range = script.rangeOf(args.node);
    const delimiter = argument(args, 1, 'delimiter');
    const values = [columnOrName(required(args, 0, 'col'), range)];
    if (delimiter) values.push(literalOf(delimiter, range));
    return column(call('listagg', values, range, { isDistinct }));
  };
}

function seeded(name: string): Special {
  return (script, args) => {
    const range = script.rangeOf(args.node);
    const seed = argument(args, 0, 'seed');
    script.note(
      `${name} draws what Spark draws in one task; with several tasks Spark's numbers are others`,
      range,
    );
    return column(call(name, seed ? [literalOf(seed, range)] : [], range));
  };
}

/** The options of a function on texts are a map of Spark's. */
function optionsOf(value: Value | undefined, range: Range, args: Arguments): readonly Expression[] {
  if (!value) return [];
  if (value.kind !== 'dict') return cannotKnow('options are a dictionary', args.node);
  const entries = value.entries.flatMap(([key, inner]) => [
    literalOf(key, range),
    literalOf({ kind: 'str', value: optionText(inner, args.node) }, range),
  ]);
  return [call('map', entries, range)];
}

function withOptions(
  name: string,
  parameter: string,
  read: (value: Value, range: Range) => Expression,
): Special {
  return (script, args) => {
    const range = script.rangeOf(args.node);
    const values = [read(required(args, 0, parameter), range)];
    return column(
      call(name, [...values, ...optionsOf(argument(args, 1, 'options'), range, args)], range),
    );
  };
}

function parsing(name: string): Special {
  return (script, args) => {
    const range = script.rangeOf(args.node);
    const schema = required(args, 1, 'schema');
    const text: Value =
      schema.kind === 'schema'
        ? { kind: 'str', value: schemaText(schema.fields) }
        : schema.kind === 'type'
          ? { kind: 'str', value: simpleString(schema.type) }
          : schema;
    const values = [columnOrName(required(args, 0, 'col'), range), literalOf(text, range)];
    return column(
      call(name, [...values, ...optionsOf(argument(args, 2, 'options'), range, args)], range),
    );
  };
}

/** `lambda x: x + 1` with names that Spark's lambda has too. */
function lambda(script: Script, node: SyntaxNode, site: SyntaxNode): Expression {
  const names: string[] = [];
  const list = node.getChild('ParamList');
  for (let child = list?.firstChild; child; child = child.nextSibling)
    if (child.name === 'VariableName') names.push(script.textOf(child));
  const range = script.rangeOf(node);
  const values = names.map((name): Value => ({
    kind: 'column',
    expression: { kind: 'unresolvedAttribute', nameParts: [name], range },
  }));
  const result = callScriptFunction(script, node, {
    positional: values,
    keywords: new Map(),
    node: site,
  });
  return { kind: 'lambdaFunction', function: columnOf(result, range), arguments: names, range };
}
