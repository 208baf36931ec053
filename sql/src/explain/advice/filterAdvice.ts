/** On filters that the reader of a file could not be told, and why. */
import { conjunctsOf, isDeterministic } from '../../optimize/expressions.ts';
import { isSourceFilter } from '../../optimize/pushFiltersIntoScan.ts';
import { expressionText } from '../../plan/expressionText.ts';
import type { Expression, Scan } from '../../plan/resolved.ts';
import { childrenOf, references } from '../../plan/traverse.ts';
import { simpleString } from '../../plan/types.ts';
import { allSteps, worthByteLength, type Finding, type Step } from './step.ts';

/** `unordered`: by the id of a scan, columns whose row groups all span the same values. */
export function filterAdvice(
  step: Step,
  unordered: ReadonlyMap<number, ReadonlySet<string>>,
): readonly Finding[] {
  const { of: filter } = step.node;
  if (filter?.kind !== 'filter' || filter.input.kind !== 'scan') return [];
  const scan = filter.input;
  if (!canSkip(scan)) return [];
  const read = allSteps(step).find(({ node }) => node.of === scan);
  const useless = (read && unordered.get(read.id)) ?? new Set();
  const canHelp = (part: Expression) => {
    const used = references(part);
    return scan.columns.some(({ exprId, name }) => used.has(exprId) && !useless.has(name));
  };
  return conjunctsOf(filter.condition).flatMap((part) => {
    const blocked = isSourceFilter(part) || !canHelp(part) ? undefined : whyNot(part);
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
      remedy: remedyOf(changed),
    };
  return undefined;
}

const partsOfDates = new Set(
  'year quarter month weekofyear day dayofmonth dayofyear trunc date_trunc date_format to_date'.split(
    ' ',
  ),
);

/** In the words of what was done to the column. */
function remedyOf(changed: Expression): string {
  const name = changed.kind === 'call' ? changed.name : '';
  const column = columnIn(changed);
  if (partsOfDates.has(name))
    return `Ask for a range of the column itself: \`${column} >= DATE'2024-01-01' AND ${column} < DATE'2025-01-01'\` in place of \`year(${column}) = 2024\`.`;
  if (name === 'substring' || name === 'substr' || name === 'left')
    return `Where the start of the text is meant, \`${column} LIKE 'abc%'\` is something that the reader can use.`;
  if (/^[-+*/]$/.test(name))
    return `Compute on the other side: \`${column} > 10 - 1\` in place of \`${column} + 1 > 10\`.`;
  return 'Compare the column itself with a value, or with the two ends of a range; where that can not be said, store what is computed as a column of its own.';
}

function columnIn(expression: Expression): string {
  if (expression.kind === 'attribute') return expression.name;
  return (
    childrenOf(expression)
      .map(columnIn)
      .find((name) => name !== '') ?? ''
  );
}

const patterns = new Set(['like', 'ilike', 'rlike', 'regexp_like', 'contains', 'endswith']);
/** Of what is negated smallest and largest values say nothing worth a word. */
const tests = new Set(['and', 'or', '=', '<=>', '<', '<=', '>', '>=']);
const negations = new Set(['not', 'isnull', 'isnotnull']);

/** The first thing done to a column before it is compared. */
function changedColumn(condition: Expression): Expression | undefined {
  if (condition.kind === 'attribute' || condition.kind === 'literal') return undefined;
  if (condition.kind === 'call' && negations.has(condition.name)) return undefined;
  const isTest =
    condition.kind === 'in' || (condition.kind === 'call' && tests.has(condition.name));
  if (!isTest) return references(condition).size > 0 ? condition : undefined;
  for (const child of childrenOf(condition)) {
    const found = changedColumn(child);
    if (found) return found;
  }
  return undefined;
}
