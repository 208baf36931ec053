/** What the names in a text of SQL mean: files and views that are known outside, and what the text itself makes. */
import type { Field } from '#shared/protocol/engine.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import type { Catalog, Table } from '#sql/catalog.ts';
import { analyze, schemaOf } from '#sql/compile.ts';
import type * as resolved from '#sql/plan/resolved.ts';
import { voidType } from '#sql/plan/types.ts';
import type { Statement } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { namesRead } from '#sql/relationNames.ts';
import { bindParameters } from '#sql/rewrite.ts';
import { defaultSettings } from '#sql/settings.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import { queryOf } from './sqlDocument.ts';

export interface SqlTable {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The file or folder that it reads. */
  readonly path?: string;
  /** Where the text makes it. */
  readonly madeAt?: { readonly start: number; readonly end: number };
  /** The types come from the first rows of the file. */
  readonly isSampled?: boolean;
}

export interface SqlTables {
  /** Undefined while nobody knows; null where there is none of that name. */
  find(nameParts: readonly string[]): SqlTable | null | undefined;
  /** Names to offer. */
  readonly names: readonly string[];
  /** Paths of files that could be read, to offer. */
  readonly files: readonly string[];
}

/** The names that a statement reads. */
export function namesNeeded(statement: SqlStatement): readonly (readonly string[])[] {
  const query = queryOf(statement);
  return query ? namesIn(query).filter((parts) => parts.length > 0) : [];
}

export function keyOf(nameParts: readonly string[]): string {
  return JSON.stringify(
    nameParts.map((part, index) =>
      index === 1 && isFormat(nameParts[0]) ? part : part.toLowerCase(),
    ),
  );
}

const formats = new Set(['csv', 'json', 'parquet', 'orc', 'text', 'avro', 'delta']);
export function isFormat(name: string | undefined): boolean {
  return formats.has(name?.toLowerCase() ?? '');
}

type Found = SqlTable | null | undefined;

/** The tables before one statement. */
export function tablesAt(
  document: SqlDocument,
  statement: SqlStatement,
  outer: SqlTables,
): SqlTables {
  return new StatementTables(document, outer).before(document.statements.indexOf(statement));
}

/** What a statement makes or drops; looked into when a statement below it reads the name. */
interface MadeTable {
  readonly index: number;
  readonly name: string;
  readonly statement: Statement;
  readonly madeAt: { readonly start: number; readonly end: number };
  isKnown: boolean;
  /** Null where it is dropped. */
  table: Found;
}

/** For each statement, the tables as they are when it runs: the statements above it may have made and dropped some. */
export class StatementTables {
  readonly #statements: readonly SqlStatement[];
  readonly #outer: SqlTables;
  readonly #made = new Map<string, MadeTable[]>();
  /** Of the statements before it what they make is noted. */
  #notedEnd = 0;

  constructor({ statements }: SqlDocument, outer: SqlTables) {
    this.#statements = statements;
    this.#outer = outer;
  }

  before(end: number): SqlTables {
    this.#noteUntil(end);
    const [outer, made] = [this.#outer, this.#made];
    if (made.size === 0) return outer;
    const last = (key: string) => made.get(key)?.findLast(({ index }) => index < end);
    const tableOf = (each: MadeTable) => this.#tableOf(each);
    return {
      find(nameParts) {
        const found = last(keyMade(nameParts));
        return found ? tableOf(found) : outer.find(nameParts);
      },
      get names() {
        const own = [...made.keys()].flatMap((key) => {
          const found = last(key);
          return found && found.statement.kind !== 'dropRelation' ? [found.name] : [];
        });
        return [...new Set([...outer.names, ...own])];
      },
      files: outer.files,
    };
  }

  #noteUntil(end: number): void {
    for (; this.#notedEnd < end; this.#notedEnd++) {
      const statement = this.#statements[this.#notedEnd];
      const noted = statement && noteOf(statement, this.#notedEnd);
      if (!noted) continue;
      const key = noted.name.toLowerCase();
      const known = this.#made.get(key);
      if (known) known.push(noted);
      else this.#made.set(key, [noted]);
    }
  }

  /** Those that it reads first, and theirs: a chain of views may be longer than the stack is deep. */
  #tableOf(made: MadeTable): Found {
    if (made.isKnown) return made.table;
    const needed = new Set([made]);
    for (const { statement, index } of needed)
      for (const parts of readBy(statement)) {
        const below = this.#made
          .get(keyMade(parts))
          ?.findLast((each) => each.index < index && !each.isKnown);
        if (below) needed.add(below);
      }
    for (const each of [...needed].sort((a, b) => a.index - b.index)) {
      const { name, madeAt } = each;
      const fields = fieldsMade(each.statement, this.before(each.index));
      each.table = fields && { name, fields, madeAt };
      each.isKnown = true;
    }
    return made.table;
  }
}

function keyMade(nameParts: readonly string[]): string {
  return isFormat(nameParts[0]) ? '' : (nameParts.at(-1)?.toLowerCase() ?? '');
}

function readBy(statement: Statement): readonly (readonly string[])[] {
  return 'query' in statement && statement.query ? namesIn(statement.query) : [];
}

const makers = ['createTable', 'createViewUsing', 'createView', 'cacheTable', 'dropRelation'];

function noteOf(statement: SqlStatement, index: number): MadeTable | undefined {
  // Others make nothing, and need not be read for it.
  if (!/^(?:create|cache|drop|replace)\b/i.test(statement.text)) return undefined;
  const parsed = statement.parsed.statement;
  if (parsed === undefined || !makers.includes(parsed.kind) || !('name' in parsed))
    return undefined;
  const object = parsed.name;
  if (typeof object !== 'object' || !('nameParts' in object)) return undefined;
  const name = object.nameParts.at(-1);
  if (name === undefined || (parsed.kind === 'cacheTable' && !parsed.query)) return undefined;
  const start = statement.start + object.range.start;
  const madeAt = { start, end: statement.start + object.range.end };
  const isDropped = parsed.kind === 'dropRelation';
  return { index, name, statement: parsed, madeAt, isKnown: isDropped, table: null };
}

/** The same list for the same statement, as long as it reads the same: who compares lists sees that nothing changed. */
const listsMade = new WeakMap<
  Statement,
  { readonly from: readonly Field[] | undefined; readonly fields: readonly Field[] | undefined }
>();

function fieldsMade(statement: Statement, tables: SqlTables): readonly Field[] | undefined {
  const query = 'query' in statement ? statement.query : undefined;
  const from = query && outcomeOf(query, tables)?.fields;
  const known = listsMade.get(statement);
  if (known && known.from === from) return known.fields;
  const fields = query ? renamed(from, statement) : definedBy(statement);
  listsMade.set(statement, { from, fields });
  return fields;
}

function renamed(from: readonly Field[] | undefined, statement: Statement) {
  if (statement.kind !== 'createView' || statement.columns.length === 0) return from;
  return from?.map((field, index) => ({
    ...field,
    name: statement.columns[index]?.name ?? field.name,
  }));
}

function definedBy(statement: Statement): readonly Field[] | undefined {
  const isDefinition = statement.kind === 'createTable' || statement.kind === 'createViewUsing';
  if (!isDefinition || statement.columns.length === 0) return undefined;
  return statement.columns.map(({ name, typeText, nullable }) => ({
    name,
    type: typeText,
    nullable,
  }));
}

/** What the analyzer makes of a query. */
export interface Outcome {
  readonly fields?: readonly Field[];
  readonly error?: SparkError;
}

const outcomes = new WeakMap<
  Relation,
  { readonly read: readonly (readonly Field[])[]; readonly outcome: Outcome }
>();

/** As {@link analyzeRelation}, kept as long as the tables that the query reads have the same columns. */
export function outcomeOf(relation: Relation, tables: SqlTables): Outcome | undefined {
  const found = namesIn(relation).map((parts) => tables.find(parts));
  const known = outcomes.get(relation);
  const isSame =
    known?.read.length === found.length &&
    known.read.every((fields, index) => found[index]?.fields === fields);
  if (known && isSame) return known.outcome;
  const analyzed = analyzeRelation(relation, tables);
  if (!analyzed) return undefined;
  const outcome = analyzed.ok ? { fields: schemaOf(analyzed.value) } : { error: analyzed.error };
  const read = found.flatMap((table) => (table ? [table.fields] : []));
  // What is said of a table that is not there depends on all that are.
  if (read.length === found.length) outcomes.set(relation, { read, outcome });
  return outcome;
}

const namesByRelation = new WeakMap<Relation, readonly (readonly string[])[]>();

function namesIn(relation: Relation): readonly (readonly string[])[] {
  const names = namesByRelation.get(relation) ?? namesRead(relation);
  namesByRelation.set(relation, names);
  return names;
}

/** Undefined where a table is not known, so that nothing can be said. Parameters are nulls. */
export function analyzeRelation(
  relation: Relation,
  tables: SqlTables,
): Result<resolved.Relation, SparkError> | undefined {
  if (namesIn(relation).some((parts) => tables.find(parts) === undefined)) return undefined;
  const bound = bindParameters({ kind: 'query', relation, range: relation.range }, () => ({
    kind: 'literal',
    value: null,
    type: voidType,
    range: relation.range,
  }));
  if (bound.kind !== 'query') throw new Error('a query with parameters bound is a query');
  return analyze(bound, catalogOf(tables), defaultSettings);
}

function catalogOf(tables: SqlTables): Catalog {
  return {
    lookup(nameParts) {
      const found = tables.find(nameParts);
      return found ? tableOf(found, nameParts) : undefined;
    },
  };
}

function tableOf(table: SqlTable, nameParts: readonly string[]): Table {
  const format = isFormat(nameParts[0]) ? (nameParts[0] ?? '') : '';
  return {
    id: table.name,
    name: table.name,
    fields: table.fields,
    source: { format, path: table.path ?? '', options: {} },
  };
}
