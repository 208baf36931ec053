/** DESCRIBE of tables, views, columns, queries, databases and functions. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type {
  DescribeNamespace,
  DescribeQuery,
  DescribeRelation,
  ObjectName,
} from '#sql/plan/statements.ts';
import { problem, quoteName } from '#sql/problem.ts';
import type { SessionRelation, StoredTable, StoredView, TableColumn } from '../catalog.ts';
import { isTemporary, isView } from '../catalog.ts';
import type { Answer, CommandContext, CommandRows, Failed, Value } from './command.ts';
import { refusal, rowsOf } from './command.ts';
import { columnsFrom, fieldsOfRelation } from './tables.ts';

type Row = readonly [string, string, string | null];

const columns = [['col_name'], ['data_type'], ['comment']] as const;

/** The shell prints these rows in columns of twenty characters. */
function described(rows: readonly Row[]): Result<CommandRows, Failed> {
  const answer = rowsOf(columns, rows);
  return answer.ok ? ok({ ...answer.value, shellForm: 'padded' }) : answer;
}

export async function describeQuery(
  { session, reader }: CommandContext,
  { query }: DescribeQuery,
): Answer {
  const statement = { kind: 'query', relation: query, range: query.range } as const;
  const found = await session.describeQuery(statement, reader);
  if (!found.ok) return found;
  const { schema, metadata } = found.value;
  return described(
    columnsFrom(schema, metadata).map(({ name, typeText, comment }): Row => [
      name,
      typeText,
      comment ?? null,
    ]),
  );
}

export async function describeRelation(context: CommandContext, command: DescribeRelation): Answer {
  const found = await relationNamed(context, command.name);
  if (!found.ok) return found;
  const { relation, fields } = found.value;
  if (command.asJson) return fail(refusal('DESCRIBE … AS JSON'));
  if (command.partition.length > 0) {
    if (!isView(relation)) return fail(refusal('DESCRIBE of a partition'));
    return fail(
      problem('FORBIDDEN_OPERATION', {
        statement: 'DESC PARTITION',
        objectType: isTemporary(relation) ? 'TEMPORARY VIEW' : 'VIEW',
        objectName: quoteName(relation.nameParts),
      }),
    );
  }
  if (command.column)
    return describeColumn(context, relation, fields, command.column, command.extended);
  const rows = fields.map(({ name, typeText, comment }): Row => [name, typeText, comment ?? null]);
  const all = [
    ...rows,
    ...partitionRows(relation, fields),
    ...(command.extended && !isTemporary(relation) ? detailRows(context, relation, fields) : []),
    ...defaultRows(fields),
  ];
  return described(all);
}

export interface Found {
  readonly relation: SessionRelation;
  readonly fields: readonly TableColumn[];
}

/** A table or view of the session and its columns as they are declared. */
export async function relationNamed(
  context: CommandContext,
  { nameParts, range }: ObjectName,
): Promise<Result<Found, Failed>> {
  const { catalog } = context.session;
  const relation = catalog.find(nameParts);
  if (!relation) {
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(nameParts) }, range));
  }
  if (relation.kind === 'table') return ok({ relation, fields: relation.columns });
  if (relation.kind === 'files' && relation.columns.length > 0) {
    return ok({ relation, fields: relation.columns });
  }
  const isFixed =
    relation.kind === 'view' &&
    (relation.schemaMode === 'binding' || relation.schemaMode === 'compensation');
  const fields = isFixed
    ? ok(columnsFrom(relation.columns, relation.columnMetadata))
    : await fieldsOfRelation(context, nameParts);
  if (!fields.ok) return fields;
  if (relation.kind === 'files') return ok({ relation, fields: fields.value });
  const commented = fields.value.map((field, index) => {
    const evolves = relation.schemaMode === 'evolution';
    const kept = evolves ? undefined : relation.columnMetadata[index]?.comment;
    const comment = relation.columnComments[index] ?? kept;
    return comment === undefined ? field : { ...field, comment };
  });
  return ok({ relation, fields: commented });
}

function partitionRows(relation: SessionRelation, fields: readonly TableColumn[]): readonly Row[] {
  if (relation.kind !== 'table' || relation.partitionColumns.length === 0) return [];
  const isPartition = ({ name }: TableColumn) =>
    relation.partitionColumns.some((other) => other.toLowerCase() === name.toLowerCase());
  return [
    ['# Partition Information', '', ''],
    ['# col_name', 'data_type', 'comment'],
    ...fields
      .filter(isPartition)
      .map(({ name, typeText, comment }): Row => [name, typeText, comment ?? null]),
  ];
}

function defaultRows(fields: readonly TableColumn[]): readonly Row[] {
  const given = fields.flatMap(({ name, typeText, defaultText }): readonly Row[] =>
    defaultText === undefined ? [] : [[name, typeText, defaultText]],
  );
  return given.length === 0 ? [] : [['', '', ''], ['# Column Default Values', '', ''], ...given];
}

function detailRows(
  context: CommandContext,
  relation: SessionRelation,
  fields: readonly TableColumn[],
): readonly Row[] {
  const facts = factsOf(context, relation, fields).map(([label, value]): Row => [label, value, '']);
  return [['', '', ''], ['# Detailed Table Information', '', ''], ...facts];
}

/** What is told of a table in full, as label and value. */
export function factsOf(
  { session }: CommandContext,
  relation: SessionRelation,
  fields: readonly TableColumn[],
): readonly (readonly [string, string])[] {
  const { catalog } = session;
  const [catalogName = '', database = '', table = ''] = catalog.fullName(relation.nameParts);
  const facts: (readonly [string, string])[] = isTemporary(relation)
    ? [['Table', table]]
    : [
        ['Catalog', catalogName],
        ['Database', database],
        ['Table', table],
      ];
  facts.push(
    ['Created Time', (catalog.madeAt.get(relation) ?? new Date()).toUTCString()],
    ['Last Access', 'UNKNOWN'],
    ['Created By', 'Strata'],
    ['Type', isView(relation) ? 'VIEW' : relation.kind === 'files' ? 'EXTERNAL' : 'MANAGED'],
  );
  if (relation.kind === 'table') facts.push(...tableFacts(relation));
  else if (relation.kind === 'view') {
    const own = relation.columns.map(({ queryColumn }) => queryColumn);
    const evolves = relation.schemaMode === 'evolution';
    facts.push(...viewFacts(session, relation, evolves ? fields.map(({ name }) => name) : own));
  } else if (relation.request.path === '') facts.push(['View Schema Mode', 'BINDING']);
  else facts.push(['Provider', relation.request.format], ['Location', relation.request.path]);
  return facts;
}

function tableFacts(table: StoredTable): readonly (readonly [string, string])[] {
  const bucket = /^CLUSTERED BY \((.*?)\)(?: SORTED BY \((.*?)\))? INTO (\d+)/is.exec(
    table.bucketText ?? '',
  );
  const names = (list: string) =>
    `[${list
      .split(',')
      .map((name) => quoteName([name.trim().replace(/\s+(?:asc|desc)$/i, '')]))
      .join(', ')}]`;
  return [
    ['Provider', table.format],
    ...(bucket
      ? ([
          ['Num Buckets', bucket[3] ?? ''],
          ['Bucket Columns', names(bucket[1] ?? '')],
          ['Sort Columns', bucket[2] === undefined ? '[]' : names(bucket[2])],
        ] as const)
      : []),
    ...(table.comment === undefined ? [] : [['Comment', table.comment] as const]),
    ...propertiesFact('Table Properties', table.properties),
    ['Location', 'memory'],
    ...propertiesFact('Storage Properties', table.options),
    ...(table.partitionColumns.length > 0 ? [['Partition Provider', 'Catalog'] as const] : []),
  ];
}

function propertiesFact(
  label: string,
  properties: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const shown = shownProperties(properties).map(([key, value]) => `${key}=${value}`);
  return shown.length === 0 ? [] : [[label, `[${shown.join(', ')}]`]];
}

/** In order of their keys; what looks like a secret is not shown. */
export function shownProperties(
  properties: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const secret = /secret|password|token|access[.]?key/i;
  return Object.entries(properties)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => [key, secret.test(key) ? '*********(redacted)' : value] as const);
}

/** A view that was made while views had no modes is told of as one that binds. */
export function schemaModeOf(view: StoredView): string {
  if (!view.settings.parser.viewSchemaModes) return 'BINDING';
  return view.schemaMode === 'typeEvolution' ? 'TYPE EVOLUTION' : view.schemaMode.toUpperCase();
}

/** `current` are the columns of its query now, where the view changes with them. */
function viewFacts(
  { settings }: CommandContext['session'],
  view: StoredView,
  current: readonly string[],
): readonly (readonly [string, string])[] {
  const names = current.map((name) => quoteName([name]));
  return [
    ...(view.comment === undefined ? [] : [['Comment', view.comment] as const]),
    ['View Text', view.text],
    ...(view.scope === 'persistent' ? [['View Original Text', view.text] as const] : []),
    ...(settings.parser.viewSchemaModes ? [['View Schema Mode', schemaModeOf(view)] as const] : []),
    ['View Catalog and Namespace', `spark_catalog.${view.namespace}`],
    ['View Query Output Columns', `[${names.join(', ')}]`],
    ...propertiesFact('Table Properties', view.properties),
  ];
}

function describeColumn(
  { session }: CommandContext,
  relation: SessionRelation,
  fields: readonly TableColumn[],
  parts: readonly string[],
  extended: boolean,
): Result<CommandRows, Failed> {
  const name = parts.at(-1) ?? '';
  const same = (other: string) =>
    session.settings.caseSensitive ? other === name : other.toLowerCase() === name.toLowerCase();
  const field = fields.find((candidate) => same(candidate.name));
  if (!field) {
    return fail(
      problem('COLUMN_NOT_FOUND', {
        colName: quoteName(parts),
        caseSensitiveConfig: '"spark.sql.caseSensitive"',
      }),
    );
  }
  void relation;
  const unknown = ['min', 'max', 'num_nulls', 'distinct_count', 'avg_col_len', 'max_col_len'];
  const rows: (readonly [string, Value])[] = [
    ['col_name', field.name],
    ['data_type', field.typeText],
    ['comment', field.comment ?? 'NULL'],
  ];
  if (extended) for (const label of [...unknown, 'histogram']) rows.push([label, 'NULL']);
  return rowsOf([['info_name'], ['info_value']], rows);
}

export function describeNamespace(
  { session: { catalog } }: CommandContext,
  command: DescribeNamespace,
): Awaited<Answer> {
  const name = (command.name.nameParts.at(-1) ?? '').toLowerCase();
  const namespace = catalog.namespaces.get(name);
  if (!namespace) {
    const schemaName = quoteName(['spark_catalog', name]);
    return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, command.name.range));
  }
  const shown = shownProperties(namespace.properties).map(([key, value]) => `(${key},${value})`);
  return rowsOf(
    [['info_name'], ['info_value']],
    [
      ['Catalog Name', 'spark_catalog'],
      ['Namespace Name', name],
      ['Comment', namespace.comment],
      ['Location', namespace.location ?? 'memory'],
      ['Owner', 'strata'],
      ...(command.extended
        ? [['Properties', shown.length === 0 ? '' : `(${shown.join(', ')})`]]
        : []),
    ],
  );
}
