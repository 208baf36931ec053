/** What pyright's evaluator knows and its language server does not say: one entry a request of `processProtocol.ts`. */
import { join } from 'node:path';
import type {
  InlayHint,
  Location,
  Position,
  Range,
  SemanticTokens,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { InlayHintSettings } from '#shared/protocol/languageServer.ts';
import {
  FIXES,
  IMPORT_CANDIDATES,
  IMPLEMENTATIONS,
  INLAY_HINTS,
  MOVED_IMPORTS,
  SEMANTIC_TOKENS,
} from '../processProtocol.ts';
import type { ImportCandidate } from '../processProtocol.ts';
import type { Program, PyrightInternals, Uri } from '../pyrightInternals.ts';
import type { CodeFix, FixesParams } from '../fixes/fix.ts';
import { fixesOf } from '../fixes/fixes.ts';
import { importLineEdit } from './importEdit.ts';
import { implementations } from './implementations.ts';
import { inlayHints } from './inlayHints.ts';
import type { Move, ModuleRoots } from './movedImports.ts';
import { movedImports } from './movedImports.ts';
import type { QueriedFile } from './queriedFile.ts';
import { queriedFile } from './queriedFile.ts';
import type { ImportStatement } from './standardImports.ts';
import { standardImports } from './standardImports.ts';
import { semanticTokens } from './semanticTokens.ts';

export interface ProgramView {
  readonly internals: PyrightInternals;
  readonly program: Program;
  readonly uri: Uri;
  toUri(text: string): Uri;
}

type Query = (view: ProgramView, params: never) => unknown;

/** By request; every one has the document as `uri`, or the thing that moves as `from`. */
export const programQueries: Readonly<Record<string, Query>> = {
  [INLAY_HINTS]: answerInlayHints,
  [SEMANTIC_TOKENS]: answerSemanticTokens,
  [IMPLEMENTATIONS]: answerImplementations,
  [MOVED_IMPORTS]: answerMovedImports,
  [IMPORT_CANDIDATES]: answerImportCandidates,
  [FIXES]: answerFixes,
};

function answerInlayHints(
  view: ProgramView,
  params: { readonly range: Range; readonly settings: InlayHintSettings },
): readonly InlayHint[] {
  const file = fileOf(view, view.uri);
  return file ? inlayHints(file, params.range, params.settings) : [];
}

function answerSemanticTokens(
  view: ProgramView,
  { range }: { readonly range?: Range },
): SemanticTokens {
  const file = fileOf(view, view.uri);
  return { data: file ? [...semanticTokens(file, range)] : [] };
}

function answerImplementations(
  view: ProgramView,
  { position }: { readonly position: Position },
): readonly Location[] {
  const file = fileOf(view, view.uri);
  // A class below may name only a class between, so what narrows the search is that it has a class at all.
  return file ? implementations(file, position, filesOf(view, ['class '])) : [];
}

function answerFixes(view: ProgramView, params: FixesParams): readonly CodeFix[] {
  const file = fileOf(view, view.uri);
  return file ? fixesOf(file, params) : [];
}

function answerMovedImports(
  view: ProgramView,
  { from, to }: { readonly from: string; readonly to: string },
): WorkspaceEdit {
  const move: Move = { from: view.toUri(from).toString(), to: view.toUri(to).toString() };
  const word = decodeURIComponent(move.from.slice(move.from.lastIndexOf('/') + 1)).replace(
    /\.pyi?$/,
    '',
  );
  const changes: NonNullable<WorkspaceEdit['changes']> = {};
  const own = (uri: string) => uri === move.from || uri.startsWith(`${move.from}/`);
  for (const { file, uri } of filesOf(view, word === '__init__' ? [] : [word], own)) {
    const edits = movedImports(file, uri, move, rootsOf(view));
    if (edits.length > 0) changes[uri] = [...edits];
  }
  return { changes };
}

function answerImportCandidates(
  view: ProgramView,
  { name }: { readonly name: string },
): readonly ImportCandidate[] {
  const file = fileOf(view, view.uri);
  if (!file) return [];
  // pyright's own variable for the folder that its typeshed lies in.
  const { __rootDirectory } = globalThis as unknown as { readonly __rootDirectory: string };
  const folder = join(__rootDirectory, 'typeshed-fallback', 'stdlib');
  return [...ownImports(view, name), ...standardImports(folder, name)].map(({ title, text }) => ({
    title,
    edit: importLineEdit(file, text),
  }));
}

/** From the workspace's own modules, also those that nothing has imported yet. */
function* ownImports(view: ProgramView, name: string): Iterable<ImportStatement> {
  const roots = rootsOf(view);
  const defines = new RegExp(`^((async )?def|class) ${name}\\b|^${name}\\s*[:=]`, 'm');
  for (const info of view.program.getSourceFileInfoList()) {
    if (!info.isTracked && !info.isOpenByClient) continue;
    const uri = info.uri.toString();
    const module = uri === view.uri.toString() ? undefined : roots.moduleName(uri);
    if (module === undefined) continue;
    if (module === name) yield { text: `import ${name}`, title: `Import "${name}"` };
    if (defines.test(info.sourceFile.getFileContent() ?? ''))
      yield {
        text: `from ${module} import ${name}`,
        title: `Import "${name}" from "${module}"`,
      };
  }
}

function fileOf(view: ProgramView, uri: Uri): QueriedFile | undefined {
  return queriedFile(view.internals, view.program, uri);
}

/** The user's own files; of those that are not `always` read only such as have all of `words` in them. */
function* filesOf(
  view: ProgramView,
  words: readonly string[],
  always: (uri: string) => boolean = () => false,
): Iterable<{ readonly file: QueriedFile; readonly uri: string }> {
  for (const info of [...view.program.getSourceFileInfoList()]) {
    if (!info.isTracked && !info.isOpenByClient) continue;
    const uri = info.uri.toString();
    const text = info.sourceFile.getFileContent() ?? '';
    if (!always(uri) && !words.every((word) => text.includes(word))) continue;
    const file = fileOf(view, info.uri);
    if (file) yield { file, uri };
  }
}

function rootsOf({ program, uri }: ProgramView): ModuleRoots {
  const environment = program.configOptions.findExecEnvironment(uri);
  const roots = program.importResolver
    .getImportRoots(environment)
    .map(String)
    .sort((a, b) => b.length - a.length);
  return {
    moduleName(text) {
      const root = roots.find((each) => text.startsWith(`${each}/`));
      if (root === undefined) return undefined;
      const parts = text
        .slice(root.length + 1)
        .replace(/(\/__init__)?\.pyi?$/, '')
        .split('/')
        .map(decodeURIComponent);
      return parts.every((part) => /^[A-Za-z_]\w*$/.test(part)) ? parts.join('.') : undefined;
    },
  };
}
