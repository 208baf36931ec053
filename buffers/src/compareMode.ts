/** How two arrays are compared: by values where they have one shape, else by bytes, with the reason. */
import type { CompareMode } from '#shared/protocol/bufferCompare.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';

export interface ChosenMode {
  readonly mode: CompareMode;
  readonly note: string | null;
}

export function compareModeOf(
  one: ArrayDescription | undefined,
  other: ArrayDescription | undefined,
  tolerance: { readonly absolute: number; readonly relative: number },
): ChosenMode {
  const mode: CompareMode = { kind: 'bytes' };
  if (!one || !other)
    return { mode, note: 'One of the two has no array here, so bytes are compared.' };
  if (one.shape.join() !== other.shape.join())
    return {
      mode,
      note: `The shapes differ, (${one.shape.join(', ')}) here and (${other.shape.join(', ')}) there, so bytes are compared.`,
    };
  const { absolute, relative } = tolerance;
  return {
    mode: { kind: 'values', elements: laid(one), other: laid(other), absolute, relative },
    note: null,
  };
}

function laid({ dtypeText, shape, strides, offset }: ArrayDescription): LaidElements {
  return { dtype: dtypeText, shape, strides, offset };
}
