/** The classes below a class, and the methods that override a method, in all files of the workspace. */
import type { Location, Position } from 'vscode-languageserver/node';
import type { ClassType, Declaration } from '../evaluator.ts';
import { isClass, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childListOf, childOf, nameOf, visitNodes } from './queriedFile.ts';

export function implementations(
  file: QueriedFile,
  position: Position,
  otherFiles: Iterable<{ readonly file: QueriedFile; readonly uri: string }>,
): readonly Location[] {
  const offset = file.offsetAt(position);
  const node = offset === undefined ? undefined : file.nodeAt(offset);
  const declaration = node?.nodeType === nodeKind.name ? declarationOf(file, node) : undefined;
  if (!declaration) return [];
  const isMethod = declaration.node.nodeType === nodeKind.function;
  const owner = isMethod ? classAround(declaration.node) : declaration.node;
  if (owner?.nodeType !== nodeKind.class) return [];
  const member = isMethod ? childOf(declaration.node, 'name') : undefined;
  const found: Location[] = [];
  for (const { file: other, uri } of otherFiles) {
    visitNodes(other, 0, other.text.length, (each) => {
      if (each.nodeType !== nodeKind.class || each === owner) return;
      const type = other.evaluator.getTypeOfClass(each)?.classType;
      if (!type || !isBelow(type, owner)) return;
      const target = member ? methodOf(each, nameOf(member)) : childOf(each, 'name');
      if (target) found.push({ uri, range: other.rangeOf(target) });
    });
  }
  return found;
}

function declarationOf(file: QueriedFile, name: ParseNode): Declaration | undefined {
  const found = file.evaluator.getDeclInfoForNameNode(name)?.decls.at(-1);
  if (found?.type !== 8) return found;
  return file.evaluator.resolveAliasDeclaration(found, true);
}

function classAround(node: ParseNode): ParseNode | undefined {
  for (let each = node.parent; each; each = each.parent)
    if (each.nodeType === nodeKind.class || each.nodeType === nodeKind.function) return each;
  return undefined;
}

function isBelow(type: ClassType, owner: ParseNode): boolean {
  return type.shared.mro
    .slice(1)
    .some((each) => isClass(each) && each.shared.declaration?.node === owner);
}

function methodOf(classNode: ParseNode, name: string): ParseNode | undefined {
  const suite = childOf(classNode, 'suite');
  for (const statement of suite ? childListOf(suite, 'statements') : []) {
    const named = statement.nodeType === nodeKind.function ? childOf(statement, 'name') : undefined;
    if (named && nameOf(named) === name) return named;
  }
  return undefined;
}
