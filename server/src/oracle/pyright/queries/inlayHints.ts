/** What the text leaves out: types of variables, what functions return, which parameter an argument is for. */
import type { InlayHint, Range } from 'vscode-languageserver/node';
import { InlayHintKind } from 'vscode-languageserver/node';
import type { InlayHintSettings } from '#shared/protocol/languageServer.ts';
import type { PyrightType } from '../evaluator.ts';
import { isClass, isFunction, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import { annotationOf } from './annotationText.ts';
import { importEdits } from './importEdit.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childListOf, childOf, nameOf, visitNodes } from './queriedFile.ts';

export function inlayHints(
  file: QueriedFile,
  range: Range,
  settings: InlayHintSettings,
): readonly InlayHint[] {
  const start = file.offsetAt(range.start) ?? 0;
  const end = file.offsetAt(range.end) ?? file.text.length;
  const hints: InlayHint[] = [];
  visitNodes(file, start, end, (node) => {
    if (settings.variableTypes && node.nodeType === nodeKind.assignment)
      hints.push(...variableHint(file, node));
    if (settings.functionReturnTypes && node.nodeType === nodeKind.function)
      hints.push(...returnHint(file, node));
    if (settings.callArgumentNames !== 'off' && node.nodeType === nodeKind.call)
      hints.push(...argumentHints(file, node, settings.callArgumentNames));
  });
  return hints;
}

/** Kinds of values whose type everyone sees: numbers, texts, constants, `...`, lambdas, comparisons. */
const plainKinds: ReadonlySet<number> = new Set([14, 21, 30, 33, 40, 48, 49]);

function variableHint(file: QueriedFile, assignment: ParseNode): readonly InlayHint[] {
  const target = childOf(assignment, 'leftExpr');
  const value = childOf(assignment, 'rightExpr');
  if (target?.nodeType !== nodeKind.name || !value || plainKinds.has(value.nodeType)) return [];
  const name = nameOf(target);
  if (/^_+$|^__\w+__$/.test(name)) return [];
  const declarations = file.evaluator.getDeclInfoForNameNode(target)?.decls ?? [];
  // The first one speaks for all; a declared one has an annotation already.
  if (declarations[0]?.node !== target) return [];
  const type = file.evaluator.getType(target);
  if (!type || !isTelling(file, type) || isObvious(file, value, type)) return [];
  const annotation = declarations.length === 1 ? annotationOf(file, type, 'widens') : undefined;
  const label = annotation?.text ?? file.evaluator.printType(type);
  return [hint(file, target.start + target.length, `: ${label}`, annotation)];
}

function returnHint(file: QueriedFile, node: ParseNode): readonly InlayHint[] {
  if (childOf(node, 'returnAnnotation') ?? childOf(node, 'funcAnnotationComment')) return [];
  const suite = childOf(node, 'suite');
  const type = file.evaluator.getTypeOfFunction(node)?.functionType;
  if (!suite || !type) return [];
  let returned = file.evaluator.getInferredReturnType(type);
  if (
    node.d.isAsync === true &&
    isClass(returned) &&
    returned.shared.name.startsWith('Coroutine')
  ) {
    const result = returned.priv.typeArgs?.[2];
    if (!result) return [];
    returned = result;
  }
  const offset = file.text.lastIndexOf(')', suite.start) + 1;
  if (offset === 0 || file.text.slice(offset, suite.start + 1).trim() !== ':') return [];
  const label = file.evaluator.printType(returned);
  if (/\bUnknown\b/.test(label)) return [];
  const annotation = annotationOf(file, returned, 'keeps');
  return [hint(file, offset, ` -> ${annotation?.text ?? label}`, annotation)];
}

function hint(
  file: QueriedFile,
  offset: number,
  label: string,
  annotation: ReturnType<typeof annotationOf>,
): InlayHint {
  const position = file.positionAt(offset);
  const shown = label.length > 80 ? `${label.slice(0, 79)}…` : label;
  return {
    position,
    label: shown,
    kind: InlayHintKind.Type,
    ...(shown === label ? {} : { tooltip: label }),
    ...(annotation
      ? {
          textEdits: [
            { range: { start: position, end: position }, newText: label },
            ...importEdits(file, annotation.imports),
          ],
        }
      : {}),
  };
}

/** Functions, classes and modules tell what they are by their names; what is unknown tells nothing. */
function isTelling(file: QueriedFile, type: PyrightType): boolean {
  if (isFunction(type) || (isClass(type) && (type.flags & 2) === 0)) return false;
  return isClass(type) || type.category === 8
    ? !/\bUnknown\b/.test(file.evaluator.printType(type))
    : false;
}

/** `x = Thing(…)` is a Thing. */
function isObvious(file: QueriedFile, value: ParseNode, type: PyrightType): boolean {
  const called = value.nodeType === nodeKind.call ? childOf(value, 'leftExpr') : undefined;
  if (!called || !isClass(type)) return false;
  const callee = file.evaluator.getType(called);
  if (!callee || !isClass(callee) || (callee.flags & 1) === 0) return false;
  return callee.shared === type.shared && type.shared.typeParams.length === 0;
}

function argumentHints(
  file: QueriedFile,
  call: ParseNode,
  which: 'literals' | 'all',
): readonly InlayHint[] {
  const values = childListOf(call, 'args');
  return values.flatMap((argument, index) => {
    const value = childOf(argument, 'valueExpr');
    if (!value || childOf(argument, 'name') || argument.d.argCategory !== 0) return [];
    if (which === 'literals' && !plainKinds.has(value.nodeType)) return [];
    const signatures = file.evaluator.getCallSignatureInfo(call, index, true)?.signatures ?? [];
    const name = signatures.length === 1 ? signatures[0]?.activeParam?.name : undefined;
    const category = (signatures[0]?.activeParam as { category?: number } | undefined)?.category;
    if (name === undefined || name.startsWith('_') || name.length < 2 || category !== 0) return [];
    const text = file.text.slice(value.start, value.start + value.length);
    // `copy(source=source)` says nothing twice.
    if (text.toLowerCase().split('.').at(-1) === name.toLowerCase()) return [];
    return [
      {
        position: file.positionAt(argument.start),
        label: `${name}=`,
        kind: InlayHintKind.Parameter,
      },
    ];
  });
}
