/** On filters that the reader of a file could not be told, and why. */
import { conjunctsOf, isDeterministic } from '../../optimize/expressions.ts';
import { isSourceFilter } from '../../optimize/pushFiltersIntoScan.ts';
import { expressionText } from '../../plan/expressionText.ts';
import type { Expression, Scan } from '../../plan/resolved.ts';
import { childrenOf, references } from '../../plan/traverse.ts';
import { simpleString } from '../../plan/types.ts';
import { worthByteLength, type Finding, type Step } from './step.ts';

export function filterAdvice({ node: { of: filter } }: Step): readonly Finding[] {
  if (filter?.kind !== 'filter' || filter.input.kind !== 'scan') return [];
  const scan = filter.input;
  if (!canSkip(scan)) return [];
  return conjunctsOf(filter.condition).flatMap((part) => {
    const blocked = isSourceFilter(part) ? undefined : whyNot(part);
    if (!blocked) return [];
    return [
      {
        rule: 'filterNotPushed' as const,
        title: 'A filter stays above the reader',
        finding: `\`${plain(part)}\` is tried on every row: ${blocked.why}. So no row group of ${scan.table.name} can be skipped by its smallest and largest values.`,
        remedy: blocked.remedy,
        idea: 'push-down',
      },
    ];
  });
}

/** Formats that keep statistics; in others a filter that is pushed saves little. */
function canSkip({ table }: Scan): boolean {
  const { format } = table.source;
  const isColumnar = format === 'parquet' || format === 'orc';
  return isColumnar && (table.statistics?.byteLength ?? 0) >= worthByteLength;
}

interface Blocked {
  readonly why: string;
  readonly remedy: string;
}

const plain = (expression: Expression) => expressionText(expression).replace(/#\d+L?/g, '');

/** Undefined where nothing that could be written would be pushed. */
function whyNot(condition: Expression): Blocked | undefined {
  if (!isDeterministic(condition))
    return {
      why: 'what it yields is not the same each time, so it has to wait until a row is there',
      remedy: 'Put what does not depend on chance into a condition of its own.',
    };
  if (references(condition).size !== 1) return undefined;
  const changed = changedColumn(condition);
  if (changed?.kind === 'cast')
    return {
      why: `it compares \`${plain(changed.child)}\`, which is ${simpleString(changed.child.type)}, as ${simpleString(changed.type)}, and values change their order by that`,
      remedy: `Compare with a value of the column's own type: ${simpleString(changed.child.type)}.`,
    };
  if (changed?.kind === 'call' && patterns.has(changed.name))
    return {
      why: 'a pattern that can begin with anything says nothing of order',
      remedy: "Let the pattern begin with fixed text (`LIKE 'abc%'`), if the question allows it.",
    };
  if (changed)
    return {
      why: `\`${plain(changed)}\` has to be computed first, and the reader knows the column only`,
      remedy:
        "Compare the column itself with a value, or with the two ends of a range: `d >= DATE'2024-01-01' AND d < DATE'2025-01-01'` in place of `year(d) = 2024`.",
    };
  return undefined;
}

const patterns = new Set(['like', 'ilike', 'rlike', 'regexp_like', 'contains', 'endswith']);
const tests = new Set([
  'and',
  'or',
  'not',
  '=',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  'isnull',
  'isnotnull',
]);

/** The first thing done to a column before it is compared. */
function changedColumn(condition: Expression): Expression | undefined {
  if (condition.kind === 'attribute' || condition.kind === 'literal') return undefined;
  const isTest =
    condition.kind === 'in' || (condition.kind === 'call' && tests.has(condition.name));
  if (!isTest) return references(condition).size > 0 ? condition : undefined;
  for (const child of childrenOf(condition)) {
    const found = changedColumn(child);
    if (found) return found;
  }
  return undefined;
}
