/** The text of a method as its own file has it, made to stand in another file. */
import type { TextEdit } from 'vscode-languageserver/node';
import type { ClassType, Declaration } from '../evaluator.ts';
import { nodeKind } from '../evaluator.ts';
import type { ParseNode, Uri } from '../pyrightInternals.ts';
import type { Annotation, ImportedName } from '../queries/annotationText.ts';
import { annotationOf, topLevelNames } from '../queries/annotationText.ts';
import { importEdits } from '../queries/importEdit.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf, nameOf } from '../queries/queriedFile.ts';

export interface MethodText {
  readonly text: string;
  readonly imports: readonly TextEdit[];
}

/** From the opening bracket to before the colon. */
export function signatureOf(
  text: string,
  method: ParseNode,
): { readonly start: number; readonly end: number } | undefined {
  const name = childOf(method, 'name');
  const suite = childOf(method, 'suite');
  if (!name || !suite) return undefined;
  const start = text.indexOf('(', name.start + name.length);
  const end = text.lastIndexOf(':', suite.start);
  return start < 0 || end < start ? undefined : { start, end };
}

/**
 * `signature` is `(…) -> …`, `stub` the whole method without what it does. `owner` is the base that declares it, as
 * the class derives from it: the base's type parameters become what they stand for.
 */
export function methodText(
  file: QueriedFile,
  declaration: Declaration,
  owner: ClassType,
  what: 'signature' | 'stub',
): MethodText | undefined {
  const { node } = declaration;
  const uri = declaration.uri as Uri;
  const text = file.program.getSourceFileInfo(uri)?.sourceFile.getFileContent();
  if (text === undefined) return undefined;
  const own = signatureOf(text, node);
  if (!own) return undefined;
  const meant = typeArguments(file, owner);
  const imports = missingNames(file, node, text, meant);
  if (!imports) return undefined;
  let signature = '';
  let at = own.start;
  const names = [...namesIn(file, node)].sort((a, b) => a.start - b.start);
  for (const name of names) {
    const argument = meant.get(nameOf(name));
    if (argument === undefined) continue;
    signature += text.slice(at, name.start) + argument.text;
    at = name.start + name.length;
  }
  signature += text.slice(at, own.end).trimEnd();
  const edits = importEdits(file, imports);
  if (what === 'signature') return { text: signature, imports: edits };
  const name = childOf(node, 'name');
  const decorators = childListOf(node, 'decorators')
    .map((each) => text.slice(each.start, each.start + each.length))
    .filter((each) => /^@\s*(property|classmethod|staticmethod)\b/.test(each));
  const definition = `${node.d.isAsync === true ? 'async ' : ''}def ${name ? nameOf(name) : ''}${signature}:`;
  return {
    text: [...decorators, definition, '    raise NotImplementedError'].join('\n'),
    imports: edits,
  };
}

/** Imports of what the signature names and the file does not have; undefined where a name means something else here. */
function missingNames(
  file: QueriedFile,
  method: ParseNode,
  text: string,
  meant: ReadonlyMap<string, Annotation>,
): readonly ImportedName[] | undefined {
  const origin = file.nodes.getFileInfo(method).moduleName;
  const own = file.nodes.getFileInfo(file.module).moduleName;
  if (origin === own) return [];
  const here = topLevelNames(file);
  const there = topLevelNamesOf(file, method, text);
  const missing: ImportedName[] = [];
  for (const name of new Set(namesIn(file, method).map(nameOf))) {
    const argument = meant.get(name);
    if (argument) {
      missing.push(...argument.imports);
      continue;
    }
    const from = there.get(name);
    // A builtin, or the method's own type parameter.
    if (from === undefined) continue;
    const wanted = from === '' ? `${origin}.${name}` : from;
    const known = here.get(name);
    if (known === wanted) continue;
    if (known !== undefined || wanted.startsWith('.') || name.startsWith('_')) return undefined;
    missing.push({ module: wanted.slice(0, wanted.lastIndexOf('.')), name });
  }
  return missing;
}

/** By the name of a base's type parameter, what the class gave for it. */
function typeArguments(file: QueriedFile, owner: ClassType): ReadonlyMap<string, Annotation> {
  const found = new Map<string, Annotation>();
  for (const [index, param] of owner.shared.typeParams.entries()) {
    const argument = owner.priv.typeArgs?.[index];
    const annotation = argument && annotationOf(file, argument, 'keeps');
    if (annotation && annotation.text !== param.shared.name)
      found.set(param.shared.name, annotation);
  }
  return found;
}

function topLevelNamesOf(file: QueriedFile, method: ParseNode, text: string) {
  let module = method;
  while (module.parent) module = module.parent;
  return topLevelNames({ ...file, module, text });
}

function namesIn(file: QueriedFile, method: ParseNode): readonly ParseNode[] {
  const found: ParseNode[] = [];
  const visit = (node: ParseNode) => {
    if (node.nodeType === nodeKind.name) found.push(node);
    for (const child of file.childrenOf(node)) visit(child);
  };
  for (const param of childListOf(method, 'params'))
    for (const part of ['annotation', 'defaultValue'])
      for (const node of [childOf(param, part)]) if (node) visit(node);
  const returned = childOf(method, 'returnAnnotation');
  if (returned) visit(returned);
  return found;
}
