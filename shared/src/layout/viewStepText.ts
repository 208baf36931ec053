/** Steps of a view chain to and from text: what a person types for one, and the Python that does it. */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { shapeText } from './dtypeText.ts';
import type { PythonLiteral } from './pythonLiteral.ts';
import { parsePythonLiteral, pythonString } from './pythonLiteral.ts';
import { parseSlice } from './slice.ts';
import type { ViewState, ViewStep } from './viewChain.ts';

export interface StepTextProblem {
  readonly kind: 'bad-step';
  readonly message: string;
}

export const stepKinds = [
  'transpose',
  'slice',
  'reshape',
  'newaxis',
  'squeeze',
  'ravel',
  'broadcast',
  'view',
  'field',
  'cast',
  'as_strided',
  'copy',
] as const satisfies readonly ViewStep['kind'][];

/** What stands in the empty box of a step's argument. */
export const stepHints: Readonly<
  Record<ViewStep['kind'], { readonly placeholder: string; readonly meaning: string }>
> = {
  transpose: { placeholder: '2, 0, 1', meaning: 'Axes in their new order; empty turns all round' },
  slice: { placeholder: '::-2, 3, ...', meaning: 'A slice or an index an axis, as in Python' },
  reshape: { placeholder: '6, -1', meaning: 'The new shape, and the order: 6, 4, order=F' },
  newaxis: { placeholder: '0', meaning: 'Where the axis of length 1 is put in' },
  squeeze: { placeholder: '0', meaning: 'An axis of length 1; empty for all of them' },
  ravel: { placeholder: '', meaning: 'Takes nothing' },
  broadcast: { placeholder: '2, 3, 4', meaning: 'The shape that it is spread to' },
  view: { placeholder: '<i2', meaning: 'The dtype that the same bytes are read as' },
  field: { placeholder: 'price', meaning: 'The name of a field of the struct' },
  cast: { placeholder: 'B', meaning: 'A format of struct, and the shape: i, shape=[3, 4]' },
  as_strided: { placeholder: '(4, 4), (2, 2)', meaning: 'The shape, and the strides in bytes' },
  copy: { placeholder: 'C', meaning: 'The order of the copy, C or F' },
};

/** Reads the argument of a step. */
export function parseStep(
  kind: ViewStep['kind'],
  argument: string,
): Result<ViewStep, StepTextProblem> {
  const text = argument.trim();
  switch (kind) {
    case 'ravel':
      return ok({ kind });
    case 'slice': {
      const subscripts = parseSlice(text);
      return subscripts.ok ? ok({ kind, text: bare(text) }) : bad(subscripts.error.message);
    }
    case 'transpose': {
      if (text === '') return ok({ kind });
      const axes = integersOf(text);
      return axes ? ok({ kind, axes: axes.map(Number) }) : bad('Axes are whole numbers: 2, 0, 1');
    }
    case 'newaxis':
    case 'squeeze': {
      if (text === '' && kind === 'squeeze') return ok({ kind });
      const axes = integersOf(text);
      if (axes?.length !== 1) return bad('An axis is one whole number: 0');
      return ok({ kind, axis: Number(axes[0]) });
    }
    case 'reshape': {
      const [, shapePart = '', order = 'C'] =
        /^(.*?)(?:,?\s*order\s*=\s*['"]?([CFA])['"]?\s*)?$/s.exec(text) ?? [];
      const shape = integersOf(shapePart);
      if (!shape) return bad('A shape is whole numbers: 6, -1');
      return ok({ kind, shape: shape.map(Number), order: order as 'C' | 'F' | 'A' });
    }
    case 'broadcast': {
      const shape = integersOf(text);
      return shape ? ok({ kind, shape: shape.map(Number) }) : bad('A shape is whole numbers: 2, 3');
    }
    case 'view':
      return text === '' ? bad('A dtype such as <i2') : ok({ kind, dtype: unquoted(text) });
    case 'field':
      return text === '' ? bad('The name of a field') : ok({ kind, name: unquoted(text) });
    case 'copy':
      return ok({ kind, order: /F/i.test(text) ? 'F' : 'C' });
    case 'cast':
      return parseCast(text);
    case 'as_strided': {
      const literal = parsePythonLiteral(`(${text})`);
      const parts = literal.ok && literal.value.kind === 'tuple' ? literal.value.items : [];
      const [shape, strides] = parts.map(integersOfLiteral);
      if (!shape || !strides || parts.length !== 2)
        return bad('A shape and strides in bytes: (4, 4), (2, 2)');
      return ok({ kind, shape: shape.map(Number), strides: strides.map(Number) });
    }
  }
}

/** The argument as it would be typed. */
export function stepArgument(step: ViewStep): string {
  switch (step.kind) {
    case 'transpose':
      return step.axes?.join(', ') ?? '';
    case 'slice':
      return step.text;
    case 'newaxis':
    case 'squeeze':
      return step.axis === undefined ? '' : String(step.axis);
    case 'reshape':
      return `${lengthsText(step.shape)}${step.order === 'C' ? '' : `, order=${step.order}`}`;
    case 'ravel':
      return '';
    case 'broadcast':
      return lengthsText(step.shape);
    case 'view':
      return step.dtype;
    case 'field':
      return step.name;
    case 'copy':
      return step.order;
    case 'cast':
      return `${step.format}${step.shape ? `, shape=[${step.shape.join(', ')}]` : ''}`;
    case 'as_strided':
      return `${shapeText(step.shape)}, ${shapeText(step.strides)}`;
  }
}

/** Python that takes the step from the object named `name`, which `state` tells of. */
export function stepCode(state: ViewState, step: ViewStep, name: string): string {
  if (step.kind === 'cast') {
    const view = state.object === 'memoryview' ? name : `memoryview(${name})`;
    const shape = step.shape ? `, shape=[${step.shape.join(', ')}]` : '';
    return `${view}.cast(${pythonString(step.format)}${shape})`;
  }
  if (step.kind === 'slice') return `${name}[${bare(step.text)}]`;
  const array = state.object === 'memoryview' ? `np.asarray(${name})` : name;
  switch (step.kind) {
    case 'transpose':
      return step.axes ? `${array}.transpose(${step.axes.join(', ')})` : `${array}.T`;
    case 'newaxis':
      return `np.expand_dims(${array}, ${step.axis})`;
    case 'squeeze':
      return `${array}.squeeze(${step.axis ?? ''})`;
    case 'reshape': {
      return `${array}.reshape(${lengthsText(step.shape)}${step.order === 'C' ? '' : `, order='${step.order}'`})`;
    }
    case 'ravel':
      return `${array}.ravel()`;
    case 'broadcast':
      return `np.broadcast_to(${array}, ${shapeText(step.shape)})`;
    case 'view':
      return `${array}.view(${dtypeCode(step.dtype)})`;
    case 'field':
      return `${array}[${pythonString(step.name)}]`;
    case 'copy':
      return `${array}.copy(order='${step.order}')`;
    case 'as_strided':
      return `np.lib.stride_tricks.as_strided(${array}, ${shapeText(step.shape)}, ${shapeText(step.strides)})`;
  }
}

/** A dtype as an argument in Python: its literal, or a string. */
export function dtypeCode(text: string): string {
  return /^[[({]/.test(text) ? text : pythonString(text);
}

function parseCast(text: string): Result<ViewStep, StepTextProblem> {
  const [, format = '', shapePart] =
    /^(?:format\s*=\s*)?(.*?)(?:,\s*(?:shape\s*=\s*)?([[(].*[\])]))?$/s.exec(text) ?? [];
  if (shapePart === undefined) return ok({ kind: 'cast', format: unquoted(format) });
  const shape = integersOf(shapePart);
  if (!shape) return bad('A shape is whole numbers: shape=[3, 4]');
  return ok({ kind: 'cast', format: unquoted(format), shape: shape.map(Number) });
}

/** `2, 3`, `(2, 3)` and `[2, 3]`; an empty pair of brackets is no axis. */
function integersOf(text: string): bigint[] | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const literal = parsePythonLiteral(
    /^[[(]/.test(trimmed) ? trimmed : `(${trimmed},)`.replace(',,)', ',)'),
  );
  return literal.ok ? integersOfLiteral(literal.value) : undefined;
}

function integersOfLiteral(literal: PythonLiteral): bigint[] | undefined {
  if (literal.kind === 'int') return [literal.value];
  if (literal.kind !== 'tuple' && literal.kind !== 'list') return undefined;
  const values = literal.items.map((item) => (item.kind === 'int' ? item.value : undefined));
  return values.includes(undefined) ? undefined : (values as bigint[]);
}

function lengthsText(shape: readonly number[]): string {
  return shape.length === 0 ? '()' : shape.join(', ');
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^\[([^]*)\]$/, '$1')
    .trim();
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])([^]*)\1$/, '$2');
}

function bad(message: string): Result<never, StepTextProblem> {
  return fail({ kind: 'bad-step', message });
}
