/** `np.load("x.npy")`, `np.memmap(…)`, `np.fromfile(…)`: which file a call means, and what the code says of it. */
import type { SyntaxNode } from '@lezer/common';
import type { Call } from '../../python/calls.ts';
import { argumentOf, withoutParentheses } from '../../python/calls.ts';
import { constantInteger, constantString } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import { importedName } from '../../python/module.ts';

export interface LoadedFile {
  readonly function: 'load' | 'memmap' | 'fromfile';
  readonly path: string;
  /** The dtype as the code spells it, where it is a literal or a name of NumPy's. */
  readonly dtype: string | undefined;
  /** Where the items begin in the file; undefined where the code computes it. */
  readonly byteOffset: number | undefined;
  /** The lengths of the axes: of a map its shape, of what is read how many items at most. Undefined where all of the file is meant. */
  readonly shape: readonly number[] | undefined;
  readonly start: number;
  readonly end: number;
}

/** Where the arguments stand, and the dtype without one. */
const readers = {
  load: { file: 'file', dtype: undefined, offset: undefined, shape: undefined },
  memmap: {
    file: 'filename',
    dtype: 'uint8',
    offset: { index: 3, keyword: 'offset' },
    shape: { index: 4, keyword: 'shape' },
  },
  fromfile: {
    file: 'file',
    dtype: 'float64',
    offset: { index: 4, keyword: 'offset' },
    shape: { index: 2, keyword: 'count' },
  },
} as const;

/** The innermost such call around the offset. */
export function loadedFileAt(module: PythonModule, offset: number): LoadedFile | undefined {
  let found: LoadedFile | undefined;
  for (const call of module.calls) {
    const { from, to } = call.node;
    if (offset < from || offset > to) continue;
    const imported = importedName(module, call.callee);
    if (imported?.module !== 'numpy') continue;
    const { member } = imported;
    if (member !== 'load' && member !== 'memmap' && member !== 'fromfile') continue;
    const reader = readers[member];
    const file = argumentOf(call, 0, reader.file);
    const path = file && constantString(module, file);
    if (path?.kind !== 'str') continue;
    found = {
      function: member,
      path: path.value,
      dtype: reader.dtype === undefined ? undefined : dtypeIn(module, call, reader.dtype),
      ...extentIn(module, call, reader),
      start: from,
      end: to,
    };
  }
  return found;
}

function dtypeIn(module: PythonModule, call: Call, otherwise: string): string | undefined {
  const dtype = argumentOf(call, 1, 'dtype');
  if (!dtype) return call.unpacks ? undefined : otherwise;
  return constantString(module, dtype)?.value ?? /(\w+)$/.exec(module.textOf(dtype))?.[1];
}

function extentIn(
  module: PythonModule,
  call: Call,
  reader: (typeof readers)[keyof typeof readers],
): Pick<LoadedFile, 'byteOffset' | 'shape'> {
  const offset = reader.offset && argumentOf(call, reader.offset.index, reader.offset.keyword);
  const shape = reader.shape && argumentOf(call, reader.shape.index, reader.shape.keyword);
  const lengths = shape && shapeOf(module, shape);
  return {
    byteOffset: offset ? integerOf(module, offset) : call.unpacks ? undefined : 0,
    // A count below zero means all items.
    shape: lengths?.some((length) => length < 0) === true ? undefined : lengths,
  };
}

function integerOf(module: PythonModule, node: SyntaxNode): number | undefined {
  return constantInteger(module, node, () => undefined);
}

/** One length, or a tuple or list of them. */
function shapeOf(module: PythonModule, node: SyntaxNode): readonly number[] | undefined {
  const inner = withoutParentheses(node);
  if (!/^(Tuple|Array)Expression$/.test(inner.name)) {
    const length = integerOf(module, inner);
    return length === undefined ? undefined : [length];
  }
  const lengths: number[] = [];
  for (let item = inner.firstChild; item; item = item.nextSibling) {
    if (/^[()[\],]$/.test(item.name)) continue;
    const length = integerOf(module, item);
    if (length === undefined) return undefined;
    lengths.push(length);
  }
  return lengths;
}
