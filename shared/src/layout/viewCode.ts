/** Python that does what a chain of views does on screen: to copy, and to time. */
import type { Result } from '../result.ts';
import { contiguityOf } from './strides.ts';
import { dtypeName, dtypeText, shapeText } from './dtypeText.ts';
import type { DType } from './dtype.ts';
import { pythonString } from './pythonLiteral.ts';
import type { StepOutcome, StepProblem, ViewState, ViewStep } from './viewChain.ts';
import { dtypeCode, stepCode } from './viewStepText.ts';

/** Where an array comes from, as far as code has to know. */
export interface ArrayOrigin {
  readonly fileName: string;
  readonly format: string;
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** An expression that opens the array without reading it whole. */
export function loadCode(origin: ArrayOrigin): string {
  const { fileName, format, name, dtype, shape, strides, offset } = origin;
  const path = pythonString(fileName);
  if (format === 'npy') return `np.load(${path}, mmap_mode='r')`;
  if (format === 'npz') return `np.load(${path})[${pythonString(name)}]`;
  const type = numpyType(dtype);
  const place = offset === 0 ? '' : `, offset=${offset}`;
  const contiguity = contiguityOf({ shape, strides, itemsize: dtype.itemsize });
  if (contiguity === 'strided')
    return (
      `np.ndarray(${shapeText(shape)}, ${type}, ` +
      `np.memmap(${path}, np.uint8, 'r')${place}, strides=${shapeText(strides)})`
    );
  const order = contiguity === 'F' ? `, order='F'` : '';
  return `np.memmap(${path}, ${type}, 'r'${place}, shape=${shapeText(shape)}${order})`;
}

/** One statement a step, with what it is in a comment; a step that fails is the last. */
export function chainCode(
  origin: ArrayOrigin,
  first: ViewState,
  steps: readonly ViewStep[],
  outcomes: readonly Result<StepOutcome, StepProblem>[],
): string {
  const lines = [...imports(origin), `a = ${loadCode(origin)}  # ${stateText(first)}`];
  let state = first;
  for (const [position, outcome] of outcomes.entries()) {
    const step = steps[position];
    if (!step) break;
    const code = `${nameOf(position + 1)} = ${stepCode(state, step, nameOf(position))}`;
    if (!outcome.ok) {
      lines.push(`${code}  # ${outcome.error.message}`);
      break;
    }
    ({ state } = outcome.value);
    lines.push(`${code}  # ${outcome.value.effect}: ${stateText(state)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A script that times making the view of the chain, and making a copy of it, with the peak of bytes allocated. */
export function timingCode(
  origin: ArrayOrigin,
  first: ViewState,
  steps: readonly ViewStep[],
): string {
  const body = [`    a = source`];
  let name = 'a';
  for (const [position, step] of steps.entries()) {
    // Only the object's kind matters for the code, and it follows from the steps before.
    const before = steps.slice(0, position).findLast(({ kind }) => kind !== 'slice');
    const object = before?.kind === 'cast' ? 'memoryview' : 'ndarray';
    const next = nameOf(position + 1);
    body.push(`    ${next} = ${stepCode({ ...first, object }, step, name)}`);
    name = next;
  }
  return [
    '# What the chain costs as a view, and as a copy of it. Run it beside the file.',
    'import timeit',
    'import tracemalloc',
    '',
    ...imports(origin),
    '',
    `source = ${loadCode(origin)}`,
    '',
    '',
    'def view():',
    ...body,
    `    return ${name}`,
    '',
    '',
    'def copy():',
    '    return np.array(view(), copy=True)',
    '',
    '',
    'for name, run in (("view", view), ("copy", copy)):',
    '    run()',
    '    number, _ = timeit.Timer(run).autorange()',
    '    best = min(timeit.repeat(run, number=number, repeat=5)) / number',
    '    tracemalloc.start()',
    '    run()',
    '    _, peak = tracemalloc.get_traced_memory()',
    '    tracemalloc.stop()',
    '    print(f"{name}: {best * 1e6:,.2f} µs, peak {peak:,} bytes")',
    '',
  ].join('\n');
}

export function stateText({ dtype, layout, object, format }: ViewState): string {
  const type = object === 'memoryview' ? `memoryview of ${pythonString(format)}` : dtypeName(dtype);
  return `${shapeText(layout.shape)} ${type}, strides ${shapeText(layout.strides)}`;
}

function imports({ dtype, format }: ArrayOrigin): string[] {
  const needsTypes = dtype.kind === 'scalar' && dtype.scalar === 'bfloat' && format !== 'npy';
  return [...(needsTypes ? ['import ml_dtypes'] : []), 'import numpy as np'];
}

function numpyType(dtype: DType): string {
  if (dtype.kind === 'scalar' && dtype.scalar === 'bfloat') return 'ml_dtypes.bfloat16';
  return dtypeCode(dtypeText(dtype));
}

/** `a`, `b`, … and behind `z` `v26`, which no step number is. */
function nameOf(position: number): string {
  return position < 26 ? String.fromCharCode(97 + position) : `v${position}`;
}
