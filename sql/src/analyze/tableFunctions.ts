/** Functions in FROM: `range`, and every generator. */
import { findFunction } from '../functions/table.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression, Relation } from '../plan/resolved.ts';
import { longType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { castOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import type { Scope } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { generatorRelation } from './generators.ts';

export function analyzeTableFunction(scope: Scope, called: unresolved.TableFunction): Relation {
  const { functionName, range } = called;
  const name = functionName.toLowerCase();
  if (name === 'range') return rangeRelation(scope, called);
  const row = findFunction(name);
  if (row?.kind === 'generator') {
    const call: unresolved.UnresolvedFunction = {
      kind: 'unresolvedFunction',
      functionName,
      arguments: called.arguments,
      isDistinct: false,
      operator: false,
      range,
    };
    return generatorRelation(scope, call, range);
  }
  if (unsupported.has(name)) {
    return raise('UNSUPPORTED_FUNCTION', { functionName: quoteName([name]) }, range);
  }
  return raise(
    'UNRESOLVABLE_TABLE_VALUED_FUNCTION',
    { name: quoteName(functionName.split('.')) },
    range,
  );
}

/** Table-valued functions of Spark's that have no place here yet. */
const unsupported = new Set([
  'sql_keywords',
  'collations',
  'read_files',
  'read_statestore',
  'python_worker_logs',
]);

const ordinals = ['first', 'second', 'third', 'fourth'];

function rangeRelation(scope: Scope, called: unresolved.TableFunction): Relation {
  const { context } = scope;
  const { range } = called;
  const { timeZone } = context.settings;
  const values = called.arguments.map((argument) => resolveExpression(scope, argument));
  if (values.length === 0 || values.length > 4) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      { functionName: '`range`', expectedNum: '[1, 2, 3, 4]', actualNum: String(values.length) },
      range,
    );
  }
  const numbers = values.map((value, index) => longOf(value, index, values.length, timeZone));
  const [first = 0n, second, step = 1n, splits] = numbers;
  const start = second === undefined ? 0n : first;
  const end = second ?? first;
  if (step === 0n) raise('FAILED_FUNCTION_CALL', { funcName: '`range`' }, range);
  return {
    kind: 'range',
    start,
    end,
    step,
    ...(splits === undefined ? {} : { splits: Number(splits) }),
    output: [
      {
        kind: 'attribute',
        exprId: context.nextId(),
        name: 'id',
        type: longType,
        nullable: false,
        qualifier: [],
        range,
      },
    ],
    range,
  };
}

function longOf(value: Expression, index: number, count: number, timeZone: string): bigint {
  const isNumber = [
    'byte',
    'short',
    'int',
    'long',
    'float',
    'double',
    'decimal',
    'string',
  ].includes(value.type.kind);
  const folded = isNumber ? evaluate(castOf(value, longType, 'ansi', true)) : undefined;
  if (folded !== undefined && typeof folded.value === 'bigint') return folded.value;
  if (isNumber && folded === undefined) {
    return raise(
      'UNSUPPORTED_EXPRESSION',
      { feature: 'a range whose bounds are no constants' },
      value.range,
    );
  }
  // A sole argument is the end, which is the second of all.
  const place = count === 1 ? 1 : index;
  return raise(
    'UNEXPECTED_INPUT_TYPE',
    {
      paramIndex: ordinals[place] ?? String(place + 1),
      functionName: '`range`',
      requiredType: place === 3 ? '"INT"' : '"BIGINT"',
      inputSql: quotedText(value, timeZone),
      inputType: quotedType(value.type),
    },
    value.range,
  );
}
