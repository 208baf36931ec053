import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ExportFailure, ExportFormat } from '#shared/protocol/bufferExport.ts';
import { EXPORT_FORMATS } from '#shared/protocol/bufferExport.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { formatBytes } from '#shared/quantities.ts';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { ScanFailure, ScanProgressBar } from './scanStates.tsx';
import { laidOf } from './shownArray.ts';

interface Exported {
  readonly fileName: string | null;
  readonly writtenBytes: number;
}

/** Writes the array as it is shown, with its slice and steps, to a file of the format that is chosen. */
export function ExportBox(props: {
  readonly model: BufferModel;
  readonly array: ArrayDescription;
}) {
  const { model, array } = props;
  const scan = useMemo(
    () => model.scans.create<Exported, BufferFailure | ExportFailure>(),
    [model],
  );
  useEffect(
    () => () => {
      scan.dispose();
    },
    [scan],
  );
  const state = scan.state.value;
  const last = useRef<ExportFormat>('npy');
  const start = (format: ExportFormat) => {
    last.current = format;
    const description = model.description.peek();
    const file = description.kind === 'ready' ? description.value.fileName : 'array';
    const stem = file.replace(/\.[^.]*$/, '');
    const name = array.name === '' ? `${stem}-export` : `${stem}-${array.name}`;
    scan.run((job, abort) =>
      model.call('exportArray', { job, elements: laidOf(array), format, name }, abort),
    );
  };
  return (
    <>
      <select
        aria-label="Export the array as it is shown"
        title="Export the array as it is shown"
        value=""
        onChange={(event) => {
          const format = EXPORT_FORMATS.find((known) => known === event.currentTarget.value);
          event.currentTarget.value = '';
          if (format) start(format);
        }}
      >
        <option value="">Export…</option>
        {EXPORT_FORMATS.map((format) => (
          <option key={format} value={format}>
            .{format}
          </option>
        ))}
      </select>
      {state.kind === 'running' ? (
        <ScanProgressBar
          label="Exporting"
          done={state.done}
          total={state.total}
          onCancel={() => {
            scan.cancel();
          }}
        />
      ) : state.kind === 'failed' ? (
        <ScanFailure
          failure={state.failure}
          onRetry={() => {
            start(last.current);
          }}
        />
      ) : state.kind === 'done' && state.value.fileName !== null ? (
        <span role="status" class="secondary">
          Wrote {state.value.fileName}, {formatBytes(state.value.writtenBytes)}
        </span>
      ) : null}
    </>
  );
}
