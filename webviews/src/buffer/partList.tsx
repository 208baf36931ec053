import { useSignal } from '@preact/signals';
import { shapeText } from '#shared/layout/dtypeText.ts';
import type { PartDescription } from '#shared/protocol/bufferView.ts';
import { formatBytes, formatQuantity } from '../kit/quantities.ts';
import { Banner } from '../kit/states.tsx';
import type { BufferModel } from './bufferModel.ts';
import { failureMessage } from './failureMessage.ts';

interface PartsProps {
  readonly model: BufferModel;
  readonly parts: readonly PartDescription[];
}

/** What a file has in it where none of that is an array as it stands; each opens in a panel of its own. */
export function PartList(props: PartsProps) {
  const { parts } = props;
  const { problem, open } = usePartOpening(props.model);
  return (
    <div class="part-list">
      <p class="secondary part-list-intro">
        {formatQuantity(parts.length, 'part')}, unpacked when opened
      </p>
      {problem.value === '' ? null : <Banner severity="error" text={problem.value} />}
      <ul aria-label="Parts of the file">
        {parts.map((part, index) => (
          <li key={index}>
            <button
              type="button"
              class="part-row"
              disabled={!part.canOpen}
              onClick={() => {
                open(part.name);
              }}
            >
              <span aria-hidden="true" class={`codicon codicon-${iconOf(part)}`} />
              <span class="part-name">{part.name === '' ? `Part ${index}` : part.name}</span>
              <span class="secondary">{arrayText(part)}</span>
              <span class="secondary part-size">{sizeText(part)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The packed parts of a file that has arrays as they stand as well. */
export function PartPicker(props: PartsProps) {
  const parts = props.parts.filter(({ canOpen, isShown }) => canOpen && !isShown);
  const { problem, open } = usePartOpening(props.model);
  if (parts.length === 0) return null;
  return (
    <div class="pane-bar" role="group" aria-label="Packed parts">
      <select
        aria-label="Open a packed part"
        value=""
        onChange={(event) => {
          const part = parts[Number(event.currentTarget.value)];
          event.currentTarget.value = '';
          if (part) open(part.name);
        }}
      >
        <option value="">Open packed part…</option>
        {parts.map((part, index) => (
          <option key={index} value={String(index)}>
            {part.name} {arrayText(part)}
          </option>
        ))}
      </select>
      <span role="status" class="step-problem">
        {problem.value}
      </span>
    </div>
  );
}

function usePartOpening(model: BufferModel) {
  const problem = useSignal('');
  return {
    problem,
    open: (name: string) => {
      problem.value = '';
      void model.call('openPart', { name }).then((reply) => {
        if (!reply.ok) problem.value = failureMessage(reply.error);
      });
    },
  };
}

function iconOf({ array, canOpen }: PartDescription): string {
  return array ? 'symbol-array' : canOpen ? 'file-binary' : 'lock';
}

function arrayText({ array, canOpen }: PartDescription): string {
  if (array) return `${shapeText(array.shape)} ${array.dtypeText}`;
  return canOpen ? '' : 'can’t be unpacked here';
}

function sizeText({ byteLength, packedByteLength }: PartDescription): string {
  return packedByteLength === byteLength
    ? formatBytes(byteLength)
    : `${formatBytes(byteLength)}, ${formatBytes(packedByteLength)} packed`;
}
