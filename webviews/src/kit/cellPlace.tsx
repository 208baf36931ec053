import type { DataRows } from './dataRows.ts';
import { formatCount } from '#shared/quantities.ts';

/** Where the selected cell is; a press on it asks where to go instead, as VS Code's own line and column do. */
export function CellPlace(props: {
  readonly rows: DataRows;
  readonly name: string;
  readonly row: number;
}) {
  return (
    <button
      type="button"
      class="cell-place"
      title="Go to row or column (G or Ctrl+G)"
      onClick={() => {
        props.rows.goingTo.value = true;
      }}
    >
      <span class="cell-place-name">{props.name}</span> · row {formatCount(props.row + 1)}
    </button>
  );
}
