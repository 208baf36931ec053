/** CREATE VIEW and DROP of tables and views. */
import { fail } from '#shared/result.ts';
import type { Field } from '#shared/protocol/engine.ts';
import { problem, quoteName } from '#sql/problem.ts';
import type {
  CreateView,
  CreateViewUsing,
  DropRelation,
  SchemaMode,
} from '#sql/plan/statements.ts';
import type { SessionRelation, StoredView } from '../catalog.ts';
import { isTemporary, isView } from '../catalog.ts';
import { sparkCsvDefaults } from '../../sources/csv.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal } from './command.ts';
import { dropStorage, lowerKeys, singlePart } from './storage.ts';

export async function createView(context: CommandContext, command: CreateView): Answer {
  const { catalog } = context.session;
  const { scope, replace, ifNotExists } = command;
  const { nameParts } = command.name;
  if (scope === 'temporary' && nameParts.length > 1) {
    const parameters = { actualName: quoteName(nameParts) };
    return fail(problem('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', parameters, command.name.range));
  }
  const { namespace, name } = catalog.qualified(nameParts);
  if (nameParts.length > 2 && namespace.includes('.')) {
    return fail(singlePart(nameParts, command.name.range));
  }
  if (scope === 'persistent' && !catalog.hasNamespace(namespace)) {
    const schemaName = quoteName(['spark_catalog', namespace]);
    return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, command.name.range));
  }
  const existing = scopeFind(context, command.scope, nameParts);
  if (existing && !replace) {
    if (ifNotExists) return nothing;
    return alreadyExists(context, command, nameParts);
  }
  if (existing && replace && scope === 'persistent' && !isView(existing)) {
    const viewName = quoteName(catalog.fullName(nameParts));
    return fail(
      problem('EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE', {
        tableName: viewName,
        operation: 'CREATE OR REPLACE VIEW',
      }),
    );
  }
  const view = await viewOf(context, command, scope === 'persistent' ? [namespace, name] : [name]);
  if (!view.ok) return view;
  catalog.put(view.value);
  return nothing;
}

/** Compiles the view's query, and holds its names and columns to what Spark allows. */
export async function viewOf(
  context: CommandContext,
  command: Pick<
    CreateView,
    | 'scope'
    | 'columns'
    | 'comment'
    | 'properties'
    | 'schemaMode'
    | 'defaultCollation'
    | 'query'
    | 'queryText'
    | 'name'
  >,
  nameParts: readonly string[],
) {
  const { session } = context;
  const { scope, query, queryText, defaultCollation } = command;
  const settings =
    defaultCollation === undefined ? session.settings : { ...session.settings, defaultCollation };
  const { range } = command.name;
  const statement = { kind: 'query', relation: query, range: query.range } as const;
  // What can be analyzed and not be run here is a view all the same: its readers are told.
  const described = await session.describeQuery(statement, context.reader, settings);
  if (!described.ok) return described;
  const { schema: output, metadata, read, variables } = described.value;
  const names = command.columns.map(({ name }) => name);
  const shown = scope === 'persistent' ? session.catalog.fullName(nameParts) : nameParts;
  if (names.length > 0 && names.length !== output.length) {
    const isTooMany = output.length > names.length;
    return fail(
      problem(
        `CREATE_VIEW_COLUMN_ARITY_MISMATCH.${isTooMany ? 'TOO_MANY' : 'NOT_ENOUGH'}_DATA_COLUMNS`,
        {
          viewName: quoteName(shown),
          viewColumns: names.map((name) => quoteName([name])).join(', '),
          dataColumns: output.map(({ name }) => quoteName([name])).join(', '),
        },
        range,
      ),
    );
  }
  if (scope === 'persistent') {
    const temporary = read.find(isTemporary);
    if (temporary) return fail(temporaryReference(shown, 'VIEW', temporary.nameParts));
    const [variable] = variables;
    if (variable !== undefined) return fail(temporaryReference(shown, 'VARIABLE', [variable]));
  }
  const replaced = scopeFind(context, scope, nameParts);
  if (replaced && read.includes(replaced)) return fail(recursive(shown));
  const columns = output.map((field, index) => ({
    name: names[index] ?? field.name,
    type: field.type,
    nullable: field.nullable,
    queryColumn: field.name,
  }));
  const twice = duplicateOf(columns, session.settings.caseSensitive);
  if (twice !== undefined) {
    return fail(problem('COLUMN_ALREADY_EXISTS', { columnName: quoteName([twice]) }, range));
  }
  const view: StoredView = {
    kind: 'view',
    scope,
    nameParts,
    relation: query,
    text: queryText,
    settings,
    values: session.configuration,
    namespace: session.catalog.currentNamespace,
    columns,
    columnMetadata: metadata,
    columnComments: command.columns.map(({ comment }) => comment),
    properties: command.properties,
    schemaMode: keepingNames(command.schemaMode, names) ?? defaultMode(context, scope),
    ...(command.comment === undefined ? {} : { comment: command.comment }),
  };
  return { ok: true, value: view } as const;
}

/** Names that were given to the columns stay with them, whatever the query comes to yield. */
function keepingNames(mode: SchemaMode | undefined, names: readonly string[]) {
  return mode === 'evolution' && names.length > 0 ? 'typeEvolution' : mode;
}

/** Permanent views take to other types of their columns, unless a setting has them bind. */
function defaultMode({ session }: CommandContext, scope: CreateView['scope']) {
  const compensates = session.configuration['spark.sql.legacy.viewSchemaCompensation'] !== 'false';
  const { viewSchemaModes } = session.settings.parser;
  return scope === 'persistent' && (compensates || !viewSchemaModes) ? 'compensation' : 'binding';
}

function recursive(nameParts: readonly string[]) {
  const viewIdent = quoteName(nameParts);
  return problem('RECURSIVE_VIEW', { viewIdent, newPath: `${viewIdent} -> ${viewIdent}` });
}

function temporaryReference(
  nameParts: readonly string[],
  tempObj: 'VIEW' | 'VARIABLE',
  temporary: readonly string[],
) {
  return problem('INVALID_TEMP_OBJ_REFERENCE', {
    obj: 'VIEW',
    objName: quoteName(nameParts),
    tempObj,
    tempObjName: quoteName(temporary),
  });
}

/** Spark says it in lower case. */
function duplicateOf(fields: readonly Pick<Field, 'name'>[], caseSensitive: boolean) {
  const names = fields.map(({ name }) => (caseSensitive ? name : name.toLowerCase()));
  return names.find((name, index) => names.indexOf(name) < index);
}

function scopeFind(
  { session: { catalog } }: CommandContext,
  scope: CreateView['scope'],
  nameParts: readonly string[],
): SessionRelation | undefined {
  const key = (nameParts.at(-1) ?? '').toLowerCase();
  if (scope === 'temporary') return catalog.temporary.get(key);
  if (scope === 'globalTemporary') return catalog.globalTemporary.get(key);
  return catalog.find(nameParts, false);
}

function alreadyExists(
  { session: { catalog } }: CommandContext,
  command: CreateView | CreateViewUsing,
  nameParts: readonly string[],
) {
  const { scope } = command;
  const { range } = command.name;
  if (scope === 'persistent') {
    const relationName = quoteName(catalog.fullName(nameParts));
    return fail(problem('TABLE_OR_VIEW_ALREADY_EXISTS', { relationName }, range));
  }
  const shown = scope === 'globalTemporary' ? ['global_temp', ...nameParts] : nameParts;
  const relationName = quoteName(shown);
  return fail(problem('TEMP_TABLE_OR_VIEW_ALREADY_EXISTS', { relationName }, range));
}

export async function createViewUsing(context: CommandContext, command: CreateViewUsing): Answer {
  const { session } = context;
  const { nameParts } = command.name;
  if (nameParts.length > 1) {
    const parameters = { actualName: quoteName(nameParts) };
    return fail(problem('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', parameters, command.name.range));
  }
  if (scopeFind(context, command.scope, nameParts) && !command.replace) {
    return alreadyExists(context, command, nameParts);
  }
  const { path = '', ...options } = lowerKeys(command.options);
  if (path === '' && command.columns.length === 0) {
    return fail(refusal('A view over files without the option path'));
  }
  const format = command.format.toLowerCase().split('.').at(-1) ?? '';
  const columns = command.columns.map(({ name, type }) => ({ name, type }));
  const request = {
    path,
    format,
    options: { ...sparkCsvDefaults, ...options },
    sample: false,
    ...(columns.length > 0 ? { columns } : {}),
  };
  if (path !== '') {
    const source = await session.sources.open(request, context.reader);
    if (!source.ok) return source;
  }
  session.catalog.put({
    kind: 'files',
    scope: command.scope,
    nameParts,
    request,
    columns: command.columns,
    properties: {},
  });
  return nothing;
}

export async function dropRelation(context: CommandContext, command: DropRelation): Answer {
  const { catalog } = context.session;
  const { nameParts, range } = command.name;
  const found = catalog.find(nameParts);
  if (nameParts.length > 2 && nameParts[0]?.toLowerCase() !== 'spark_catalog') {
    return fail(singlePart(nameParts, range));
  }
  if (!found || (command.what === 'table' && isTemporary(found) && nameParts.length > 1)) {
    if (command.ifExists) return nothing;
    const shown = nameParts.length < 3 ? catalog.fullName(nameParts) : nameParts;
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(shown) }, range));
  }
  const isPermanentView = isView(found) && !isTemporary(found);
  if (command.what === 'view' && !isView(found))
    return fail(wrongCommand(context, 'DROP VIEW', found));
  if (command.what === 'table' && isPermanentView) {
    return fail(wrongCommand(context, 'DROP TABLE', found));
  }
  catalog.remove(found);
  await dropStorage(context, found);
  return nothing;
}

function wrongCommand(
  { session: { catalog } }: CommandContext,
  operation: 'DROP VIEW' | 'DROP TABLE',
  found: SessionRelation,
) {
  const isDropView = operation === 'DROP VIEW';
  return problem('WRONG_COMMAND_FOR_OBJECT_TYPE', {
    operation,
    requiredType: isDropView ? 'VIEW' : 'EXTERNAL or MANAGED',
    objectName: catalog.fullName(found.nameParts).join('.'),
    foundType: isDropView ? 'MANAGED' : 'VIEW',
    alternative: isDropView ? 'DROP TABLE' : 'DROP VIEW',
  });
}
