/** `describe`, `summary`, and `df.stat`. */
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Statistic } from '#sql/plan/frameRelations.ts';
import type { Arguments } from './arguments.ts';
import { required, requiredText, several, texts } from './arguments.ts';
import { aliasOf, call, intLiteral, literalOf, namedColumn } from './expressions.ts';
import { groupedMethod } from './grouped.ts';
import { naMethod } from './nullFunctions.ts';
import { inputOf, withColumnsRenamed } from './reshaping.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function describe(script: Script, frame: Frame, args: Arguments): Value {
  return script.frame({
    kind: 'statSummary',
    input: inputOf(script, frame, args),
    columnNames: texts(several(args), args.node),
    statistics: ['count', 'mean', 'stddev', 'min', 'max'],
    range: script.rangeOf(args.node),
  });
}

const usual: readonly Statistic[] = ['count', 'mean', 'stddev', 'min', '25%', '50%', '75%', 'max'];

export function summary(script: Script, frame: Frame, args: Arguments): Value {
  const asked = texts(several(args), args.node).map((name): Statistic => {
    const isKnown =
      /^(?:count|mean|stddev|min|max|count_distinct|approx_count_distinct|\d+(?:\.\d+)?%)$/;
    return isKnown.test(name)
      ? (name as Statistic)
      : cannotKnow(`'${name}' is no statistic that summary() knows`, args.node);
  });
  return script.frame({
    kind: 'statSummary',
    input: inputOf(script, frame, args),
    columnNames: [],
    statistics: asked.length > 0 ? asked : usual,
    range: script.rangeOf(args.node),
  });
}

export function statMethod(script: Script, frame: Frame, name: string, args: Arguments): Value {
  switch (name) {
    case 'corr':
    case 'cov': {
      const range = script.rangeOf(args.node);
      const columns = ['col1', 'col2'].map((parameter, at) =>
        namedColumn(requiredText(args, at, parameter), range),
      );
      const functionName = name === 'corr' ? 'corr' : 'covar_samp';
      return single(script, frame, call(functionName, columns, range), args);
    }
    case 'crosstab':
      return crosstab(script, frame, args);
    case 'approxQuantile':
      return quantiles(script, frame, args);
    default:
      return cannotKnow(`the function stat.${name} is not read yet`, args.node);
  }
}

/** The one value of an aggregate over all rows. */
function single(script: Script, frame: Frame, expression: Expression, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const relation: Relation = {
    kind: 'project',
    input: inputOf(script, frame, args),
    expressions: [expression],
    range,
  };
  const step = script.add({ action: 'evaluate', statement: script.query(relation), form: 'first' });
  return { kind: 'result', step, path: [0] };
}

function quantiles(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const column = required(args, 0, 'col');
  const error = required(args, 2, 'relativeError');
  if (column.kind !== 'str')
    return cannotKnow('quantiles of several columns are not read', args.node);
  const isExact = (error.kind === 'float' || error.kind === 'int') && Number(error.value) === 0;
  if (!isExact)
    script.note(
      'approxQuantile is exact here; with Spark it may be off by its relativeError',
      range,
    );
  const probabilities = literalOf(required(args, 1, 'probabilities'), range);
  const number: Expression = {
    kind: 'cast',
    expression: namedColumn(column.value, range),
    toType: { kind: 'double' },
    evalMode: 'default',
    range,
  };
  const most = intLiteral(2 ** 31 - 1, range);
  return single(
    script,
    frame,
    call('percentile_approx', [number, probabilities, most], range),
    args,
  );
}

/** How often values come together: rows of the first column, columns of the second. */
function crosstab(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const names = [requiredText(args, 0, 'col1'), requiredText(args, 1, 'col2')];
  const [first = '', second = ''] = names;
  const expressions = names.map((name): Expression => {
    const asText: Expression = {
      kind: 'cast',
      expression: namedColumn(name, range),
      toType: { kind: 'string' },
      evalMode: 'default',
      range,
    };
    const value = call(
      'coalesce',
      [asText, literalOf({ kind: 'str', value: 'null' }, range)],
      range,
    );
    return aliasOf(value, name === first ? 'row' : 'column', range);
  });
  const pairs = script.frame({
    kind: 'project',
    input: inputOf(script, frame, args),
    expressions,
    range,
  });
  const textsOf = (...values: string[]): Arguments => ({
    positional: values.map((value): Value => ({ kind: 'str', value })),
    keywords: new Map(),
    node: args.node,
  });
  const grouped = {
    kind: 'grouped',
    frame: pairs,
    groupType: 'groupBy',
    grouping: [namedColumn('row', range)],
  } as const;
  const pivoted = groupedMethod(script, grouped, 'pivot', textsOf('column'));
  if (pivoted.kind !== 'grouped') throw new Error('a pivot groups');
  const counted = groupedMethod(script, pivoted, 'count', textsOf());
  if (counted.kind !== 'frame') throw new Error('a count of groups is a frame');
  const filled = naMethod(script, counted, 'fill', {
    ...textsOf(),
    positional: [{ kind: 'int', value: 0n }],
  });
  if (filled.kind !== 'frame') throw new Error('a filled frame is a frame');
  const title: Value = { kind: 'str', value: `${first}_${second}` };
  return withColumnsRenamed(script, filled, {
    ...textsOf(),
    positional: [{ kind: 'dict', entries: [[{ kind: 'str', value: 'row' }, title]] }],
  });
}
