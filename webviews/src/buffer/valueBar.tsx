import { useState } from 'preact/hooks';
import { takeStep } from '#shared/layout/viewChain.ts';
import { parseStep } from '#shared/layout/viewStepText.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { consume } from '../kit/keyboard.ts';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferModel } from './bufferModel.ts';
import { ExportBox } from './exportBox.tsx';
import type { GridOptions } from './modes.ts';

/** A slice as in Python, how numbers are written, and colour by value. */
export function ValueBar(props: { readonly model: BufferModel; readonly array: ArrayDescription }) {
  const { model, array } = props;
  const { format, digits, heat } = model.gridOptions.value;
  const leaves = model.leaves.value;
  const kinds = new Set(
    leaves.map(({ dtype }) => (dtype.kind === 'scalar' ? dtype.scalar : 'other')),
  );
  const hasFloats = kinds.has('float') || kinds.has('bfloat') || kinds.has('complex');
  const hasIntegers = kinds.has('int') || kinds.has('uint');
  const hasNumbers = hasFloats || hasIntegers || kinds.has('bool');
  return (
    <div class="pane-bar" role="group" aria-label="Values">
      {array.shape.length > 0 || model.steps.value.length > 0 ? <SliceBox model={model} /> : null}
      {hasFloats || hasIntegers ? (
        <select
          aria-label="Number format"
          value={format}
          onChange={(event) => {
            model.setGridOptions({ format: event.currentTarget.value as GridOptions['format'] });
          }}
        >
          <option value="plain">Decimal</option>
          <option value="hex" disabled={!hasIntegers}>
            Hex
          </option>
          <option value="scientific">Scientific</option>
        </select>
      ) : null}
      {hasFloats ? (
        <select
          aria-label="Digits behind the point"
          value={String(digits ?? 'all')}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            model.setGridOptions({ digits: chosen === 'all' ? null : Number(chosen) });
          }}
        >
          <option value="all">all digits</option>
          {[0, 1, 2, 3, 4, 6, 8].map((count) => (
            <option key={count} value={String(count)}>
              {count === 1 ? '1 digit' : `${count} digits`}
            </option>
          ))}
        </select>
      ) : null}
      {hasNumbers ? (
        <>
          <IconButton
            icon="symbol-color"
            label="Colour by value"
            pressed={heat}
            onClick={() => {
              model.setGridOptions({ heat: !heat });
            }}
          />
          <IconButton
            icon="symbol-numeric"
            label="Statistics of row and column"
            pressed={model.lineStatistics.value}
            onClick={() => {
              model.lineStatistics.value = !model.lineStatistics.value;
            }}
          />
        </>
      ) : null}
      <ExportBox model={model} array={array} />
    </div>
  );
}

/** The last step of the chain where that is a slice; Enter takes what is typed, and empty takes it away. */
function SliceBox(props: { readonly model: BufferModel }) {
  const { model } = props;
  const steps = model.steps.value;
  const last = steps.at(-1);
  const current = last?.kind === 'slice' ? last.text : '';
  const [problem, setProblem] = useState('');
  const apply = (text: string) => {
    const before = last?.kind === 'slice' ? steps.slice(0, -1) : steps;
    if (text.trim() === '') {
      setProblem('');
      model.setSteps(before);
      return;
    }
    const parsed = parseStep('slice', text);
    if (!parsed.ok) {
      setProblem(parsed.error.message);
      return;
    }
    const outcomes = model.outcomes.peek();
    const at = before.length === 0 ? undefined : outcomes[before.length - 1];
    const state = at?.ok ? at.value.state : model.first.peek();
    const taken = state && takeStep(state, parsed.value);
    setProblem(taken && !taken.ok ? taken.error.message : '');
    if (taken?.ok) model.setSteps([...before, parsed.value]);
  };
  return (
    <span class="slice-box">
      <span class="secondary" aria-hidden="true">
        [
      </span>
      <input
        key={current}
        class="text-input"
        type="text"
        spellcheck={false}
        autocomplete="off"
        aria-label="Slice, as in Python"
        aria-invalid={problem !== ''}
        aria-describedby="slice-problem"
        placeholder="::-2, 3, ..."
        size={14}
        defaultValue={current}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          apply(event.currentTarget.value.replace(/^\[|\]$/g, ''));
          consume(event);
        }}
        onBlur={(event) => {
          const typed = event.currentTarget.value;
          if (typed !== current) apply(typed.replace(/^\[|\]$/g, ''));
        }}
      />
      <span class="secondary" aria-hidden="true">
        ]
      </span>
      <span id="slice-problem" class="step-problem" role="status">
        {problem}
      </span>
    </span>
  );
}
