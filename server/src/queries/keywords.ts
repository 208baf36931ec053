/** The keywords and the kinds of names that may come next in a statement, the likeliest first. */
import { findFunction } from '#sql/functions/table.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { commandAfter, type Placeholder } from './commandWords.ts';
import type { Clause, Frame, Item } from './position.ts';
import { frameAfter, isNameLike, isOperandEnd, lastPart } from './position.ts';

export interface Expected {
  readonly keywords: readonly string[];
  /** `values` are columns and functions; `nothing` is a name that is new, a number or a text. */
  /** How many of the keywords are likelier than the names. */
  readonly firstCount?: number;
  readonly names: 'values' | 'relations' | 'tables' | 'types' | 'settings' | 'formats' | 'nothing';
  readonly frame: Frame;
}

/** `prefix` is the statement up to the word that is being written, `suffix` what stands behind that word. */
export function expectedAfter(prefix: string, suffix = ''): Expected {
  const tokens = tokenize(prefix).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment' && kind !== 'end',
  );
  const command = commandAfter(tokens);
  if (command && 'queryFrom' in command) {
    const start = tokens[command.queryFrom]?.start ?? 0;
    return inQuery(frameAfter(prefix.slice(start)), suffix);
  }
  const frame = frameAfter(prefix);
  if (command && frame.kind === 'query') {
    const begins = command.placeholders.has('query') ? queryStarts : [];
    const names = [...command.placeholders].map((each) => namesOf[each]).find((each) => each);
    const { keywords: own, isQueryFirst } = command;
    const keywords = isQueryFirst ? [...begins, ...own] : [...own, ...begins];
    return { keywords, names: names ?? 'nothing', frame };
  }
  return inQuery(frame, suffix);
}

const namesOf: Readonly<Partial<Record<Placeholder, Expected['names']>>> = {
  table: 'tables',
  type: 'types',
  setting: 'settings',
  format: 'formats',
  value: 'values',
};

const queryStarts = ['SELECT', 'WITH', 'FROM', 'VALUES'];
const pipeWords = [
  ...['WHERE', 'SELECT', 'AGGREGATE', 'EXTEND', 'SET', 'DROP', 'AS', 'ORDER BY', 'LIMIT', 'JOIN'],
  ...['LEFT JOIN', 'INNER JOIN', 'CROSS JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN', 'LEFT SEMI JOIN'],
  ...['LEFT ANTI JOIN', 'UNION ALL', 'UNION', 'INTERSECT', 'EXCEPT', 'PIVOT', 'UNPIVOT', 'OFFSET'],
  ...['TABLESAMPLE'],
];
const joins = [
  ...['JOIN', 'LEFT JOIN', 'INNER JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN', 'CROSS JOIN'],
  ...['LEFT SEMI JOIN', 'LEFT ANTI JOIN', 'NATURAL JOIN'],
];
const setOperations = ['UNION ALL', 'UNION', 'INTERSECT', 'EXCEPT'];

/** The likely ones first. What stands behind a clause has a greater rank than it. */
const clauses: readonly (readonly [word: string, rank: number])[] = [
  ['FROM', 1],
  ['WHERE', 3],
  ...joins.slice(0, 3).map((word) => [word, 2] as const),
  ['GROUP BY', 4],
  ['HAVING', 5],
  ['ORDER BY', 8],
  ['LIMIT', 9],
  ...joins.slice(3).map((word) => [word, 2] as const),
  ...setOperations.map((word) => [word, 7] as const),
  ['LATERAL VIEW', 2],
  ['OFFSET', 10],
  ['WINDOW', 6],
  ['PIVOT', 2],
  ['UNPIVOT', 2],
  ['TABLESAMPLE', 2],
  ['SORT BY', 8],
  ['DISTRIBUTE BY', 8],
  ['CLUSTER BY', 8],
];

const rankOf: Readonly<Partial<Record<Clause, number>>> = {
  select: 0,
  from: 1,
  joinType: 1,
  join: 1,
  on: 1,
  using: 1,
  lateralView: 1,
  where: 3,
  groupBy: 4,
  having: 5,
  window: 6,
  values: 6,
  setOperation: 6,
  orderBy: 8,
  limit: 9,
  offset: 10,
};

/** What may follow the clause that the cursor is in, without what stands behind the cursor already. */
function following(frame: Frame, suffix: string): readonly string[] {
  const { clause } = frame;
  if (frame.kind !== 'query') return [];
  const from = rankOf[clause] ?? 99;
  const until = nextClauseRank(suffix);
  const found = clauses
    .filter(([, rank]) => {
      // Of joins any number may stand in a row; of others one.
      if (rank <= from || rank > until || (rank === until && rank !== 2)) return false;
      if (clause === 'select' && !frame.hasFrom) return rank === 1 || rank >= 7;
      return rank !== 5 || clause === 'groupBy';
    })
    .map(([word]) => word);
  const selects = frame.isFromFirst && clause !== 'select' && until === Infinity ? ['SELECT'] : [];
  const pipes = frame.isPiped || frame.isFromFirst ? ['|>'] : [];
  if (frame.isPiped)
    return clause === 'join' || clause === 'on' ? pipes : [...pipes, ...grouped(clause)];
  return [...selects, ...found, ...pipes];
}

/** `|> AGGREGATE … GROUP BY`. */
function grouped(clause: Clause): readonly string[] {
  return clause === 'select' ? ['GROUP BY'] : [];
}

/** Of the clause that the text behind the cursor goes on with, in the same parentheses. */
function nextClauseRank(suffix: string): number {
  let depth = 0;
  const tokens = tokenize(suffix).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind === 'operator' && (text === '(' || text === '[')) depth++;
    if (kind === 'operator' && (text === ')' || text === ']')) depth--;
    if (depth < 0) return Infinity;
    if (depth > 0 || kind !== 'word' || tokens[index - 1]?.text === '.') continue;
    const two = `${text} ${tokens[index + 1]?.text ?? ''}`;
    const found = clauses.find(
      ([word]) => word === text || word === two || word.startsWith(`${two} `),
    );
    if (found) return found[1];
  }
  return Infinity;
}

function inQuery(frame: Frame, suffix: string): Expected {
  const { clause, items, kind } = frame;
  const part = lastPart(items);
  const nothing = (...keywords: string[]): Expected => ({ keywords, names: 'nothing', frame });
  const values = (...keywords: string[]): Expected => ({ keywords, names: 'values', frame });
  const relations = (...keywords: string[]): Expected => ({ keywords, names: 'relations', frame });
  const follow = () => following(frame, suffix);

  if (kind === 'names') return frame.callee === undefined ? nothing() : values();
  if (kind === 'window') return inWindow(frame, values, nothing);
  if (kind === 'cast') {
    const as = items.findIndex(({ kind: each, text }) => each === 'word' && text === 'AS');
    if (as === items.length - 1 && as > 0) return { keywords: [], names: 'types', frame };
    if (as > 0) return nothing();
    return isOperandEnd(items)
      ? nothing('AS', ...operators(items))
      : values(...operandWords('arguments'));
  }
  if (kind === 'filter' && clause === 'start') return nothing('WHERE');
  const open = kind === 'value' || kind === 'relation';
  const begins = open && items.length === 0 && frame.callee === undefined ? ['SELECT'] : [];

  switch (clause) {
    case 'start':
      if (kind === 'relation' && items.length === 0)
        return relations('SELECT', 'WITH', 'VALUES', 'FROM');
      if (kind === 'relation' && items.at(-1)?.kind !== 'group') return nothing(...joins, 'AS');
      // Behind a whole query in parentheses.
      if (items.at(-1)?.kind === 'group')
        return nothing(...setOperations, 'ORDER BY', 'LIMIT', '|>');
      return nothing(...(items.length === 0 ? queryStarts : []));
    case 'setOperation':
      if (items.at(-1)?.kind === 'group') return nothing(...follow());
      return items.length === 0
        ? nothing('ALL', 'SELECT', 'DISTINCT', 'FROM', 'VALUES')
        : nothing('SELECT', 'FROM', 'VALUES');
    case 'with':
      return inWith(items, nothing);
    case 'group':
    case 'order':
    case 'partition':
      return nothing('BY');
    case 'joinType':
      return nothing(...joinRest(items));
    case 'lateral':
      return nothing('VIEW');
    case 'lateralView':
      return inLateralView(items, follow, nothing);
    case 'from':
    case 'join':
      return inFrom(frame, part, follow, relations, nothing);
    case 'using':
      return items.length === 0 ? nothing() : nothing(...follow());
    case 'pipe':
      return items.length === 0 ? nothing(...pipeWords) : values();
    case 'limit':
    case 'offset':
      if (items.length === 0) return nothing(...(clause === 'limit' ? ['ALL'] : []));
      return nothing(...follow());
    case 'window':
      if (items.at(-1)?.kind === 'group') return nothing(...follow());
      return items.length === 1 ? nothing('AS') : nothing();
    case 'values':
      return items.at(-1)?.kind === 'group' ? nothing('AS', ...follow()) : nothing();
    default:
      return inExpression(frame, part, begins, follow, values, nothing);
  }
}

type Make = (...keywords: string[]) => Expected;

function inWindow({ clause, items, callee }: Frame, values: Make, nothing: Make): Expected {
  const frames = ['ROWS BETWEEN', 'RANGE BETWEEN'];
  if (clause === 'partition' || clause === 'order') return nothing('BY');
  if (clause === 'start') {
    return callee === 'within'
      ? nothing('ORDER BY')
      : nothing('PARTITION BY', 'ORDER BY', ...frames);
  }
  if (clause === 'frame') {
    const words = items.map(({ text }) => text);
    const last = words.at(-1) ?? '';
    if (last === 'UNBOUNDED') return nothing('PRECEDING', 'FOLLOWING');
    if (last === 'CURRENT') return nothing('ROW');
    if (items.at(-1)?.kind === 'value' || items.at(-1)?.kind === 'group')
      return nothing('PRECEDING', 'FOLLOWING');
    if (last === 'PRECEDING' || last === 'FOLLOWING' || last === 'ROW')
      return nothing(...(words[0] === 'BETWEEN' && !words.includes('AND') ? ['AND'] : []));
    if (last === 'AND') return nothing('CURRENT ROW', 'UNBOUNDED FOLLOWING');
    const starts = ['UNBOUNDED PRECEDING', 'CURRENT ROW'];
    return nothing(...(words.length === 0 ? ['BETWEEN'] : []), ...starts);
  }
  const part = lastPart(items);
  if (!isOperandEnd(part)) return behindLeading(part, values, nothing) ?? values('CASE');
  const sorted = clause === 'orderBy' ? sortWords(part) : [];
  const next = clause === 'partitionBy' ? ['ORDER BY', ...frames] : frames;
  const isSorted = sorted.length < 4 && clause === 'orderBy';
  return nothing(...sorted, ...next, ...(isSorted ? [] : operators(part)));
}

function inWith(items: readonly Item[], nothing: Make): Expected {
  const part = lastPart(items).filter(({ text }) => text !== 'RECURSIVE');
  if (part.length === 0) return nothing(...(items.length === 0 ? ['RECURSIVE'] : []));
  const [last] = part.slice(-1);
  if (last?.kind !== 'group') return last?.text === 'AS' ? nothing() : nothing('AS');
  const isDone = part.some(({ text }) => text === 'AS');
  return isDone ? nothing('SELECT', 'FROM', 'INSERT INTO', 'VALUES') : nothing('AS');
}

function joinRest(items: readonly Item[]): readonly string[] {
  const words = items.map(({ text }) => text);
  const last = words.at(-1) ?? '';
  if (last === 'LEFT') return ['JOIN', 'OUTER JOIN', 'SEMI JOIN', 'ANTI JOIN'];
  if (last === 'RIGHT' || last === 'FULL') return ['JOIN', 'OUTER JOIN'];
  if (last === 'NATURAL') return ['JOIN', 'LEFT JOIN', 'INNER JOIN', 'RIGHT JOIN', 'FULL JOIN'];
  return ['JOIN'];
}

const generators = /^(explode|inline|posexplode|stack|json_tuple)(_outer)?$/i;

function inLateralView(
  items: readonly Item[],
  follow: () => readonly string[],
  nothing: Make,
): Expected {
  const own = items.filter(({ text }) => text !== 'OUTER');
  if (own.length === 0) {
    const outer = items.length === 0 ? ['OUTER'] : [];
    return { ...nothing(...outer), names: 'values' };
  }
  const group = own.findIndex(({ kind }) => kind === 'group');
  if (group < 0 || own.at(-1)?.text === 'AS' || own.at(-1)?.text === ',') return nothing();
  const isNamed = own.some(({ text }) => text === 'AS');
  return nothing(...(isNamed ? [] : ['AS']), 'LATERAL VIEW', ...follow());
}

export function isGeneratorName(name: string): boolean {
  return generators.test(name);
}

function inFrom(
  frame: Frame,
  part: readonly Item[],
  follow: () => readonly string[],
  relations: Make,
  nothing: Make,
): Expected {
  const last = part.at(-1);
  if (!last || last.text === '.') return relations('LATERAL', 'VALUES');
  if (last.text === 'LATERAL') return nothing();
  if (last.text === 'AS') return nothing();
  if (last.text === 'TABLESAMPLE' || last.text === 'PIVOT' || last.text === 'UNPIVOT')
    return nothing();
  const conditions = frame.clause === 'join' && !frame.isCross ? ['ON', 'USING'] : [];
  const hasAlias = part.some(({ text }) => text === 'AS') || hasNewName(part);
  const alias = hasAlias ? [] : ['AS'];
  const followed = follow();
  const rest =
    conditions.length > 0
      ? [...joins, ...followed.filter((each) => !joins.includes(each))]
      : followed;
  return nothing(...conditions, ...rest, ...alias);
}

/** Two names in a row, of which the second is new. */
function hasNewName(part: readonly Item[]): boolean {
  const [before, last] = [part.at(-2), part.at(-1)];
  if (!before || !last) return false;
  const isGroup = last.kind === 'group' && part.length > 2;
  const [a, b] = isGroup ? [part.at(-3), before] : [before, last];
  return a !== undefined && isNameLike(b) && (isNameLike(a) || a.kind === 'group');
}

const comparisons = new Set(
  '= == <> != < > <= >= <=> LIKE ILIKE RLIKE REGEXP IN BETWEEN IS'.split(' '),
);
const comparing = [
  ...['IS NULL', 'IS NOT NULL', 'IN', 'LIKE', 'BETWEEN', 'NOT IN', 'NOT LIKE', 'NOT BETWEEN'],
  ...['ILIKE', 'RLIKE', 'IS DISTINCT FROM'],
];

/** Behind an operand: in a condition that compares already, AND comes first. */
function operators(part: readonly Item[]): readonly string[] {
  const from = part.findLastIndex(
    ({ kind, text }) => kind === 'word' && /^(AND|OR|WHEN|THEN|ELSE|CASE|NOT)$/.test(text),
  );
  const own = part.slice(from + 1);
  const between = own.findLastIndex(({ text }) => text === 'BETWEEN');
  if (between >= 0 && part.at(-1)?.text !== 'BETWEEN') return ['AND'];
  const compares = own.some(({ kind, text }) => kind !== 'name' && comparisons.has(text));
  return compares ? ['AND', 'OR'] : [...comparing, 'AND', 'OR'];
}

/** Words of which each begins a value, the likely ones first. */
function operandWords(clause: Clause): readonly string[] {
  const first = clause === 'select' ? ['DISTINCT'] : [];
  return [
    ...first,
    'CASE',
    'NOT',
    'EXISTS',
    'NULL',
    'TRUE',
    'FALSE',
    'INTERVAL',
    'DATE',
    'TIMESTAMP',
  ];
}

/** What only one word allows, as NULLS does. */
function behindLeading(part: readonly Item[], values: Make, nothing: Make): Expected | undefined {
  const [before, last] = [part.at(-2), part.at(-1)];
  if (last?.kind !== 'word') return undefined;
  const isPredicate = part.length > 1 && isOperandEnd(part.slice(0, -1));
  switch (last.text) {
    case 'IS':
      return nothing('NULL', 'NOT NULL', 'DISTINCT FROM', 'NOT DISTINCT FROM', 'TRUE', 'FALSE');
    case 'NOT':
      if (before?.text === 'IS') return nothing('NULL', 'DISTINCT FROM', 'TRUE', 'FALSE');
      if (isPredicate) return nothing('IN', 'LIKE', 'BETWEEN', 'ILIKE', 'RLIKE');
      return values('EXISTS');
    case 'CASE':
      return { ...values('WHEN'), firstCount: 1 };
    case 'IN':
    case 'EXISTS':
    case 'ROLLUP':
    case 'CUBE':
    case 'SETS':
    case 'INTERVAL':
    case 'AS':
      return nothing();
    case 'DISTINCT':
      if (before?.text === 'IS' || before?.text === 'NOT') return nothing('FROM');
      return undefined;
    default:
      return undefined;
  }
}

const units = [
  ...['DAY', 'DAYS', 'MONTH', 'MONTHS', 'YEAR', 'YEARS', 'HOUR', 'HOURS', 'MINUTE', 'MINUTES'],
  ...['SECOND', 'SECONDS', 'WEEK', 'WEEKS', 'QUARTER', 'MILLISECONDS', 'MICROSECONDS'],
];

const fields = [
  ...['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'DAYOFWEEK', 'DOY', 'HOUR', 'MINUTE', 'SECOND'],
];

function sortWords(part: readonly Item[]): readonly string[] {
  const last = part.at(-1)?.text ?? '';
  if (last === 'FIRST' || last === 'LAST') return [];
  if (last === 'ASC' || last === 'DESC') return ['NULLS FIRST', 'NULLS LAST'];
  return ['DESC', 'ASC', 'NULLS FIRST', 'NULLS LAST'];
}

function inExpression(
  frame: Frame,
  part: readonly Item[],
  begins: readonly string[],
  follow: () => readonly string[],
  values: Make,
  nothing: Make,
): Expected {
  const { clause, callee } = frame;
  const [before, last] = [part.at(-2), part.at(-1)];
  if (last?.kind === 'word') {
    if (last.text === 'NULLS' && clause === 'orderBy') return nothing('FIRST', 'LAST');
    if (last.text === 'IGNORE' || last.text === 'RESPECT') return nothing('NULLS');
    if (last.text === 'ALL' && (clause === 'groupBy' || clause === 'orderBy') && part.length === 1)
      return clause === 'orderBy' ? nothing(...sortWords(part), ...follow()) : nothing(...follow());
    if (last.text === 'GROUPING' && clause === 'groupBy') return nothing('SETS');
    if (last.text === 'WITHIN') return nothing('GROUP');
    if (last.text === 'OVER' || last.text === 'FILTER') return nothing();
  }
  if (last?.text === '::') return { ...nothing(), names: 'types' };
  const isCount = last?.kind === 'value' && !/[a-z]/i.test(last.text);
  if (before?.text === 'INTERVAL' && isCount) return nothing(...units);
  if (!isOperandEnd(part)) {
    if (last?.text === '.') return values();
    const led = behindLeading(part, values, nothing);
    if (led) return led;
    const isFirst = part.length === 0;
    if (callee === 'EXISTS' && frame.items.length === 0) return nothing('SELECT', 'WITH', 'FROM');
    if (callee === 'EXTRACT' && frame.items.length === 0) return nothing(...fields);
    const all = frame.items.length === 0 ? ['ALL'] : [];
    const grouping =
      isFirst && clause === 'groupBy' ? [...all, 'ROLLUP', 'CUBE', 'GROUPING SETS'] : [];
    const hasQuantifier = callee !== undefined && findFunction(callee)?.kind === 'aggregate';
    const quantifier = isFirst && frame.items.length === 0 && hasQuantifier ? ['DISTINCT'] : [];
    const own = operandWords(clause).filter(
      (word) => word !== 'DISTINCT' || (isFirst && frame.items.length === 0),
    );
    const expected = values(...begins, ...quantifier, ...grouping, ...own);
    return begins.length > 0 && clause === 'arguments' && frame.items.length === 0
      ? { ...expected, firstCount: begins.length }
      : expected;
  }
  return behindOperand(frame, part, follow, nothing);
}

function behindOperand(
  frame: Frame,
  part: readonly Item[],
  follow: () => readonly string[],
  nothing: Make,
): Expected {
  const { clause, callee, kind } = frame;
  const last = part.at(-1);
  const openCase = caseAfter(part);
  if (openCase) return nothing(...openCase, ...operators(part));
  if (clause === 'orderBy') {
    const words = sortWords(part);
    const isPlain = words.length === 4;
    return nothing(...words, ...follow(), ...(isPlain ? operators(part) : []));
  }
  const isCondition = clause === 'where' || clause === 'on' || clause === 'having';
  const words = operators(part);
  if (isCondition && words.length === 1) return nothing(...words);
  if (isCondition) return nothing(...overWords(part), ...operators(part), ...follow());
  if (clause === 'groupBy') return nothing(...follow(), ...operators(part));
  if (clause === 'select') {
    if (part.some(({ text }) => text === 'AS') || endsWithNewName(part))
      return nothing(...follow());
    if (last?.text === '*') return nothing(...follow());
    return nothing(...overWords(part), 'AS', ...follow(), ...operators(part));
  }
  if (callee === 'EXTRACT' && part.length === 1) return nothing('FROM');
  if (kind === 'query') return nothing(...overWords(part), ...follow(), ...operators(part));
  return nothing(...overWords(part), ...operators(part));
}

function endsWithNewName(part: readonly Item[]): boolean {
  const [before, last] = [part.at(-2), part.at(-1)];
  const isKnown = /^(END|NULL|TRUE|FALSE|NULLS)$/.test(last?.text ?? '');
  if (!before || !last || !isNameLike(last) || isKnown || before.text === 'OVER') return false;
  return isOperandEnd(part.slice(0, -1)) && (before.kind !== 'word' || before.text !== 'INTERVAL');
}

/** Behind a call of a function over many rows. */
function overWords(part: readonly Item[]): readonly string[] {
  const [third, before, last] = [part.at(-3), part.at(-2), part.at(-1)];
  if (last?.text === 'NULLS') return ['OVER'];
  if (last?.kind !== 'group' || !before || !isNameLike(before)) return [];
  if (third?.text === 'WITHIN') return ['OVER', 'FILTER'];
  if (before.text === 'FILTER') return ['OVER'];
  const row = findFunction(before.text);
  if (row?.kind === 'window') return ['OVER'];
  if (row?.kind !== 'aggregate') return [];
  return row.takesWithinGroup === true ? ['WITHIN GROUP', 'OVER', 'FILTER'] : ['OVER', 'FILTER'];
}

/** Of the innermost CASE that is not closed: what goes on with it. */
function caseAfter(part: readonly Item[]): readonly string[] | undefined {
  const open: string[] = [];
  for (const { kind, text } of part) {
    if (kind !== 'word') continue;
    if (text === 'CASE') open.push(text);
    else if (text === 'END') open.pop();
    else if (open.length > 0 && /^(WHEN|THEN|ELSE)$/.test(text)) open[open.length - 1] = text;
  }
  switch (open.at(-1)) {
    case 'CASE':
      return ['WHEN'];
    case 'WHEN':
      return ['THEN'];
    case 'THEN':
      return ['WHEN', 'ELSE', 'END'];
    case 'ELSE':
      return ['END'];
    default:
      return undefined;
  }
}
