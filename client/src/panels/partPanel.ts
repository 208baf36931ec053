/** The inspector's panel over a part of a file, such as a packed member of an archive or the pixels of an image. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { fail, ok } from '#shared/result.ts';
import type { OpenBuffer } from '../bufferWorker.ts';
import { exportFromPanel } from './exportFromPanel.ts';
import { answersOfReads, type InspectorPanels } from './inspectorPanels.ts';

export const PART_PANEL = 'strata.bufferPart';

export interface PartPanelOptions {
  /** Of the file that has it. */
  readonly uri: vscode.Uri;
  /** The way to the part, from file to file. */
  readonly names: readonly string[];
  readonly open: (names: readonly string[]) => OpenBuffer;
}

/** Opens beside the file, so that what was unpacked is seen with the bytes that it came from. */
export function openPartPanel(panels: InspectorPanels, options: PartPanelOptions): OpenBuffer {
  const { uri, names } = options;
  const buffer = options.open(names);
  panels.serve(panels.create(PART_PANEL, titleOf(options)), {
    kind: 'part',
    buffer,
    owned: [buffer],
    answers: {
      ...answersOfReads(buffer),
      layRaw: ({ layout }, signal) => buffer.layRaw(layout, signal),
      suggestLayouts: () => ok([]),
      edit: () =>
        fail({
          kind: 'notEdited',
          message: 'This is a part of a file, unpacked to be read. Export it to change it.',
        }),
      keepLayout: () =>
        fail({
          kind: 'notKept',
          message: 'A layout is kept for files, and this is a part of one.',
        }),
      // As long as the panel is there; it keeps them itself.
      keepBookmarks: () => ok({}),
      compare: () =>
        fail({
          kind: 'notCompared',
          message: 'Files can be compared, and this is a part of one.',
        }),
      exportArray: (request, signal) =>
        exportFromPanel(
          { folder: vscode.Uri.joinPath(uri, '..'), source: uri },
          buffer,
          request,
          signal,
        ),
      openPart({ name }) {
        openPartPanel(panels, { ...options, names: [...names, name] });
        return ok({});
      },
      timeCopy: ({ code }, signal) => panels.timeCopy(dirname(uri.fsPath), code, signal),
    },
  });
  return buffer;
}

function titleOf({ uri, names }: PartPanelOptions): string {
  const name = names[names.length - 1] ?? '';
  return `${name} (${uri.path.slice(uri.path.lastIndexOf('/') + 1)})`;
}
