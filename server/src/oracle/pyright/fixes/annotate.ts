/** "Annotate this function" and "this file": from defaults, from call sites of the file, and from what is returned. */
import type { TextEdit } from 'vscode-languageserver/node';
import type { PyrightType } from '../evaluator.ts';
import { category, isClass, isUnion, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { Annotation, ImportedName } from '../queries/annotationText.ts';
import { annotationOf } from '../queries/annotationText.ts';
import { importEdits } from '../queries/importEdit.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf, nameOf, visitNodes } from '../queries/queriedFile.ts';
import type { CodeFix } from './fix.ts';
import { functionOf, insertion } from './fix.ts';
import { signatureOf } from './methodText.ts';

export function annotateRefactorings(file: QueriedFile, node: ParseNode): readonly CodeFix[] {
  const method = functionOf(node);
  const name = method && childOf(method, 'name');
  if (!method || !name) return [];
  const found: CodeFix[] = [];
  const own = annotationsFor(file, [method]);
  const kept = { kind: 'refactor.rewrite', needsPreview: true } as const;
  if (own.length > 0) found.push({ title: `Annotate "${nameOf(name)}"`, ...kept, edits: own });
  const all = annotationsFor(file, functionsOf(file));
  if (all.length > own.length) found.push({ title: 'Annotate this file', ...kept, edits: all });
  return found;
}

function functionsOf(file: QueriedFile): readonly ParseNode[] {
  const found: ParseNode[] = [];
  visitNodes(file, 0, file.text.length, (node) => {
    if (node.nodeType === nodeKind.function) found.push(node);
  });
  return found;
}

function annotationsFor(file: QueriedFile, functions: readonly ParseNode[]): readonly TextEdit[] {
  const imports = new Map<string, ImportedName>();
  const edits: TextEdit[] = [];
  const calls = callsOf(file);
  const write = (offset: number, before: string, annotation: Annotation | undefined) => {
    if (!annotation) return;
    for (const each of annotation.imports) imports.set(`${each.module}.${each.name}`, each);
    edits.push(insertion(file, offset, `${before}${annotation.text}`));
  };
  for (const each of functions) {
    for (const [index, param] of childListOf(each, 'params').entries())
      annotateParameter(file, each, param, index, calls, write);
    annotateResult(file, each, write);
  }
  return edits.length === 0 ? [] : [...edits, ...importEdits(file, [...imports.values()])];
}

type Write = (offset: number, before: string, annotation: Annotation | undefined) => void;

function annotateParameter(
  file: QueriedFile,
  method: ParseNode,
  param: ParseNode,
  index: number,
  calls: ReadonlyMap<ParseNode, readonly ParseNode[]>,
  write: Write,
): void {
  const name = childOf(param, 'name');
  if (!name || childOf(param, 'annotation') || childOf(param, 'annotationComment')) return;
  if (param.d.category !== 0) return;
  const isMethod = method.parent?.parent?.nodeType === nodeKind.class;
  if (isMethod && index === 0 && !isStatic(file, method)) return;
  const offset = isMethod && !isStatic(file, method) ? index - 1 : index;
  const defaultValue = childOf(param, 'defaultValue');
  const given = (calls.get(method) ?? []).flatMap((call) => {
    const argument = argumentFor(call, nameOf(name), offset);
    const type = argument && file.evaluator.getType(argument);
    return type ? [type] : [];
  });
  const fromDefault = defaultValue && file.evaluator.getType(defaultValue);
  const types = [...given, ...(fromDefault ? [fromDefault] : [])];
  const annotation = unionOf(file, types);
  // None alone says that something else may be given, and not what.
  if (!annotation || annotation.text === 'None') return;
  write(name.start + name.length, ': ', annotation);
}

function isStatic(file: QueriedFile, method: ParseNode): boolean {
  return childListOf(method, 'decorators').some((each) =>
    /^@\s*staticmethod\b/.test(file.text.slice(each.start, each.start + each.length)),
  );
}

/** `from typing import Any` is never written: what is not known stays without an annotation. */
function unionOf(file: QueriedFile, types: readonly PyrightType[]): Annotation | undefined {
  const written = types.map((type) =>
    isKnown(type) ? annotationOf(file, type, 'widens') : undefined,
  );
  if (written.length === 0 || written.some((each) => each === undefined)) return undefined;
  const known = written.filter((each) => each !== undefined);
  const texts = [...new Set(known.flatMap(({ text }) => splitUnion(text)))];
  const ordered = [
    ...texts.filter((each) => each !== 'None'),
    ...texts.filter((each) => each === 'None'),
  ];
  const { minor } = file.nodes.getFileInfo(file.module).executionEnvironment.pythonVersion;
  if (ordered.length > 1 && (minor < 10 || ordered.length > 4)) return undefined;
  return { text: ordered.join(' | '), imports: known.flatMap(({ imports }) => imports) };
}

function splitUnion(text: string): readonly string[] {
  return /[[("']/.test(text) ? [text] : text.split(' | ');
}

function isKnown(type: PyrightType, depth = 0): boolean {
  if (depth > 6) return false;
  if (isUnion(type)) return type.priv.subtypes.every((each) => isKnown(each, depth + 1));
  if (type.category === category.unknown || type.category === category.any) return false;
  if (type.category === category.never) return false;
  if (!isClass(type)) return true;
  const args: readonly PyrightType[] =
    type.priv.tupleTypeArgs?.map((each) => each.type) ?? type.priv.typeArgs ?? [];
  return args.every((each) => isKnown(each, depth + 1));
}

function annotateResult(file: QueriedFile, method: ParseNode, write: Write): void {
  if (childOf(method, 'returnAnnotation') ?? childOf(method, 'funcAnnotationComment')) return;
  const type = file.evaluator.getTypeOfFunction(method)?.functionType;
  const signature = signatureOf(file.text, method);
  if (!type || !signature) return;
  let returned = file.evaluator.getInferredReturnType(type);
  if (method.d.isAsync === true && isClass(returned) && returned.shared.name.startsWith('Corout'))
    returned = returned.priv.typeArgs?.[2] ?? returned;
  if (!isKnown(returned)) return;
  const closing = file.text.lastIndexOf(')', signature.end) + 1;
  write(closing, ' -> ', annotationOf(file, returned, 'widens'));
}

/** By the function, the calls of it in this file. */
function callsOf(file: QueriedFile): ReadonlyMap<ParseNode, readonly ParseNode[]> {
  const found = new Map<ParseNode, ParseNode[]>();
  visitNodes(file, 0, file.text.length, (node) => {
    if (node.nodeType !== nodeKind.call) return;
    const callee = childOf(node, 'leftExpr');
    const name = callee && (childOf(callee, 'member') ?? callee);
    if (name?.nodeType !== nodeKind.name) return;
    const { decls } = file.evaluator.getDeclInfoForNameNode(name) ?? { decls: [] };
    const target = decls.at(-1)?.node;
    if (target?.nodeType === nodeKind.function)
      found.set(target, [...(found.get(target) ?? []), node]);
  });
  return found;
}

/** The value that a call gives a parameter; undefined where it unpacks, or leaves the default. */
function argumentFor(call: ParseNode, name: string, index: number): ParseNode | undefined {
  const args = childListOf(call, 'args');
  if (args.some((each) => each.d.argCategory !== 0)) return undefined;
  const byName = args.find((each) => {
    const own = childOf(each, 'name');
    return own !== undefined && nameOf(own) === name;
  });
  const positional = args.filter((each) => !childOf(each, 'name'))[index];
  const argument = byName ?? positional;
  return argument && childOf(argument, 'valueExpr');
}
