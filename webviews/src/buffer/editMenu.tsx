import { COPY_FORMATS, COPY_LABELS } from '#shared/layout/copyText.ts';
import type { CopyFormat } from '#shared/layout/copyText.ts';
import type { MenuItem, MenuPlace } from '../kit/contextMenu.tsx';
import { ContextMenu } from '../kit/contextMenu.tsx';
import type { BufferModel } from './bufferModel.ts';
import { copySelectedBytes, copySelectedCells } from './copySelection.ts';

/** What can be done to the selected bytes, or to the selected elements. */
export function EditMenu(props: {
  readonly model: BufferModel;
  readonly of: 'bytes' | 'elements';
  readonly at: MenuPlace;
  readonly onFill: () => void;
  readonly onEdit?: () => void;
  readonly onClose: () => void;
}) {
  const { model, of } = props;
  const { editing } = model;
  const isReadOnly = editing.whyReadOnly.value !== undefined;
  const usual: CopyFormat = of === 'bytes' ? 'hex' : 'tsv';
  const copyAs = (format: CopyFormat) => {
    if (of === 'bytes') copySelectedBytes(model, format);
    else copySelectedCells(model, format);
  };
  const changes: MenuItem[] = [
    ...(props.onEdit
      ? [{ label: 'Edit', keys: 'Enter', disabled: isReadOnly, run: props.onEdit }]
      : []),
    {
      label: 'Paste',
      keys: 'Ctrl+V',
      disabled: isReadOnly,
      run: () => {
        pasteFromClipboard(model, of);
      },
    },
    {
      label: of === 'bytes' ? 'Fill or insert…' : 'Fill…',
      disabled: isReadOnly,
      run: props.onFill,
    },
    ...(of === 'bytes'
      ? [
          {
            label: 'Delete',
            keys: 'Delete',
            disabled: isReadOnly,
            run: () => {
              editing.deleteSelected();
            },
          },
        ]
      : []),
  ];
  return (
    <ContextMenu
      label={of === 'bytes' ? 'Bytes' : 'Elements'}
      at={props.at}
      onClose={props.onClose}
      groups={[
        changes,
        [
          {
            label: 'Copy',
            keys: 'Ctrl+C',
            run: () => {
              copyAs(usual);
            },
          },
          ...COPY_FORMATS.map((format, at) => ({
            label: `Copy as ${COPY_LABELS[format]}`,
            ...(at === 0 ? { keys: 'Ctrl+Shift+C' } : {}),
            run: () => {
              copyAs(format);
            },
          })),
        ],
      ]}
    />
  );
}

function pasteFromClipboard(model: BufferModel, of: 'bytes' | 'elements'): void {
  const { editing } = model;
  void navigator.clipboard.readText().then(
    (text) => {
      if (of === 'bytes') editing.pasteBytes(text);
      else editing.pasteCells(text);
    },
    () => {
      editing.tell('The clipboard may not be read from a menu here; press Ctrl+V or Cmd+V.');
    },
  );
}
