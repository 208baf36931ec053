/** The tables, views and databases of one session. Holds definitions; rows are in files or in DuckDB's tables. */
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import type { ColumnMetadata, ViewColumn } from '#sql/catalog.ts';
import type { DataType } from '#sql/plan/types.ts';
import type { Properties, SchemaMode, ViewScope } from '#sql/plan/statements.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Settings } from '#sql/settings.ts';
import type { SourceRequest } from '../sources/openSource.ts';

export const catalogName = 'spark_catalog';
const defaultNamespace = 'default';
const globalTemporaryNamespace = 'global_temp';

export interface TableColumn {
  readonly name: string;
  readonly type: DataType;
  /** Spark's simple string, with the lengths of char and varchar. */
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment?: string;
  readonly default?: Expression;
  readonly defaultText?: string;
}

/** A table whose rows DuckDB holds in memory, under a name of the engine's own. */
export interface StoredTable {
  readonly kind: 'table';
  readonly nameParts: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly storage: string;
  readonly format: string;
  readonly options: Properties;
  readonly partitionColumns: readonly string[];
  readonly bucketText?: string;
  readonly comment?: string;
  readonly properties: Properties;
}
export interface StoredView {
  readonly kind: 'view';
  readonly scope: ViewScope;
  readonly nameParts: readonly string[];
  readonly relation: Relation;
  readonly text: string;
  readonly settings: Settings;
  /** The settings that were not at their default when it was made. */
  readonly values: Properties;
  readonly namespace: string;
  readonly columns: readonly ViewColumn[];
  /** Of the query's columns, as they were when the view was made. */
  readonly columnMetadata: readonly (ColumnMetadata | undefined)[];
  readonly columnComments: readonly (string | undefined)[];
  readonly comment?: string;
  readonly properties: Properties;
  readonly schemaMode: SchemaMode;
}
/** Files under a name: `CREATE VIEW … USING`, a table over files, or a view that the session's owner defined. */
export interface FileView {
  readonly kind: 'files';
  readonly scope: ViewScope | 'table';
  readonly nameParts: readonly string[];
  readonly request: SourceRequest;
  /** Empty where the files say themselves what they hold. */
  readonly columns: readonly TableColumn[];
  readonly definition?: ViewDefinition;
  readonly comment?: string;
  readonly properties: Properties;
}
export type SessionRelation = StoredTable | StoredView | FileView;

export interface Namespace {
  readonly name: string;
  readonly comment: string;
  readonly location?: string;
  readonly properties: Properties;
}

export class SessionCatalog {
  currentNamespace = defaultNamespace;
  readonly namespaces = new Map<string, Namespace>([
    [defaultNamespace, { name: defaultNamespace, comment: 'default database', properties: {} }],
  ]);
  readonly temporary = new Map<string, SessionRelation>();
  readonly globalTemporary = new Map<string, SessionRelation>();
  /** When each was made or last changed, for DESCRIBE. */
  readonly madeAt = new WeakMap<SessionRelation, Date>();
  /** By namespace and name, in lower case, with a dot between. */
  readonly persistent = new Map<string, SessionRelation>();
  /** Files that the session's owner named: under what SQL makes, and seen by permanent views too. */
  readonly owned = new Map<string, FileView>();

  /** What a name means. A permanent view's query sees no temporary ones. */
  find(nameParts: readonly string[], seesTemporary = true): SessionRelation | undefined {
    const parts = nameParts.map((part) => part.toLowerCase());
    const [first = '', second = ''] = parts;
    if (parts.length === 1) {
      const temporary = seesTemporary ? this.temporary.get(first) : undefined;
      return temporary ?? this.findPermanent(this.currentNamespace, first);
    }
    if (parts.length === 3 && first === catalogName) {
      return this.findPermanent(second, parts[2] ?? '');
    }
    if (parts.length !== 2) return undefined;
    if (first === globalTemporaryNamespace) {
      return seesTemporary ? this.globalTemporary.get(second) : undefined;
    }
    return this.findPermanent(first, second);
  }

  private findPermanent(namespace: string, name: string): SessionRelation | undefined {
    const found = this.persistent.get(`${namespace}.${name}`);
    return found ?? (namespace === defaultNamespace ? this.owned.get(name) : undefined);
  }

  /** Where a permanent table or view of this name is or would be. */
  qualified(nameParts: readonly string[]): { readonly namespace: string; readonly name: string } {
    const parts = [...nameParts];
    if (parts.length === 3 && parts[0]?.toLowerCase() === catalogName) parts.shift();
    const name = parts.pop() ?? '';
    return { namespace: parts.join('.').toLowerCase() || this.currentNamespace, name };
  }

  /** Name with catalog and namespace, as messages and DESCRIBE have it. */
  fullName(nameParts: readonly string[]): readonly string[] {
    const { namespace, name } = this.qualified(nameParts);
    return [catalogName, namespace, name];
  }

  hasNamespace(name: string): boolean {
    return this.namespaces.has(name.toLowerCase());
  }

  /** Under its name until SQL makes something of that name. */
  own(view: FileView): void {
    this.owned.set((view.nameParts[0] ?? '').toLowerCase(), view);
  }

  put(relation: SessionRelation): void {
    this.madeAt.set(relation, new Date());
    this.mapOf(relation).set(this.keyOf(relation), relation);
  }

  remove(relation: SessionRelation): void {
    this.mapOf(relation).delete(this.keyOf(relation));
  }

  private mapOf(relation: SessionRelation): {
    set(key: string, relation: SessionRelation): unknown;
    delete(key: string): boolean;
  } {
    if (relation.kind === 'files' && relation.definition) {
      return { set: () => undefined, delete: (key) => this.owned.delete(key) };
    }
    if (isTemporary(relation)) return this.temporary;
    return relation.kind !== 'table' && relation.scope === 'globalTemporary'
      ? this.globalTemporary
      : this.persistent;
  }

  private keyOf(relation: SessionRelation): string {
    const name = (relation.nameParts.at(-1) ?? '').toLowerCase();
    const isOwned = relation.kind === 'files' && relation.definition !== undefined;
    if (isOwned || this.mapOf(relation) !== this.persistent) return name;
    return `${(relation.nameParts.at(-2) ?? defaultNamespace).toLowerCase()}.${name}`;
  }
}

export function isTemporary(relation: SessionRelation): boolean {
  if (relation.kind === 'files' && relation.definition) return false;
  return relation.kind !== 'table' && relation.scope === 'temporary';
}

export function isView(relation: SessionRelation): boolean {
  return relation.kind === 'view' || (relation.kind === 'files' && relation.scope !== 'table');
}
