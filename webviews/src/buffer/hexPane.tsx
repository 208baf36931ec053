import { useMemo } from 'preact/hooks';
import type { BufferDescription } from '#shared/protocol/bufferView.ts';
import { hexPair } from '../kit/hexRow.tsx';
import { HexView } from '../kit/hexView.tsx';
import { formatBytes, formatQuantity, hexOf } from '../kit/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import type { BufferModel } from './bufferModel.ts';
import { byteTints, tintOfRegion } from './byteTints.ts';

const MAX_COPIED_BYTES = 4 * 1024 * 1024;
const MOST_LEGEND_ENTRIES = 8;

export function HexPane(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const { byteLength, regions } = description;
  const array = model.array.value;
  const tintAt = useMemo(() => byteTints(regions, array), [regions, array]);
  const element = model.element.value;
  const { anchor, active } = model.hexSelection.value;
  // A byte alone shows the whole element around it; an element's own bytes are framed as they are.
  const itemsize = array?.dtype.itemsize ?? 0;
  const companions =
    element && anchor === active && itemsize > 0
      ? { start: element.byteOffset, end: element.byteOffset + itemsize }
      : { start: Math.min(anchor, active), end: Math.max(anchor, active) + 1 };
  return (
    <section class="pane" aria-label="Hex" data-pane>
      {regions.length > 0 ? (
        <div class="pane-bar legend" role="group" aria-label="Regions of the file">
          {regions.slice(0, MOST_LEGEND_ENTRIES).map((region) => (
            <button
              key={`${region.label} ${region.start}`}
              type="button"
              class="legend-entry"
              title={`Go to ${region.label}: bytes ${hexOf(region.start)} to ${hexOf(Math.max(region.start, region.end - 1))}, ${formatBytes(region.end - region.start)}`}
              onClick={() => {
                const last = Math.max(region.start, region.end - 1);
                model.selectBytes({
                  anchor: region.label === 'data' ? region.start : last,
                  active: region.start,
                });
              }}
            >
              <span aria-hidden="true" class={`swatch ${tintOfRegion(region.label)}`} />
              {region.label}
              <span class="secondary">{formatBytes(region.end - region.start)}</span>
            </button>
          ))}
        </div>
      ) : null}
      {byteLength === 0 ? (
        <EmptyState icon="file-binary" text="This file is empty." />
      ) : (
        <HexView
          label={`Bytes of ${description.fileName}`}
          byteLength={byteLength}
          byteAt={(byteOffset) => model.byteAt(byteOffset)}
          tintAt={tintAt}
          revision={`${model.hexRevision.value} ${description.generation} ${model.arrayIndex.value}`}
          selection={model.hexSelection.value}
          companions={companions}
          onSelect={(selection) => {
            model.selectBytes(selection);
          }}
          onVisible={(bytes) => {
            model.showBytes(bytes);
          }}
          onCopy={(_, event) => {
            copyBytes(model, event);
          }}
          initialScroll={model.hexScroll}
          onScroll={(position) => {
            model.hexScroll = position;
          }}
          stale={model.staleness.value !== undefined}
        />
      )}
    </section>
  );
}

/** Copies the selected bytes as hex pairs; bytes that are not here are read first. */
function copyBytes(model: BufferModel, event: ClipboardEvent) {
  const { anchor, active } = model.hexSelection.peek();
  const start = Math.min(anchor, active);
  const end = Math.max(anchor, active) + 1;
  if (end - start > MAX_COPIED_BYTES) {
    model.announce(`${formatBytes(end - start)} are too many to copy as text`);
    return;
  }
  const copied = `Copied ${formatQuantity(end - start, 'byte')}`;
  const pairs: string[] = [];
  for (let byteOffset = start; byteOffset < end; byteOffset++) {
    const value = model.byteAt(byteOffset);
    if (value === undefined) break;
    pairs.push(hexPair(value));
  }
  if (pairs.length === end - start && event.clipboardData) {
    event.clipboardData.setData('text/plain', pairs.join(' '));
    model.announce(copied);
    return;
  }
  void model.readBytes({ start, end }).then(async (read) => {
    if (!read.ok) {
      model.announce('The bytes could not be read');
      return;
    }
    await navigator.clipboard.writeText(Array.from(read.value, hexPair).join(' ')).then(
      () => {
        model.announce(copied);
      },
      () => {
        model.announce('The clipboard could not be reached');
      },
    );
  });
}
