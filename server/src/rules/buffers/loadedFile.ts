/** `np.load("x.npy")`, `np.memmap(…)`, `np.fromfile(…)`: which file a call means, and what the code says of it. */
import { argumentOf } from '../../python/calls.ts';
import { constantString } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import { importedName } from '../../python/module.ts';

export interface LoadedFile {
  readonly function: 'load' | 'memmap' | 'fromfile';
  readonly path: string;
  /** The dtype as the code spells it, where it is a literal or a name of NumPy's. */
  readonly dtype: string | undefined;
  readonly start: number;
  readonly end: number;
}

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
    const file = argumentOf(call, 0, member === 'memmap' ? 'filename' : 'file');
    const path = file && constantString(module, file);
    if (path?.kind !== 'str') continue;
    const dtype = member === 'load' ? undefined : argumentOf(call, 1, 'dtype');
    const literal = dtype && constantString(module, dtype);
    found = {
      function: member,
      path: path.value,
      dtype: literal?.value ?? (dtype && /(\w+)$/.exec(module.textOf(dtype))?.[1]),
      start: from,
      end: to,
    };
  }
  return found;
}
