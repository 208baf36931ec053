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

  contextFor(state: ServerState, uri: string): RuleContext {
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
    fieldsOfFile: state.frameSchemas.fieldsFor(document.uri),
  };
  return checkModule(document.module, context, state.settings.rules ?? {});
}

/** The file that a path in the code means: beside the code, or in a workspace folder. */
export function fileMeant(
  state: ServerState,
  uri: string,
  path: string,
): { readonly path: string; readonly size: number } | undefined {
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
