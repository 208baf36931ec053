/** What Spark's analyzer would refuse, said where it stands: names, types, groups, unions, joins and writes. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Attribute } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { isNumeric, simpleString } from '#sql/plan/types.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { ScriptReading } from '../../frames/reading.ts';
import type { Frame, Writer } from '../../frames/values.ts';
import type { Finding } from '../finding.ts';
import { nearestName } from '#shared/nearestName.ts';

/** Silent where a schema is not known. */
export function planFindings(reading: ScriptReading, text: string): readonly Finding[] {
  const { script, frames, calls } = reading;
  const found: Finding[] = [];
  const told = new Set<string>();
  const tell = (finding: Finding) => {
    const key = `${finding.rule}:${finding.start}:${finding.end}`;
    if (!told.has(key)) found.push(finding);
    told.add(key);
  };
  const inner = innerOf(frames.map(({ frame }) => frame.relation));
  const judge = ({ frame }: (typeof frames)[number]) => {
    const analyzed = script.schemas.of(frame.relation);
    if (analyzed.kind === 'error') {
      const finding = findingOf(analyzed.error, frame.relation, text);
      if (finding) tell(finding);
    } else if (analyzed.kind === 'columns') {
      for (const finding of joinFindings(script.schemas, frame)) tell(finding);
    }
    return analyzed.kind !== 'unknown';
  };
  // What is wrong inside a DataFrame is found with the whole of it; where that is not known its parts may be.
  const isWhole = ({ frame }: (typeof frames)[number]) =>
    !inner.has(frame.relation) && frame.relation.kind !== 'join';
  const known = frames.filter(isWhole).map(judge);
  const rest = known.includes(false)
    ? frames
    : frames.filter(({ frame }) => frame.relation.kind === 'join');
  for (const each of rest) judge(each);
  for (const { callee, args } of calls) {
    if (callee.kind !== 'method' || callee.receiver.kind !== 'writer') continue;
    const { from, to } = args.node;
    for (const finding of writeFindings(reading, callee.receiver, callee.name, {
      start: from,
      end: to,
    }))
      tell(finding);
  }
  return found;
}

/** Those that are parts of others. */
function innerOf(relations: readonly Relation[]): ReadonlySet<Relation> {
  const all = new Set(relations);
  const found = new Set<Relation>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (all.has(value as Relation)) {
      found.add(value as Relation);
      return;
    }
    for (const each of Object.values(value)) if (typeof each === 'object') visit(each);
  };
  for (const relation of relations)
    if (relation.kind !== 'localData') Object.values(relation).forEach(visit);
  return found;
}

const rules: readonly (readonly [pattern: RegExp, rule: string])[] = [
  [/^UNRESOLVED_COLUMN/, 'spark-column'],
  [/^UNRESOLVED_USING_COLUMN_FOR_JOIN/, 'spark-column'],
  [/^FIELD_NOT_FOUND/, 'spark-column'],
  [/^AMBIGUOUS_REFERENCE$/, 'spark-ambiguous'],
  [/^DATATYPE_MISMATCH\./, 'spark-type'],
  [/^WRONG_NUM_ARGS/, 'spark-type'],
  [/^(?:MISSING_AGGREGATION|MISSING_GROUP_BY|GROUP_BY_AGGREGATE)$/, 'spark-grouping'],
  [/^(?:NUM_COLUMNS_MISMATCH|INCOMPATIBLE_COLUMN_TYPE)$/, 'spark-union'],
];

function findingOf(error: SparkError, relation: Relation, text: string): Finding | undefined {
  const rule = rules.find(([pattern]) => pattern.test(error.class))?.[1];
  if (rule === undefined) return undefined;
  const start = error.start ?? relation.range.start;
  const end = error.end ?? relation.range.end;
  const message = messageOf(error, rule);
  const finding: Finding = { rule, severity: 'error', start, end, message };
  const fix = rule === 'spark-column' ? nearestColumn(error) : undefined;
  const written = text.slice(start, end);
  if (fix === undefined || !written.endsWith(fix.wrong)) return finding;
  return {
    ...finding,
    start: end - fix.wrong.length,
    fixes: [
      {
        title: `Write '${fix.right}'`,
        edits: [{ start: end - fix.wrong.length, end, text: fix.right }],
      },
    ],
  };
}

/** Spark's own sentence, without its class, its hints and its number. */
function messageOf(error: SparkError, rule: string): string {
  const plain = error.message
    .replace(/^\[[\w.]+\] /, '')
    .replace(/ SQLSTATE: \w+[^]*$/, '')
    .replaceAll('`', "'");
  if (rule !== 'spark-column') return plain;
  const name = lastPart(
    error.parameters.objectName ?? error.parameters.fieldName ?? error.parameters.colName ?? '',
  );
  const candidates = namesIn(error.parameters.proposal ?? '');
  if (name === '') return plain;
  const near = nearestName(name, candidates);
  if (near !== undefined) return `There is no column '${name}' here. Did you mean '${near}'?`;
  const list = candidates.map((each) => `'${each}'`).join(', ');
  return `There is no column '${name}' here.${list === '' ? '' : ` There are ${list}.`}`;
}

function nearestColumn({
  parameters,
}: SparkError): { readonly wrong: string; readonly right: string } | undefined {
  const wrong = lastPart(parameters.objectName ?? '');
  const right = nearestName(wrong, namesIn(parameters.proposal ?? ''));
  return right === undefined || wrong === '' ? undefined : { wrong, right };
}

function lastPart(quoted: string): string {
  return /`([^`]*)`$/.exec(quoted)?.[1] ?? quoted;
}

function namesIn(proposal: string): readonly string[] {
  return proposal
    .split(', ')
    .filter((name) => name !== '')
    .map(lastPart);
}

type Schemas = ScriptReading['script']['schemas'];

/** Keys of a join that Spark compares only after a cast. */
function joinFindings(schemas: Schemas, { relation }: Frame): readonly Finding[] {
  if (relation.kind !== 'join') return [];
  const [left, right] = [relation.left, relation.right].map((side) => {
    const found = schemas.of(side);
    return found.kind === 'columns' ? found.columns : undefined;
  });
  if (!left || !right) return [];
  const typeOf = (columns: readonly Attribute[], name: string) => {
    const matches = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
    return matches.length === 1 ? matches[0]?.type : undefined;
  };
  const compared = relation.joinCondition
    ? oddComparisons(schemas, relation.joinCondition, relation)
    : [];
  return [
    ...compared,
    ...relation.usingColumns.flatMap((name): readonly Finding[] => {
      const [one, other] = [typeOf(left, name), typeOf(right, name)];
      if (!one || !other || !isOdd(one, other)) return [];
      return [
        {
          rule: 'spark-join-type',
          severity: 'warning',
          ...relation.range,
          message: `'${name}' is ${simpleString(one)} on the left and ${simpleString(other)} on the right: Spark casts one of them for each comparison, and raises where a value does not fit. Cast it where it is read.`,
        },
      ];
    }),
  ];
}

/** `a.key == b.key` in a condition, of columns that are known by their DataFrames. */
function oddComparisons(
  schemas: Schemas,
  condition: Expression,
  relation: Extract<Relation, { kind: 'join' }>,
): readonly Finding[] {
  if (condition.kind !== 'unresolvedFunction') return [];
  const [first, second] = condition.arguments;
  if (condition.functionName === 'and')
    return condition.arguments.flatMap((each) => oddComparisons(schemas, each, relation));
  if (condition.functionName !== '=' || !first || !second) return [];
  const { range } = relation;
  const inputs = [relation.left, relation.right];
  const typeOf = (column: Expression) => {
    if (column.kind !== 'unresolvedAttribute' || column.planId === undefined) return undefined;
    const { planId } = column;
    const found = inputs
      .filter((input) => hasPlan(input, planId))
      .flatMap((input) => {
        const of = schemas.of({ kind: 'project', input, expressions: [column], range });
        return of.kind === 'columns' && of.columns[0] ? [of.columns[0].type] : [];
      });
    return found.length === 1 ? found[0] : undefined;
  };
  const [one, other] = [typeOf(first), typeOf(second)];
  if (!one || !other || !isOdd(one, other)) return [];
  return [
    {
      rule: 'spark-join-type',
      severity: 'warning',
      ...condition.range,
      message: `This compares ${simpleString(one)} with ${simpleString(other)}: Spark casts one of them for each comparison, and raises where a value does not fit. Cast it where it is read.`,
    },
  ];
}

/** Whether a part of the plan is the DataFrame of that number. */
function hasPlan(value: unknown, planId: number): boolean {
  if (Array.isArray(value)) return value.some((each) => hasPlan(each, planId));
  if (typeof value !== 'object' || value === null) return false;
  if (
    'kind' in value &&
    value.kind === 'identified' &&
    'planId' in value &&
    value.planId === planId
  )
    return true;
  return Object.values(value).some((each) => hasPlan(each, planId));
}

function isOdd(one: DataType, other: DataType): boolean {
  const family = (type: DataType) => {
    if (isNumeric(type)) return 'number';
    return type.kind === 'timestamp' || type.kind === 'timestamp_ntz' ? 'date' : type.kind;
  };
  const plain = new Set(['number', 'string', 'boolean', 'date']);
  const [left, right] = [family(one), family(other)];
  return left !== right && plain.has(left) && plain.has(right);
}

function writeFindings(
  { script, calls }: ScriptReading,
  writer: Writer,
  name: string,
  range: { readonly start: number; readonly end: number },
): readonly Finding[] {
  const last = calls.findLast(
    ({ args }) => args.node.from === range.start && args.node.to === range.end,
  );
  if (!last) return [];
  if (name === 'partitionBy') {
    const columns = script.schemas.columnsOf(writer.frame);
    if (!columns) return [];
    const names = columns.map((column) => column.name);
    const asked = last.args.positional.flatMap((value) =>
      'items' in value ? value.items : [value],
    );
    return asked.flatMap((value): readonly Finding[] => {
      if (value.kind !== 'str') return [];
      if (names.some((each) => each.toLowerCase() === value.value.toLowerCase())) return [];
      const near = nearestName(value.value, names);
      const [start, end] = [value.literal?.starts[0], value.literal?.ends.at(-1)];
      if (start === undefined || end === undefined) return [];
      return [
        {
          rule: 'spark-write',
          severity: 'error',
          start,
          end,
          message: `There is no column '${value.value}' to write folders by.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
          ...(near === undefined
            ? {}
            : { fixes: [{ title: `Write '${near}'`, edits: [{ start, end, text: near }] }] }),
        },
      ];
    });
  }
  if (!/^(?:csv|json|parquet|orc|text|save)$/.test(name)) return [];
  const [path] = last.args.positional;
  const given = last.args.keywords.get('mode');
  const mode = given?.kind === 'str' ? given.value : writer.mode;
  if (path?.kind !== 'str' || mode !== 'overwrite') return [];
  const normal = (text: string) => text.replace(/\/+$/, '').replace(/^\.\//, '');
  const isRead = script.schemas
    .filesRead(writer.frame.relation)
    .some((file) => normal(file.path) === normal(path.value));
  const [start, end] = [path.literal?.starts[0], path.literal?.ends.at(-1)];
  if (!isRead || start === undefined || end === undefined) return [];
  return [
    {
      rule: 'spark-write',
      severity: 'error',
      start,
      end,
      message: `This overwrites '${path.value}', which the DataFrame itself reads: Spark deletes it before it is read. Write elsewhere, and move it afterwards.`,
    },
  ];
}
