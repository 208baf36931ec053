/** SQL inside a script: read with the SQL parser, with ranges that lead into the Python text. */
import { parse } from '#sql/compile.ts';
import type { Range } from '#sql/plan/range.ts';
import type { Statement } from '#sql/plan/statements.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Text } from './values.ts';
import { CannotKnow } from './values.ts';

export function readStatement(text: Text, range: Range): Statement {
  const { statement, problems } = parse(text.value);
  const toPython = placesOf(text, range, 0);
  const [first] = problems;
  if (first) {
    const { start, end } = first;
    const place = start === undefined || end === undefined ? range : toPython({ start, end });
    throw new CannotKnow(`Spark would not read this SQL: ${first.message}`, place);
  }
  if (!statement) throw new CannotKnow('this SQL is empty', range);
  return moved(statement, toPython) as Statement;
}

/** One expression, maybe with a name: what `expr`, `selectExpr` and `filter` take. */
export function readExpression(text: Text, range: Range): Expression {
  const prefix = 'SELECT ';
  const { statement, problems } = parse(prefix + text.value);
  const toPython = placesOf(text, range, prefix.length);
  const [first] = problems;
  if (first) {
    const { start, end } = first;
    const place = start === undefined || end === undefined ? range : toPython({ start, end });
    throw new CannotKnow(`Spark would not read this SQL: ${first.message}`, place);
  }
  const relation = statement?.kind === 'query' ? statement.relation : undefined;
  const [expression, ...more] = relation?.kind === 'project' ? relation.expressions : [];
  if (
    !expression ||
    more.length > 0 ||
    relation?.kind !== 'project' ||
    relation.input.kind !== 'oneRow'
  )
    throw new CannotKnow('one expression of SQL belongs here', range);
  return moved(expression, toPython) as Expression;
}

/** A literal knows the place of each character; a text that was put together has one place. */
function placesOf(
  { value, literal }: Text,
  whole: Range,
  skipped: number,
): (range: Range) => Range {
  return ({ start, end }) => {
    const [first, last] = [start - skipped, end - skipped - 1];
    const from = literal?.starts[first];
    const to = literal?.ends[Math.max(first, last)];
    const isInside = literal?.value === value && from !== undefined && to !== undefined;
    return isInside ? { start: from, end: to } : whole;
  };
}

/** A copy of plain data in which every `range` is another one. */
function moved(value: unknown, toPython: (range: Range) => Range): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, toPython));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'range' ? toPython(inner as Range) : moved(inner, toPython),
    ]),
  );
}
