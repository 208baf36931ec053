/** Imports that follow a module which gets another name or folder. Relative imports of the moved module follow too. */
import type { TextEdit } from 'vscode-languageserver/node';
import { nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childListOf, childOf, nameOf, visitNodes } from './queriedFile.ts';

export interface Move {
  /** Paths of a file or folder, as URIs without a slash at the end. */
  readonly from: string;
  readonly to: string;
}

/** Where the files of a workspace begin, to tell a dotted name from a path. */
export interface ModuleRoots {
  /** `pkg.mod` for the URI of a file that lies below a root; undefined elsewhere. */
  moduleName(uri: string): string | undefined;
}

export function movedImports(
  file: QueriedFile,
  uri: string,
  move: Move,
  roots: ModuleRoots,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const replace = (node: ParseNode, newText: string) =>
    void edits.push({ range: file.rangeOf(node), newText });
  visitNodes(file, 0, file.text.length, (node) => {
    if (node.nodeType === nodeKind.importFrom) moveFrom(file, uri, node, move, roots, replace);
    if (node.nodeType === IMPORT_AS) movePlain(file, node, move, roots, replace);
  });
  return edits;
}

const IMPORT_AS = 24;

function moveFrom(
  file: QueriedFile,
  uri: string,
  node: ParseNode,
  move: Move,
  roots: ModuleRoots,
  replace: (node: ParseNode, newText: string) => void,
): void {
  const module = childOf(node, 'module');
  if (!module) return;
  const info = file.nodes.getImportInfo(module);
  const target = info?.resolvedUris.at(-1)?.toString();
  const dots = Number(module.d.leadingDots);
  const ownAfter = moved(uri, move) ?? uri;
  const targetAfter = target === undefined || target === '' ? undefined : moved(target, move);
  if (target !== undefined && target !== '' && (targetAfter !== undefined || ownAfter !== uri)) {
    const after = targetAfter ?? target;
    if (dots === 0 && targetAfter === undefined) return;
    const text = dots > 0 ? relativeName(ownAfter, after) : roots.moduleName(after);
    if (text !== undefined && text !== file.text.slice(module.start, module.start + module.length))
      replace(module, text);
    return;
  }
  // `from pkg import old`, where `old` is the module that moves inside its package.
  for (const each of childListOf(node, 'imports')) {
    const name = childOf(each, 'name');
    const submodule = name && info?.filteredImplicitImports?.get(nameOf(name))?.uri.toString();
    const after = submodule === undefined ? undefined : moved(submodule, move);
    if (!name || submodule === undefined || after === undefined) continue;
    if (folderOf(after) !== folderOf(submodule)) continue;
    const alias = childOf(each, 'alias') ? '' : ` as ${nameOf(name)}`;
    replace(name, `${stem(after)}${alias}`);
  }
}

/** `import a.old` and its uses; a name without dots keeps its name, by an alias. */
function movePlain(
  file: QueriedFile,
  node: ParseNode,
  move: Move,
  roots: ModuleRoots,
  replace: (node: ParseNode, newText: string) => void,
): void {
  const module = childOf(node, 'module');
  const target = module && file.nodes.getImportInfo(module)?.resolvedUris.at(-1)?.toString();
  const after = target === undefined ? undefined : moved(target, move);
  const newName = after === undefined ? undefined : roots.moduleName(after);
  if (!module || newName === undefined) return;
  const parts = childListOf(module, 'nameParts').map(nameOf);
  if (childOf(node, 'alias')) {
    replace(module, newName);
    return;
  }
  if (parts.length === 1) {
    replace(module, `${newName} as ${parts.join('.')}`);
    return;
  }
  replace(module, newName);
  const oldName = parts.join('.');
  visitNodes(file, 0, file.text.length, (each) => {
    if (each.nodeType !== nodeKind.memberAccess) return;
    if (file.text.slice(each.start, each.start + each.length) === oldName) replace(each, newName);
  });
}

/** The URI after the move, if it moves. */
function moved(uri: string, { from, to }: Move): string | undefined {
  if (uri === from) return to;
  return uri.startsWith(`${from}/`) ? `${to}${uri.slice(from.length)}` : undefined;
}

const folderOf = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));

function stem(uri: string): string {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).replace(/\.pyi?$/, '');
  return name === '__init__' ? stem(folderOf(uri)) : name;
}

/** From one file to a module, as a relative import writes it. */
function relativeName(from: string, to: string): string | undefined {
  const here = folderOf(from).split('/');
  const there = (/\/__init__\.pyi?$/.test(to) ? folderOf(to) : to.replace(/\.pyi?$/, '')).split(
    '/',
  );
  let common = 0;
  while (common < here.length && common < there.length && here[common] === there[common]) common++;
  const rest = there.slice(common).map(decodeURIComponent);
  if (rest.some((part) => !/^[A-Za-z_]\w*$/.test(part))) return undefined;
  return '.'.repeat(here.length - common + 1) + rest.join('.');
}
