/** SHOW: what is in the session. */
import { fail, ok } from '#shared/result.ts';
import type { ObjectName, Show } from '#sql/plan/statements.ts';
import { quoteIfNeeded, typeSql } from '#sql/plan/types.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { sparkFunctionNames } from '#sql/functions/sparkNames.ts';
import type { SessionCatalog, SessionRelation, TableColumn } from '../catalog.ts';
import { isTemporary, isView } from '../catalog.ts';
import type { Answer, CommandContext } from './command.ts';
import { refusal, rowsOf } from './command.ts';
import { factsOf, relationNamed, shownProperties, schemaModeOf } from './describe.ts';

export async function show(context: CommandContext, command: Show): Answer {
  const { catalog } = context.session;
  switch (command.what) {
    case 'tables':
    case 'views':
      return showRelations(catalog, command);
    case 'tableExtended':
      return showExtended(context, command);
    case 'columns':
      return showColumns(context, command);
    case 'namespaces': {
      const names = [...catalog.namespaces.keys()].filter(matching(command.pattern)).sort();
      return rowsOf(
        [['namespace']],
        names.map((name) => [quoteIfNeeded(name)]),
      );
    }
    case 'catalogs':
      return rowsOf(
        [['catalog']],
        ['spark_catalog'].filter(matching(command.pattern)).map((name) => [name]),
      );
    case 'currentNamespace':
      return rowsOf([['catalog'], ['namespace']], [['spark_catalog', catalog.currentNamespace]]);
    case 'properties':
      return showProperties(context, command);
    case 'createTable':
      return showCreate(context, command);
    case 'functions':
      return showFunctions(context, command);
    case 'partitions':
      return fail(refusal('SHOW PARTITIONS'));
  }
}

/** Spark's pattern: `*` is anything, `|` is or, and case does not count. */
function matching(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const alternatives = pattern
    .trim()
    .split('|')
    .map((part) =>
      part
        .trim()
        .replace(/[.+?^${}()[\]\\]/g, '\\$&')
        .replaceAll('*', '.*'),
    );
  const test = new RegExp(`^(?:${alternatives.join('|')})$`, 'i');
  return (name) => test.test(name);
}

interface Listed {
  readonly namespace: string;
  readonly name: string;
  readonly relation: SessionRelation;
}

function listed(catalog: SessionCatalog, namespace: string): readonly Listed[] {
  const isGlobal = namespace === 'global_temp';
  const permanent = isGlobal
    ? [...catalog.globalTemporary.values()]
    : [...catalog.persistent.values()].filter(({ nameParts }) => nameParts.at(-2) === namespace);
  const owned = namespace === 'default' ? [...catalog.owned.values()] : [];
  const named = (within: string) => (relation: SessionRelation) => ({
    namespace: within,
    name: relation.nameParts.at(-1) ?? '',
    relation,
  });
  const byName = (left: Listed, right: Listed) => (left.name < right.name ? -1 : 1);
  return [
    ...[...permanent, ...owned].map(named(namespace)).sort(byName),
    ...[...catalog.temporary.values()].map(named('')).sort(byName),
  ];
}

/** The namespace that a SHOW is about, or that it is not there. */
function namespaceOf(catalog: SessionCatalog, name: ObjectName | undefined) {
  if (!name) return ok(catalog.currentNamespace);
  const parts = name.nameParts.map((part) => part.toLowerCase());
  if (parts.length > 1 && parts[0] === 'spark_catalog') parts.shift();
  const namespace = parts.join('.');
  if (namespace === 'global_temp' || catalog.hasNamespace(namespace)) return ok(namespace);
  const schemaName = quoteName(['spark_catalog', ...parts]);
  return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, name.range));
}

function showRelations(catalog: SessionCatalog, command: Show): Awaited<Answer> {
  const namespace = namespaceOf(catalog, command.namespace);
  if (!namespace.ok) return namespace;
  const isWanted = matching(command.pattern);
  const rows = listed(catalog, namespace.value)
    .filter(
      ({ name, relation }) => isWanted(name) && (command.what === 'tables' || isView(relation)),
    )
    .map(({ namespace: within, name, relation }) => [
      within,
      name,
      within === '' || within === 'global_temp' || isTemporary(relation),
    ]);
  const column = command.what === 'tables' ? 'tableName' : 'viewName';
  const answer = rowsOf([['namespace'], [column], ['isTemporary', 'boolean']], rows);
  return answer.ok ? ok({ ...answer.value, shellForm: 'secondColumn' }) : answer;
}

async function showExtended(context: CommandContext, command: Show): Answer {
  const { catalog } = context.session;
  const namespace = namespaceOf(catalog, command.namespace);
  if (!namespace.ok) return namespace;
  if (command.partition && command.partition.length > 0) {
    return fail(refusal('SHOW TABLE EXTENDED of a partition'));
  }
  const isWanted = matching(command.pattern);
  const rows = [];
  for (const { namespace: within, name, relation } of listed(catalog, namespace.value)) {
    if (!isWanted(name)) continue;
    const nameParts = within === '' ? [name] : [within, name];
    const found = await relationNamed(context, { nameParts, range: command.range });
    if (!found.ok) return found;
    const facts = factsOf(context, relation, found.value.fields).map(
      ([label, value]) => `${label}: ${value}`,
    );
    if (relation.kind === 'table' && relation.partitionColumns.length > 0) {
      const names = relation.partitionColumns.map((column) => quoteName([column]));
      facts.push(`Partition Columns: [${names.join(', ')}]`);
    }
    const schema = found.value.fields.map(schemaLine).join('');
    const information = `${facts.join('\n')}\nSchema: root\n${schema}\n`;
    rows.push([within, name, isTemporary(relation), information]);
  }
  return rowsOf([['namespace'], ['tableName'], ['isTemporary', 'boolean'], ['information']], rows);
}

const treeNames: Readonly<Record<string, string>> = {
  int: 'integer',
  bigint: 'long',
  smallint: 'short',
  tinyint: 'byte',
};

function schemaLine({ name, typeText, nullable }: TableColumn): string {
  return ` |-- ${name}: ${treeNames[typeText] ?? typeText} (nullable = ${nullable})\n`;
}

async function showColumns(context: CommandContext, command: Show): Answer {
  const { name, namespace } = command;
  if (!name) throw new Error('SHOW COLUMNS names a table');
  const parts = [...name.nameParts];
  const within = namespace?.nameParts.at(-1);
  if (
    within !== undefined &&
    parts.length > 1 &&
    parts.at(-2)?.toLowerCase() !== within.toLowerCase()
  ) {
    return fail(
      problem('SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE', {
        namespaceA: quoteName([within]),
        namespaceB: quoteName(parts.slice(0, -1)),
      }),
    );
  }
  const nameParts = within === undefined || parts.length > 1 ? parts : [within, ...parts];
  const found = await relationNamed(context, { nameParts, range: name.range });
  if (!found.ok) return found;
  return rowsOf(
    [['col_name']],
    found.value.fields.map((field) => [field.name]),
  );
}

async function showProperties(context: CommandContext, command: Show): Answer {
  const { name, key } = command;
  if (!name) throw new Error('SHOW TBLPROPERTIES names a table');
  const found = await relationNamed(context, name);
  if (!found.ok) return found;
  const { relation } = found.value;
  const columns = [['key'], ['value']] as const;
  if (isTemporary(relation)) return rowsOf(columns, []);
  const { properties } = relation;
  if (key === undefined) return rowsOf(columns, shownProperties(properties));
  const value = properties[key];
  const full = context.session.catalog.fullName(relation.nameParts).join('.');
  return rowsOf(columns, [[key, value ?? `Table ${full} does not have property: ${key}`]]);
}

async function showCreate(context: CommandContext, command: Show): Answer {
  const { name } = command;
  if (!name) throw new Error('SHOW CREATE TABLE names a table');
  const found = await relationNamed(context, name);
  if (!found.ok) return found;
  const { relation, fields } = found.value;
  if (isTemporary(relation)) {
    return fail(
      problem('UNSUPPORTED_SHOW_CREATE_TABLE.ON_TEMPORARY_VIEW', {
        tableName: quoteName(relation.nameParts),
      }),
    );
  }
  const text = createText(context, relation, fields);
  return text === undefined
    ? fail(refusal('SHOW CREATE TABLE of files that have a name'))
    : rowsOf([['createtab_stmt']], [[text]]);
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function createText(
  { session: { catalog, settings } }: CommandContext,
  relation: SessionRelation,
  fields: readonly TableColumn[],
): string | undefined {
  if (relation.kind === 'files') return undefined;
  const [, database = '', table = ''] = catalog.fullName(relation.nameParts);
  const comment = relation.comment === undefined ? [] : [`COMMENT ${quoted(relation.comment)}`];
  const listed = shownProperties(relation.properties).map(
    ([key, value]) => `  ${quoted(key)} = ${quoted(value)}`,
  );
  const properties = listed.length === 0 ? [] : [`TBLPROPERTIES (\n${listed.join(',\n')})`];
  if (relation.kind === 'view') {
    const names = relation.columns.map(({ name }, index) => {
      const noted = relation.columnComments[index];
      return `  ${quoteIfNeeded(name)}${noted === undefined ? '' : ` COMMENT ${quoted(noted)}`}`;
    });
    const mode = settings.parser.viewSchemaModes ? [`WITH SCHEMA ${schemaModeOf(relation)}`] : [];
    const list = relation.schemaMode === 'evolution' ? '' : ` (\n${names.join(',\n')})`;
    const head = `CREATE VIEW ${quoteIfNeeded(database)}.${quoteIfNeeded(table)}${list}`;
    return [head, ...comment, ...properties, ...mode, `AS ${relation.text}`, ''].join('\n');
  }
  const definitions = fields.map((field) => {
    const type = field.typeText.includes('char(')
      ? field.typeText.toUpperCase()
      : typeSql(field.type);
    const notNull = field.nullable ? '' : ' NOT NULL';
    const otherwise = field.defaultText === undefined ? '' : ` DEFAULT ${field.defaultText}`;
    const noted = field.comment === undefined ? '' : ` COMMENT ${quoted(field.comment)}`;
    return `  ${quoteIfNeeded(field.name)} ${type}${notNull}${otherwise}${noted}`;
  });
  const options = shownProperties(relation.options).map(
    ([key, value]) => `  ${quoted(key)} = ${quoted(value)}`,
  );
  const full = ['spark_catalog', database, table].map(quoteIfNeeded).join('.');
  return [
    `CREATE TABLE ${full} (\n${definitions.join(',\n')})`,
    `USING ${relation.format}`,
    ...(options.length === 0 ? [] : [`OPTIONS (\n${options.join(',\n')})`]),
    ...(relation.partitionColumns.length === 0
      ? []
      : [`PARTITIONED BY (${relation.partitionColumns.map(quoteIfNeeded).join(', ')})`]),
    ...(relation.bucketText === undefined ? [] : [relation.bucketText]),
    ...comment,
    ...properties,
    '',
  ].join('\n');
}

function showFunctions({ session }: CommandContext, command: Show): Awaited<Answer> {
  const { functionScope = 'all', pattern } = command;
  const own = [...session.functions.values()].map(({ nameParts }) => nameParts.join('.'));
  const system = functionScope === 'user' ? [] : [...sparkFunctionNames];
  const user = functionScope === 'system' ? [] : own;
  const isWanted = matching(pattern);
  const names = [...new Set([...system, ...user])].filter((name) => {
    const [last = name] = name.split('.').slice(-1);
    return isWanted(last) || isWanted(name);
  });
  return rowsOf(
    [['function']],
    names.sort().map((name) => [name]),
  );
}
