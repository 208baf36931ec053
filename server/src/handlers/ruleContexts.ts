/** What our own rules may know of a document's project, kept until a setting or a file of configuration changes. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, RuleContext } from '../rules/finding.ts';
import { checkModule } from '../rules/rules.ts';
import { installedVersions } from '../session/installedPackages.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import type { ServerState } from './serverState.ts';

export class RuleContexts {
  readonly #contexts = new Map<string, RuleContext>();

  forget(): void {
    this.#contexts.clear();
  }

  contextFor(state: ServerState, documentUri: string): RuleContext {
    const uri = state.notebooks.placeOf(documentUri);
    const key = uri.slice(0, uri.lastIndexOf('/'));
    const known = this.#contexts.get(key);
    if (known) return known;
    const context = makeContext(state, uri);
    this.#contexts.set(key, context);
    return context;
  }
}

/** What our own rules find in a document, as its settings want it. */
export function ownFindings(state: ServerState, document: OpenDocument): readonly Finding[] {
  const context = {
    ...state.ruleContexts.contextFor(state, document.uri),
    fieldsOfFile: state.frameSchemas.fieldsFor(state.notebooks.placeOf(document.uri)),
  };
  const { module, start } = state.notebooks.readIn(document, state.documents);
  const findings = checkModule(module, context, state.settings.rules ?? {});
  return state.notebooks.isCell(document.uri)
    ? findings.flatMap((each) => inCell(each, start, start + document.text.length))
    : findings;
}

/** A finding in all cells of a notebook as one in the cell, with what of it lies there. */
function inCell(finding: Finding, start: number, end: number): readonly Finding[] {
  if (finding.start < start || end < finding.end) return [];
  const isInside = (each: { readonly start: number; readonly end: number }) =>
    start <= each.start && each.end <= end;
  const moved = <T extends { readonly start: number; readonly end: number }>(each: T): T => ({
    ...each,
    start: each.start - start,
    end: each.end - start,
  });
  const { related, fixes, ...rest } = finding;
  return [
    {
      ...moved(rest),
      ...(related ? { related: related.filter(isInside).map(moved) } : {}),
      ...(fixes
        ? {
            fixes: fixes
              .filter(({ edits }) => edits.every(isInside))
              .map((fix) => ({ ...fix, edits: fix.edits.map(moved) })),
          }
        : {}),
    },
  ];
}

/** The file that a path in the code means: beside the code, or in a workspace folder. */
export function fileMeant(
  state: ServerState,
  documentUri: string,
  path: string,
): { readonly path: string; readonly size: number } | undefined {
  const uri = state.notebooks.placeOf(documentUri);
  // A path of another machine, or one that leaves the project, is none of ours.
  if (!uri.startsWith('file:') || /^([\\/]|\w+:|~)/.test(path)) return undefined;
  const folders = [
    dirname(fileURLToPath(uri)),
    ...state.folders
      .filter((folder) => folder.uri.startsWith('file:'))
      .map((folder) => fileURLToPath(folder.uri)),
  ];
  for (const folder of folders) {
    const candidate = join(folder, path);
    const stats = statSync(candidate, { throwIfNoEntry: false });
    if (stats?.isFile() === true) return { path: candidate, size: stats.size };
  }
  return undefined;
}

function makeContext(state: ServerState, uri: string): RuleContext {
  const { pythonVersion, fallbackPythonVersion, pythonPath } = state.projects.configurationFor(
    state,
    uri,
  );
  const match = /^(\d+)\.(\d+)/.exec(pythonVersion ?? fallbackPythonVersion ?? '');
  return {
    ...(match ? { pythonVersion: [Number(match[1]), Number(match[2])] as const } : {}),
    ...(pythonPath === undefined ? {} : { installedVersion: installedVersions(pythonPath) }),
    fileSize: (path) => fileMeant(state, uri, path)?.size,
  };
}
