/**
 * The resolved plan: every name is an attribute with an id, every expression has a type, every implicit
 * cast is a node, and ANSI is a property of the expression, not of the session. Analyzer and optimizer
 * yield this, explain prints it and the engine lowers it.
 */
import type { ColumnMetadata, Table } from '../catalog.ts';
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
  /** Of a table's column. */
  readonly metadata?: ColumnMetadata;
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
/**
 * A query as an expression. `outer` says what the plan's outer references stand for, over the columns of the
 * relation that holds this expression.
 */
export interface Subquery {
  readonly kind: 'subquery';
  readonly subqueryType: 'scalar' | 'exists' | 'in';
  /** Under which plans print it. */
  readonly exprId: number;
  readonly plan: Relation;
  /** Left of IN, in the types of the plan's columns. */
  readonly values: readonly Expression[];
  readonly outer: readonly OuterBinding[];
  /** What its column is called: the outer columns, once for each place that reads them. */
  readonly names: readonly string[];
  /** Equal for equal subqueries of one relation. */
  readonly key: string;
  /** Advice on the join that it may become, as Spark prints it. */
  readonly hint?: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
export interface OuterBinding {
  readonly exprId: number;
  readonly value: Expression;
}
/** In the plan of a subquery or of a lateral join's right side: a value of the row outside of it. */
export interface OuterReference {
  readonly kind: 'outerReference';
  readonly exprId: number;
  readonly name: string;
  /** Names that the column outside can be reached under. */
  readonly qualifier: readonly string[];
  readonly type: DataType;
  readonly nullable: boolean;
  readonly range: Range;
}
export type FrameBound =
  | { readonly kind: 'unboundedPreceding' | 'unboundedFollowing' | 'currentRow' }
  /** Rows, or a distance of the ordering's value, from the current row; both fold to a constant. */
  | { readonly kind: 'preceding' | 'following'; readonly value: Expression };
export interface Frame {
  readonly frameType: 'row' | 'range';
  readonly lower: FrameBound;
  readonly upper: FrameBound;
}
/** `function` is an aggregate or a function of windows; it is no aggregate of the relation. */
export interface WindowExpression {
  readonly kind: 'windowExpression';
  readonly function: AggregateCall;
  readonly partition: readonly Expression[];
  readonly order: readonly SortOrder[];
  readonly frame: Frame;
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
  | LambdaVariable
  | Subquery
  | OuterReference
  | WindowExpression;
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
  | SetOperation
  | SubqueryAlias
  | Window
  | Generate
  | LateralJoin
  | Sample
  | Hint
  | Repartition
  | RangeRelation
  | UnionLoop
  | LoopReference;

export interface Scan {
  readonly kind: 'scan';
  readonly table: Table;
  /** The columns that are read, a subset of the table's in its order; `name` is the table's field name. */
  readonly output: readonly Attribute[];
  /** Nobody reads a column of it: one is there so that its rows can be counted. */
  readonly isCounted?: boolean;
  /** All that the table has, as the plan was before columns were pruned. */
  readonly columns: readonly Attribute[];
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
  /** Advice on how to join, as Spark prints it. */
  readonly leftHint?: string;
  readonly rightHint?: string;
  readonly range: Range;
}
/** `aggregates` is the output; what is not an aggregate call in it is one of `grouping` or built on them. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly input: Relation;
  readonly grouping: readonly Expression[];
  readonly aggregates: readonly NamedExpression[];
  /** Of GROUPING SETS, CUBE and ROLLUP: places in `grouping`; what a set leaves out is null in its rows. */
  readonly groupingSets?: readonly (readonly number[])[];
  readonly range: Range;
}
/** INTERSECT and EXCEPT; the inputs' columns have the types of `output`. */
export interface SetOperation {
  readonly kind: 'setOperation';
  readonly operation: 'intersect' | 'except';
  readonly isAll: boolean;
  readonly left: Relation;
  readonly right: Relation;
  readonly output: readonly Attribute[];
  readonly range: Range;
}
/** The input's columns, and an alias of a window expression for each of `expressions`. */
export interface Window {
  readonly kind: 'window';
  readonly input: Relation;
  readonly expressions: readonly Alias[];
  readonly range: Range;
}
/** Each row of the input with each row that the generator makes of it; with `outer` at least one. */
export interface Generate {
  readonly kind: 'generate';
  readonly input: Relation;
  /** A call whose type is a struct of the columns that it yields. */
  readonly generator: FunctionCall;
  readonly outer: boolean;
  readonly qualifier: readonly string[];
  readonly generatorOutput: readonly Attribute[];
  readonly range: Range;
}
/** A join whose right side has outer references to columns of the left one. */
export interface LateralJoin {
  readonly kind: 'lateralJoin';
  /** Under which plans print the right side. */
  readonly exprId: number;
  readonly left: Relation;
  readonly right: Relation;
  readonly joinType: JoinType;
  readonly condition?: Expression;
  readonly outer: readonly OuterBinding[];
  readonly range: Range;
}
export interface Sample {
  readonly kind: 'sample';
  readonly input: Relation;
  /** The share of the rows that stay, each by chance. */
  readonly upperBound: number;
  readonly seed?: bigint;
  readonly range: Range;
}
/** Advice on how to run the input; Spark's words for it. */
export interface Hint {
  readonly kind: 'hint';
  readonly input: Relation;
  readonly text: string;
  readonly range: Range;
}
/** Says where a cluster would put the rows: `DISTRIBUTE BY`, and the hints that repartition. */
export interface Repartition {
  readonly kind: 'repartition';
  readonly input: Relation;
  /** Spark's name of the node. */
  readonly name: 'Repartition' | 'RepartitionByExpression' | 'RebalancePartitions';
  readonly expressions: readonly Expression[];
  readonly count?: number;
  readonly shuffle: boolean;
  readonly range: Range;
}
/** `range(start, end, step)`. */
export interface RangeRelation {
  readonly kind: 'range';
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
  /** Into how many parts a cluster is to cut it. */
  readonly splits?: number;
  readonly output: readonly Attribute[];
  readonly range: Range;
}
/** A recursive WITH: the anchor's rows, and those of the recursion over the rows found last, until there are none. */
export interface UnionLoop {
  readonly kind: 'unionLoop';
  readonly loopId: number;
  readonly anchor: Relation;
  readonly recursion: Relation;
  readonly output: readonly Attribute[];
  /** Rows of its own query that it needs not go beyond. */
  readonly limit?: number;
  readonly range: Range;
}
/** In a recursion: the rows that the step before found. */
export interface LoopReference {
  readonly kind: 'loopReference';
  readonly loopId: number;
  readonly output: readonly Attribute[];
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
