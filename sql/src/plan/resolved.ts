/**
 * The resolved plan: every name is an attribute with an id, every expression has a type, every implicit
 * cast is a node, and ANSI is a property of the expression, not of the session. Analyzer and optimizer
 * yield this, explain prints it and the engine lowers it.
 */
import type { Table } from '../catalog.ts';
import type { Range } from './range.ts';
import type { DataType } from './types.ts';
import type { JoinType, LiteralValue } from './unresolved.ts';

/** How an expression treats what it can't compute: raise, null (`try`), or Spark's older rules (wrap, null). */
export type EvalMode = 'ansi' | 'legacy' | 'try';

export interface Attribute {
  readonly kind: 'attribute';
  /** Unique within one compilation; equal ids are the same column. */
  readonly exprId: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Names it can be reached under; not part of its identity. */
  readonly qualifier: readonly string[];
  readonly range: Range;
}
export interface Literal {
  readonly kind: 'literal';
  readonly value: LiteralValue;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Where it stands for something with a name: how that prints inside an expression, and alone. */
  readonly writtenAs?: { readonly text: string; readonly name: string };
  readonly range: Range;
}
export interface Alias {
  readonly kind: 'alias';
  readonly child: Expression;
  readonly name: string;
  readonly exprId: number;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
export interface Cast {
  readonly kind: 'cast';
  readonly child: Expression;
  readonly type: DataType;
  readonly evalMode: EvalMode;
  /** Added by type coercion, so column names do not show it. */
  readonly implicit: boolean;
  readonly nullable: boolean;
  readonly range: Range;
}
/**
 * A scalar function or operator by Spark's name in lower case, its arguments already cast:
 * `+ - * / % div & | ^ ~ negative positive = <=> < <= > >= and or not isnull isnotnull like ilike rlike
 * coalesce if …`. Decimal arithmetic keeps its arguments' precisions and rounds to `type`.
 */
export interface FunctionCall {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly type: DataType;
  readonly nullable: boolean;
  readonly evalMode: EvalMode;
  /** The alias that was written (`mod` for `%`, `nvl` for `ifnull`), which names the column. */
  readonly writtenAs?: string;
  /** How many of the arguments are printed, where the last ones are not. */
  readonly shownCount?: number;
  /** Printed instead of name and arguments: a call of an SQL function, whose body this is. */
  readonly printedAs?: string;
  readonly range: Range;
}
export interface AggregateCall {
  readonly kind: 'aggregateCall';
  /** Spark's name in lower case: `sum`, `count`, `avg`, `min`, `max`, `first`, … `count(*)` is `count(1)`. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly isDistinct: boolean;
  readonly filter?: Expression;
  readonly ignoreNulls: boolean;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly evalMode: EvalMode;
  /** The alias that was written (`mean` for `avg`), which names the column. */
  readonly writtenAs?: string;
  readonly range: Range;
}
export interface CaseWhen {
  readonly kind: 'caseWhen';
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly elseValue?: Expression;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
/** Three-valued IN; child and list have one type. */
export interface InList {
  readonly kind: 'in';
  readonly child: Expression;
  readonly list: readonly Expression[];
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
/** A field of a struct. Elements of arrays and maps are calls of `getarrayitem` and `getmapvalue`. */
export interface GetStructField {
  readonly kind: 'getStructField';
  readonly child: Expression;
  readonly fieldIndex: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}

/** An argument that a higher-order function calls once an element. Its type is that of its body. */
export interface Lambda {
  readonly kind: 'lambda';
  readonly parameters: readonly LambdaVariable[];
  readonly body: Expression;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
export interface LambdaVariable {
  readonly kind: 'lambdaVariable';
  readonly exprId: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}

export type Expression =
  | Attribute
  | Literal
  | Alias
  | Cast
  | FunctionCall
  | AggregateCall
  | CaseWhen
  | InList
  | GetStructField
  | Lambda
  | LambdaVariable;
export type NamedExpression = Attribute | Alias;

export interface SortOrder {
  readonly child: Expression;
  readonly direction: 'ascending' | 'descending';
  readonly nullOrdering: 'nullsFirst' | 'nullsLast';
}

export type Relation =
  | Scan
  | LocalRelation
  | OneRow
  | Project
  | Filter
  | Join
  | Aggregate
  | Sort
  | GlobalLimit
  | LocalLimit
  | Offset
  | Distinct
  | Union
  | SubqueryAlias;

export interface Scan {
  readonly kind: 'scan';
  readonly table: Table;
  /** The columns that are read, a subset of the table's in its order; `name` is the table's field name. */
  readonly output: readonly Attribute[];
  /** Conjuncts over `output` that a source may use to read less. The Filter above stays. */
  readonly pushedFilters: readonly Expression[];
  readonly range: Range;
}
/** Rows of constant expressions, as many as `output` in each; what the front end can compute is a literal. */
export interface LocalRelation {
  readonly kind: 'localRelation';
  readonly output: readonly Attribute[];
  readonly rows: readonly (readonly Expression[])[];
  readonly range: Range;
}
export interface OneRow {
  readonly kind: 'oneRow';
  readonly range: Range;
}
export interface Project {
  readonly kind: 'project';
  readonly input: Relation;
  readonly expressions: readonly NamedExpression[];
  readonly range: Range;
}
export interface Filter {
  readonly kind: 'filter';
  readonly input: Relation;
  readonly condition: Expression;
  readonly range: Range;
}
export interface Join {
  readonly kind: 'join';
  readonly left: Relation;
  readonly right: Relation;
  readonly joinType: JoinType;
  readonly condition?: Expression;
  readonly range: Range;
}
/** `aggregates` is the output; what is not an aggregate call in it is one of `grouping` or built on them. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly input: Relation;
  readonly grouping: readonly Expression[];
  readonly aggregates: readonly NamedExpression[];
  readonly range: Range;
}
export interface Sort {
  readonly kind: 'sort';
  readonly input: Relation;
  readonly order: readonly SortOrder[];
  readonly isGlobal: boolean;
  readonly range: Range;
}
export interface GlobalLimit {
  readonly kind: 'globalLimit';
  readonly input: Relation;
  readonly limit: number;
  readonly range: Range;
}
/** At most `limit` rows of each partition: any superset of some `limit` rows of the input is right. */
export interface LocalLimit {
  readonly kind: 'localLimit';
  readonly input: Relation;
  readonly limit: number;
  readonly range: Range;
}
export interface Offset {
  readonly kind: 'offset';
  readonly input: Relation;
  readonly offset: number;
  readonly range: Range;
}
export interface Distinct {
  readonly kind: 'distinct';
  readonly input: Relation;
  readonly range: Range;
}
/** UNION ALL by position. `output` has ids of its own; the inputs' columns have its types. */
export interface Union {
  readonly kind: 'union';
  readonly inputs: readonly Relation[];
  readonly output: readonly Attribute[];
  readonly range: Range;
}
/** Only in the analyzed plan; the optimizer takes it away. */
export interface SubqueryAlias {
  readonly kind: 'subqueryAlias';
  readonly input: Relation;
  readonly alias: readonly string[];
  readonly range: Range;
}
