/** The columns that an expression at a place may name, also where the query around it is not whole. */
import { outputOf } from '#sql/plan/output.ts';
import { parseSimpleString } from '#sql/plan/typeText.ts';
import type { DataType } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression, Relation, SubqueryAlias } from '#sql/plan/unresolved.ts';
import type { SqlNode } from './nodes.ts';
import { isRelation } from './nodes.ts';
import type { SqlTables } from './sqlTables.ts';
import { analyzeRelation } from './sqlTables.ts';

export interface ScopeColumn {
  readonly name: string;
  /** Undefined where the query that makes it has a mistake. */
  readonly type: DataType | undefined;
  readonly nullable: boolean;
  readonly qualifier: readonly string[];
}

export interface Scope {
  /** The innermost query's first; a column of a query outside may be named too. */
  readonly columns: readonly ScopeColumn[];
  /** The WITH names that can be read here. */
  readonly references: readonly SubqueryAlias[];
}

/** `path` leads from the root of the query to the place. */
export function scopeAt(path: readonly SqlNode[], tables: SqlTables): Scope {
  let references: readonly SubqueryAlias[] = [];
  let columns: readonly ScopeColumn[] = [];
  path.forEach((node, index) => {
    const next = path[index + 1];
    if (!isRelation(node)) return;
    if (node.kind === 'withRelations') {
      const inside = node.references.findIndex((reference) => reference === next);
      const visible = inside < 0 ? node.references : node.references.slice(0, inside);
      references = [...references, ...visible];
      return;
    }
    const isAtExpression = next !== undefined && !isRelation(next);
    const isLateralRight = node.kind === 'join' && node.lateral === true && next === node.right;
    const read = isLateralRight ? [node.left] : isAtExpression ? inputsFor(node) : [];
    const own = read.flatMap((relation) => columnsOf(relation, references, tables));
    columns = unique([...own, ...columns]);
  });
  return { columns, references };
}

/** What a relation's own expressions see. */
function inputsFor(node: Relation): readonly Relation[] {
  if (node.kind === 'join') return [node.left, node.right];
  if (!('input' in node)) return [];
  const { input } = node;
  // ORDER BY and HAVING see what the select list makes, and what it was made from.
  const isAbove = node.kind === 'sort' || node.kind === 'having' || node.kind === 'withWindows';
  if (isAbove && hasSelectList(input)) return [input, ...inputsFor(input)];
  return [input];
}

function hasSelectList({ kind }: Relation): boolean {
  return ['project', 'aggregate', 'having', 'deduplicate', 'withWindows'].includes(kind);
}

/** The columns of a relation; of its parts, where it has a mistake. */
export function columnsOf(
  relation: Relation,
  references: readonly SubqueryAlias[],
  tables: SqlTables,
): readonly ScopeColumn[] {
  const whole: Relation =
    references.length === 0
      ? relation
      : {
          kind: 'withRelations',
          root: relation,
          references,
          // A name may be its own in a recursive one; for the others it makes no difference here.
          isRecursive: false,
          range: relation.range,
        };
  const analyzed = analyzeRelation(whole, tables);
  if (analyzed?.ok) {
    return outputOf(analyzed.value).map(({ name, type, nullable, qualifier }) => ({
      name,
      type,
      nullable,
      qualifier,
    }));
  }
  return partsOf(relation, references, tables);
}

function partsOf(
  relation: Relation,
  references: readonly SubqueryAlias[],
  tables: SqlTables,
): readonly ScopeColumn[] {
  const of = (part: Relation) => columnsOf(part, references, tables);
  switch (relation.kind) {
    case 'join':
      return [...of(relation.left), ...of(relation.right)];
    case 'setOp':
      return of(relation.leftInput);
    case 'withRelations':
      return columnsOf(relation.root, [...references, ...relation.references], tables);
    case 'subqueryAlias':
      return of(relation.input).map((column, index) => ({
        ...column,
        name: relation.columnNames[index] ?? column.name,
        qualifier: [relation.alias],
      }));
    case 'lateralView': {
      const made = relation.columnNames.map((name) => unknown(name, [relation.alias]));
      return [...of(relation.input), ...made];
    }
    case 'project':
      return relation.expressions.flatMap((each) => named(each, of(relation.input)));
    case 'aggregate':
      return relation.aggregateExpressions.flatMap((each) => named(each, of(relation.input)));
    case 'read': {
      if (relation.readType.kind !== 'namedTable') return [];
      const { nameParts } = relation.readType;
      const last = nameParts.at(-1)?.toLowerCase();
      const reference =
        nameParts.length === 1
          ? references.findLast(({ alias }) => alias.toLowerCase() === last)
          : undefined;
      if (reference) {
        const before = references.slice(0, references.indexOf(reference));
        return partsOf(reference, before, tables);
      }
      const table = tables.find(nameParts);
      return (table?.fields ?? []).map(({ name, type, nullable }) => ({
        name,
        type: parseSimpleString(type),
        nullable,
        qualifier: nameParts,
      }));
    }
    default:
      return 'input' in relation ? of(relation.input) : [];
  }
}

function named(expression: Expression, input: readonly ScopeColumn[]): readonly ScopeColumn[] {
  switch (expression.kind) {
    case 'alias':
      return [unknown(expression.name, [])];
    case 'multiAlias':
      return expression.names.map((name) => unknown(name, []));
    case 'unresolvedAttribute': {
      const found = findColumns(input, expression.nameParts)[0];
      const name = expression.nameParts.at(-1) ?? '';
      return [found ? { ...found, qualifier: [] } : unknown(name, [])];
    }
    case 'unresolvedStar':
      return input.filter(({ qualifier }) => endsWith(qualifier, expression.target));
    default:
      return [];
  }
}

function unknown(name: string, qualifier: readonly string[]): ScopeColumn {
  return { name, type: undefined, nullable: true, qualifier };
}

/** The columns that a name may mean: more than one where it is ambiguous. */
export function findColumns(
  columns: readonly ScopeColumn[],
  nameParts: readonly string[],
): readonly ScopeColumn[] {
  const name = nameParts.at(-1)?.toLowerCase();
  const found = columns.filter(
    (column) =>
      column.name.toLowerCase() === name && endsWith(column.qualifier, nameParts.slice(0, -1)),
  );
  return found.length > 0 || nameParts.length < 2 ? found : fieldOf(columns, nameParts);
}

/** `column.field`, as deep as it goes. */
function fieldOf(
  columns: readonly ScopeColumn[],
  nameParts: readonly string[],
): readonly ScopeColumn[] {
  const outer = findColumns(columns, nameParts.slice(0, -1));
  const name = nameParts.at(-1)?.toLowerCase();
  return outer.flatMap((column) =>
    column.type?.kind === 'struct'
      ? column.type.fields
          .filter((field) => field.name.toLowerCase() === name)
          .map(({ type, nullable, ...field }) => ({ ...column, name: field.name, type, nullable }))
      : [],
  );
}

export function endsWith(qualifier: readonly string[], ending: readonly string[]): boolean {
  const offset = qualifier.length - ending.length;
  return (
    offset >= 0 &&
    ending.every((part, index) => qualifier[offset + index]?.toLowerCase() === part.toLowerCase())
  );
}

export function typeName(type: DataType | undefined): string {
  return type ? simpleString(type) : 'type not known yet';
}

function unique(columns: readonly ScopeColumn[]): readonly ScopeColumn[] {
  const known = new Set<string>();
  return columns.filter(({ name, qualifier }) => {
    const key = JSON.stringify([...qualifier, name]).toLowerCase();
    return !known.has(key) && known.add(key);
  });
}
