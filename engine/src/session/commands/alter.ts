/** ALTER TABLE and ALTER VIEW, and COMMENT ON. */
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { AlterRelation, Alteration, CommentOn } from '#sql/plan/statements.ts';
import { simpleString } from '#sql/plan/types.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { duckType } from '../../duckdb/types.ts';
import type { SessionRelation, StoredTable, StoredView, TableColumn } from '../catalog.ts';
import { isView } from '../catalog.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal } from './command.ts';
import { execute } from './storage.ts';
import { viewOf } from './views.ts';

export async function alterRelation(context: CommandContext, command: AlterRelation): Answer {
  const { catalog } = context.session;
  const { nameParts, range } = command.name;
  const found = catalog.find(nameParts);
  if (!found) {
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(nameParts) }, range));
  }
  const operation = operationName(command);
  if (command.what === 'table' && isView(found)) {
    const hasOther = ['rename', 'setProperties', 'unsetProperties'].includes(
      command.alteration.kind,
    );
    return fail(
      problem(`EXPECT_TABLE_NOT_VIEW.${hasOther ? 'USE_ALTER_VIEW' : 'NO_ALTERNATIVE'}`, {
        operation,
        viewName: quoteName(catalog.fullName(found.nameParts)),
      }),
    );
  }
  if (command.what === 'view' && !isView(found)) {
    return fail(
      problem('EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE', {
        operation,
        tableName: quoteName(catalog.fullName(found.nameParts)),
      }),
    );
  }
  return alter(context, found, command.alteration, command);
}

function operationName({ what, alteration }: AlterRelation): string {
  const words: Readonly<Record<Alteration['kind'], string>> = {
    rename: '... RENAME TO',
    setProperties: '... SET TBLPROPERTIES',
    unsetProperties: '... UNSET TBLPROPERTIES',
    setOptions: '... SET SERDEPROPERTIES',
    query: '... AS',
    schemaMode: '... WITH SCHEMA',
    addColumns: '... ADD COLUMNS',
    dropColumns: '... DROP COLUMNS',
    renameColumn: '... RENAME COLUMN',
    changeColumn: '... ALTER COLUMN',
    other: '',
  };
  return `ALTER ${what.toUpperCase()} ${words[alteration.kind]}`.trim();
}

async function alter(
  context: CommandContext,
  found: SessionRelation,
  alteration: Alteration,
  command: AlterRelation,
): Answer {
  const { catalog } = context.session;
  switch (alteration.kind) {
    case 'rename': {
      const to = alteration.to.nameParts;
      const place =
        found.nameParts.length === 1 ? to : [catalog.qualified(to).namespace, to.at(-1) ?? ''];
      const taken =
        found.nameParts.length === 1
          ? catalog.temporary.get((to[0] ?? '').toLowerCase())
          : catalog.find(place, false);
      if (taken) {
        const relationName = quoteName(place.slice(-1));
        return fail(problem('TABLE_OR_VIEW_ALREADY_EXISTS', { relationName }, alteration.to.range));
      }
      catalog.remove(found);
      catalog.put({ ...found, nameParts: place });
      return nothing;
    }
    case 'setProperties': {
      // A comment is kept apart from what else is said of a table.
      const { comment, ...others } = alteration.properties;
      const properties = { ...found.properties, ...others };
      catalog.put({ ...found, properties, ...(comment === undefined ? {} : { comment }) });
      return nothing;
    }
    case 'setOptions':
      if (found.kind !== 'table') return fail(refusal('SERDEPROPERTIES of files'));
      catalog.put({ ...found, options: { ...found.options, ...alteration.options } });
      return nothing;
    case 'unsetProperties': {
      const kept = Object.entries(found.properties).filter(
        ([key]) => !alteration.keys.includes(key),
      );
      const { comment, ...rest } = found;
      const isCommentKept = comment === undefined || alteration.keys.includes('comment');
      catalog.put({
        ...rest,
        ...(isCommentKept ? {} : { comment }),
        properties: Object.fromEntries(kept),
      });
      return nothing;
    }
    case 'query': {
      if (found.kind !== 'view') return fail(refusal('ALTER VIEW of files'));
      const { defaultCollation } = found.settings;
      const view = await viewOf(
        context,
        {
          name: command.name,
          scope: found.scope,
          columns: [],
          properties: found.properties,
          schemaMode: found.schemaMode,
          ...(defaultCollation === undefined ? {} : { defaultCollation }),
          query: alteration.query,
          queryText: alteration.queryText,
          ...(found.comment === undefined ? {} : { comment: found.comment }),
        },
        found.nameParts,
      );
      if (!view.ok) return view;
      catalog.put(view.value);
      return nothing;
    }
    case 'schemaMode':
      if (found.kind !== 'view') return fail(refusal('ALTER VIEW of files'));
      catalog.put({ ...found, schemaMode: alteration.mode } satisfies StoredView);
      return nothing;
    case 'other':
      return fail(refusal(`The statement ${alteration.feature}`));
    default:
      return found.kind === 'table'
        ? alterColumns(context, found, alteration)
        : fail(refusal('ALTER TABLE of a table over files'));
  }
}

type ColumnAlteration = Extract<
  Alteration,
  { readonly kind: 'addColumns' | 'dropColumns' | 'renameColumn' | 'changeColumn' }
>;

async function alterColumns(
  context: CommandContext,
  table: StoredTable,
  alteration: ColumnAlteration,
): Answer {
  const { session } = context;
  const { catalog } = session;
  const same = (left: string, right: string) =>
    session.settings.caseSensitive ? left === right : left.toLowerCase() === right.toLowerCase();
  const tableName = quoteName(catalog.fullName(table.nameParts));
  if (alteration.kind === 'addColumns') {
    const existing = alteration.columns.find(({ name }) =>
      table.columns.some((column) => same(column.name, name)),
    );
    if (existing) {
      return fail(
        problem('COLUMN_ALREADY_EXISTS', { columnName: quoteName([existing.name.toLowerCase()]) }),
      );
    }
    return addColumns(context, table, alteration.columns);
  }
  // Spark's own catalog can't drop or rename columns; only formats with transactions can.
  if (alteration.kind !== 'changeColumn') {
    const operation = alteration.kind === 'dropColumns' ? 'DROP COLUMN' : 'RENAME COLUMN';
    return fail(problem('UNSUPPORTED_FEATURE.TABLE_OPERATION', { tableName, operation }));
  }
  const name = alteration.name.join('.');
  const column = table.columns.find((candidate) => same(candidate.name, name));
  if (!column) {
    const proposal = table.columns.map((candidate) => quoteName([candidate.name])).join(', ');
    const objectName = quoteName(alteration.name);
    return fail(problem('UNRESOLVED_COLUMN.WITH_SUGGESTION', { objectName, proposal }, nowhere));
  }
  const changed = changedColumn(tableName, column, alteration);
  if (!changed.ok) return changed;
  const columns = table.columns.map((candidate) =>
    candidate === column ? changed.value : candidate,
  );
  catalog.put({ ...table, columns });
  return nothing;
}

function changedColumn(
  tableName: string,
  column: TableColumn,
  alteration: Extract<Alteration, { readonly kind: 'changeColumn' }>,
) {
  const { type, typeText, comment, renamed, defaultText } = alteration;
  const isRenamed = renamed !== undefined && renamed.toLowerCase() !== column.name.toLowerCase();
  const isRetyped = type !== undefined && typeText !== column.typeText;
  if (isRenamed) {
    const operation = 'RENAME COLUMN';
    return fail(problem('UNSUPPORTED_FEATURE.TABLE_OPERATION', { tableName, operation }));
  }
  if (alteration.position) {
    const operation = 'ALTER COLUMN ... FIRST | AFTER';
    return fail(problem('UNSUPPORTED_FEATURE.TABLE_OPERATION', { tableName, operation }));
  }
  if (isRetyped && !isLongerVarchar(column.typeText, typeText ?? '')) {
    return fail(
      problem('NOT_SUPPORTED_CHANGE_COLUMN', {
        table: tableName,
        originName: quoteName([column.name]),
        originType: `"${simpleString(column.type).toUpperCase()}"`,
        newName: quoteName([column.name]),
        newType: `"${simpleString(type).toUpperCase()}"`,
      }),
    );
  }
  const { defaultText: before, default: value, ...rest } = column;
  const kept =
    before === undefined || defaultText !== undefined
      ? {}
      : { defaultText: before, default: value };
  return ok<TableColumn>({
    ...rest,
    ...(kept as Pick<TableColumn, 'default' | 'defaultText'>),
    ...(type === undefined || typeText === undefined ? {} : { type, typeText }),
    ...(comment === undefined ? {} : { comment }),
    ...(typeof defaultText === 'string' && alteration.default
      ? { defaultText, default: alteration.default }
      : {}),
    ...(alteration.dropNotNull === undefined ? {} : { nullable: alteration.dropNotNull }),
  });
}

/** Only a varchar may become another one, and a longer one. */
function isLongerVarchar(before: string, after: string): boolean {
  const [length, longer] = [before, after].map((text) => /^varchar\((\d+)\)$/.exec(text)?.[1]);
  return length !== undefined && longer !== undefined && Number(length) <= Number(longer);
}

/** New columns are null in the rows that are there; partition columns stay last. */
async function addColumns(
  context: CommandContext,
  table: StoredTable,
  added: readonly TableColumn[],
): Answer {
  const isPartition = ({ name }: TableColumn) =>
    table.partitionColumns.some((other) => other.toLowerCase() === name.toLowerCase());
  const data = table.columns.filter((column) => !isPartition(column));
  const last = table.columns.filter(isPartition);
  const storage = context.storageName();
  const list = [
    ...data.map((_, index) => `c${index}`),
    ...added.map(({ type }, index) => `CAST(NULL AS ${duckType(type)}) AS c${data.length + index}`),
    ...last.map((_, index) => `c${data.length + index} AS c${data.length + added.length + index}`),
  ];
  const made = await execute(
    context,
    `CREATE TABLE ${storage} AS SELECT ${list.join(', ')} FROM ${table.storage}`,
  );
  if (!made.ok) return made;
  const { catalog } = context.session;
  catalog.put({ ...table, storage, columns: [...data, ...added, ...last] });
  await execute(context, `DROP TABLE IF EXISTS ${table.storage}`);
  return nothing;
}

export function commentOn({ session }: CommandContext, command: CommentOn): Awaited<Answer> {
  const { catalog } = session;
  const { nameParts, range } = command.name;
  if (command.what === 'namespace') {
    const name = (nameParts.at(-1) ?? '').toLowerCase();
    const namespace = catalog.namespaces.get(name);
    if (!namespace) {
      const schemaName = quoteName(['spark_catalog', name]);
      return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, range));
    }
    catalog.namespaces.set(name, { ...namespace, comment: command.comment ?? '' });
    return nothing;
  }
  const found = catalog.find(nameParts);
  if (!found) {
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName: quoteName(nameParts) }, range));
  }
  if (isView(found)) {
    return fail(
      problem('EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE', {
        operation: 'COMMENT ON TABLE',
        viewName: quoteName(catalog.fullName(found.nameParts)),
      }),
    );
  }
  const { comment: _before, ...rest } = found;
  void _before;
  catalog.put(command.comment === undefined ? rest : { ...rest, comment: command.comment });
  return nothing;
}
