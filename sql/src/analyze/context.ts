/** What one analysis carries with it. */
import type { Catalog } from '../catalog.ts';
import type { Attribute, Expression } from '../plan/resolved.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Settings } from '../settings.ts';

/** Plans larger than this come from WITH clauses that refer to each other many times over. */
const maxRelations = 5000;

export class AnalysisContext {
  readonly catalog: Catalog;
  readonly settings: Settings;
  private readonly counts: { lastId: number; relations: number };

  constructor(catalog: Catalog, settings: Settings, within?: AnalysisContext) {
    this.catalog = catalog;
    this.settings = settings;
    this.counts = within?.counts ?? { lastId: 0, relations: 0 };
  }

  /** The context of a view's own query: its names and its settings, ids from the same count. */
  inside(catalog: Catalog, settings: Settings): AnalysisContext {
    return new AnalysisContext(catalog, settings, this);
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
