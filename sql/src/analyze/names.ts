/** Finds the column that a name means, and says what was meant where there is none. */
import type { Range } from '../plan/range.ts';
import type { Attribute, Expression } from '../plan/resolved.ts';
import { quoteName, raise } from '../problem.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { extractNamed } from './extraction.ts';

/** The column, a field of a struct column, or undefined; more than one is Spark's AMBIGUOUS_REFERENCE. */
export function findColumn(
  scope: Scope,
  nameParts: readonly string[],
  range: Range,
): Expression | undefined {
  const { context } = scope;
  // The longest qualifier that matches wins: `a.b` is column b of a before it is field b of a column a.
  for (let column = nameParts.length - 1; column >= 0; column--) {
    const qualifier = nameParts.slice(0, column);
    const name = nameParts[column] ?? '';
    const among = qualifier.length === 0 ? scope.visible : [...scope.visible, ...scope.hidden];
    const matches = distinct(
      among.filter(
        (attribute) =>
          context.sameName(attribute.name, name) &&
          (qualifier.length === 0 || endsWith(context, attribute.qualifier, qualifier)),
      ),
    );
    const [match] = matches;
    if (match === undefined) continue;
    if (matches.length > 1) {
      const referenceNames = matches
        .map((attribute) => quoteName([...attribute.qualifier, attribute.name]))
        .sort();
      raise(
        'AMBIGUOUS_REFERENCE',
        { name: quoteName(nameParts), referenceNames: `[${referenceNames.join(', ')}]` },
        range,
      );
    }
    // A column is called as it was written, in whatever case.
    return fieldsOf(context, { ...match, name, range }, nameParts.slice(column + 1), range);
  }
  return undefined;
}

function distinct(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter(
    (attribute, index) =>
      attributes.findIndex((other) => other.exprId === attribute.exprId) === index,
  );
}

function endsWith(
  context: AnalysisContext,
  qualifier: readonly string[],
  ending: readonly string[],
): boolean {
  const offset = qualifier.length - ending.length;
  return (
    offset >= 0 &&
    ending.every((part, index) => context.sameName(qualifier[offset + index] ?? '', part))
  );
}

export function fieldsOf(
  context: AnalysisContext,
  attribute: Attribute,
  fields: readonly string[],
  range: Range,
): Expression {
  let child: Expression = attribute;
  for (const field of fields) child = extractNamed(context, child, field, range);
  return child;
}

const maxSuggestions = 5;

export function unresolvedColumn(scope: Scope, nameParts: readonly string[], range: Range): never {
  const objectName = quoteName(nameParts);
  if (scope.visible.length === 0) {
    return raise('UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', { objectName }, range);
  }
  const written = nameParts.join('.').toLowerCase();
  // Qualifiers are left out of the suggestions where all are the same or the name had none.
  const qualified = nameParts.length > 1 || hasSeveralQualifiers(scope.visible);
  const candidates = scope.visible.map((attribute) =>
    qualified ? [...attribute.qualifier, attribute.name] : [attribute.name],
  );
  const proposal = candidates
    .map((parts, index) => ({
      parts,
      index,
      distance: levenshtein(written, parts.join('.').toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, maxSuggestions)
    .map(({ parts }) => quoteName(parts))
    .join(', ');
  return raise('UNRESOLVED_COLUMN.WITH_SUGGESTION', { objectName, proposal }, range);
}

function hasSeveralQualifiers(attributes: readonly Attribute[]): boolean {
  return new Set(attributes.map((attribute) => attribute.qualifier.join('.'))).size > 1;
}

function levenshtein(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
