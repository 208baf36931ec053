/** Where to go among the bytes: the first places as buttons, and where there are more, all of them in a list. */
import type { ComponentChildren } from 'preact';
import type { FileRegion } from '#shared/protocol/bufferView.ts';
import { formatBytes, formatCount, hexOf } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';
import { tintOfRegion } from './byteTints.ts';

interface Place {
  readonly key: string;
  readonly text: string;
  readonly title: string;
  readonly sign: ComponentChildren;
  readonly detail?: string;
  readonly go: () => void;
}

const MOST_BUTTONS = 8;
/** A file of a million pages has more than a list can show. */
const MOST_LISTED = 2000;

export function Bookmarks(props: { readonly model: BufferModel }) {
  const { model } = props;
  const places = model.bookmarks.value.map((mark) => ({
    key: String(mark),
    text: hexOf(mark),
    title: `Go to byte ${mark}; m there removes the bookmark`,
    sign: <span aria-hidden="true" class="codicon codicon-bookmark" />,
    go: () => {
      model.selectBytes({ anchor: mark, active: mark });
    },
  }));
  return <Places label="Bookmarks" places={places} />;
}

export function Regions(props: {
  readonly model: BufferModel;
  readonly regions: readonly FileRegion[];
}) {
  const { model, regions } = props;
  const places = regions.slice(0, MOST_LISTED).map((region) => {
    const last = Math.max(region.start, region.end - 1);
    const size = formatBytes(region.end - region.start);
    return {
      key: `${region.label} ${region.start}`,
      text: region.label,
      title: `Go to ${region.label}: bytes ${hexOf(region.start)} to ${hexOf(last)}, ${size}`,
      sign: <span aria-hidden="true" class={`swatch ${tintOfRegion(region.label)}`} />,
      detail: size,
      go: () => {
        model.selectBytes({
          anchor: region.label === 'data' ? region.start : last,
          active: region.start,
        });
      },
    };
  });
  return <Places label="Regions of the file" places={places} count={regions.length} />;
}

function Places(props: {
  readonly label: string;
  readonly places: readonly Place[];
  /** Of all, where not all can be listed. */
  readonly count?: number;
}) {
  const { label, places } = props;
  const count = props.count ?? places.length;
  if (count === 0) return null;
  return (
    <div class="pane-bar legend" role="group" aria-label={label}>
      {places.slice(0, MOST_BUTTONS).map(({ key, text, title, sign, detail, go }) => (
        <button key={key} type="button" class="legend-entry" title={title} onClick={go}>
          {sign}
          {text}
          {detail === undefined ? null : <span class="secondary">{detail}</span>}
        </button>
      ))}
      {count > MOST_BUTTONS ? (
        <select
          aria-label={`All ${formatCount(count)}: ${label}`}
          value=""
          onChange={(event) => {
            places[Number(event.currentTarget.value)]?.go();
            event.currentTarget.value = '';
          }}
        >
          <option value="">All {formatCount(count)}…</option>
          {places.map(({ key, text, detail }, position) => (
            <option key={key} value={String(position)}>
              {text} {detail ?? ''}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  );
}
