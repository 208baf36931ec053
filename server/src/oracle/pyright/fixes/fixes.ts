/** Which fixes a finding may have, by its rule, and the rewritings that need no finding. */
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { annotateRefactorings } from './annotate.ts';
import { addRuntimeCheckable, fixVariance, implementMembers } from './classFixes.ts';
import type { CodeFix, Fixer, FixesParams } from './fix.ts';
import { modernSyntax } from './modernSyntax.ts';
import { addOverride, importFromExtensions, matchParent, renameToMember } from './overrideFixes.ts';
import { postponeAnnotations } from './postpone.ts';
import { addDefaultFactory, addOptional } from './valueFixes.ts';

const fixers: Readonly<Record<string, readonly Fixer[]>> = {
  'abstract-class': [implementMembers],
  'dataclass-mutable-default': [addDefaultFactory],
  'override-constructor': [matchParent],
  'override-unmatched': [renameToMember],
  'runtime-annotation': [postponeAnnotations],
  reportAbstractUsage: [implementMembers],
  reportArgumentType: [addRuntimeCheckable, addOptional, addDefaultFactory],
  reportAssignmentType: [addDefaultFactory, addOptional],
  reportAttributeAccessIssue: [importFromExtensions],
  reportGeneralTypeIssues: [
    renameToMember,
    addRuntimeCheckable,
    addDefaultFactory,
    postponeAnnotations,
  ],
  reportImplicitOverride: [addOverride],
  reportIncompatibleMethodOverride: [matchParent],
  reportIndexIssue: [postponeAnnotations],
  reportInvalidTypeVarUse: [fixVariance],
  reportUndefinedVariable: [postponeAnnotations],
};

export function fixesOf(file: QueriedFile, params: FixesParams): readonly CodeFix[] {
  const found: CodeFix[] = [];
  for (const [index, { code, message, range }] of params.diagnostics.entries()) {
    const node = nodeAt(file, range.start);
    const rule = String(code ?? '');
    if (!node) continue;
    // Errors of syntax that depend on the version have no rule.
    for (const fix of fixers[rule] ?? (rule === '' ? [postponeAnnotations] : []))
      for (const each of fix(file, { rule, message, node }))
        found.push({ ...each, kind: 'quickfix', repairs: index });
  }
  const at = nodeAt(file, params.range.start);
  if (at) found.push(...annotateRefactorings(file, at), ...modernSyntax(file, at));
  return found;
}

function nodeAt(
  file: QueriedFile,
  position: { line: number; character: number },
): ParseNode | undefined {
  const offset = file.offsetAt(position);
  return offset === undefined ? undefined : file.nodeAt(offset);
}
