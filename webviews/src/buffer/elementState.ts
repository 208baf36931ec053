/** An element as the panel knows it: selected, read, or in a cell of the grid. */
import type { Span } from '../kit/gridAxis.ts';
import type { Leaf } from '#shared/layout/leaves.ts';

/** An element and, inside a struct, the field that is selected. */
export interface SelectedElement {
  readonly index: readonly number[];
  readonly leaf: Leaf;
  readonly byteOffset: number;
  /** Of the field, or of the whole element where there are none. */
  readonly bytes: Span;
}

export interface ElementRead {
  readonly text: string;
  readonly bytes: Uint8Array;
}

export type CellState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed' }
  | {
      readonly kind: 'value';
      readonly text: string;
      /** For colour: NaN where there is none or it is not finite in a double. */
      readonly number: number;
      /** Another value stood here at the last stop of the program. */
      readonly changed: boolean;
    };
