/** The inspector's panel over a part of a file, such as a packed member of an archive or the pixels of an image. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { fail, ok } from '#shared/result.ts';
import type { OpenBuffer } from '../bufferWorker.ts';
import { exportFromPanel } from './exportFromPanel.ts';
import { isRecord } from './checkedPort.ts';
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
  const known = shown.get(keyOf(options));
  if (known) {
    known.panel.reveal();
    return known.buffer;
  }
  return servePart(panels, panels.create(PART_PANEL, titleOf(options)), options);
}

/** A part that is asked for again is shown where it is. */
const shown = new Map<
  string,
  { readonly panel: vscode.WebviewPanel; readonly buffer: OpenBuffer }
>();

function keyOf({ uri, names }: PartPanelOptions): string {
  return JSON.stringify([uri.toString(), ...names]);
}

/** What a panel saved of the part that it shows, for a window that is loaded again. */
export function savedPart(
  state: unknown,
): { readonly uri: vscode.Uri; readonly names: readonly string[] } | undefined {
  if (!isRecord(state) || !isRecord(state.part)) return undefined;
  const { uri, names } = state.part;
  if (typeof uri !== 'string' || !Array.isArray(names) || names.length === 0) return undefined;
  const parsed = vscode.Uri.parse(uri);
  const isPart = parsed.scheme === 'file' && names.every((name) => typeof name === 'string');
  return isPart ? { uri: parsed, names: names } : undefined;
}

export function servePart(
  panels: InspectorPanels,
  panel: vscode.WebviewPanel,
  options: PartPanelOptions,
): OpenBuffer {
  const { uri, names } = options;
  const buffer = options.open(names);
  const reads = answersOfReads(buffer);
  const comparison = panels.comparisons.forPanel({ uri, names, buffer });
  const key = keyOf(options);
  shown.set(key, { panel, buffer });
  const found = uri.scheme === 'file' ? { uri: uri.toString() } : {};
  panels.serve(panel, {
    kind: 'part',
    buffer,
    owned: [comparison, buffer, { dispose: () => void shown.delete(key) }],
    answers: {
      ...reads,
      async describe(params, signal) {
        const described = await reads.describe(params, signal);
        if (!described.ok || !described.value.partOf) return described;
        const { value } = described;
        return ok({ ...value, partOf: { ...described.value.partOf, ...found } });
      },
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
      compare: (request, signal) => comparison.compare(request, signal),
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
