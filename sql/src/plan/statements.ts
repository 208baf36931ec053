/** What a text of one statement holds: a query, or a command that changes or shows the session. */
import type { Range } from './range.ts';
import type { DataType } from './types.ts';
import type { Expression, Relation } from './unresolved.ts';

export type Statement = QueryStatement | Command;

export interface QueryStatement {
  readonly kind: 'query';
  readonly relation: Relation;
  readonly range: Range;
}

export type Command =
  | CreateView
  | CreateViewUsing
  | CreateTable
  | DropRelation
  | Insert
  | AlterRelation
  | Truncate
  | SetConfiguration
  | ResetConfiguration
  | UseNamespace
  | CreateNamespace
  | DropNamespace
  | CacheTable
  | UncacheTable
  | ClearCache
  | Refresh
  | DescribeRelation
  | DescribeQuery
  | DescribeFunction
  | DescribeNamespace
  | Show
  | Explain
  | CreateFunction
  | DropFunction
  | DeclareVariables
  | DropVariable
  | SetVariables
  | ExecuteImmediate
  | CommentOn
  | Unsupported;

/** A name as written, or the expression of an `IDENTIFIER(…)` that yields it. */
export interface ObjectName {
  readonly nameParts: readonly string[];
  readonly identifier?: Expression;
  readonly range: Range;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: DataType;
  /** Spark's simple string; unlike the type it keeps the lengths of char and varchar. */
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment?: string;
  readonly defaultText?: string;
  readonly default?: Expression;
  /** `GENERATED ALWAYS AS (…)`. */
  readonly generated?: boolean;
  readonly range: Range;
}

export type Properties = Readonly<Record<string, string>>;
export type ViewScope = 'persistent' | 'temporary' | 'globalTemporary';
export type SchemaMode = 'binding' | 'compensation' | 'typeEvolution' | 'evolution';

export interface CreateView {
  readonly kind: 'createView';
  readonly name: ObjectName;
  readonly scope: ViewScope;
  readonly replace: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly { readonly name: string; readonly comment?: string }[];
  readonly comment?: string;
  readonly properties: Properties;
  readonly schemaMode?: SchemaMode;
  /** What texts of the query compare by where it does not say; a canonical name. */
  readonly defaultCollation?: string;
  readonly query: Relation;
  readonly queryText: string;
  readonly range: Range;
}
/** `CREATE TEMPORARY VIEW v USING csv OPTIONS (…)`. */
export interface CreateViewUsing {
  readonly kind: 'createViewUsing';
  readonly name: ObjectName;
  readonly scope: ViewScope;
  readonly replace: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly format: string;
  readonly options: Properties;
  readonly range: Range;
}
export interface CreateTable {
  readonly kind: 'createTable';
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly replace: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly format?: string;
  readonly options: Properties;
  readonly partitionColumns: readonly string[];
  readonly bucketText?: string;
  readonly location?: string;
  readonly comment?: string;
  readonly properties: Properties;
  /** `CREATE TABLE t LIKE other`. */
  readonly like?: ObjectName;
  readonly query?: Relation;
  readonly queryText?: string;
  readonly range: Range;
}
export interface DropRelation {
  readonly kind: 'dropRelation';
  readonly what: 'table' | 'view';
  readonly name: ObjectName;
  readonly ifExists: boolean;
  readonly range: Range;
}
export interface PartitionValue {
  readonly name: string;
  /** Absent for a dynamic partition. */
  readonly value?: Expression;
}
export interface Insert {
  readonly kind: 'insert';
  readonly target: ObjectName;
  readonly overwrite: boolean;
  readonly byName: boolean;
  readonly columns?: readonly string[];
  readonly partition: readonly PartitionValue[];
  /** `INSERT OVERWRITE DIRECTORY … USING …`. */
  readonly directory?: { readonly format: string; readonly options: Properties };
  readonly query: Relation;
  readonly range: Range;
}

export type Alteration =
  | { readonly kind: 'rename'; readonly to: ObjectName }
  | { readonly kind: 'setProperties'; readonly properties: Properties }
  | { readonly kind: 'setOptions'; readonly options: Properties }
  | {
      readonly kind: 'unsetProperties';
      readonly keys: readonly string[];
      readonly ifExists: boolean;
    }
  | { readonly kind: 'query'; readonly query: Relation; readonly queryText: string }
  | { readonly kind: 'schemaMode'; readonly mode: SchemaMode }
  | { readonly kind: 'addColumns'; readonly columns: readonly ColumnDefinition[] }
  | { readonly kind: 'dropColumns'; readonly names: readonly string[]; readonly ifExists: boolean }
  | { readonly kind: 'renameColumn'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'changeColumn';
      readonly name: readonly string[];
      readonly typeText?: string;
      readonly type?: DataType;
      readonly comment?: string;
      readonly defaultText?: string | null;
      readonly default?: Expression;
      readonly dropNotNull?: boolean;
      readonly renamed?: string;
      readonly position?: boolean;
    }
  | { readonly kind: 'other'; readonly feature: string };
export interface AlterRelation {
  readonly kind: 'alterRelation';
  readonly what: 'table' | 'view';
  readonly name: ObjectName;
  readonly alteration: Alteration;
  readonly range: Range;
}
export interface Truncate {
  readonly kind: 'truncate';
  readonly name: ObjectName;
  readonly partition: readonly PartitionValue[];
  readonly range: Range;
}

export interface SetConfiguration {
  readonly kind: 'set';
  readonly form: 'list' | 'verbose' | 'get' | 'put' | 'timeZone';
  readonly key: string;
  readonly value: string;
  /** An interval as `SET TIME ZONE` takes it. */
  readonly offset?: Expression;
  readonly range: Range;
}
export interface ResetConfiguration {
  readonly kind: 'reset';
  readonly key?: string;
  readonly range: Range;
}
export interface UseNamespace {
  readonly kind: 'use';
  readonly what: 'catalog' | 'namespace' | 'any';
  readonly name: ObjectName;
  readonly range: Range;
}
export interface CreateNamespace {
  readonly kind: 'createNamespace';
  readonly name: ObjectName;
  readonly ifNotExists: boolean;
  readonly comment?: string;
  readonly location?: string;
  readonly properties: Properties;
  readonly range: Range;
}
export interface DropNamespace {
  readonly kind: 'dropNamespace';
  readonly name: ObjectName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
  readonly range: Range;
}
export interface CacheTable {
  readonly kind: 'cacheTable';
  readonly name: ObjectName;
  readonly lazy: boolean;
  readonly options: Properties;
  readonly query?: Relation;
  readonly queryText?: string;
  readonly range: Range;
}
export interface UncacheTable {
  readonly kind: 'uncacheTable';
  readonly name: ObjectName;
  readonly ifExists: boolean;
  readonly range: Range;
}
export interface ClearCache {
  readonly kind: 'clearCache';
  readonly range: Range;
}
export interface Refresh {
  readonly kind: 'refresh';
  readonly what: 'table' | 'function' | 'path';
  readonly name: ObjectName;
  readonly range: Range;
}
export interface DescribeRelation {
  readonly kind: 'describeRelation';
  readonly name: ObjectName;
  readonly extended: boolean;
  readonly asJson: boolean;
  readonly partition: readonly PartitionValue[];
  readonly column?: readonly string[];
  readonly range: Range;
}
export interface DescribeQuery {
  readonly kind: 'describeQuery';
  readonly query: Relation;
  readonly range: Range;
}
export interface DescribeFunction {
  readonly kind: 'describeFunction';
  readonly name: ObjectName;
  readonly extended: boolean;
  readonly range: Range;
}
export interface DescribeNamespace {
  readonly kind: 'describeNamespace';
  readonly name: ObjectName;
  readonly extended: boolean;
  readonly range: Range;
}
export interface Show {
  readonly kind: 'show';
  readonly what:
    | 'tables'
    | 'tableExtended'
    | 'views'
    | 'columns'
    | 'functions'
    | 'namespaces'
    | 'catalogs'
    | 'currentNamespace'
    | 'createTable'
    | 'properties'
    | 'partitions';
  readonly name?: ObjectName;
  readonly namespace?: ObjectName;
  readonly pattern?: string;
  readonly key?: string;
  readonly partition?: readonly PartitionValue[];
  readonly functionScope?: 'user' | 'system' | 'all';
  readonly asSerde?: boolean;
  readonly range: Range;
}
export type ExplainStatementMode = 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted';
export interface Explain {
  readonly kind: 'explain';
  readonly mode: ExplainStatementMode;
  readonly statement: Statement;
  readonly range: Range;
}
export interface CreateFunction {
  readonly kind: 'createFunction';
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly replace: boolean;
  readonly ifNotExists: boolean;
  readonly parameters: readonly ColumnDefinition[];
  /** A type, or the columns of a table function. */
  readonly returns: DataType | readonly ColumnDefinition[] | 'table' | undefined;
  readonly body: Expression | undefined;
  readonly bodyText: string;
  readonly query: Relation | undefined;
  readonly comment?: string;
  readonly deterministic?: boolean;
  readonly range: Range;
}
export interface DropFunction {
  readonly kind: 'dropFunction';
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly ifExists: boolean;
  readonly range: Range;
}
export interface DeclareVariables {
  readonly kind: 'declareVariables';
  readonly names: readonly ObjectName[];
  readonly replace: boolean;
  readonly type?: DataType;
  readonly default?: Expression;
  readonly defaultText?: string;
  readonly range: Range;
}
export interface DropVariable {
  readonly kind: 'dropVariable';
  readonly name: ObjectName;
  readonly ifExists: boolean;
  readonly range: Range;
}
export interface SetVariables {
  readonly kind: 'setVariables';
  readonly names: readonly ObjectName[];
  /** One expression a name, `'default'` where it is set back, or the one query that yields them. */
  readonly values: readonly (Expression | 'default')[];
  readonly query?: Relation;
  readonly range: Range;
}
export interface ExecuteImmediate {
  readonly kind: 'executeImmediate';
  readonly text: Expression;
  readonly into: readonly ObjectName[];
  readonly arguments: readonly { readonly name?: string; readonly value: Expression }[];
  readonly range: Range;
}
export interface CommentOn {
  readonly kind: 'commentOn';
  readonly what: 'table' | 'namespace';
  readonly name: ObjectName;
  readonly comment: string | undefined;
  readonly range: Range;
}
/** Read as far as it goes, and not run here. */
export interface Unsupported {
  readonly kind: 'unsupported';
  readonly feature: string;
  readonly range: Range;
}
