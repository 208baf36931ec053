/** Fixes of classes: write the missing members, make a protocol askable, make its type variable covariant. */
import type { AbstractSymbol, ClassType, PyrightType } from '../evaluator.ts';
import { isClass, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf, nameOf } from '../queries/queriedFile.ts';
import type { Fixer } from './fix.ts';
import {
  decoratorEdit,
  enclosing,
  importing,
  indentationOf,
  insertion,
  replacement,
  textOf,
} from './fix.ts';
import { methodText } from './methodText.ts';

/** For `abstract-class` at the class, and `reportAbstractUsage` where it is called. */
export const implementMembers: Fixer = (file, { node }) => {
  const classNode = classDefinition(file, node);
  const type = classNode && file.evaluator.getTypeOfClass(classNode)?.classType;
  if (!type) return [];
  const missing = file.evaluator
    .getAbstractSymbols(type)
    .filter(({ classType }) => !isSame(classType, type));
  const written = missing.map((each) => stubOf(file, each));
  if (written.length === 0 || written.some((each) => each === undefined)) return [];
  const stubs = written.filter((each) => each !== undefined);
  const suite = childOf(classNode, 'suite');
  const last = suite && childListOf(suite, 'statements').at(-1);
  if (!suite || !last) return [];
  const inner = indentationOf(file, last);
  const lineEnd = file.text.indexOf('\n', last.start + last.length - 1);
  const at = lineEnd < 0 ? file.text.length : lineEnd + 1;
  const text = stubs.map(({ text: stub }) => `\n${stub.replace(/^(?=.)/gm, inner)}\n`).join('');
  const names = missing.map(({ symbolName }) => `"${symbolName}"`).join(', ');
  return [
    {
      title: `Implement ${names}`,
      edits: [
        insertion(file, at, lineEnd < 0 ? `\n${text}` : text),
        ...stubs.flatMap(({ imports }) => imports),
      ],
      isPreferred: true,
    },
  ];
};

function stubOf(file: QueriedFile, { symbol, classType }: AbstractSymbol) {
  if (!isClass(classType)) return undefined;
  const declaration = symbol.getDeclarations().find((each) => 'suite' in each.node.d);
  return declaration && methodText(file, declaration, classType, 'stub');
}

/** The class whose name stands here, or that is called here, if this file defines it. */
function classDefinition(file: QueriedFile, node: ParseNode): ParseNode | undefined {
  const around = node.parent;
  if (around?.nodeType === nodeKind.class && childOf(around, 'name') === node) return around;
  const type: PyrightType | undefined = file.evaluator.getType(node);
  const declared = type && isClass(type) ? type.shared.declaration?.node : undefined;
  return isInFile(file, declared) ? declared : undefined;
}

function isInFile(file: QueriedFile, node: ParseNode | undefined): boolean {
  let root = node;
  while (root?.parent) root = root.parent;
  return root === file.module;
}

function isSame(type: PyrightType, other: ClassType): boolean {
  return isClass(type) && type.shared === other.shared;
}

/** For a protocol that `isinstance` is asked for. */
export const addRuntimeCheckable: Fixer = (file, { node, message }) => {
  if (!message.includes('runtime_checkable')) return [];
  const type = file.evaluator.getType(node);
  const declared = type && isClass(type) ? type.shared.declaration?.node : undefined;
  if (!declared || !isInFile(file, declared)) return [];
  const imported = importing(file, 'typing', 'runtime_checkable');
  if (!imported) return [];
  return [
    {
      title: `Add @runtime_checkable to "${type && isClass(type) ? type.shared.name : ''}"`,
      edits: [decoratorEdit(file, declared, imported.name), ...imported.edits],
      isPreferred: true,
    },
  ];
};

/** For a protocol's type variable of the wrong variance. */
export const fixVariance: Fixer = (file, { node, message }) => {
  const match = /Type variable "(\w+)" used in .*"\w+" should be (covariant|contravariant)/.exec(
    message,
  );
  const classNode = enclosing(node, nodeKind.class);
  const [, name, variance] = match ?? [];
  if (name === undefined || variance === undefined || !classNode) return [];
  const definition = typeVarDefinition(file, name);
  if (!definition) return [];
  const { call, statement } = definition;
  const renamed = `${name.replace(/_(co|contra)$/, '')}_${variance === 'covariant' ? 'co' : 'contra'}`;
  const edits = [...namesIn(file, classNode, name).map((each) => replacement(file, each, renamed))];
  if (!typeVarDefinition(file, renamed)) {
    const others = childListOf(call, 'args')
      .slice(1)
      .map((each) => textOf(file, each))
      .filter((each) => !/^(covariant|contravariant|infer_variance)\b/.test(each));
    const callee = childOf(call, 'leftExpr');
    const args = [`"${renamed}"`, ...others, `${variance}=True`].join(', ');
    const lineEnd = file.text.indexOf('\n', statement.start + statement.length);
    const line = `${renamed} = ${callee ? textOf(file, callee) : 'TypeVar'}(${args})\n`;
    edits.unshift(insertion(file, lineEnd < 0 ? file.text.length : lineEnd + 1, line));
  }
  return [{ title: `Use a ${variance} "${renamed}"`, edits, isPreferred: true }];
};

/** `T = TypeVar("T", …)` at the top level. */
export function typeVarDefinition(
  file: QueriedFile,
  name: string,
): { readonly call: ParseNode; readonly statement: ParseNode } | undefined {
  for (const line of childListOf(file.module, 'statements'))
    for (const statement of childListOf(line, 'statements')) {
      const target = childOf(statement, 'leftExpr');
      const call = childOf(statement, 'rightExpr');
      if (target?.nodeType !== nodeKind.name || nameOf(target) !== name) continue;
      if (call?.nodeType !== nodeKind.call) continue;
      const callee = childOf(call, 'leftExpr');
      if (callee && /(^|\.)(TypeVar|ParamSpec|TypeVarTuple)$/.test(textOf(file, callee)))
        return { call, statement };
    }
  return undefined;
}

export function namesIn(file: QueriedFile, root: ParseNode, name: string): readonly ParseNode[] {
  const found: ParseNode[] = [];
  const visit = (node: ParseNode) => {
    if (node.nodeType === nodeKind.name && nameOf(node) === name) found.push(node);
    for (const child of file.childrenOf(node)) visit(child);
  };
  visit(root);
  return found;
}
