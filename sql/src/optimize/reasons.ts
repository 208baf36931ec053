/** Why each rule of the optimizer helps, in one sentence for people who learn to read plans. */
export const reasons: Readonly<Record<string, string>> = {
  BooleanSimplification:
    'Conditions that always or never hold, or say the same twice, need not be asked of every row.',
  CollapseProject: 'Two lists of columns in a row become one, so each row is put together once.',
  ColumnPruning: 'Columns that nobody uses further up are not carried along, and not read at all.',
  CombineFilters: 'Two filters in a row become one, so each row is looked at once.',
  ConstantFolding: 'What depends on no row is computed once, here, instead of for each row.',
  EliminateLimits:
    'A limit that can never cut anything off, or a second one, is dropped, so rows are counted once at most.',
  EliminateOuterJoin:
    'Rows that the outer join would pad with nulls are filtered out later anyway, so a cheaper join gives the same.',
  EliminateResolvedHint:
    'The hint becomes part of the join that it is about, where the planner looks when it chooses how to join.',
  EliminateSorts: 'An order that nobody above can see need not be made.',
  EliminateSubqueryAliases:
    'Names have been found, so the nodes that only gave names can go, and no longer stand between steps that belong together.',
  InferFiltersFromConstraints:
    'What a join demands of its keys can be asked of each side before, and fewer rows reach the join.',
  LikeSimplification:
    'A pattern that only asks for the start, the end or a part is compared without a pattern.',
  LimitPushDown: 'When only so many rows are wanted, the sources need not give more.',
  NullPropagation: 'What is null for every row, or never is, need not be computed.',
  OptimizeIn: 'A list without repetitions is searched faster; one of one value is an equality.',
  OptimizeSubqueries:
    'The plan inside a subquery is optimized like any other, so it reads and computes less, too.',
  PruneFilters: 'A filter that keeps everything goes, and one that keeps nothing needs no source.',
  PushDownPredicates:
    'Rows are filtered before they are joined, grouped or sorted, so those steps have fewer to work on.',
  PushFiltersIntoScan:
    'The reader gets the conditions, so whole parts of a file can be skipped by their statistics.',
  RemoveNoopOperators: 'A step that changes nothing is taken out, so no row has to pass it.',
  ReorderJoin:
    'Tables that a condition ties together are joined first, so that no pairs are made that no condition asks for.',
  ReplaceDistinctWithAggregate:
    'DISTINCT is grouping by all columns, which the engine knows how to do.',
  ReplaceExceptWithAntiJoin:
    'EXCEPT is a join that keeps the rows without a partner, which the engine looks up instead of comparing all with all.',
  ReplaceIntersectWithSemiJoin:
    'INTERSECT is a join that keeps the rows with a partner, which the engine looks up instead of comparing all with all.',
  ReplaceExpressions:
    'What is short for something else becomes that, which the other rules and the sources know.',
  RewritePredicateSubquery:
    'IN and EXISTS become joins, so the subquery runs once instead of once a row.',
  SimplifyBinaryComparison: 'A comparison whose outcome is known needs no row.',
  SimplifyCasts: 'A cast to the type that is there already costs nothing when it is gone.',
  SimplifyConditionals: 'Branches of IF and CASE that can never be taken are dropped.',
};
