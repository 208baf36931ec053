/** Python that does what a chain of views does on screen: to copy, and to time. */
import type { Result } from '../result.ts';
import { byteExtent, contiguityOf } from './strides.ts';
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
  /** Of an object of a running program, which `fileName` is the expression of. */
  readonly live?: { readonly objectClass: string } | undefined;
  /** Of a part that was unpacked. */
  readonly partOf?:
    | { readonly fileName: string; readonly format: string; readonly names: readonly string[] }
    | undefined;
}

/** An expression that opens the array, without reading it whole where that can be. */
export function loadCode(origin: ArrayOrigin): string {
  const { fileName, format, name, dtype, shape, strides, offset, live, partOf } = origin;
  if (live) return name === '' ? liveCode(fileName, live.objectClass) : standInCode(origin);
  if (partOf) return partCode(origin, partOf);
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

/** In the program itself. */
function liveCode(expression: string, objectClass: string): string {
  // Of bytes, NumPy would make one text; through the buffer protocol they are their bytes.
  return /^(numpy|torch|pandas)\b/.test(objectClass)
    ? `np.asarray(${expression})`
    : `np.asarray(memoryview(${expression}))`;
}

function partCode(origin: ArrayOrigin, partOf: NonNullable<ArrayOrigin['partOf']>): string {
  const path = pythonString(partOf.fileName);
  const [name = '', ...deeper] = partOf.names;
  if (deeper.length === 0 && origin.format !== 'raw') {
    if (partOf.format === 'npz')
      return `np.load(${path})[${pythonString(name.replace(/\.npy$/i, ''))}]`;
    if (partOf.format === 'hdf5') return `h5py.File(${path})[${pythonString(name)}][...]`;
  }
  return standInCode(origin);
}

/** Other memory with the same layout: for what no expression reaches. */
function standInCode({ dtype, shape, strides, offset }: ArrayOrigin): string {
  const { start, end } = byteExtent({ shape, strides, offset, itemsize: dtype.itemsize });
  const place = offset === start ? '' : `, offset=${offset - start}`;
  return (
    `np.ndarray(${shapeText(shape)}, ${numpyType(dtype)}, ` +
    `np.ones(${end - start}, np.uint8)${place}, strides=${shapeText(strides)})`
  );
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
  // Another Python runs it, which the program's objects are not in.
  const isElsewhere = origin.live !== undefined;
  return [
    isElsewhere
      ? '# What the chain costs as a view, and as a copy of it, in other memory of the same layout.'
      : '# What the chain costs as a view, and as a copy of it. Run it beside the file.',
    'import timeit',
    'import tracemalloc',
    '',
    ...imports(origin),
    '',
    `source = ${isElsewhere ? standInCode(origin) : loadCode(origin)}`,
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

function imports(origin: ArrayOrigin): string[] {
  const { dtype, format, partOf } = origin;
  const needsTypes = dtype.kind === 'scalar' && dtype.scalar === 'bfloat' && format !== 'npy';
  return [
    ...(partOf?.format === 'hdf5' && loadCode(origin).startsWith('h5py') ? ['import h5py'] : []),
    ...(needsTypes ? ['import ml_dtypes'] : []),
    'import numpy as np',
  ];
}

function numpyType(dtype: DType): string {
  if (dtype.kind === 'scalar' && dtype.scalar === 'bfloat') return 'ml_dtypes.bfloat16';
  return dtypeCode(dtypeText(dtype));
}

/** `a`, `b`, … and behind `z` `v26`, which no step number is. */
function nameOf(position: number): string {
  return position < 26 ? String.fromCharCode(97 + position) : `v${position}`;
}
