import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { ok } from '#shared/result.ts';
import { clamp } from '../kit/gridAxis.ts';
import { consume } from '../kit/keyboard.ts';
import { createPageCache } from '../kit/pageCache.ts';
import type { PlotFrame } from '../kit/plotCanvas.tsx';
import { PlotCanvas, shortNumber } from '../kit/plotCanvas.tsx';
import { formatCount } from '#shared/quantities.ts';
import { IconButton } from '../kit/toolbar.tsx';
import type { Leaf } from '#shared/layout/leaves.ts';
import { columnCountOf, rowCountOf } from './arrayView.ts';
import type { BufferFailure } from './bufferModel.ts';
import type { ColourMap } from './colourMap.ts';
import { COLOUR_MAPS, colourTable } from './colourMap.ts';
import type { PlotProps } from './histogramPlot.tsx';
import { parseTile, TILE_SIDE, tileNumbers, tilesFor, tileText, tileWindow } from './imageTiles.ts';

const MOST_TILES = 256;
const MOST_ZOOM = 5;

/** Rows and columns of the grid as pixels, in tiles; zoomed out every so many elements, and it says so. */
export function ImagePlot(props: PlotProps) {
  const { model, array, leaf, part } = props;
  const view = model.view.value;
  const size = { rows: rowCountOf(array, view), columns: columnCountOf(array, view) };
  const channels = channelsOf(array, view.rowAxis, view.columnAxis);
  const [map, setMap] = useState<ColourMap>('viridis');
  const [asRgb, setRgb] = useState(channels?.dtype.itemsize === channels?.count);
  const isRgb = asRgb && channels !== undefined;
  const [place, setPlace] = useState({ width: 0, height: 0 });
  /** Powers of two: pixels of an element where positive, elements of a pixel where negative. */
  const fitting = fitZoom(size, place);
  const [asked, setZoom] = useState<number | undefined>(undefined);
  const zoom = asked ?? fitting;
  const [corner, setCorner] = useState({ row: 0, column: 0 });
  const [revision, setRevision] = useState(0);
  const pixelLeaf: Leaf = isRgb
    ? { ...leaf, dtype: { ...channels.dtype, shape: [channels.count] } }
    : leaf;
  const pixelView = isRgb ? { ...view, index: view.index.with(channels.axis, 0) } : view;
  const tiles = useRef(createTiles());
  const key = JSON.stringify([array, pixelView, pixelLeaf, part]);
  const description = model.description.value;
  const generation = description.kind === 'ready' ? description.value.generation : 0;

  function createTiles() {
    return createPageCache<Float64Array, BufferFailure>({
      limit: MOST_TILES,
      load: async (name, abort) => {
        const { window, read } = latest.current;
        const reply = await model.call('readElements', window(name), abort);
        return reply.ok ? ok(read(reply.value.bytes)) : reply;
      },
      onChange: () => {
        setRevision((old) => old + 1);
      },
    });
  }
  const latest = useRef({
    window: (name: string) => tileWindow(array, pixelView, pixelLeaf, size, parseTile(name)),
    read: (bytes: ArrayBuffer) => readNumbers(pixelLeaf, bytes),
  });
  const readNumbers = (of: Leaf, bytes: ArrayBuffer) =>
    of.dtype.kind === 'subarray'
      ? tileNumbers({ ...of, dtype: of.dtype.base }, bytes, 'value')
      : tileNumbers(of, bytes, part);
  latest.current = {
    window: (name) => tileWindow(array, pixelView, pixelLeaf, size, parseTile(name)),
    read: (bytes) => readNumbers(pixelLeaf, bytes),
  };
  useEffect(() => {
    tiles.current.clear();
  }, [key]);
  useEffect(() => {
    tiles.current.invalidate();
  }, [generation]);
  useEffect(
    () => () => {
      tiles.current.dispose();
    },
    [],
  );

  const level = Math.max(0, -zoom);
  const scale = 2 ** zoom;
  const shown = {
    rows: {
      start: Math.floor(corner.row),
      end: Math.min(size.rows, Math.ceil(corner.row + place.height / scale)),
    },
    columns: {
      start: Math.floor(corner.column),
      end: Math.min(size.columns, Math.ceil(corner.column + place.width / scale)),
    },
  };
  const wanted = tilesFor(level, shown.rows, shown.columns).map(tileText);
  useEffect(() => {
    tiles.current.want(wanted);
  }, [wanted.join(), key, generation]);
  const range = useMemo(() => rangeOf(tiles.current, wanted), [revision, wanted.join()]);
  const table = useMemo(() => colourTable(part === 'phase' ? 'phase' : map), [map, part]);

  const keep = (next: { row: number; column: number }, at = scale) => ({
    row: clamp(next.row, 0, Math.max(0, size.rows - place.height / at)),
    column: clamp(next.column, 0, Math.max(0, size.columns - place.width / at)),
  });
  const zoomTo = (next: number, x = place.width / 2, y = place.height / 2) => {
    const to = clamp(next, fitting, MOST_ZOOM);
    const after = 2 ** to;
    const under = { row: corner.row + y / scale, column: corner.column + x / scale };
    setZoom(to);
    setCorner(keep({ row: under.row - y / after, column: under.column - x / after }, after));
  };
  const chosen = model.element.value?.index;
  const cell =
    chosen && view.rowAxis !== null && view.columnAxis !== null
      ? { row: chosen[view.rowAxis] ?? 0, column: chosen[view.columnAxis] ?? 0 }
      : undefined;
  const select = (row: number, column: number) => {
    if (view.rowAxis === null || view.columnAxis === null) return;
    const index = [...(chosen ?? view.index)];
    index[view.rowAxis] = clamp(row, 0, size.rows - 1);
    index[view.columnAxis] = clamp(column, 0, size.columns - 1);
    model.selectElement(index);
  };
  const step = 2 ** level;
  return (
    <>
      <div class="pane-bar" role="group" aria-label="Image">
        {isRgb ? null : (
          <select
            aria-label="Colour map"
            value={part === 'phase' ? 'phase' : map}
            disabled={part === 'phase'}
            onChange={(event) => {
              setMap(event.currentTarget.value as ColourMap);
            }}
          >
            {COLOUR_MAPS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
        {channels ? (
          <label class="check">
            <input
              type="checkbox"
              checked={asRgb}
              onChange={(event) => {
                setRgb(event.currentTarget.checked);
              }}
            />
            As colours
          </label>
        ) : null}
        <IconButton
          icon="zoom-in"
          label="Zoom in"
          keys="+"
          onClick={() => {
            zoomTo(zoom + 1);
          }}
        />
        <IconButton
          icon="zoom-out"
          label="Zoom out"
          keys="-"
          onClick={() => {
            zoomTo(zoom - 1);
          }}
        />
        <IconButton
          icon="screen-full"
          label="Fit the whole image"
          keys="0"
          onClick={() => {
            zoomTo(fitting);
          }}
        />
        <span class="secondary">
          {zoom >= 0
            ? `${scale} ${scale === 1 ? 'pixel' : 'pixels'} an element`
            : `every ${formatCount(step)}${ordinal(step)} element of each axis`}
        </span>
      </div>
      <PlotCanvas
        label={`Image of ${formatCount(size.rows)} × ${formatCount(size.columns)} elements; arrow keys move the selection, + and - zoom`}
        onSize={(width, height) => {
          setPlace((old) =>
            old.width === width && old.height === height ? old : { width, height },
          );
        }}
        draw={(frame) => {
          const options = { corner, scale, step, range, table, isRgb, size };
          for (const name of wanted) {
            const tile = tiles.current.peek(name);
            if (tile?.kind === 'ready') drawTile(frame, parseTile(name), tile.value, options);
          }
          if (cell) drawCell(frame, cell, corner, scale);
        }}
        onPick={(x, y) => {
          select(Math.floor(corner.row + y / scale), Math.floor(corner.column + x / scale));
        }}
        onDrag={(dx, dy) => {
          setCorner(keep({ row: corner.row - dy / scale, column: corner.column - dx / scale }));
        }}
        onWheel={(event, x, y) => {
          if (event.ctrlKey || event.metaKey) zoomTo(zoom + (event.deltaY < 0 ? 1 : -1), x, y);
          else
            setCorner(
              keep({
                row: corner.row + event.deltaY / scale,
                column: corner.column + event.deltaX / scale,
              }),
            );
        }}
        onKeyDown={(event) => {
          if (event.key === '+' || event.key === '=') zoomTo(zoom + 1);
          else if (event.key === '-') zoomTo(zoom - 1);
          else if (event.key === '0') zoomTo(fitting);
          else {
            const by = event.shiftKey ? 10 * step : step;
            const moves: Readonly<Record<string, readonly [number, number] | undefined>> = {
              ArrowUp: [-by, 0],
              ArrowDown: [by, 0],
              ArrowLeft: [0, -by],
              ArrowRight: [0, by],
            };
            const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
            if (!move) return;
            select((cell?.row ?? 0) + move[0], (cell?.column ?? 0) + move[1]);
          }
          consume(event);
        }}
      />
      <div class="plot-line">
        {isRgb ? (
          <span class="secondary">
            {channels.count === 4 ? 'red, green, blue and alpha' : 'red, green and blue'}
          </span>
        ) : (
          <Legend table={table} low={range.low} high={range.high} />
        )}
      </div>
    </>
  );
}

function Legend(props: {
  readonly table: Uint8ClampedArray;
  readonly low: number;
  readonly high: number;
}) {
  const { table } = props;
  return (
    <span class="legend-scale" title="Of what is on screen; NaN is left clear">
      <span>{shortNumber(props.low)}</span>
      <svg class="legend-bar" aria-hidden="true">
        {Array.from({ length: 32 }, (_, k) => {
          const at = 4 * Math.round((k / 31) * 255);
          return (
            <rect
              key={k}
              x={`${(100 * k) / 32}%`}
              width="3.4%"
              height="12"
              fill={`rgb(${table[at] ?? 0} ${table[at + 1] ?? 0} ${table[at + 2] ?? 0})`}
            />
          );
        })}
      </svg>
      <span>{shortNumber(props.high)}</span>
    </span>
  );
}

/** A last axis of three or four values side by side, which are colours where rows and columns are the others. */
function channelsOf(array: ArrayDescription, rowAxis: number | null, columnAxis: number | null) {
  const axis = array.shape.length - 1;
  const count = array.shape[axis] ?? 0;
  const { dtype } = array;
  if (axis < 2 || rowAxis === axis || columnAxis === axis || (count !== 3 && count !== 4))
    return undefined;
  if (dtype.kind !== 'scalar' || array.strides[axis] !== dtype.itemsize) return undefined;
  if (!['uint', 'float', 'bfloat'].includes(dtype.scalar)) return undefined;
  return {
    axis,
    count,
    dtype: {
      kind: 'subarray',
      base: dtype,
      itemsize: dtype.itemsize * count,
      shape: [count],
    } as const,
  };
}

/** The largest power of two at which the whole image is on screen. */
function fitZoom(
  size: { readonly rows: number; readonly columns: number },
  place: { readonly width: number; readonly height: number },
): number {
  if (place.width === 0 || place.height === 0) return 0;
  const share = Math.min(place.width / size.columns, place.height / size.rows);
  return clamp(Math.floor(Math.log2(share)), -40, MOST_ZOOM);
}

function rangeOf(
  tiles: { peek(key: string): { kind: string; value?: Float64Array } | undefined },
  wanted: readonly string[],
): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const name of wanted)
    for (const value of tiles.peek(name)?.value ?? []) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low > high ? { low: 0, high: 1 } : { low, high };
}

interface DrawOptions {
  readonly corner: { readonly row: number; readonly column: number };
  readonly scale: number;
  readonly step: number;
  readonly range: { readonly low: number; readonly high: number };
  readonly table: Uint8ClampedArray;
  readonly isRgb: boolean;
  readonly size: { readonly rows: number; readonly columns: number };
}

function drawTile(
  { context }: PlotFrame,
  key: { readonly row: number; readonly column: number },
  numbers: Float64Array,
  options: DrawOptions,
): void {
  const { corner, scale, step, range, table, isRgb, size } = options;
  const side = TILE_SIDE * step;
  const width = Math.ceil(
    (Math.min((key.column + 1) * side, size.columns) - key.column * side) / step,
  );
  const height = Math.ceil((Math.min((key.row + 1) * side, size.rows) - key.row * side) / step);
  if (width <= 0 || height <= 0) return;
  const image = new ImageData(width, height);
  const count = width * height;
  const channels = isRgb ? Math.max(1, Math.round(numbers.length / count)) : 1;
  const span = range.high - range.low || 1;
  // Colours of floats are shares of one, those of whole numbers shares of their type's greatest.
  const unit = isRgb && range.high <= 1 ? 255 : range.high <= 255 ? 1 : 255 / range.high;
  for (let k = 0; k < count; k++) {
    if (isRgb) {
      for (let channel = 0; channel < 3; channel++)
        image.data[4 * k + channel] = (numbers[channels * k + channel] ?? 0) * unit;
      image.data[4 * k + 3] = channels === 4 ? (numbers[4 * k + 3] ?? 0) * unit : 255;
      continue;
    }
    const value = numbers[k] ?? NaN;
    if (Number.isNaN(value)) continue;
    const at = 4 * Math.round(clamp((value - range.low) / span, 0, 1) * 255);
    for (let channel = 0; channel < 4; channel++)
      image.data[4 * k + channel] = table[at + channel] ?? 0;
  }
  const tile = document.createElement('canvas');
  tile.width = width;
  tile.height = height;
  tile.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(
    tile,
    (key.column * side - corner.column) * scale,
    (key.row * side - corner.row) * scale,
    width * step * scale,
    height * step * scale,
  );
}

function drawCell(
  { context, colour }: PlotFrame,
  cell: { readonly row: number; readonly column: number },
  corner: { readonly row: number; readonly column: number },
  scale: number,
): void {
  const side = Math.max(6, scale);
  const x = (cell.column + 0.5 - corner.column) * scale - side / 2;
  const y = (cell.row + 0.5 - corner.row) * scale - side / 2;
  context.lineWidth = 1;
  context.strokeStyle = colour('--surface');
  context.strokeRect(Math.round(x) - 0.5, Math.round(y) - 0.5, side + 1, side + 1);
  context.strokeStyle = colour('--vscode-focusBorder');
  context.strokeRect(Math.round(x) - 1.5, Math.round(y) - 1.5, side + 3, side + 3);
}

function ordinal(step: number): string {
  return step === 2 ? 'nd' : 'th';
}
