/**
 * Relations that the DataFrame API has and SQL does not, as Spark Connect names them; `identified` is Connect's
 * `RelationCommon.plan_id`, `fillNa` and `dropNa` are its NAFill and NADrop, `localData` its LocalRelation with the
 * values at hand, and `statSummary` its StatDescribe.
 */
import type { Range } from './range.ts';
import type { StructField } from './types.ts';
import type { Expression, Relation } from './unresolved.ts';

export type FrameRelation =
  | Identified
  | WithColumns
  | WithColumnsRenamed
  | Drop
  | DeduplicateBy
  | FillNa
  | DropNa
  | StatSummary;

/** Names a relation, so that `df["x"]` means its column wherever it is by then. */
export interface Identified {
  readonly kind: 'identified';
  readonly planId: number;
  readonly input: Relation;
  readonly range: Range;
}
/** Each alias replaces the columns of its name, or comes last. */
export interface WithColumns {
  readonly kind: 'withColumns';
  readonly input: Relation;
  readonly aliases: readonly Expression[];
  readonly range: Range;
}
export interface WithColumnsRenamed {
  readonly kind: 'withColumnsRenamed';
  readonly input: Relation;
  readonly renames: readonly { readonly colName: string; readonly newColName: string }[];
  readonly range: Range;
}
/** Names that are not there are no error. */
export interface Drop {
  readonly kind: 'drop';
  readonly input: Relation;
  readonly columns: readonly Expression[];
  readonly columnNames: readonly string[];
  readonly range: Range;
}
/** One row of those that are equal in some columns. */
export interface DeduplicateBy {
  readonly kind: 'deduplicateBy';
  readonly input: Relation;
  readonly columnNames: readonly string[];
  readonly range: Range;
}
export interface FillNa {
  readonly kind: 'fillNa';
  readonly input: Relation;
  /** Without a name, every column of the value's kind of type. */
  readonly values: readonly { readonly colName?: string; readonly value: Expression }[];
  readonly range: Range;
}
export interface DropNa {
  readonly kind: 'dropNa';
  readonly input: Relation;
  /** Empty for all. */
  readonly columnNames: readonly string[];
  /** How many have to be there; all of them without it. */
  readonly minNonNulls?: number;
  readonly range: Range;
}
/** Percentiles as `25%`. */
export type Statistic =
  | 'count'
  | 'mean'
  | 'stddev'
  | 'min'
  | 'max'
  | 'count_distinct'
  | 'approx_count_distinct'
  | `${number}%`;
/** `describe()` and `summary()`: a row a statistic, as texts. */
export interface StatSummary {
  readonly kind: 'statSummary';
  readonly input: Relation;
  /** Empty for all numbers and texts. */
  readonly columnNames: readonly string[];
  readonly statistics: readonly Statistic[];
  readonly range: Range;
}
/** Rows that the script has itself. */
export interface LocalData {
  readonly kind: 'localData';
  readonly fields: readonly StructField[];
  readonly rows: readonly (readonly Expression[])[];
  readonly range: Range;
}
