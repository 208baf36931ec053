/** Arithmetic of NumPy's arrays: which shapes meet, which dtype comes out, and what may be written where. */
import { broadcastShapes, operandsMessage } from '#shared/layout/broadcast.ts';
import type { ScalarType } from '#shared/layout/dtype.ts';
import { shapeText } from '#shared/layout/dtypeText.ts';
import type { Argument, CallSite, Machine } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { knownNumber, unknown } from '../flow/values.ts';
import { itemsOf } from './arguments.ts';
import { arrayOf, checkWritable, newArray, sameShape, sketchOf } from './numpyArrays.ts';
import {
  asNumber,
  dtypeWords,
  isSameKind,
  promote,
  promoteWith,
  quotient,
  scalar,
} from './numpyDtypes.ts';

const operators: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'power',
  '&': 'bitwise_and',
  '|': 'bitwise_or',
  '^': 'bitwise_xor',
  '<': 'less',
  '>': 'greater',
  '<=': 'less_equal',
  '>=': 'greater_equal',
};

const ufuncs: ReadonlySet<string> = new Set([
  ...Object.values(operators),
  ...['true_divide', 'mod', 'maximum', 'minimum', 'fmax', 'fmin', 'arctan2', 'hypot', 'logaddexp'],
]);

export function binaryOperation(
  machine: Machine,
  operator: string,
  left: Argument,
  right: Argument,
  at: Place,
): Value | undefined {
  if (!arrayOf(machine, left.value) && !arrayOf(machine, right.value)) return undefined;
  if (operator === '@') return matrixProduct(machine, 'matmul', left, right, at);
  const name = operators[operator];
  // Comparing for equality answers False for shapes that do not fit, in older versions.
  if (name === undefined) return unknown;
  return elementwise(machine, name, [left, right], at);
}

/** The result of an operation on each pair of items. */
function elementwise(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
  at: Place,
): Value {
  const sketches = operands.map(({ value }) => sketchOf(machine, value));
  const shapes = sketches.map(({ shape }) => shape);
  const type = resultType(machine, name, operands);
  const dtype = /^(less|greater)/.test(name) ? scalar('|b1') : type;
  if (shapes.includes(undefined)) {
    const isArray = operands.every(({ value }) => isPlain(machine, value));
    return isArray ? newArray(machine, at, dtype, undefined) : unknown;
  }
  const known = shapes as readonly (readonly number[])[];
  const broadcast = broadcastShapes(known);
  if (broadcast.kind === 'mismatch') {
    machine.report({
      rule: 'numpy-broadcast',
      at,
      message: `${operandsMessage(known)}: axes of ${wordsOfAxes(known, broadcast.axisFromEnd)} do not fit`,
      exception: 'ValueError',
    });
    return unknown;
  }
  return newArray(machine, at, dtype, broadcast.shape);
}

function wordsOfAxes(shapes: readonly (readonly number[])[], axisFromEnd: number): string {
  const lengths = shapes.map((shape) => shape.at(-1 - axisFromEnd)).filter((each) => each !== 1);
  return [...new Set(lengths.filter((each) => each !== undefined))].join(' and ');
}

/** Arrays, numbers and lists; anything else may bring an operator of its own. */
function isPlain(machine: Machine, value: Value): boolean {
  if (/^(int|float|bool|complex|tuple)$/.test(value.kind)) return true;
  const kind = machine.objectOf(value)?.kind;
  return kind === 'ndarray' || kind === 'list';
}

function resultType(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
): ScalarType | undefined {
  let type: ScalarType | undefined;
  for (const { value } of operands) {
    const own = asNumber(sketchOf(machine, value).dtype);
    if (!own) continue;
    type = type ? promote(type, own) : own;
    if (!type) return undefined;
  }
  for (const { value } of operands) {
    if (asNumber(sketchOf(machine, value).dtype)) continue;
    type = type && promoteWith(type, value);
  }
  if (!type) return undefined;
  return /^(divide|true_divide)$/.test(name) ? quotient(type) : type;
}

/** A matrix product; undefined shapes say nothing. */
export function matrixProduct(
  machine: Machine,
  name: 'matmul' | 'dot',
  left: Argument,
  right: Argument,
  at: Place,
): Value {
  const [a, b] = [sketchOf(machine, left.value).shape, sketchOf(machine, right.value).shape];
  const dtype = resultType(machine, name, [left, right]);
  if (!a || !b || a.length === 0 || b.length === 0 || a.length > 2 || b.length > 2) return unknown;
  const inner = a.at(-1) ?? 0;
  const other = (b.length === 1 ? b[0] : b.at(-2)) ?? 0;
  if (inner !== other) {
    const axis = b.length === 1 ? 0 : b.length - 2;
    machine.report({
      rule: 'numpy-broadcast',
      at,
      message:
        name === 'matmul'
          ? `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${other} is different from ${inner})`
          : `shapes ${words(a)} and ${words(b)} not aligned: ${inner} (dim ${a.length - 1}) != ${other} (dim ${axis})`,
      exception: 'ValueError',
    });
    return unknown;
  }
  const shape = [...a.slice(0, -1), ...(b.length === 1 ? [] : [b.at(-1) ?? 0])];
  return shape.length === 0 ? unknown : newArray(machine, at, dtype, shape);
}

function words(shape: readonly number[]): string {
  return shapeText(shape).replaceAll(' ', '');
}

/** `a *= 1.5`: the result has to go back into the array. */
export function updateInPlace(
  machine: Machine,
  operator: string,
  target: Argument,
  operand: Argument,
  at: Place,
): Value | undefined {
  const array = arrayOf(machine, target.value);
  const name = operators[operator];
  if (!array || name === undefined) return undefined;
  if (!checkWritable(machine, target, 'output array is read-only')) return target.value;
  const source = sketchOf(machine, operand.value).shape;
  if (array.shape && source) checkOutput(machine, at, [array.shape, source], array.shape);
  checkCasting(machine, name, [target, operand], target, at);
  return target.value;
}

/** The shape of what is written must be that of the array that takes it. */
function checkOutput(
  machine: Machine,
  at: Place,
  operands: readonly (readonly number[])[],
  output: readonly number[],
): void {
  const broadcast = broadcastShapes(operands);
  if (broadcast.kind === 'mismatch')
    machine.report({
      rule: 'numpy-broadcast',
      at,
      message: operandsMessage(operands),
      exception: 'ValueError',
    });
  else if (!sameShape(broadcast.shape, output)) {
    const all = broadcastShapes([broadcast.shape, output]);
    const isLarger = all.kind === 'fits' && sameShape(all.shape, output);
    // An output with more room is filled by repeating.
    if (isLarger) return;
    machine.report({
      rule: 'numpy-broadcast',
      at,
      message:
        all.kind === 'fits'
          ? `non-broadcastable output operand with shape ${words(output)} doesn't match the broadcast shape ${words(all.shape)}`
          : operandsMessage([...operands, output]),
      exception: 'ValueError',
    });
  }
}

function checkCasting(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
  target: Argument,
  at: Place,
): void {
  if (!/^(add|subtract|multiply|divide|true_divide|floor_divide|remainder|mod)$/.test(name)) return;
  const to = asNumber(arrayOf(machine, target.value)?.dtype);
  const from = resultType(machine, name, operands);
  // Booleans have rules of their own.
  if (!to || !from || to.scalar === 'bool' || isSameKind(from, to)) return;
  const ufunc = name === 'true_divide' ? 'divide' : name === 'mod' ? 'remainder' : name;
  machine.report({
    rule: 'numpy-casting',
    at,
    message: `Cannot cast ufunc '${ufunc}' output from ${dtypeWords(from)} to ${dtypeWords(to)} with casting rule 'same_kind'`,
    exception: 'UFuncTypeError',
  });
}

/** A function that works on each item, with or without `out=`. */
export function applyUfunc(machine: Machine, name: string, site: CallSite): Value | undefined {
  const isKnown = ufuncs.has(name);
  const out = site.keywords.get('out') ?? (isKnown ? site.positional[2] : undefined);
  const at = { from: site.call.from, to: site.call.end };
  const operands = site.positional.slice(0, 2);
  if (out && arrayOf(machine, out.value)) {
    if (!checkWritable(machine, out, 'output array is read-only')) return out.value;
    const hasOther = site.keywords.has('casting') || site.keywords.has('dtype');
    if (isKnown && !hasOther && operands.length === 2 && !site.unpacks) {
      const shapes = operands.map(({ value }) => sketchOf(machine, value).shape);
      const output = arrayOf(machine, out.value)?.shape;
      if (output && !shapes.includes(undefined) && !site.keywords.has('where'))
        checkOutput(machine, at, shapes as readonly (readonly number[])[], output);
      checkCasting(machine, name, operands, out, at);
    }
    return out.value;
  }
  if (!isKnown || operands.length !== 2 || site.unpacks || site.keywords.size > 0) return undefined;
  if (!operands.some(({ value }) => arrayOf(machine, value))) return undefined;
  return elementwise(machine, name, operands, at);
}

export function writeInto(machine: Machine, target: Argument, message: string): void {
  checkWritable(machine, target, message);
}

/** `np.concatenate` and its kin: all axes but the one that is joined must agree. */
export function joined(
  machine: Machine,
  name: 'concatenate' | 'vstack' | 'hstack' | 'stack',
  site: CallSite,
): Value {
  const [first] = site.positional;
  const items = first && itemsOf(machine, first.value);
  const axisArgument = site.keywords.get('axis') ?? site.positional[1];
  const isPlain = [...site.keywords.keys()].every((key) => key === 'axis') && !site.unpacks;
  if (!items || items.length === 0 || !isPlain) return unknown;
  const arrays = items.map((item) => arrayOf(machine, item));
  const shapes = arrays.map((array) => array?.shape);
  if (shapes.includes(undefined)) return unknown;
  const known = (shapes as readonly (readonly number[])[]).map((shape) =>
    name === 'vstack' && shape.length === 1 ? [1, ...shape] : shape,
  );
  const [head = []] = known;
  const report = (message: string) => {
    const at = { from: site.call.from, to: site.call.end };
    machine.report({ rule: 'numpy-broadcast', at, message, exception: 'ValueError' });
    return unknown;
  };
  if (name === 'stack')
    return known.every((shape) => sameShape(shape, head))
      ? unknown
      : report('all input arrays must have same shape'.replace('same', 'the same'));
  const other = known.findIndex((shape) => shape.length !== head.length);
  if (other >= 0)
    return report(
      `all the input arrays must have same number of dimensions, but the array at index 0 has ${head.length} dimension(s) and the array at index ${other} has ${known[other]?.length ?? 0} dimension(s)`,
    );
  const given = axisArgument
    ? knownNumber(axisArgument.value)
    : name === 'hstack' && head.length > 1
      ? 1
      : 0;
  if (given === undefined || head.length === 0) return unknown;
  const axis = given < 0 ? given + head.length : given;
  for (const [index, shape] of known.entries())
    for (const [at, length] of shape.entries())
      if (at !== axis && length !== head[at])
        return report(
          `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${at}, the array at index 0 has size ${head[at] ?? 0} and the array at index ${index} has size ${length}`,
        );
  const total = known.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
  const dtypes = arrays.map((array) => asNumber(array?.dtype));
  const dtype = dtypes.reduce((a, b) => (a && b ? promote(a, b) : undefined));
  return newArray(
    machine,
    site.call,
    dtype,
    head.map((length, at) => (at === axis ? total : length)),
  );
}
