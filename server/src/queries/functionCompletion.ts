/** Functions as completion offers them: those that most queries use first. */
import type { FunctionRow } from '#sql/functions/row.ts';
import { functionRows } from '#sql/functions/table.ts';
import type { Unplaced } from './completion.ts';
import { functionDocumentation } from './functionHelp.ts';
import { isGeneratorName } from './keywords.ts';
import type { Clause } from './position.ts';

const isWord = /^[A-Za-z_]\w*$/;

/** Written as operators, though they have rows among the functions. */
const operatorNames = new Set(
  'and or not in between like ilike rlike regexp div case when'.split(' '),
);

const common = (
  'count sum avg min max coalesce round concat substring upper lower trim length if nvl date_trunc date_format to_date ' +
  'to_timestamp year month day datediff date_add date_sub add_months current_date current_timestamp row_number rank ' +
  'dense_rank lag lead first last abs ceil floor split regexp_replace regexp_extract replace explode collect_list ' +
  'collect_set array_contains size struct array map percentile approx_count_distinct'
).split(' ');

/** They read as calls, and have a syntax of their own inside. */
const special = [
  ['cast', 'cast(value AS type)', 'cast(${1:value} AS ${2:type})'],
  ['try_cast', 'try_cast(value AS type)', 'try_cast(${1:value} AS ${2:type})'],
  ['extract', 'extract(field FROM time)', 'extract(${1:YEAR} FROM ${2:time})'],
] as const;

let rows: readonly Unplaced[] | undefined;
const kinds = new Map<string, FunctionRow['kind']>();

function allFunctions(): readonly Unplaced[] {
  if (rows) return rows;
  const rank = new Map(common.map((name, index) => [name, index]));
  const found = functionRows
    .flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => ({ name, row })))
    .filter(({ name }) => isWord.test(name) && !operatorNames.has(name));
  for (const { name, row } of found) kinds.set(name, row.kind);
  const placed = found.map(({ name, row }) => ({
    at: rank.get(name) ?? common.length,
    item: functionName(name, row),
  }));
  const own = special.map(([label, detail, insertText]) => ({
    at: 11,
    item: { label, kind: 'function', detail, insertText, isSnippet: true } as const,
  }));
  rows = [...placed, ...own]
    .sort((a, b) => a.at - b.at || (a.item.label < b.item.label ? -1 : 1))
    .map(({ item }) => item);
  return rows;
}

function functionName(name: string, row: FunctionRow): Unplaced {
  return {
    label: name,
    kind: 'function',
    detail: row.signature,
    documentation: functionDocumentation(row),
    insertText: row.maximum === 0 ? `${name}()` : `${name}($0)`,
    isSnippet: true,
  };
}

const withoutAggregates = new Set<Clause>(['where', 'on', 'groupBy']);

/** What a clause does not allow comes last, for it may be meant for a subquery. */
export function functionNames(clause: Clause, isCalled: boolean): readonly Unplaced[] {
  const all = allFunctions();
  const isUnlikely = ({ label }: Unplaced) => {
    const kind = kinds.get(label) ?? 'scalar';
    if (clause === 'lateralView') return kind !== 'generator' && !isGeneratorName(label);
    return withoutAggregates.has(clause) && kind !== 'scalar';
  };
  const sorted =
    clause === 'lateralView'
      ? all.filter((each) => !isUnlikely(each))
      : [...all.filter((each) => !isUnlikely(each)), ...all.filter(isUnlikely)];
  // The parentheses are there already.
  return isCalled ? sorted.map((item) => plain(item)) : sorted;
}

function plain({ isSnippet: _, ...item }: Unplaced): Unplaced {
  return { ...item, insertText: item.label };
}

export function aggregateNames(): readonly Unplaced[] {
  return allFunctions().filter(({ label }) => kinds.get(label) === 'aggregate');
}

/** Functions that stand in FROM. */
export function tableFunctionNames(): readonly Unplaced[] {
  return [
    {
      label: 'range',
      kind: 'function',
      detail: 'range([start, ]end[, step[, partitions]])',
      documentation:
        'A table of one column, `id`, with the numbers from start up to, but without, end.',
      insertText: 'range($0)',
      isSnippet: true,
    },
    ...allFunctions().filter(({ label }) => kinds.get(label) === 'generator'),
  ];
}
