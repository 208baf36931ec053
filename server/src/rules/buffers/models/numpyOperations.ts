/** Arithmetic of NumPy's arrays: which shapes meet, which dtype comes out, and what may be written where. */
import { broadcastShapes, operandsMessage } from '#shared/layout/broadcast.ts';
import type { ScalarType } from '#shared/layout/dtype.ts';
import { shapeText } from '#shared/layout/dtypeText.ts';
import type { Fix } from '../../finding.ts';
import type { Argument, CallSite, Machine } from '../flow/machine.ts';
import type { Place, Value } from '../flow/values.ts';
import { knownNumber, unknown } from '../flow/values.ts';
import { itemsOf } from './arguments.ts';
import { arrayOf, checkWritable, newArray, sameShape, sketchOf } from './numpyArrays.ts';
import { checkBounds } from './numpyBounds.ts';
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

const floatFunctions =
  /^(sqrt|exp|exp2|expm1|log|log2|log10|log1p|sin|cos|tan|arcsin|arccos|arctan|sinh|cosh|tanh)$/;

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
  if (!checkLoop(machine, name, operands, at)) return unknown;
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

/** Whether the operation is there for such items at all, and takes the numbers beside them. */
function checkLoop(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
  at: Place,
): boolean {
  const types = operands.map(({ value }) => asNumber(sketchOf(machine, value).dtype)?.scalar);
  const report = (message: string) => {
    machine.report({ rule: 'numpy-casting', at, message, exception: 'TypeError' });
    return false;
  };
  const isFloat = operands.map(
    ({ value }, index) =>
      /^(float|complex)$/.test(types[index] ?? '') || /^(float|complex)$/.test(value.kind),
  );
  const isComplex = operands.map(
    ({ value }, index) => types[index] === 'complex' || value.kind === 'complex',
  );
  const unsupported = `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`;
  if (name.startsWith('bitwise_') && isFloat.includes(true)) return report(unsupported);
  if (/^(floor_divide|remainder)$/.test(name) && isComplex.includes(true))
    return report(unsupported);
  const areBooleans = operands.every(
    ({ value }, index) => types[index] === 'bool' || value.kind === 'bool',
  );
  if (name === 'subtract' && areBooleans)
    return report(
      'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead',
    );
  if (!/^(add|subtract|multiply|floor_divide|remainder|bitwise_\w+)$/.test(name)) return true;
  const arrays = operands.filter(({ value }) => arrayOf(machine, value));
  const [array] = arrays;
  const number = operands.find(({ value }) => value.kind === 'int');
  return !array || !number || checkBounds(machine, arrayOf(machine, array.value)?.dtype, number);
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
  // NumPy settles the types first, then the shapes.
  if (!checkLoop(machine, name, [target, operand], at)) return target.value;
  const fixes = newArrayFixes(machine, operator, target, operand, at);
  if (!checkCasting(machine, name, [target, operand], target, at, fixes)) return target.value;
  if (array.shape && source) checkOutput(machine, at, [array.shape, source], array.shape);
  return target.value;
}

/** `a *= 1.5` as `a = a * 1.5`, which makes an array that has room for the result. */
function newArrayFixes(
  machine: Machine,
  operator: string,
  target: Argument,
  operand: Argument,
  at: Place,
): readonly Fix[] {
  const { expression } = operand;
  const isSimple =
    target.expression.kind === 'name' &&
    at.from === target.expression.from &&
    /^(name|number|call|attribute|subscript)$/.test(expression.kind);
  if (!isSimple) return [];
  const name = machine.textOf(target.expression);
  const text = `${name} = ${name} ${operator} ${machine.textOf(expression)}`;
  return [
    { title: `Make a new array: ${text}`, edits: [{ start: at.from, end: expression.to, text }] },
  ];
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

/** Whether the result goes back into the target; what is wrong is reported. */
function checkCasting(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
  target: Argument,
  at: Place,
  fixes: readonly Fix[] = [],
): boolean {
  if (!/^(add|subtract|multiply|divide|true_divide|floor_divide|remainder|mod)$/.test(name))
    return true;
  const to = asNumber(arrayOf(machine, target.value)?.dtype);
  const from = resultType(machine, name, operands);
  // Booleans have rules of their own.
  if (!to || !from || to.scalar === 'bool' || isSameKind(from, to)) return true;
  // Neither rests of a division nor its floor are there for complex numbers at all.
  if (from.scalar === 'complex' && /^(floor_divide|remainder|mod)$/.test(name)) return true;
  const ufunc = name === 'true_divide' ? 'divide' : name === 'mod' ? 'remainder' : name;
  reportCasting(machine, ufunc, from, to, at, fixes);
  return false;
}

function reportCasting(
  machine: Machine,
  ufunc: string,
  from: ScalarType,
  to: ScalarType,
  at: Place,
  fixes: readonly Fix[] = [],
): void {
  machine.report({
    rule: 'numpy-casting',
    at,
    fixes,
    message: `Cannot cast ufunc '${ufunc}' output from ${dtypeWords(from)} to ${dtypeWords(to)} with casting rule 'same_kind'`,
    exception: 'UFuncTypeError',
  });
}

/** What `np.sqrt` and its kin give of one array: floats, as small as hold the integers. */
function floatResult(
  machine: Machine,
  name: string,
  operands: readonly Argument[],
): ScalarType | undefined {
  const [operand] = operands;
  if (operands.length !== 1 || !operand || !floatFunctions.test(name)) return undefined;
  const type = asNumber(arrayOf(machine, operand.value)?.dtype);
  if (!type || /^(float|complex)$/.test(type.scalar)) return undefined;
  return asNumber(scalar(type.itemsize === 1 ? '<f2' : type.itemsize === 2 ? '<f4' : '<f8'));
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
      if (!checkCasting(machine, name, operands, out, at)) return out.value;
      if (output && !shapes.includes(undefined) && !site.keywords.has('where'))
        checkOutput(machine, at, shapes as readonly (readonly number[])[], output);
    }
    const [operand] = operands;
    const floats = operand && floatResult(machine, name, operands);
    const to = asNumber(arrayOf(machine, out.value)?.dtype);
    if (floats && to && !hasOther && operands.length === 1 && !site.unpacks)
      if (!isSameKind(floats, to)) reportCasting(machine, name, floats, to, at);
    return out.value;
  }
  const floats = out || isKnown ? undefined : floatResult(machine, name, operands);
  if (floats && !site.unpacks && site.keywords.size === 0)
    return newArray(machine, at, floats, sketchOf(machine, operands[0]?.value ?? unknown).shape);
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
  const report = (message: string, exception = 'ValueError') => {
    const at = { from: site.call.from, to: site.call.end };
    machine.report({ rule: 'numpy-broadcast', at, message, exception });
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
  const given: number | undefined = axisArgument
    ? knownNumber(axisArgument.value)
    : name === 'hstack' && head.length > 1
      ? 1
      : 0;
  if (given === undefined || head.length === 0) return unknown;
  const axis = given < 0 ? given + head.length : given;
  if (axis < 0 || axis >= head.length)
    return name === 'concatenate'
      ? report(`axis ${given} is out of bounds for array of dimension ${head.length}`, 'AxisError')
      : unknown;
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
