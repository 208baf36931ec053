/**
 * The unresolved plan: what a statement says, before any name or type is known. Relations and
 * expressions have the arms and fields of Spark Connect's `Relation` and `Expression` messages in
 * camel case, so that a plan can go over that wire unchanged. Every node knows its range in the text.
 *
 * Arms that SQL needs and Connect does not have: `having`, `values`, `oneRow`, `lateralView`, `withWindows`,
 * `pipe`, and `missing`, which stands where the parser expected an expression and found none.
 */
import type { ResultPart } from '#shared/protocol/frameScript.ts';
import type { FrameRelation, LocalData } from './frameRelations.ts';
import type { Range } from './range.ts';
import type { DataType } from './types.ts';

export type Relation =
  | Read
  | Project
  | Filter
  | Join
  | SetOperation
  | Sort
  | Limit
  | Offset
  | Aggregate
  | Deduplicate
  | SubqueryAlias
  | WithRelations
  | Having
  | Values
  | OneRow
  | LateralView
  | TableFunction
  | Pivot
  | Unpivot
  | Sample
  | Hint
  | RepartitionByExpression
  | WithWindows
  | PipeOperator
  | FrameRelation
  | LocalData;

export interface NamedTable {
  readonly kind: 'namedTable';
  /** As written, without quotes: `db.t` is two parts, ``csv.`a.csv` `` too. */
  readonly nameParts: readonly string[];
  /** Of an `IDENTIFIER(…)` that is still to be evaluated; the parts are empty until then. */
  readonly identifier?: Expression;
}
export interface DataSource {
  readonly kind: 'dataSource';
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
}
export interface Read {
  readonly kind: 'read';
  readonly readType: NamedTable | DataSource;
  readonly range: Range;
}
export interface Project {
  readonly kind: 'project';
  readonly input: Relation;
  readonly expressions: readonly Expression[];
  readonly range: Range;
}
export interface Filter {
  readonly kind: 'filter';
  readonly input: Relation;
  readonly condition: Expression;
  readonly range: Range;
}
export type JoinType =
  'inner' | 'fullOuter' | 'leftOuter' | 'rightOuter' | 'leftAnti' | 'leftSemi' | 'cross';
export interface Join {
  readonly kind: 'join';
  readonly left: Relation;
  readonly right: Relation;
  readonly joinCondition?: Expression;
  readonly joinType: JoinType;
  readonly usingColumns: readonly string[];
  readonly natural: boolean;
  /** The right side may read columns of the left one. */
  readonly lateral?: boolean;
  readonly range: Range;
}
export type SetOperationType = 'union' | 'intersect' | 'except';
export interface SetOperation {
  readonly kind: 'setOp';
  readonly leftInput: Relation;
  readonly rightInput: Relation;
  readonly setOpType: SetOperationType;
  readonly isAll: boolean;
  readonly byName: boolean;
  readonly range: Range;
}
export interface Sort {
  readonly kind: 'sort';
  readonly input: Relation;
  readonly order: readonly SortOrder[];
  readonly isGlobal: boolean;
  readonly range: Range;
}
export interface Limit {
  readonly kind: 'limit';
  readonly input: Relation;
  readonly limit: Expression;
  readonly range: Range;
}
export interface Offset {
  readonly kind: 'offset';
  readonly input: Relation;
  readonly offset: Expression;
  readonly range: Range;
}
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly input: Relation;
  readonly groupType: 'groupBy';
  readonly groupingExpressions: readonly Expression[];
  /** The whole select list, grouping columns included. */
  readonly aggregateExpressions: readonly Expression[];
  readonly range: Range;
}
export interface Deduplicate {
  readonly kind: 'deduplicate';
  readonly input: Relation;
  readonly allColumnsAsKeys: true;
  readonly range: Range;
}
export interface SubqueryAlias {
  readonly kind: 'subqueryAlias';
  readonly input: Relation;
  readonly alias: string;
  /** `AS t(a, b)`; empty where the columns keep their names. */
  readonly columnNames: readonly string[];
  readonly range: Range;
}
/** `WITH`: `references` are in scope by name in `root` and in the references after them. */
export interface WithRelations {
  readonly kind: 'withRelations';
  readonly root: Relation;
  readonly references: readonly SubqueryAlias[];
  readonly isRecursive?: boolean;
  readonly range: Range;
}
export interface Having {
  readonly kind: 'having';
  readonly input: Relation;
  readonly condition: Expression;
  readonly range: Range;
}
/** An inline table; every row has at least one expression. */
export interface Values {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expression[])[];
  readonly range: Range;
}
/** `LATERAL VIEW [OUTER] generator(…) alias AS names`. */
export interface LateralView {
  readonly kind: 'lateralView';
  readonly input: Relation;
  readonly generator: UnresolvedFunction;
  readonly outer: boolean;
  readonly alias: string;
  readonly columnNames: readonly string[];
  readonly range: Range;
}
/** A table-valued function in FROM. */
export interface TableFunction {
  readonly kind: 'tableFunction';
  readonly functionName: string;
  readonly arguments: readonly Expression[];
  readonly range: Range;
}
export interface PivotValue {
  /** As many as there are pivot columns. */
  readonly expression: Expression;
  readonly alias?: string;
}
export interface Pivot {
  readonly kind: 'pivot';
  readonly input: Relation;
  readonly aggregates: readonly Expression[];
  readonly pivotColumns: readonly Expression[];
  readonly values: readonly PivotValue[];
  /** As in {@link Literal}: rows whose first cells are the values. */
  readonly lateValues?: ResultPart;
  readonly range: Range;
}
export interface UnpivotColumns {
  readonly columns: readonly Expression[];
  readonly alias?: string;
}
export interface Unpivot {
  readonly kind: 'unpivot';
  readonly input: Relation;
  readonly values: readonly UnpivotColumns[];
  readonly variableColumnName: string;
  readonly valueColumnNames: readonly string[];
  readonly includeNulls: boolean;
  readonly range: Range;
}
/** A share of the rows, or so many of them, by `TABLESAMPLE`. */
export interface Sample {
  readonly kind: 'sample';
  readonly input: Relation;
  readonly amount:
    | { readonly kind: 'share'; readonly upperBound: number }
    | { readonly kind: 'rows'; readonly count: Expression };
  readonly seed?: bigint;
  readonly range: Range;
}
export interface Hint {
  readonly kind: 'hint';
  readonly input: Relation;
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly range: Range;
}
/** `DISTRIBUTE BY`. */
export interface RepartitionByExpression {
  readonly kind: 'repartitionByExpression';
  readonly input: Relation;
  readonly partitionExpressions: readonly Expression[];
  readonly range: Range;
}
/** `WINDOW w AS (…)`: names of windows in everything below. */
export interface WithWindows {
  readonly kind: 'withWindows';
  readonly input: Relation;
  readonly definitions: readonly {
    readonly name: string;
    readonly window: WindowSpec | string;
  }[];
  readonly range: Range;
}
/**
 * The operators of `|>` that mean something else than the clause of their name, and the boundary below a clause
 * that may use nothing but the columns before it.
 */
export interface PipeOperator {
  readonly kind: 'pipe';
  readonly input: Relation;
  readonly operator: 'select' | 'extend' | 'set' | 'drop' | 'aggregate' | 'boundary';
  /** The select list, the assignments of `SET` as aliases, the columns of `DROP`, or the aggregates. */
  readonly expressions: readonly Expression[];
  /** Of `AGGREGATE`. */
  readonly groupingExpressions: readonly Expression[];
  readonly range: Range;
}
/** A select without FROM. */
export interface OneRow {
  readonly kind: 'oneRow';
  readonly range: Range;
}

export type Expression =
  | Literal
  | UnresolvedAttribute
  | UnresolvedFunction
  | UnresolvedStar
  | Alias
  | Cast
  | SortOrder
  | CaseWhen
  | InList
  | ExtractValue
  | LambdaFunction
  | NamedArgument
  | SubqueryExpression
  | Window
  | MultiAlias
  | GroupingAnalytics
  | Missing;

/**
 * The value of a literal: integers, days since 1970-01-01 (date), microseconds (timestamps, day-time
 * intervals), months (year-month intervals) and unscaled decimals are `bigint`; float and double are
 * `number`. `null` has the type void, or that of what it replaced.
 */
export type LiteralValue =
  null | boolean | bigint | number | string | Uint8Array | readonly LiteralValue[];

export interface Literal {
  readonly kind: 'literal';
  readonly value: LiteralValue;
  readonly type: DataType;
  /** Of a script: the part of an earlier step's result that takes its place before anything is analyzed. */
  readonly late?: ResultPart;
  readonly range: Range;
}
export interface UnresolvedAttribute {
  readonly kind: 'unresolvedAttribute';
  readonly nameParts: readonly string[];
  /** Of a relation that an `identified` names: the column is that one's, whatever else has its name. */
  readonly planId?: number;
  /** As in {@link NamedTable}. */
  readonly identifier?: Expression;
  readonly range: Range;
}
/**
 * A function or an operator by Spark's own name: `+`, `and`, `<=>`, `isnotnull`, `like`, `between`, `sum`.
 * A unary minus is `negative`.
 */
export interface UnresolvedFunction {
  readonly kind: 'unresolvedFunction';
  /** As written; lookup ignores case. */
  readonly functionName: string;
  /** As in {@link NamedTable}; the name is empty until then. */
  readonly identifier?: Expression;
  readonly arguments: readonly Expression[];
  readonly isDistinct: boolean;
  readonly filter?: Expression;
  readonly ignoreNulls?: boolean;
  readonly withinGroup?: readonly SortOrder[];
  /** Written as an operator, so that it prints as one. */
  readonly operator: boolean;
  readonly range: Range;
}
export interface UnresolvedStar {
  readonly kind: 'unresolvedStar';
  /** The parts before `.*`; empty for a bare star. */
  readonly target: readonly string[];
  /** As in {@link UnresolvedAttribute}. */
  readonly planId?: number;
  /** `EXCEPT (a, b.c)`: columns, and fields of them, that it leaves out. */
  readonly except?: readonly (readonly string[])[];
  readonly range: Range;
}
export interface Alias {
  readonly kind: 'alias';
  readonly expression: Expression;
  readonly name: string;
  readonly range: Range;
}
export interface Cast {
  readonly kind: 'cast';
  readonly expression: Expression;
  readonly toType: DataType;
  readonly evalMode: 'default' | 'try';
  readonly range: Range;
}
export interface SortOrder {
  readonly kind: 'sortOrder';
  readonly child: Expression;
  readonly direction: 'ascending' | 'descending';
  readonly nullOrdering: 'nullsFirst' | 'nullsLast';
  readonly range: Range;
}
/** `CASE WHEN`; a simple CASE has become `operand = value` conditions. */
export interface CaseWhen {
  readonly kind: 'caseWhen';
  readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly elseValue?: Expression;
  readonly range: Range;
}
export interface InList {
  readonly kind: 'in';
  readonly child: Expression;
  readonly list: readonly Expression[];
  readonly range: Range;
}
/** `child[extraction]`, or `child.name` where the child is no name. */
export interface ExtractValue {
  readonly kind: 'extractValue';
  readonly child: Expression;
  readonly extraction: Expression;
  readonly range: Range;
}
/** `name => value`: only as an argument of a function. */
export interface NamedArgument {
  readonly kind: 'namedArgument';
  readonly name: string;
  readonly value: Expression;
  readonly range: Range;
}
/** `(x, y) -> body`: only as an argument of a function that calls it. */
export interface LambdaFunction {
  readonly kind: 'lambdaFunction';
  readonly function: Expression;
  readonly arguments: readonly string[];
  readonly range: Range;
}
export interface SubqueryExpression {
  readonly kind: 'subqueryExpression';
  readonly subqueryType: 'scalar' | 'exists' | 'in';
  readonly plan: Relation;
  /** Left of IN. */
  readonly inValues: readonly Expression[];
  readonly range: Range;
}
export type WindowBoundary =
  | { readonly kind: 'unboundedPreceding' | 'unboundedFollowing' | 'currentRow' }
  | { readonly kind: 'preceding' | 'following'; readonly value: Expression };
export interface WindowFrame {
  readonly frameType: 'row' | 'range';
  readonly lower: WindowBoundary;
  readonly upper: WindowBoundary;
}
export interface WindowSpec {
  readonly partition: readonly Expression[];
  readonly order: readonly SortOrder[];
  readonly frame?: WindowFrame;
}
export interface Window {
  readonly kind: 'window';
  readonly windowFunction: Expression;
  /** What OVER says, or the name that a WINDOW clause gave it. */
  readonly window: WindowSpec | string;
  readonly range: Range;
}
/** `generator(…) AS (a, b)`. */
export interface MultiAlias {
  readonly kind: 'multiAlias';
  readonly expression: Expression;
  readonly names: readonly string[];
  readonly range: Range;
}
/** In GROUP BY only. Each element of ROLLUP and CUBE is one or several expressions. */
export interface GroupingAnalytics {
  readonly kind: 'groupingAnalytics';
  readonly groupType: 'rollup' | 'cube' | 'groupingSets';
  readonly sets: readonly (readonly Expression[])[];
  /** `GROUP BY a, b GROUPING SETS (…)`: what the sets are made of, in that order. */
  readonly of?: readonly Expression[];
  readonly range: Range;
}
export interface Missing {
  readonly kind: 'missing';
  /** A parameter marker that nothing was bound to: its name, or its place among the `?`. */
  readonly parameter?: string | number;
  readonly range: Range;
}
