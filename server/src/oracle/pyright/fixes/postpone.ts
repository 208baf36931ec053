/** `from __future__ import annotations`, where an annotation is evaluated that can't be. */
import { nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf } from '../queries/queriedFile.ts';
import { postponesAnnotations } from '../importedFrom.ts';
import type { Fixer } from './fix.ts';
import { insertion, minorVersion, replacement, textOf } from './fix.ts';

/** For `runtime-annotation`, names that are defined later, and `X | Y` before Python 3.10. */
export const postponeAnnotations: Fixer = (file, { node, rule, message }) => {
  const annotation = annotationAround(node);
  if (!annotation || minorVersion(file) < 7 || postponesAnnotations(file)) return [];
  const isMeant =
    rule === 'runtime-annotation' ||
    (/union/i.test(message) && message.includes('3.10')) ||
    message.startsWith('Subscript for class') ||
    (rule === 'reportUndefinedVariable' && isDefinedLater(file, node));
  if (!isMeant) return [];
  const text = textOf(file, annotation);
  const quoted = /["'\n\\]/.test(text)
    ? []
    : [{ title: 'Quote the annotation', edits: [replacement(file, annotation, `"${text}"`)] }];
  return [
    {
      title: 'Add "from __future__ import annotations"',
      edits: [insertion(file, futureOffset(file), 'from __future__ import annotations\n')],
      isPreferred: true,
    },
    ...quoted,
  ];
};

/** The whole annotation that a node is a part of. */
export function annotationAround(node: ParseNode): ParseNode | undefined {
  for (let each = node; each.parent; each = each.parent)
    if (each.parent.d.annotation === each || each.parent.d.returnAnnotation === each) return each;
  return undefined;
}

/** A class or alias of the module that stands below. */
function isDefinedLater(file: QueriedFile, node: ParseNode): boolean {
  const name = node.d.value;
  return childListOf(file.module, 'statements').some((statement) =>
    [statement, ...file.childrenOf(statement)].some((each) => {
      const defined = childOf(each, 'name') ?? childOf(each, 'leftExpr');
      return defined?.nodeType === nodeKind.name && defined.d.value === name && each.start > 0
        ? each.start + each.length > node.start
        : false;
    }),
  );
}

/** After the comments and the docstring: nothing else may stand before. */
function futureOffset(file: QueriedFile): number {
  const [first] = childListOf(file.module, 'statements');
  const [part] = first ? childListOf(first, 'statements') : [];
  if (first && part?.nodeType === nodeKind.strings) {
    const end = file.text.indexOf('\n', first.start + first.length - 1);
    return end < 0 ? file.text.length : end + 1;
  }
  const start = first?.start ?? 0;
  return file.text.lastIndexOf('\n', start - 1) + 1;
}
