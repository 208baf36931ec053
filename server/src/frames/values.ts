/** What an expression of a PySpark script stands for, as far as the text alone tells. */
import type { SyntaxNode } from '@lezer/common';
import type { Range } from '#sql/plan/range.ts';
import type { DataType, StructField } from '#sql/plan/types.ts';
import type { Expression, Relation, SortOrder, WindowSpec } from '#sql/plan/unresolved.ts';
import type { EncodedStatement, PrintPart, ResultPart } from '#shared/protocol/frameScript.ts';
import type { StringLiteral } from '../python/stringLiteral.ts';
import type { Element } from './rdd/elements.ts';
import type { Rdd } from './rdd/rdds.ts';

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  /** `literal` where it stands in the source as it is, so that places inside it are known. */
  | { readonly kind: 'str'; readonly value: string; readonly literal?: StringLiteral }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date'; readonly days: bigint }
  /** Microseconds since 1970-01-01 00:00 of a local time. */
  | { readonly kind: 'datetime'; readonly micros: bigint }
  | { readonly kind: 'decimal'; readonly unscaled: bigint; readonly scale: number }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Value[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Value, Value])[] }
  /** `Row(a=1)`, and `Row("a")(1)`. */
  | { readonly kind: 'row'; readonly names: readonly string[]; readonly items: readonly Value[] }
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'session' }
  | { readonly kind: 'builder' }
  | { readonly kind: 'conf' }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'sparkContext' }
  | { readonly kind: 'sparkConf' }
  | { readonly kind: 'broadcast'; readonly value: Value }
  | Rdd
  | Element
  /** `pandas.DataFrame` of columns that stand in the script. */
  | { readonly kind: 'pandas'; readonly columns: readonly PandasColumn[] }
  | Frame
  | { readonly kind: 'column'; readonly expression: Expression }
  | { readonly kind: 'condition'; readonly branches: Branches }
  | Grouped
  | { readonly kind: 'naFunctions' | 'statFunctions'; readonly frame: Frame }
  | Reader
  | Writer
  | { readonly kind: 'window'; readonly window: WindowSpec }
  | { readonly kind: 'windowClass' }
  | { readonly kind: 'type'; readonly type: DataType }
  | { readonly kind: 'schema'; readonly fields: readonly StructField[] }
  | { readonly kind: 'sort'; readonly order: SortOrder }
  | { readonly kind: 'storageLevel'; readonly name: string }
  /** A method, or a function that is known by its dotted name. */
  | { readonly kind: 'method'; readonly receiver: Value; readonly name: string }
  | { readonly kind: 'known'; readonly path: string }
  | { readonly kind: 'function'; readonly node: SyntaxNode }
  /** What an action gives: known when it has run, and printed then. */
  | ({ readonly kind: 'result' } & ResultPart)
  /** A text that needs such results. */
  | { readonly kind: 'text'; readonly parts: readonly PrintPart[] }
  | { readonly kind: 'unknown'; readonly reason: string; readonly range: Range };

export interface PandasColumn {
  readonly name: string;
  readonly items: readonly Value[];
}

export type Text = Extract<Value, { kind: 'str' }>;

export type Branches = readonly { readonly condition: Expression; readonly value: Expression }[];

export interface Frame {
  readonly kind: 'frame';
  readonly relation: Relation;
  readonly planId: number;
  /** Of a statement that only answers, such as SHOW: what is run in place of the relation. */
  readonly command?: EncodedStatement;
}

export interface Grouped {
  readonly kind: 'grouped';
  readonly frame: Frame;
  readonly groupType: 'groupBy' | 'rollup' | 'cube' | 'groupingSets';
  readonly grouping: readonly Expression[];
  readonly sets?: readonly (readonly Expression[])[];
  readonly pivot?: {
    readonly column: Expression;
    readonly values: readonly Expression[] | ResultPart;
  };
}

export interface Reader {
  readonly kind: 'reader';
  readonly format: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly schema: readonly StructField[] | undefined;
}

export interface Writer {
  readonly kind: 'writer';
  readonly frame: Frame;
  readonly format: string | undefined;
  readonly mode: string;
  readonly options: Readonly<Record<string, string>>;
  readonly partitionBy: readonly string[];
}

/** Thrown inside one statement's evaluation: what can't be known, and where. */
export class CannotKnow extends Error {
  readonly range: Range;
  /** What stands at the beginning, where it is only that a name has no value. */
  readonly root: { readonly reason: string; readonly range: Range };
  constructor(message: string, range: Range, root = { reason: message, range }) {
    super(message);
    this.range = range;
    this.root = root;
  }
}

export function cannotKnow(message: string, { from, to }: { from: number; to: number }): never {
  throw new CannotKnow(message, { start: from, end: to });
}

export const none: Value = { kind: 'none' };
