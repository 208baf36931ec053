import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { isArranged } from '#shared/protocol/arrangement.ts';
import { ArrangementBar } from './arrangementBar.tsx';
import type { Arranging } from './arranging.ts';
import type { MenuPlace } from './contextMenu.tsx';
import { ContextMenu } from './contextMenu.tsx';
import type { CopyTarget } from './copyRows.ts';
import { copySelection } from './copyRows.ts';
import { DataGrid } from './dataGrid.tsx';
import { dataMenu } from './dataMenu.tsx';
import type { DataRows } from './dataRows.ts';
import { GoToCellBox } from './goToCellBox.tsx';
import { consume, isPlain } from './keyboard.ts';
import { SplitPanes } from './splitter.tsx';
import { ValuePane } from './valuePane.tsx';
import './arrangement.css';

const VALUE_SHARE = 0.7;

/** Rows with all that can be done with them: sort, filter, copy, and one value in full. */
export function DataPane(props: {
  readonly label: string;
  readonly rows: DataRows;
  /** Absent where the rows can't be asked for in another order. */
  readonly arranging: Arranging | undefined;
  readonly target: CopyTarget;
  readonly over: boolean;
  /** The line of filters is shown; where something is filtered, it is anyway. */
  readonly showsBar: boolean;
  /** At the end of the line of filters. */
  readonly tools?: ComponentChildren;
}) {
  const { rows, arranging, target } = props;
  const pane = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  const [showsValue, setShowsValue] = useState(false);
  const [share, setShare] = useState(VALUE_SHARE);
  const { active } = rows.selection.value;
  void rows.revision.value;
  const field = rows.schema.value[active.column];
  const hasBar =
    arranging !== undefined &&
    (props.showsBar || isArranged(arranging.wanted.value) || arranging.failure.value !== undefined);
  const grid = (
    <DataGrid
      label={props.label}
      rows={rows}
      over={props.over}
      sortKeys={arranging?.wanted.value.orderBy ?? []}
      onSort={
        arranging && ((column, more, descending) => arranging.sortBy(column, more, descending))
      }
      onCopy={(selection, event) => {
        copySelection(rows, selection, 'tabs', target, event);
      }}
      onMenu={setMenu}
      onActivate={() => {
        setShowsValue(true);
      }}
    />
  );
  return (
    <div
      ref={pane}
      class="data-pane"
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement) return;
        if (isPlain(event, 'g')) {
          rows.goingTo.value = true;
          consume(event);
          return;
        }
        if (event.key !== 'Escape' || !showsValue) return;
        setShowsValue(false);
        consume(event);
      }}
    >
      {hasBar ? (
        <ArrangementBar arranging={arranging} tools={props.tools} />
      ) : props.tools ? (
        <div class="arrangement">
          <div class="arrangement-fields arrangement-tools">{props.tools}</div>
        </div>
      ) : null}
      <SplitPanes
        label="Rows and value"
        share={share}
        usualShare={VALUE_SHARE}
        onShare={setShare}
        first={grid}
        second={
          showsValue && field ? (
            <ValuePane
              key={`${active.row} ${active.column}`}
              name={field.name}
              row={active.row}
              value={rows.value(active.row, active.column)}
              onClose={() => {
                setShowsValue(false);
              }}
            />
          ) : undefined
        }
      />
      {rows.goingTo.value ? (
        <GoToCellBox
          rows={rows}
          onClose={() => {
            rows.goingTo.value = false;
            // Once the cell is drawn.
            requestAnimationFrame(() => {
              pane.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
            });
          }}
        />
      ) : null}
      {menu ? (
        <ContextMenu
          label="Rows"
          at={menu}
          groups={dataMenu({
            rows,
            arranging,
            target,
            onOpenValue: () => {
              setShowsValue(true);
            },
          })}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      ) : null}
    </div>
  );
}
