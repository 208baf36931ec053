/** WITH RECURSIVE: an anchor, and a query over the rows that were found last. */
import { outputOf } from '../plan/output.ts';
import type { Attribute, NamedExpression, Relation } from '../plan/resolved.ts';
import { sameType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import { castOf } from '../typing/build.ts';
import type { AnalysisContext, Loop, Reference } from './context.ts';

/** Undefined where the query of a WITH RECURSIVE does not read itself. */
export function analyzeLoop(context: AnalysisContext, reference: Reference): Relation | undefined {
  const { alias, columnNames, input, outer, range } = reference;
  if (!readsItself(context, input, alias)) return undefined;
  if (input.kind !== 'setOp' || input.setOpType !== 'union') {
    return raise('INVALID_RECURSIVE_CTE', {}, range);
  }
  if (!input.isAll) raise('UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE', {}, range);
  const loopId = context.nextId();
  if (readsItself(context, input.leftInput, alias)) raise('INVALID_RECURSIVE_CTE', {}, range);
  const anchor = context.analyzeRelation(input.leftInput, outer).relation;
  const columns = outputOf(anchor);
  const output = columns.map((column, index): Attribute => ({
    kind: 'attribute',
    exprId: context.nextId(),
    name: columnNames[index] ?? column.name,
    type: column.type,
    nullable: true,
    qualifier: [],
    range,
  }));
  let uses = 0;
  const loop: Loop = { alias, loopId, output, note: () => uses++ };
  const found = context.analyzeRelation(input.rightInput, {
    ...outer,
    loops: [...outer.loops, loop],
  }).relation;
  if (uses > 1) raise('INVALID_RECURSIVE_REFERENCE.NUMBER', {}, range);
  const width = outputOf(found).length;
  if (width !== columns.length) {
    raise(
      'NUM_COLUMNS_MISMATCH',
      {
        operator: 'UNION',
        firstNumColumns: String(columns.length),
        invalidOrdinalNum: 'second',
        invalidNumColumns: String(width),
      },
      range,
    );
  }
  const recursion = inTypesOf(context, found, output);
  return { kind: 'unionLoop', loopId, anchor, recursion, output, range };
}

export function loopReference(
  context: AnalysisContext,
  loop: Loop,
  range: unresolved.Relation['range'],
): Relation {
  loop.note();
  const output = (loop.output ?? []).map((column) => ({
    ...column,
    exprId: context.nextId(),
    range,
  }));
  const reference: Relation = { kind: 'loopReference', loopId: loop.loopId, output, range };
  return { kind: 'subqueryAlias', input: reference, alias: [loop.alias], range };
}

function inTypesOf(
  context: AnalysisContext,
  input: Relation,
  output: readonly Attribute[],
): Relation {
  const columns = outputOf(input);
  const types = columns.map((column, index) => output[index]?.type ?? column.type);
  if (columns.every((column, index) => sameType(column.type, types[index] ?? column.type))) {
    return input;
  }
  const { range } = input;
  const mode = context.settings.ansi ? 'ansi' : 'legacy';
  const expressions = columns.map((column, index): NamedExpression => {
    const type = types[index] ?? column.type;
    if (sameType(column.type, type)) return column;
    const child = castOf(column, type, mode, true);
    const { nullable } = child;
    const exprId = context.nextId();
    return { kind: 'alias', child, name: column.name, exprId, type, nullable, range };
  });
  return { kind: 'project', input, expressions, range };
}

/** Whether a query reads a name, in FROM or in a subquery, that no WITH of its own takes. */
function readsItself(context: AnalysisContext, node: unknown, alias: string): boolean {
  if (Array.isArray(node)) return node.some((item) => readsItself(context, item, alias));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'namedTable' && 'nameParts' in node) {
    const parts = node.nameParts;
    return (
      Array.isArray(parts) &&
      parts.length === 1 &&
      typeof parts[0] === 'string' &&
      context.sameName(parts[0], alias)
    );
  }
  return Object.values(node).some((item) => readsItself(context, item, alias));
}
