import { byteOrderOf, dtypeText } from '#shared/layout/dtypeText.ts';
import { byteExtent, contiguityOf } from '#shared/layout/strides.ts';
import type { StepOutcome, StepProblem, ViewState } from '#shared/layout/viewChain.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { LaidElements } from '#shared/protocol/bufferScan.ts';
import type { Result } from '#shared/result.ts';

/** The last view of the chain whose elements still lie in the file; a copy has memory of its own. */
export function shownArray(
  base: ArrayDescription,
  outcomes: readonly Result<StepOutcome, StepProblem>[],
): ArrayDescription {
  const last = outcomes.findLast(
    (outcome) => outcome.ok && outcome.value.state.memory.kind === 'buffer',
  );
  return last?.ok ? describeState(base.name, last.value.state) : base;
}

export function laidOf(array: ArrayDescription): LaidElements {
  const { dtypeText: dtype, shape, strides, offset } = array;
  return { dtype, shape, strides, offset };
}

function describeState(name: string, { dtype, layout }: ViewState): ArrayDescription {
  const { start, end } = byteExtent(layout);
  return {
    name,
    dtype,
    dtypeText: dtypeText(dtype),
    shape: layout.shape,
    strides: layout.strides,
    offset: layout.offset,
    order: contiguityOf(layout),
    byteOrder: byteOrderOf(dtype),
    byteLength: end - start,
  };
}
