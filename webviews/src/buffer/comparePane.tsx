import { useEffect, useMemo, useState } from 'preact/hooks';
import { indexOfPosition } from '#shared/layout/strides.ts';
import type { CompareReply, CompareWith, Difference } from '#shared/protocol/bufferCompare.ts';
import type { BufferDescription } from '#shared/protocol/bufferView.ts';
import { clamp } from '../kit/gridAxis.ts';
import { shortNumber } from '../kit/plotCanvas.tsx';
import { formatBytes, formatCount, formatQuantity, hexOf } from '#shared/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { ScanFailure, ScanProgressBar } from './scanStates.tsx';

const MOST_DIFFERENCES = 2000;
const MOST_LISTED = 500;

type Failure = BufferFailure | { readonly kind: 'notCompared'; readonly message: string };

/** Where this buffer differs from another one, or from what is committed: listed, and walked. */
export function ComparePane(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const scan = useMemo(() => model.scans.create<CompareReply, Failure>(), [model]);
  const [other, setOther] = useState<CompareWith | undefined>(undefined);
  const [mode, setMode] = useState<'bytes' | 'values'>('values');
  const [absolute, setAbsolute] = useState('0');
  const [relative, setRelative] = useState('0');
  const [at, setAt] = useState(0);
  const wish = model.compareWish.value;
  const run = (wanted: CompareWith) => {
    setOther(wanted);
    setAt(0);
    scan.run((job, abort) =>
      model.call(
        'compare',
        {
          job,
          with: wanted,
          mode,
          array: model.arrayIndex.peek(),
          absolute: numberOf(absolute),
          relative: numberOf(relative),
          limit: MOST_DIFFERENCES,
        },
        abort,
      ),
    );
  };
  useEffect(() => {
    if (wish) run(wish);
  }, [wish]);
  useEffect(() => {
    // With the same other file; the host has it open still.
    if (other) run({ kind: 'same' });
  }, [mode, description.generation]);
  useEffect(
    () => () => {
      scan.dispose();
      model.showMatches([]);
    },
    [scan],
  );
  const state = scan.state.value;
  const found = state.kind === 'done' ? state.value : undefined;
  useEffect(() => {
    model.showMatches(found?.differences.filter(({ start, end }) => end > start) ?? []);
  }, [found]);
  const go = (to: number) => {
    if (!found || found.differences.length === 0) return;
    const next = clamp(to, 0, found.differences.length - 1);
    setAt(next);
    const difference = found.differences[next];
    if (difference) show(model, difference, description.byteLength);
  };
  return (
    <section class="pane" aria-label="Compare" data-pane>
      <div class="pane-bar" role="group" aria-label="Compare">
        {other === undefined ? null : (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              run({ kind: 'pick' });
            }}
          >
            Choose…
          </button>
        )}
        {description.live ? null : (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              run({ kind: 'head' });
            }}
          >
            With HEAD
          </button>
        )}
        <select
          aria-label="What is compared"
          value={mode}
          onChange={(event) => {
            setMode(event.currentTarget.value === 'bytes' ? 'bytes' : 'values');
          }}
        >
          <option value="values">Values</option>
          <option value="bytes">Bytes</option>
        </select>
        {mode === 'values' ? (
          <>
            <Tolerance label="Absolute tolerance" value={absolute} onChange={setAbsolute} />
            <Tolerance label="Relative tolerance" value={relative} onChange={setRelative} />
          </>
        ) : null}
        <IconButton
          icon="refresh"
          label="Compare again"
          disabled={other === undefined}
          onClick={() => {
            run({ kind: 'same' });
          }}
        />
        {found && found.differences.length > 0 ? (
          <>
            <IconButton
              icon="arrow-up"
              label="Previous difference"
              disabled={at === 0}
              onClick={() => {
                go(at - 1);
              }}
            />
            <IconButton
              icon="arrow-down"
              label="Next difference"
              disabled={at >= found.differences.length - 1}
              onClick={() => {
                go(at + 1);
              }}
            />
          </>
        ) : null}
      </div>
      {state.kind === 'running' ? (
        <ScanProgressBar
          label="Comparing"
          {...state}
          onCancel={() => {
            scan.cancel();
          }}
        />
      ) : state.kind === 'failed' ? (
        <ScanFailure
          failure={state.failure}
          onRetry={() => {
            run(other ?? { kind: 'pick' });
          }}
        />
      ) : found ? (
        <Differences model={model} found={found} at={at} onGo={go} />
      ) : (
        <EmptyState
          icon="diff"
          text={
            description.live
              ? 'Compare this memory with a file, a part of one, or other memory.'
              : 'Compare this buffer with another file, part or memory, or with what is committed.'
          }
          detail="Values are compared within a tolerance where both have an array of one shape; bytes always."
          action={{
            label: 'Choose…',
            onClick: () => {
              run({ kind: 'pick' });
            },
          }}
        />
      )}
    </section>
  );
}

function Tolerance(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label class="raw-field">
      <span class="secondary">{props.label}</span>
      <input
        class="text-input"
        type="text"
        inputMode="decimal"
        size={6}
        aria-label={props.label}
        value={props.value}
        onInput={(event) => {
          props.onChange(event.currentTarget.value);
        }}
      />
    </label>
  );
}

function Differences(props: {
  readonly model: BufferModel;
  readonly found: CompareReply;
  readonly at: number;
  readonly onGo: (at: number) => void;
}) {
  const { model, found, at } = props;
  const shape = model.base.value?.shape ?? [];
  const isValues = found.mode === 'values';
  return (
    <div class="statistics">
      <p role="status">
        {found.count === 0
          ? `The same ${isValues ? 'values' : 'bytes'} as ${found.otherName}.`
          : `${isValues ? formatQuantity(found.count, 'element') : formatQuantity(found.count, 'byte')} of ${formatCount(found.compared)} differ from ${found.otherName} (${formatBytes(found.otherByteLength)}).`}
        {found.greatest === null
          ? ''
          : ` The greatest difference is ${shortNumber(found.greatest)}.`}
      </p>
      {found.note === null ? null : <p class="secondary">{found.note}</p>}
      {found.differences.length > 0 ? (
        <table class="unique differences">
          <thead>
            <tr>
              <th scope="col">{isValues ? 'Index' : 'Bytes'}</th>
              <th scope="col">Here</th>
              <th scope="col">{found.otherName}</th>
            </tr>
          </thead>
          <tbody>
            {found.differences.slice(0, MOST_LISTED).map((difference, position) => (
              <tr key={position} class={position === at ? 'current' : ''}>
                <td>
                  <button
                    type="button"
                    class="link-button"
                    aria-current={position === at}
                    onClick={() => {
                      props.onGo(position);
                    }}
                  >
                    {difference.position === undefined
                      ? rangeText(difference)
                      : `[${indexOfPosition(shape, difference.position).join(', ')}]`}
                  </button>
                </td>
                <td>
                  {difference.here ?? formatQuantity(difference.end - difference.start, 'byte')}
                </td>
                <td>
                  {difference.there ??
                    formatQuantity(difference.otherEnd - difference.otherStart, 'byte')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {found.differences.length > MOST_LISTED ? (
        <p class="secondary">The first {formatCount(MOST_LISTED)} are listed.</p>
      ) : null}
    </div>
  );
}

function show(model: BufferModel, { start, end }: Difference, byteLength: number): void {
  if (byteLength === 0) return;
  const last = Math.min(Math.max(start, end - 1), byteLength - 1);
  model.selectBytes({ anchor: last, active: Math.min(start, byteLength - 1) });
}

function rangeText({ start, end }: Difference): string {
  return end - start <= 1 ? hexOf(start) : `${hexOf(start)} – ${hexOf(end - 1)}`;
}

function numberOf(text: string): number {
  const value = Number(text.trim());
  return Number.isFinite(value) && value >= 0 ? value : 0;
}
