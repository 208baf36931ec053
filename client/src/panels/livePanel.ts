/** The inspector's panel over memory of a program: the file's panel, with what only files have refused. */
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { fail, ok } from '#shared/result.ts';
import { exportFromPanel } from './exportFromPanel.ts';
import { answersOfReads, type InspectorPanels } from './inspectorPanels.ts';
import type { LivePanelBuffer } from './livePanelBuffer.ts';

export const LIVE_PANEL = 'strata.liveBuffer';

/** Opens beside the code, so that stepping and looking go together. */
export function openLivePanel(
  panels: InspectorPanels,
  name: string,
  buffer: LivePanelBuffer,
): vscode.WebviewPanel {
  const panel = panels.create(LIVE_PANEL, `${name} (memory)`);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(tmpdir());
  const comparison = panels.comparisons.forPanel({ buffer });
  panels.serve(panel, {
    kind: 'live',
    buffer,
    owned: [comparison, buffer],
    answers: {
      ...answersOfReads(buffer),
      layRaw: ({ layout }, signal) => buffer.layRaw(layout, signal),
      suggestLayouts: () => buffer.suggestLayouts(),
      edit: ({ edits }, signal) => buffer.edit(edits, signal),
      keepLayout: () =>
        fail({ kind: 'notKept', message: 'A layout is kept for files, and this is memory.' }),
      // As long as the panel is there; it keeps them itself.
      keepBookmarks: () => ok({}),
      compare: (request, signal) => comparison.compare(request, signal),
      exportArray: (request, signal) =>
        exportFromPanel({ folder, source: undefined }, buffer, request, signal),
      openPart: () => fail({ kind: 'unreadable', message: 'Files have parts, and this is memory' }),
      // Another Python times a stand-in of the same layout: the program is left alone.
      timeCopy: ({ code }, signal) => panels.timeCopy(folder.fsPath, code, signal),
    },
  });
  return panel;
}
