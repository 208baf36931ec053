/** Inline tables. */
import type { Attribute, Relation } from '../plan/resolved.ts';
import { some } from '../plan/traverse.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import { coerced } from '../typing/build.ts';
import { widerCommonType } from '../typing/coercion.ts';
import { evaluate } from '../typing/evaluate.ts';
import { quotedText } from '../plan/columnText.ts';
import type { AnalysisContext, Names, Scope } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { volatile } from '../typing/foldable.ts';

export function analyzeValues(
  context: AnalysisContext,
  values: unresolved.Values,
  names: Names,
): Relation {
  const scope: Scope = { context, visible: [], hidden: [], names };
  const { ansi, timeZone } = context.settings;
  const width = values.rows[0]?.length ?? 0;
  const rows = values.rows.map((row, index) => {
    if (row.length !== width) {
      raise(
        'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH',
        {
          expectedNumCols: String(width),
          actualNumCols: String(row.length),
          rowIndex: String(index),
        },
        values.range,
      );
    }
    return row.map((cell) => {
      const resolved = resolveExpression(scope, cell);
      const isComputable = !some(
        resolved,
        (part) =>
          part.kind === 'aggregateCall' ||
          part.kind === 'outerReference' ||
          (part.kind === 'call' && volatile.has(part.name)),
      );
      if (isComputable) return resolved;
      return raise(
        'INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE',
        { expr: quotedText(resolved, timeZone) },
        cell.range,
      );
    });
  });
  const output = Array.from({ length: width }, (_, column): Attribute => {
    const cells = rows.flatMap((row) => row[column] ?? []);
    const types = cells.map((cell) => cell.type).filter((type) => type.kind !== 'void');
    // A string becomes no other type here, and nothing becomes a string.
    const isMixed =
      types.some((type) => type.kind === 'string') && types.some((type) => type.kind !== 'string');
    const type = isMixed
      ? undefined
      : widerCommonType(
          cells.map((cell) => cell.type),
          ansi,
        );
    if (type === undefined) {
      return raise(
        'INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE',
        { colName: `\`col${column + 1}\`` },
        values.range,
      );
    }
    return {
      kind: 'attribute',
      exprId: context.nextId(),
      name: `col${column + 1}`,
      type,
      nullable: cells.some((cell) => cell.nullable),
      qualifier: [],
      range: values.range,
    };
  });
  const typed = rows.map((row) =>
    row.map((cell, column) => {
      const into = coerced(cell, output[column]?.type ?? cell.type, ansi ? 'ansi' : 'legacy');
      return evaluate(into) ?? into;
    }),
  );
  return { kind: 'localRelation', output, rows: typed, range: values.range };
}
