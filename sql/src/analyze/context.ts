/** What one analysis carries with it. */
import type { Catalog } from '../catalog.ts';
import type { Range } from '../plan/range.ts';
import type { AggregateCall, Attribute, Expression, Relation } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Settings } from '../settings.ts';

/** Plans larger than this come from WITH clauses that refer to each other many times over. */
const maxRelations = 5000;

/** A relation with the names that reach into it. */
export interface Scoped {
  readonly relation: Relation;
  readonly visible: readonly Attribute[];
  readonly hidden: readonly Attribute[];
}

/** The names that a WITH gave, innermost last. */
export type References = readonly Reference[];
export interface Reference {
  readonly alias: string;
  readonly columnNames: readonly string[];
  readonly input: unresolved.Relation;
  readonly outer: Names;
  readonly isRecursive: boolean;
  readonly range: Range;
}

/** What a relation's names may mean beyond the columns below it. */
export interface Names {
  readonly references: References;
  /** Of the WINDOW clauses around, innermost last. */
  readonly windows: unresolved.WithWindows['definitions'];
  /** Of a subquery or of the right side of a lateral join. */
  readonly outer?: OuterNames;
  /** The recursive WITH whose definition is being resolved. */
  readonly loops: readonly Loop[];
  /** What is resolved is the whole of a WITH's definition, or of a subquery. */
  readonly startsQuery?: boolean;
}
export const noNames: Names = { references: [], windows: [], loops: [] };

/** The relation outside, as a subquery sees it. */
export interface OuterNames {
  find(nameParts: readonly string[], range: Range): Expression | undefined;
  /** An aggregate over nothing but outer columns, where the relation outside aggregates. */
  aggregate(call: AggregateCall): Expression | undefined;
  readonly star: Scope;
  /** The outer form of columns that a star stands for. */
  outside(expression: Expression): Expression;
}

/** A recursive WITH that is being resolved. */
export interface Loop {
  readonly alias: string;
  readonly loopId: number;
  /** Known once the anchor is resolved. */
  readonly output: readonly Attribute[] | undefined;
  note(): void;
}

export class AnalysisContext {
  readonly catalog: Catalog;
  readonly settings: Settings;
  private readonly counts: { lastId: number; relations: number };
  /** Resolves a query inside an expression; the owner of the analysis sets it. */
  analyzeRelation: (relation: unresolved.Relation, names: Names) => Scoped = () => {
    throw new Error('nobody analyzes relations here');
  };

  constructor(catalog: Catalog, settings: Settings, within?: AnalysisContext) {
    this.catalog = catalog;
    this.settings = settings;
    this.counts = within?.counts ?? { lastId: 0, relations: 0 };
  }

  /** The context of a view's own query: its names and its settings, ids from the same count. */
  inside(catalog: Catalog, settings: Settings): AnalysisContext {
    return new AnalysisContext(catalog, settings, this);
  }

  /** Columns of the relations that have a number, by it. */
  private readonly plans = new Map<number, readonly Attribute[]>();

  /** Where the same relation stands twice, its number means the columns of both. */
  rememberPlan(planId: number, columns: readonly Attribute[]): void {
    this.plans.set(planId, [...(this.plans.get(planId) ?? []), ...columns]);
  }

  planColumns(planId: number): readonly Attribute[] | undefined {
    return this.plans.get(planId);
  }

  nextId(): number {
    return this.counts.lastId++;
  }

  countRelation(): void {
    if (++this.counts.relations > maxRelations) raise('FAILED_TO_PARSE_TOO_COMPLEX', {});
  }

  sameName(left: string, right: string): boolean {
    return this.settings.caseSensitive
      ? left === right
      : left.toLowerCase() === right.toLowerCase();
  }
}

/** Where names are looked up. */
export interface Scope {
  readonly context: AnalysisContext;
  /** What a star stands for, in order. */
  readonly visible: readonly Attribute[];
  /** Reachable by a qualified name only: the other side's columns of a join with USING. */
  readonly hidden: readonly Attribute[];
  readonly names: Names;
  /** Looked at before names: lets clauses above an aggregate reuse or add its results. */
  readonly aggregate?: (call: unresolved.UnresolvedFunction) => Expression | undefined;
  /** Looked at before `visible`: in HAVING a grouping column hides an alias of its name. */
  readonly preferred?: Scope['fallback'];
  /** Where a name that `visible` does not have may still be found. */
  readonly fallback?: (
    nameParts: readonly string[],
    range: unresolved.Expression['range'],
  ) => Expression | undefined;
}
