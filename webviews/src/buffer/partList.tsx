import { useSignal } from '@preact/signals';
import { dtypeName, parseDType, shapeText } from '#shared/layout/dtypeText.ts';
import type { PartDescription } from '#shared/protocol/bufferView.ts';
import { moveAmong } from '../kit/keyboard.ts';
import { formatBytes, formatQuantity } from '#shared/quantities.ts';
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
      <ul
        aria-label="Parts of the file"
        onKeyDown={(event) => {
          moveAmong(event, '.part-row', 'vertical');
        }}
      >
        {parts.map((part, index) => (
          <li key={index}>
            <button
              type="button"
              class="part-row"
              aria-disabled={!part.canOpen}
              tabIndex={index === 0 ? 0 : -1}
              title={part.name}
              onClick={() => {
                if (part.canOpen) open(part.name);
              }}
            >
              <span aria-hidden="true" class={`codicon codicon-${iconOf(part)}`} />
              <span class="part-name">{part.name === '' ? `Part ${index}` : part.name}</span>
              <span class="secondary part-array">{arrayText(part)}</span>
              <span class="secondary part-size">{formatBytes(part.byteLength)}</span>
              <span class="secondary part-size part-packed">{packedText(part)}</span>
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
  if (array) {
    const dtype = parseDType(array.dtypeText);
    return `${shapeText(array.shape)} ${dtype.ok ? dtypeName(dtype.value) : array.dtypeText}`;
  }
  return canOpen ? '' : 'can’t be unpacked here';
}

function packedText({ byteLength, packedByteLength }: PartDescription): string {
  return packedByteLength === byteLength ? '' : `${formatBytes(packedByteLength)} packed`;
}
