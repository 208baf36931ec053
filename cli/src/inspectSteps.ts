/** `--slice`, `--reshape` and `--cast`, one after another, each as NumPy or CPython takes it. */
import { describeArray } from '#buffers/format/format.ts';
import { copyElements } from '#buffers/scan/copyElements.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { ArrayDescription, BufferProblem } from '#shared/protocol/bufferView.ts';
import { exceptionText } from '#shared/layout/pythonException.ts';
import { parseSlice, sliceLayout } from '#shared/layout/slice.ts';
import type { ViewState, ViewStep } from '#shared/layout/viewChain.ts';
import { firstView, runChain } from '#shared/layout/viewChain.ts';
import { chainCode } from '#shared/layout/viewCode.ts';
import { stepCode } from '#shared/layout/viewStepText.ts';
import { CannotRun } from './command.ts';

export interface TakenStep {
  /** As Python writes it. */
  readonly code: string;
  readonly effect: 'view' | 'copy';
  readonly reason: string;
}

export interface Stepped {
  readonly view: ArrayDescription | undefined;
  /** Where the view's elements lie: the source that was given, or a copy of its own. */
  readonly source: ByteSource;
  readonly steps: readonly TakenStep[];
  readonly problems: readonly BufferProblem[];
  /** Python that opens the array and takes the steps; empty where nothing was taken. */
  readonly code: string;
}

export async function takeSteps(
  source: ByteSource,
  array: ArrayDescription,
  steps: readonly ViewStep[],
  from: { readonly fileName: string; readonly format: string },
  signal: AbortSignal,
): Promise<Stepped> {
  const first = firstView(array, source.byteLength);
  const outcomes = runChain(first, steps);
  const code = steps.length === 0 ? '' : chainCode({ ...array, ...from }, first, steps, outcomes);
  const taken: TakenStep[] = [];
  let state = first;
  for (const [position, outcome] of outcomes.entries()) {
    const step = steps[position];
    if (!step) break;
    if (!outcome.ok) {
      const { error } = outcome;
      const message = 'exception' in error ? exceptionText(error) : error.message;
      const problem = sliceProblem(state, step) ?? { kind: error.kind, message };
      return {
        view: undefined,
        source,
        steps: taken,
        problems: [{ ...problem, severity: 'error' }],
        code,
      };
    }
    const { effect, reason } = outcome.value;
    taken.push({ code: stepCode(state, step, 'a'), effect, reason });
    ({ state } = outcome.value);
  }
  const memory = await memoryOf(source, state, signal);
  return {
    view: describeArray(array.name, state.dtype, state.layout, array.note),
    source: memory,
    steps: taken,
    problems: [],
    code,
  };
}

/** What is wrong with a slice has a kind of its own, beside the exception. */
function sliceProblem(state: ViewState, step: ViewStep) {
  const subscripts = step.kind === 'slice' ? parseSlice(step.text) : undefined;
  const sliced = subscripts?.ok ? sliceLayout(state.layout, subscripts.value) : undefined;
  return sliced && !sliced.ok ? sliced.error : undefined;
}

/** A copy is made, so that its elements can be read where its layout says they are. */
async function memoryOf(
  source: ByteSource,
  { memory }: ViewState,
  signal: AbortSignal,
): Promise<ByteSource> {
  if (memory.kind === 'buffer') return source;
  const from = await memoryOf(source, memory.of, signal);
  const copied = await copyElements(from, memory.of.layout, memory.order, signal);
  if (from !== source) from.dispose();
  if (!copied.ok) throw new CannotRun(`the copy can't be made: ${copied.error.message}`);
  return copied.value;
}
