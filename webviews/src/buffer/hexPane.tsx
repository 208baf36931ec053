import { useMemo, useState } from 'preact/hooks';
import { MOST_COPIED_BYTES } from '#shared/layout/copyText.ts';
import type { BufferDescription } from '#shared/protocol/bufferView.ts';
import type { MenuPlace } from '../kit/contextMenu.tsx';
import { hexPair } from '../kit/hexRow.ts';
import { HexView } from '../kit/hexView.tsx';
import { consume, isPlain } from '../kit/keyboard.ts';
import { formatQuantity } from '#shared/quantities.ts';
import { EmptyState } from '../kit/states.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferModel } from './bufferModel.ts';
import { byteTints, markedTints } from './byteTints.ts';
import { copySelectedBytes } from './copySelection.ts';
import { DataInspector } from './dataInspector.tsx';
import { EditMenu } from './editMenu.tsx';
import { FillBytesForm } from './fillForm.tsx';
import { FindBar } from './findBar.tsx';
import { Bookmarks, Regions } from './hexLegend.tsx';
import { HEX_GROUPS, HEX_WIDTHS } from './modes.ts';

const NO_RANGES: readonly number[] = [];

export function HexPane(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const { byteLength, regions } = description;
  const array = model.array.value;
  const options = model.hexOptions.value;
  const matches = model.matches.value;
  const bookmarks = model.bookmarks.value;
  const { editing } = model;
  const changed = editing.state.value?.changed ?? NO_RANGES;
  const nibble = editing.nibble.value;
  const isReadOnly = editing.whyReadOnly.value !== undefined;
  const [menu, setMenu] = useState<MenuPlace>();
  const [filling, setFilling] = useState(false);
  const plainTint = useMemo(() => byteTints(regions, array), [regions, array]);
  const tintAt = useMemo(
    () =>
      markedTints(
        plainTint,
        matches,
        bookmarks,
        description.live
          ? (byteOffset) => model.changes.isByteChanged(byteOffset)
          : changed.length > 0
            ? (byteOffset) => editing.isChanged(byteOffset, byteOffset + 1)
            : undefined,
      ),
    [plainTint, matches, bookmarks, description.live, changed, model],
  );
  const element = model.element.value;
  const { anchor, active } = model.hexSelection.value;
  // A byte alone shows the whole element around it; an element's own bytes are framed as they are.
  const itemsize = array?.dtype.itemsize ?? 0;
  const companions =
    element && anchor === active && itemsize > 0
      ? { start: element.byteOffset, end: element.byteOffset + itemsize }
      : { start: Math.min(anchor, active), end: Math.max(anchor, active) + 1 };
  return (
    <section
      class="pane"
      aria-label="Hex"
      data-pane
      onKeyDown={(event) => {
        if (event.target instanceof HTMLInputElement || !isPlain(event, 'm')) return;
        model.toggleBookmark(model.hexSelection.peek().active);
        consume(event);
      }}
    >
      <HexBar model={model} />
      {model.findOpen.value ? <FindBar model={model} byteLength={byteLength} /> : null}
      <Bookmarks model={model} />
      <Regions model={model} regions={regions} />
      {byteLength === 0 ? (
        <EmptyState
          icon="file-binary"
          text={description.live ? 'There are no bytes.' : 'This file is empty.'}
          {...(isReadOnly
            ? {}
            : {
                action: {
                  label: 'Insert bytes',
                  onClick: () => {
                    setFilling(true);
                  },
                },
              })}
        />
      ) : (
        <HexView
          label={`Bytes of ${description.fileName}`}
          byteLength={byteLength}
          byteAt={(byteOffset) => model.byteAt(byteOffset)}
          tintAt={tintAt}
          revision={`${model.hexRevision.value} ${description.generation} ${model.arrayIndex.value} ${matches.length} ${matches[0]?.start ?? ''} ${bookmarks.join()} ${changed.join()} ${model.steps.value.length} ${array?.dtypeText ?? ''}`}
          width={options.width ?? undefined}
          groupBytes={options.groupBytes}
          encoding={options.encoding}
          selection={model.hexSelection.value}
          companions={companions}
          onSelect={(selection) => {
            editing.leaveByte();
            model.selectBytes(selection);
          }}
          {...(isReadOnly ? {} : { onEditKey: (event: KeyboardEvent) => editing.byteKey(event) })}
          onPaste={(event) => {
            editing.pasteBytes(event.clipboardData?.getData('text/plain') ?? '');
          }}
          onMenu={setMenu}
          draft={nibble === undefined ? undefined : `${nibble.toString(16).toUpperCase()}_`}
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
      {menu ? (
        <EditMenu
          model={model}
          of="bytes"
          at={menu}
          onFill={() => {
            setFilling(true);
          }}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      ) : null}
      {filling ? (
        <FillBytesForm
          model={model}
          onClose={() => {
            setFilling(false);
          }}
        />
      ) : null}
      {options.inspector && byteLength > 0 ? (
        <DataInspector model={model} byteLength={byteLength} />
      ) : null}
    </section>
  );
}

function HexBar(props: { readonly model: BufferModel }) {
  const { model } = props;
  const { width, groupBytes, encoding, inspector } = model.hexOptions.value;
  const { active } = model.hexSelection.value;
  return (
    <div class="pane-bar" role="group" aria-label="Hex view">
      <label class="axis-select">
        <span class="secondary">Width</span>
        <select
          aria-label="Bytes a row"
          value={String(width ?? 'auto')}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            model.setHexOptions({ width: chosen === 'auto' ? null : Number(chosen) });
          }}
        >
          <option value="auto">auto</option>
          {HEX_WIDTHS.map((bytes) => (
            <option key={bytes} value={String(bytes)}>
              {bytes}
            </option>
          ))}
        </select>
      </label>
      <label class="axis-select">
        <span class="secondary">Group</span>
        <select
          aria-label="Bytes a group"
          value={String(groupBytes)}
          onChange={(event) => {
            model.setHexOptions({ groupBytes: Number(event.currentTarget.value) });
          }}
        >
          {HEX_GROUPS.map((bytes) => (
            <option key={bytes} value={String(bytes)}>
              {bytes}
            </option>
          ))}
        </select>
      </label>
      <select
        aria-label="Text beside the bytes"
        value={encoding}
        onChange={(event) => {
          model.setHexOptions({
            encoding: event.currentTarget.value === 'utf-8' ? 'utf-8' : 'ascii',
          });
        }}
      >
        <option value="ascii">ASCII</option>
        <option value="utf-8">UTF-8</option>
      </select>
      <IconButton
        icon="search"
        label="Find"
        keys="Ctrl+F"
        pressed={model.findOpen.value}
        onClick={() => {
          model.openFind(!model.findOpen.value);
        }}
      />
      <IconButton
        icon="bookmark"
        label="Bookmark the byte"
        keys="m"
        pressed={model.bookmarks.value.includes(active)}
        onClick={() => {
          model.toggleBookmark(active);
        }}
      />
      {model.editing.whyReadOnly.value === undefined ? (
        <IconButton
          icon="insert"
          label="Insert bytes instead of overwriting them"
          keys="Insert"
          pressed={model.editing.isInserting.value}
          onClick={() => {
            model.editing.toggleInserting();
          }}
        />
      ) : null}
      <IconButton
        icon="inspect"
        label="Data inspector"
        pressed={inspector}
        onClick={() => {
          model.setHexOptions({ inspector: !inspector });
        }}
      />
    </div>
  );
}

/** Copies the selected bytes as hex pairs; bytes that are not here are read first. */
function copyBytes(model: BufferModel, event: ClipboardEvent) {
  const { anchor, active } = model.hexSelection.peek();
  const start = Math.min(anchor, active);
  const end = Math.max(anchor, active) + 1;
  if (end - start > MOST_COPIED_BYTES) {
    copySelectedBytes(model, 'hex');
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
  copySelectedBytes(model, 'hex');
}
