/** Rewritings into syntax that the target version has: `X | Y` (PEP 604) and type parameters (PEP 695). */
import type { TextEdit } from 'vscode-languageserver/node';
import { nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf, nameOf } from '../queries/queriedFile.ts';
import { postponesAnnotations } from '../importedFrom.ts';
import type { CodeFix } from './fix.ts';
import { enclosing, minorVersion, replacement, textOf } from './fix.ts';
import { namesIn, typeVarDefinition } from './classFixes.ts';
import { annotationAround } from './postpone.ts';

export function modernSyntax(file: QueriedFile, node: ParseNode): readonly CodeFix[] {
  return [...unionSyntax(file, node), ...typeParameters(file, node)];
}

function unionSyntax(file: QueriedFile, node: ParseNode): readonly CodeFix[] {
  const around = outermost(file, node);
  if (!around) return [];
  const isEvaluated = !annotationAround(around) || !postponesAnnotations(file);
  if (minorVersion(file) < 10 && isEvaluated) return [];
  const text = written(file, around);
  if (text === undefined || text === textOf(file, around)) return [];
  const edits = [replacement(file, around, text)];
  return [{ title: `Write "${text}"`, kind: 'refactor.rewrite', edits }];
}

/** The largest `Optional[…]` or `Union[…]` that the node is a part of. */
function outermost(file: QueriedFile, node: ParseNode): ParseNode | undefined {
  let found: ParseNode | undefined;
  for (let each: ParseNode | undefined = node; each; each = each.parent) {
    if (each.nodeType === nodeKind.index && unionKind(file, each)) found = each;
    if (each.nodeType === nodeKind.function || each.nodeType === nodeKind.class) break;
  }
  return found;
}

function unionKind(file: QueriedFile, index: ParseNode): 'Optional' | 'Union' | undefined {
  const left = childOf(index, 'leftExpr');
  const match = left && /^(?:typing\.|t\.)?(Optional|Union)$/.exec(textOf(file, left));
  return match?.[1] as 'Optional' | 'Union' | undefined;
}

/** Undefined where an operand is a string, which `|` refuses at run time. */
function written(file: QueriedFile, node: ParseNode): string | undefined {
  if (node.nodeType === nodeKind.strings) return undefined;
  if (node.nodeType !== nodeKind.index) return textOf(file, node);
  const kind = unionKind(file, node);
  const items = childListOf(node, 'items').map((each) => childOf(each, 'valueExpr') ?? each);
  if (!kind) return nestedText(file, node);
  const parts = items.map((each) => written(file, each));
  if (parts.length === 0 || parts.some((each) => each === undefined)) return undefined;
  const members = parts.filter((each) => each !== undefined);
  if (kind === 'Optional') members.push('None');
  return [...new Set(members)].join(' | ');
}

/** `list[Optional[int]]`: what is inside is rewritten too. */
function nestedText(file: QueriedFile, node: ParseNode): string {
  const pieces: { start: number; end: number; text: string }[] = [];
  const visit = (each: ParseNode) => {
    if (each !== node && each.nodeType === nodeKind.index && unionKind(file, each)) {
      const text = written(file, each);
      if (text !== undefined)
        pieces.push({ start: each.start, end: each.start + each.length, text });
      return;
    }
    for (const child of file.childrenOf(each)) visit(child);
  };
  visit(node);
  let text = '';
  let at = node.start;
  for (const piece of pieces) {
    text += file.text.slice(at, piece.start) + piece.text;
    at = piece.end;
  }
  return text + file.text.slice(at, node.start + node.length);
}

/** `class Stack(Generic[T])` as `class Stack[T]`, where nothing else needs the old variable's settings. */
function typeParameters(file: QueriedFile, node: ParseNode): readonly CodeFix[] {
  const classNode = enclosing(node, nodeKind.class);
  const suite = classNode && childOf(classNode, 'suite');
  const name = classNode && childOf(classNode, 'name');
  if (!classNode || !suite || !name || node.start >= suite.start) return [];
  if (minorVersion(file) < 12 || childOf(classNode, 'typeParams')) return [];
  const args = childListOf(classNode, 'arguments');
  const generic = args.find((each) => genericItems(file, each));
  const items = generic && genericItems(file, generic);
  if (!generic || !items) return [];
  const params = items.map((each) => parameterText(file, each));
  if (params.some((each) => each === undefined)) return [];
  // The same variables in a nested function would mean the class's parameters by their new names.
  const others = args.filter((each) => each !== generic).map((each) => textOf(file, each));
  if (textOf(file, generic).startsWith('Protocol')) others.unshift('Protocol');
  const bases = others.length === 0 ? '' : `(${others.join(', ')})`;
  const end = file.text.lastIndexOf(':', suite.start);
  const edit: TextEdit = {
    range: { start: file.positionAt(name.start), end: file.positionAt(end) },
    newText: `${nameOf(name)}[${params.join(', ')}]${bases}`,
  };
  const renames = items.flatMap((each) => renamedUses(file, suite, each));
  const title = `Write "class ${nameOf(name)}[${params.join(', ')}]"`;
  return [{ title, kind: 'refactor.rewrite', edits: [edit, ...renames] }];
}

/** The type variables in `Generic[…]` or `Protocol[…]`. */
function genericItems(file: QueriedFile, argument: ParseNode): readonly ParseNode[] | undefined {
  const value = childOf(argument, 'valueExpr');
  if (value?.nodeType !== nodeKind.index) return undefined;
  const left = childOf(value, 'leftExpr');
  if (!left || !/^(?:typing\.)?(?:Generic|Protocol)$/.test(textOf(file, left))) return undefined;
  const items = childListOf(value, 'items').map((each) => childOf(each, 'valueExpr') ?? each);
  return items.every((each) => each.nodeType === nodeKind.name) ? items : undefined;
}

/** New parameters have no variance in their name: it is inferred. */
function newName(name: string): string {
  return name.replace(/_(?:co|contra)$/, '');
}

function parameterText(file: QueriedFile, item: ParseNode): string | undefined {
  const definition = typeVarDefinition(file, nameOf(item));
  if (!definition) return undefined;
  const callee = childOf(definition.call, 'leftExpr');
  if (!callee || !/(^|\.)TypeVar$/.test(textOf(file, callee))) return undefined;
  const constraints: string[] = [];
  let bound: string | undefined;
  for (const each of childListOf(definition.call, 'args').slice(1)) {
    const key = childOf(each, 'name');
    const value = childOf(each, 'valueExpr');
    if (!value) return undefined;
    if (!key) constraints.push(textOf(file, value));
    else if (nameOf(key) === 'bound') bound = textOf(file, value);
    else if (!/^(covariant|contravariant|infer_variance)$/.test(nameOf(key))) return undefined;
  }
  const name = newName(nameOf(item));
  if (constraints.length > 0) return `${name}: (${constraints.join(', ')})`;
  return bound === undefined ? name : `${name}: ${bound}`;
}

function renamedUses(file: QueriedFile, suite: ParseNode, item: ParseNode): readonly TextEdit[] {
  const [name, renamed] = [nameOf(item), newName(nameOf(item))];
  if (name === renamed) return [];
  return namesIn(file, suite, name).map((each) => replacement(file, each, renamed));
}
