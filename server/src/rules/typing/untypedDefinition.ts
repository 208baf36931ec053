/**
 * Functions without annotations, for projects whose configuration asks for them: mypy's `disallow_untyped_defs` and
 * `disallow_incomplete_defs`, which no rule of pyright stands for (it asks for parameters, never for the return type).
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { nodesOfKind } from '../../oracle/pyright/checkerRule.ts';
import { nodeKind } from '../../oracle/pyright/evaluator.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

export const untypedDefinition: CheckerRule = {
  id: 'untyped-definition',
  severityOf: 'strataUntypedDefinition',
  uses: [],
  check: (file) => reportDefinitions(file, () => true),
};

export const incompleteDefinition: CheckerRule = {
  id: 'incomplete-definition',
  severityOf: 'strataIncompleteDefinition',
  uses: [],
  check(file) {
    // The other rule finds these too.
    const { strataUntypedDefinition: other } = file.info.diagnosticRuleSet;
    if (other === undefined || other === 'none')
      reportDefinitions(file, (found) => found.isPartial);
  },
};

interface Definition {
  readonly missing: 'all' | 'return' | 'arguments';
  readonly isPartial: boolean;
}

function reportDefinitions(file: CheckedFile, isMeant: (found: Definition) => boolean): void {
  for (const node of nodesOfKind(file.module, nodeKind.function, file.childrenOf)) {
    const found = definitionOf(node);
    const name = node.d.name as ParseNode | undefined;
    if (found && name && isMeant(found)) file.report(name, messages[found.missing]);
  }
}

const messages = {
  all: 'This function has no annotations.',
  return: 'This function has no return annotation. One that returns nothing is "-> None".',
  arguments: 'One or more parameters of this function have no annotation.',
} as const;

/** What is missing; undefined for a whole definition. */
function definitionOf(node: ParseNode): Definition | undefined {
  if (node.d.funcAnnotationComment) return undefined;
  const params = (node.d.params as readonly ParseNode[]).filter((each) => each.d.name);
  const isMethod = node.parent?.parent !== undefined && 'arguments' in node.parent.parent.d;
  const asked = isMethod && !isStatic(node) ? params.slice(1) : params;
  const annotated = asked.filter((each) => each.d.annotation ?? each.d.annotationComment).length;
  const hasReturn = node.d.returnAnnotation !== undefined;
  const isInit = isMethod && String((node.d.name as ParseNode).d.value) === '__init__';
  // `__init__` with an annotated parameter returns None without saying so.
  if (annotated === asked.length && (hasReturn || (isInit && annotated > 0))) return undefined;
  const isPartial = hasReturn || annotated > 0;
  if (!isPartial && asked.length > 0) return { missing: 'all', isPartial };
  return { missing: annotated < asked.length ? 'arguments' : 'return', isPartial };
}

function isStatic(node: ParseNode): boolean {
  const decorators = node.d.decorators as readonly ParseNode[];
  return decorators.some(
    (each) => (each.d.expr as ParseNode | undefined)?.d.value === 'staticmethod',
  );
}
