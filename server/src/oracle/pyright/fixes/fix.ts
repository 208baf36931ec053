/** What a fix is, and what the fixes share: places in a file, and edits of it. */
import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver/node';
import type { ClassType } from '../evaluator.ts';
import { nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { ImportedName } from '../queries/annotationText.ts';
import { topLevelNames } from '../queries/annotationText.ts';
import { importEdits } from '../queries/importEdit.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf } from '../queries/queriedFile.ts';

export interface FixesParams {
  readonly uri: string;
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CodeFix {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor.rewrite';
  readonly edits: readonly TextEdit[];
  /** Whether it is the one that is meant most likely. */
  readonly isPreferred?: boolean;
  /** Whether the editor is to show the changes before they are made. */
  readonly needsPreview?: true;
  /** The index of the finding that it repairs. */
  readonly repairs?: number;
}

/** A finding, and the smallest node where it begins. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly node: ParseNode;
}

export type Fixer = (file: QueriedFile, problem: Problem) => readonly Omit<CodeFix, 'kind'>[];

export function insertion(file: QueriedFile, offset: number, newText: string): TextEdit {
  const position = file.positionAt(offset);
  return { range: { start: position, end: position }, newText };
}

export function replacement(file: QueriedFile, node: ParseNode, newText: string): TextEdit {
  return { range: file.rangeOf(node), newText };
}

export function textOf(file: QueriedFile, node: ParseNode): string {
  return file.text.slice(node.start, node.start + node.length);
}

/** The name by which a module's top level can speak of `from module import name`, and the edits that it takes. */
export function importing(
  file: QueriedFile,
  module: string,
  name: string,
): { readonly name: string; readonly edits: readonly TextEdit[] } | undefined {
  const known = topLevelNames(file);
  for (const [own, from] of known)
    if (from === `${module}.${name}` || from === `typing_extensions.${name}`)
      return { name: own, edits: [] };
  if (known.has(name)) return undefined;
  const imported: ImportedName = { module, name };
  return { name, edits: importEdits(file, [imported]) };
}

export function minorVersion(file: QueriedFile): number {
  const { major, minor } = file.nodes.getFileInfo(file.module).executionEnvironment.pythonVersion;
  return major > 3 ? Infinity : minor;
}

/** The nearest node of the kind around a node, or itself. */
export function enclosing(node: ParseNode | undefined, kind: number): ParseNode | undefined {
  for (let each = node; each; each = each.parent) if (each.nodeType === kind) return each;
  return undefined;
}

export function indentationOf(file: QueriedFile, node: ParseNode): string {
  const lineStart = file.text.lastIndexOf('\n', node.start - 1) + 1;
  return /^[ \t]*/.exec(file.text.slice(lineStart, node.start))?.[0] ?? '';
}

/** Where a decorator of its own line goes, above those that are there. */
export function decoratorEdit(file: QueriedFile, node: ParseNode, decorator: string): TextEdit {
  const [first] = childListOf(node, 'decorators');
  const at = first ?? node;
  const start = file.text.lastIndexOf('\n', at.start - 1) + 1;
  return insertion(file, start, `${indentationOf(file, at)}@${decorator}\n`);
}

export function classTypeOf(file: QueriedFile, node: ParseNode): ClassType | undefined {
  const classNode = enclosing(node, nodeKind.class);
  return classNode && file.evaluator.getTypeOfClass(classNode)?.classType;
}

/** The function whose name or signature a node is, not one around it. */
export function functionOf(node: ParseNode): ParseNode | undefined {
  const found = enclosing(node, nodeKind.function);
  const suite = found && childOf(found, 'suite');
  return suite && suite.start <= node.start ? undefined : found;
}
