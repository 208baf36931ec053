import { useState } from 'preact/hooks';
import type { SavedTextFormat } from '#shared/protocol/resultsView.ts';
import type { Result } from '#shared/result.ts';
import type { MenuPlace } from './contextMenu.tsx';
import { ContextMenu, placeUnder } from './contextMenu.tsx';
import { wholeText } from './copyRows.ts';
import type { DataRows } from './dataRows.ts';
import { MAX_COPIED_CELLS } from './dataRows.ts';
import type { CallFailure } from './failureText.ts';
import { failureText } from './failureText.ts';
import { formatCount } from '#shared/quantities.ts';
import { IconButton } from './toolbar.tsx';

/** All rows to a file: bulk formats by the engine's writer, texts for reading from the rows themselves. */
export function ExportMenu(props: {
  readonly disabled: boolean;
  readonly rows: DataRows;
  /** What the rows are of. */
  readonly name: string;
  readonly announce: (text: string) => void;
  readonly exportRows: () => Promise<Result<unknown, CallFailure>>;
  readonly saveText: (
    format: SavedTextFormat,
    text: string,
  ) => Promise<Result<{ readonly fileName: string | null }, CallFailure>>;
}) {
  const { rows, announce } = props;
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  const cells = rows.rowCount.value * rows.schema.value.length;
  const isMuch = cells > MAX_COPIED_CELLS || !rows.complete.value;
  const asText = (format: SavedTextFormat) => async () => {
    if (isMuch) {
      announce(
        `Up to ${formatCount(MAX_COPIED_CELLS)} cells go into such a text. Filter the rows, or export CSV, JSON or Parquet.`,
      );
      return;
    }
    const text = await wholeText(rows, format, props.name);
    const saved = text.ok ? await props.saveText(format, text.value) : text;
    if (!saved.ok) tell(saved.error);
    else if (saved.value.fileName !== null) announce(`Exported to ${saved.value.fileName}`);
  };
  const tell = (failure: CallFailure) => {
    if (failure.kind === 'cancelled') return;
    const { title, message } = failureText(failure);
    announce(`${title}: ${message}`);
  };
  return (
    <>
      <IconButton
        icon="export"
        label="Export the rows"
        disabled={props.disabled}
        onClick={() => {
          setMenu(placeUnder(document.activeElement));
        }}
      />
      {menu ? (
        <ContextMenu
          label="Export the rows"
          at={menu}
          groups={[
            [
              {
                label: 'CSV, JSON or Parquet…',
                run: () =>
                  void props.exportRows().then((done) => {
                    if (!done.ok) tell(done.error);
                  }),
              },
            ],
            [
              { label: 'Markdown…', run: () => void asText('markdown')() },
              { label: 'INSERT … VALUES…', run: () => void asText('insert')() },
            ],
          ]}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      ) : null}
    </>
  );
}
