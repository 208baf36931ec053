/** What each name stands for, where a grammar sees only a name. */
import type { Range } from 'vscode-languageserver/node';
import type { Declaration, PyrightType } from '../evaluator.ts';
import { isClass, isFunction, isModule, isOverloaded, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childOf, nameOf, visitNodes } from './queriedFile.ts';

export const semanticTokenTypes = [
  'namespace',
  'class',
  'enum',
  'typeParameter',
  'parameter',
  'variable',
  'property',
  'enumMember',
  'function',
  'method',
] as const;
export const semanticTokenModifiers = [
  'declaration',
  'readonly',
  'async',
  'defaultLibrary',
] as const;

type TokenType = (typeof semanticTokenTypes)[number];
type TokenModifier = (typeof semanticTokenModifiers)[number];

/** As LSP encodes them: line and column from the token before, length, type, modifiers. */
export function semanticTokens(file: QueriedFile, range: Range | undefined): readonly number[] {
  const start = range ? (file.offsetAt(range.start) ?? 0) : 0;
  const end = range ? (file.offsetAt(range.end) ?? file.text.length) : file.text.length;
  const names: ParseNode[] = [];
  visitNodes(file, start, end, (node) => {
    if (node.nodeType === nodeKind.name && node.start >= start && node.start < end)
      names.push(node);
  });
  names.sort((a, b) => a.start - b.start);
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  let lastStart = -1;
  for (const name of names) {
    if (name.start === lastStart) continue;
    const token = classify(file, name);
    if (!token) continue;
    lastStart = name.start;
    const at = file.positionAt(name.start);
    const isSameLine = at.line === last.line;
    const modifiers = token.modifiers.reduce(
      (bits, each) => bits | (1 << semanticTokenModifiers.indexOf(each)),
      0,
    );
    data.push(
      at.line - last.line,
      isSameLine ? at.character - last.character : at.character,
      name.length,
      semanticTokenTypes.indexOf(token.type),
      modifiers,
    );
    last = at;
  }
  return data;
}

interface Token {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** How pyright numbers what a name can be declared as. */
const declared = { variable: 1, param: 2, typeParam: 3, function: 5, class: 6, alias: 8 } as const;

function classify(file: QueriedFile, name: ParseNode): Token | undefined {
  const declaration = lastDeclaration(file, name);
  const type = file.evaluator.getType(name);
  const modifiers: TokenModifier[] = [];
  if (declaration && childOf(declaration.node, 'name') === name) modifiers.push('declaration');
  if (isOfBuiltins(type)) modifiers.push('defaultLibrary');
  const token = (kind: TokenType): Token => ({ type: kind, modifiers });
  if (declaration?.type === declared.param) return token('parameter');
  if (declaration?.type === declared.typeParam) return token('typeParameter');
  if (type && isModule(type)) return token('namespace');
  if (type?.category === 9 && declaration?.type === declared.variable)
    return token('typeParameter');
  if (type && isClass(type) && (type.flags & 2) === 0)
    return token(isEnum(type) ? 'enum' : 'class');
  const isMember =
    name.parent?.nodeType === nodeKind.memberAccess && childOf(name.parent, 'member') === name;
  if (declaration?.type === declared.function) {
    if (declaration.node.d.isAsync === true) modifiers.push('async');
    if (isProperty(declaration)) return token('property');
    return token(isInClass(declaration.node) ? 'method' : 'function');
  }
  if (type && (isFunction(type) || isOverloaded(type)))
    return token(isMember ? 'method' : 'function');
  if (declaration?.type === declared.variable) {
    if (/^_*[A-Z][A-Z0-9_]*$/.test(nameOf(name))) modifiers.push('readonly');
    if (type && isClass(type) && isEnum(type) && isInClass(declaration.node))
      return token('enumMember');
    return token(isMember || isInClass(declaration.node) ? 'property' : 'variable');
  }
  return isMember && type ? token('property') : undefined;
}

function lastDeclaration(file: QueriedFile, name: ParseNode): Declaration | undefined {
  const found = file.evaluator.getDeclInfoForNameNode(name)?.decls.at(-1);
  const resolved =
    found?.type === declared.alias
      ? (file.evaluator.resolveAliasDeclaration(found, true) ?? found)
      : found;
  // pyright's declarations of modules, and of what it makes up, have no node though their type says so.
  const node: ParseNode | undefined = resolved?.node;
  return node ? resolved : undefined;
}

function isOfBuiltins(type: PyrightType | undefined): boolean {
  if (!type) return false;
  const { shared } = type as { shared?: { moduleName?: string; fullName?: string } };
  return shared?.moduleName === 'builtins' || shared?.fullName?.startsWith('builtins.') === true;
}

function isEnum(type: PyrightType): boolean {
  if (!isClass(type)) return false;
  const { effectiveMetaclass: meta } = type.shared;
  return meta !== undefined && isClass(meta) && /^Enum(Type|Meta)$/.test(meta.shared.name);
}

function isProperty({ node }: Declaration): boolean {
  const decorators = (node.d.decorators ?? []) as readonly ParseNode[];
  return decorators.some((each) => {
    const expression = childOf(each, 'expr');
    const named = expression && (childOf(expression, 'member') ?? expression);
    return named !== undefined && /^(cached_)?property$|^setter$/.test(String(named.d.value));
  });
}

/** Directly: a function inside a method is none. */
function isInClass(node: ParseNode): boolean {
  for (let each = node.parent; each; each = each.parent) {
    if (each.nodeType === nodeKind.function) return false;
    if (each.nodeType === nodeKind.class) return true;
  }
  return false;
}
