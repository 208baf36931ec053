/** Spark's error conditions about relations: subqueries, windows, grouping, pivots and their like. */
const subquery = (text: string) => ({
  sqlState: '0A000',
  text: `Unsupported subquery expression: ${text}`,
});
const invalidSyntax = (text: string) => ({
  sqlState: '42000',
  text: `Invalid SQL syntax: ${text}`,
});
const mismatch = (text: string) => ({
  sqlState: '42K09',
  text: `Cannot resolve <sqlExpr> due to data type mismatch: ${text}`,
});
const unsupportedFeature = (text: string) => ({
  sqlState: '0A000',
  text: `The feature is not supported: ${text}`,
});
const generator = (text: string) => ({
  sqlState: '42K0E',
  text: `The generator is not supported: ${text}`,
});
const filter = (text: string) => ({
  sqlState: '42903',
  text: `The FILTER expression <filterExpr> in an aggregate function is invalid. ${text}`,
});

export const relationConditions = {
  'INVALID_SQL_SYNTAX.LATERAL_WITHOUT_SUBQUERY_OR_TABLE_VALUED_FUNC': invalidSyntax(
    'LATERAL can only be used with subquery and table-valued functions.',
  ),
  'INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION': invalidSyntax(
    'The definition of window <windowName> is repetitive.',
  ),
  'INVALID_SQL_SYNTAX.INVALID_WINDOW_REFERENCE': invalidSyntax(
    'Window reference <windowName> is not a window specification.',
  ),
  'INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE': invalidSyntax(
    'Cannot resolve window reference <windowName>.',
  ),
  _LEGACY_ERROR_TEMP_0014: { sqlState: '42000', text: 'TABLESAMPLE does not accept empty inputs.' },
  _LEGACY_ERROR_TEMP_0015: { sqlState: '42000', text: 'TABLESAMPLE(<msg>) is not supported.' },
  _LEGACY_ERROR_TEMP_0016: {
    sqlState: '42000',
    text: '<bytesStr> is not a valid byte length literal, expected syntax: DIGIT+ (B|K|M|G).',
  },
  _LEGACY_ERROR_TEMP_0035: { sqlState: '42000', text: 'Operation not allowed: <message>.' },
  _LEGACY_ERROR_TEMP_0051: {
    sqlState: '42000',
    text: 'Empty set in <element> grouping sets is not supported.',
  },
  _LEGACY_ERROR_TEMP_0064: { sqlState: '42000', text: '<msg>.' },
  _LEGACY_ERROR_TEMP_1006: {
    sqlState: '42000',
    text: "Aggregate expression required for pivot, but '<sql>' did not appear in any aggregate function.",
  },
  _LEGACY_ERROR_TEMP_1021: {
    sqlState: '42000',
    text: 'count(<targetString>.*) is not allowed. Please use count(*) or expand the columns manually, e.g. count(col1, col2).',
  },
  _LEGACY_ERROR_TEMP_1030: {
    sqlState: '42000',
    text: 'Window aggregate function with filter predicate is not supported yet.',
  },
  _LEGACY_ERROR_TEMP_1031: {
    sqlState: '42000',
    text: 'It is not allowed to use a window function inside an aggregate function. Please use the inner window function in a sub-query.',
  },
  _LEGACY_ERROR_TEMP_1034: {
    sqlState: '42000',
    text: 'It is not allowed to use window functions inside <clauseName> clause.',
  },
  _LEGACY_ERROR_TEMP_1037: {
    sqlState: '42000',
    text: 'Window function <wf> requires window to be ordered, please add ORDER BY clause. For example SELECT <wf>(value_expr) OVER (PARTITION BY window_partition ORDER BY window_ordering) from table.',
  },
  'NOT_ALLOWED_IN_FROM.UNPIVOT_WITH_PIVOT': {
    sqlState: '42601',
    text: 'Not allowed in the FROM clause: UNPIVOT clause following PIVOT clause.',
  },
  'NOT_ALLOWED_IN_FROM.LATERAL_WITH_PIVOT': {
    sqlState: '42601',
    text: 'Not allowed in the FROM clause: LATERAL together with PIVOT.',
  },
  'NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE.WINDOW_CLAUSE': {
    sqlState: '42601',
    text: 'Not allowed in the pipe WHERE clause: WINDOW clause.',
  },
  'UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES': unsupportedFeature(
    'Combination of ORDER BY/SORT BY/DISTRIBUTE BY/CLUSTER BY.',
  ),
  'UNSUPPORTED_FEATURE.TRANSFORM_DISTINCT_ALL': unsupportedFeature(
    'TRANSFORM with the DISTINCT/ALL clause.',
  ),
  'INVALID_SQL_SYNTAX.INVALID_TABLE_VALUED_FUNC_NAME': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: A table-valued function cannot have database or namespace qualifiers: <funcName>.',
  },
  INVALID_IDENTIFIER: {
    sqlState: '42602',
    text: "The unquoted identifier <ident> is invalid and must be back quoted as: `<ident>`. Unquoted identifiers can only contain ASCII letters ('a' - 'z', 'A' - 'Z'), digits ('0' - '9'), and underbar ('_'). Unquoted identifiers must also not start with a digit. Different data sources and meta stores may impose additional restrictions on valid identifiers.",
  },
  'UNSUPPORTED_FEATURE.LATERAL_JOIN_USING': unsupportedFeature(
    'JOIN USING with LATERAL correlation.',
  ),
  'UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE': unsupportedFeature(
    'The SQL pipe operator syntax with aggregation (using |> AGGREGATE) does not support <case>.',
  ),
  'UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_FUNC': unsupportedFeature(
    'Referencing a lateral column alias <lca> in the aggregate function <aggFunc>.',
  ),
  'UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE': unsupportedFeature(
    'Cannot have MAP type columns in DataFrame which calls set operations (INTERSECT, EXCEPT, etc.), but the type of column <colName> is <dataType>.',
  ),
  'UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW': unsupportedFeature(
    'Referencing a lateral column alias <lca> in window expression <windowExpr>.',
  ),
  MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS: {
    sqlState: '42000',
    text: '<clause1> and <clause2> cannot coexist in the same SQL pipe operator using |>. Please separate the multiple result clauses into separate pipe operators and then retry the query again.',
  },
  PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION: {
    sqlState: '0A000',
    text: 'Aggregate function <expr> is not allowed when using the pipe operator |> <clause> clause; please use the pipe operator |> AGGREGATE clause instead.',
  },
  PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION: {
    sqlState: '0A000',
    text: 'Non-grouping expression <expr> is provided as an argument to the |> AGGREGATE pipe operator but does not contain any aggregate function; please update it to include an aggregate function and then retry the query again.',
  },
  AMBIGUOUS_LATERAL_COLUMN_ALIAS: {
    sqlState: '42702',
    text: 'Lateral column alias <name> is ambiguous and has <n> matches.',
  },
  AMBIGUOUS_ALIAS_IN_NESTED_CTE: {
    sqlState: '42KD0',
    text: 'Name <name> is ambiguous in nested CTE. Please set <config> to "CORRECTED" so that name defined in inner CTE takes precedence. If set it to "LEGACY", outer CTE definitions will take precedence.',
  },
  EXCEPT_OVERLAPPING_COLUMNS: {
    sqlState: '42702',
    text: 'Columns in an EXCEPT list must be distinct and non-overlapping, but got (<columns>).',
  },
  EXCEPT_NESTED_COLUMN_INVALID_TYPE: {
    sqlState: '428H2',
    text: 'EXCEPT column <columnName> was resolved and expected to be StructType, but found type <dataType>.',
  },
  INCOMPATIBLE_JOIN_TYPES: {
    sqlState: '42613',
    text: 'The join types <joinType1> and <joinType2> are incompatible.',
  },
  STAR_GROUP_BY_POS: {
    sqlState: '0A000',
    text: 'Star (*) is not allowed in a select list when GROUP BY an ordinal position is used.',
  },
  UNRESOLVED_ALL_IN_GROUP_BY: {
    sqlState: '42803',
    text: 'Cannot infer grouping columns for GROUP BY ALL based on the select clause. Please explicitly specify the grouping columns.',
  },
  UNSUPPORTED_GROUPING_EXPRESSION: {
    sqlState: '42K0E',
    text: 'grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup.',
  },
  GROUPING_COLUMN_MISMATCH: {
    sqlState: '42803',
    text: "Column of grouping (<grouping>) can't be found in grouping columns <groupingColumns>.",
  },
  GROUPING_ID_COLUMN_MISMATCH: {
    sqlState: '42803',
    text: 'Columns of grouping_id (<groupingIdColumn>) does not match grouping columns (<groupByColumns>).',
  },
  GROUPING_SIZE_LIMIT_EXCEEDED: {
    sqlState: '54000',
    text: 'Grouping sets size cannot be greater than <maxSize>.',
  },
  'INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE': filter(
    'Expected a FILTER expression without an aggregation, but found <aggExpr>.',
  ),
  'INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION': filter(
    'Expected a FILTER expression without a window function, but found <windowExpr>.',
  ),
  'INVALID_AGGREGATE_FILTER.NON_DETERMINISTIC': filter(
    'Expected a deterministic FILTER expression.',
  ),
  'INVALID_AGGREGATE_FILTER.NOT_BOOLEAN': filter(
    'Expected a FILTER expression of the BOOLEAN type.',
  ),
  MISSING_WINDOW_SPECIFICATION: {
    sqlState: '42P20',
    text: 'Window specification is not defined in the WINDOW clause for <windowName>.',
  },
  WINDOW_FUNCTION_AND_FRAME_MISMATCH: {
    sqlState: '42K0E',
    text: '<funcName> function can only be evaluated in an ordered row-based window frame with a single offset: <windowExpr>.',
  },
  WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE: {
    sqlState: '42601',
    text: 'Window function <funcName> requires an OVER clause.',
  },
  INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC: {
    sqlState: '42601',
    text: 'Cannot specify ORDER BY or a window frame for <aggFunc>.',
  },
  UNSUPPORTED_WINDOW_FUNCTION: {
    sqlState: '42601',
    text: 'Expression <funcName> is not supported within a window function.',
  },
  DISTINCT_WINDOW_FUNCTION_UNSUPPORTED: {
    sqlState: '0A000',
    text: 'Distinct window functions are not supported: <windowExpr>.',
  },
  'DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE': mismatch(
    'The data type <orderSpecType> used in the order specification does not support the data type <valueBoundaryType> which is used in the range frame.',
  ),
  'DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER': mismatch(
    'A range window frame with value boundaries cannot be used in a window specification with multiple order by expressions: <orderSpec>.',
  ),
  'DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER': mismatch(
    'A range window frame cannot be used in an unordered window specification.',
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND': mismatch(
    'Window frame upper bound <upper> does not follow the lower bound <lower>.',
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE': mismatch(
    'The data type of the <location> bound <exprType> does not match the expected data type <expectedType>.',
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE': mismatch(
    'Window frame <location> bound <expression> is not a literal.',
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON': mismatch(
    'The lower bound of a window frame must be <comparison> to the upper bound.',
  ),
  'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_DIFF_TYPES': mismatch(
    'Window frame bounds <lower> and <upper> do not have the same type: <lowerType> <> <upperType>.',
  ),
  'DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH': mismatch(
    'The number of columns in the left hand side of an IN subquery does not match the number of columns in the output of subquery. Left hand side columns(length: <leftLength>): [<leftColumns>], right hand side columns(length: <rightLength>): [<rightColumns>].',
  ),
  'DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH': mismatch(
    'The data type of one or more elements in the left hand side of an IN subquery is not compatible with the data type of the output of the subquery. Mismatched columns: [<mismatchedColumns>], left side: [<leftType>], right side: [<rightType>].',
  ),
  'DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES': mismatch(
    'The data type of the column (<columnIndex>) do not have the same type: <leftType> (<leftParamIndex>) <> <rightType> (<rightParamIndex>).',
  ),
  'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE': mismatch(
    'The <exprName> must be between <valueRange> (current value = <currentValue>).',
  ),
  'DATATYPE_MISMATCH.UNEXPECTED_NULL': mismatch('The <exprName> must not be null.'),
  'INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN': {
    sqlState: '42823',
    text: 'Invalid subquery: Scalar subquery must return only one column, but got <number>.',
  },
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED': subquery(
    'Accessing outer query column is not allowed in this location: <treeNode>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES':
    subquery(
      'Found an aggregate function in a correlated predicate that has both outer and local references, which is not supported: <function>.',
    ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE': subquery(
    'Expressions referencing the outer query are not supported outside of WHERE/HAVING clauses: <sqlExprs>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.LATERAL_JOIN_CONDITION_NON_DETERMINISTIC': subquery(
    'Lateral join condition cannot be non-deterministic: <condition>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_CORRELATED_COLUMNS_IN_GROUP_BY': subquery(
    'A GROUP BY clause in a scalar correlated subquery cannot contain non-correlated columns: <value>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_DETERMINISTIC_LATERAL_SUBQUERIES': subquery(
    'Non-deterministic lateral subqueries are not supported when joining with outer relations that produce more than one row: <treeNode>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION':
    subquery(
      'Correlated subqueries in the join predicate cannot reference both join inputs: <subqueryExpression>.',
    ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_SCALAR_SUBQUERY': subquery(
    'Correlated scalar subqueries can only be used in filters, aggregations, projections, and UPDATE/MERGE/DELETE commands: <treeNode>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY': subquery(
    'IN/EXISTS predicate subqueries can only be used in filters, joins, aggregations, window functions, projections, and UPDATE/MERGE/DELETE commands: <treeNode>.',
  ),
  'UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.MUST_AGGREGATE_CORRELATED_SCALAR_SUBQUERY': subquery(
    'Correlated scalar subqueries must be aggregated to return at most one row.',
  ),
  'MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT': {
    sqlState: 'XX000',
    text: 'Resolved attribute(s) <missingAttributes> missing from <input> in operator <operator>.',
  },
  'MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_APPEAR_IN_OPERATION': {
    sqlState: 'XX000',
    text: 'Resolved attribute(s) <missingAttributes> missing from <input> in operator <operator>. Attribute(s) with the same name appear in the operation: <operation>.',
  },
  'UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS': generator('nested in expressions <expression>.'),
  'UNSUPPORTED_GENERATOR.MULTI_GENERATOR': generator(
    'only one generator allowed per SELECT clause but found <num>: <generators>.',
  ),
  'UNSUPPORTED_GENERATOR.OUTSIDE_SELECT': generator('outside the SELECT clause, found: <plan>.'),
  'UNSUPPORTED_GENERATOR.NOT_GENERATOR': generator(
    '<functionName> is expected to be a generator. However, its class is <classCanonicalName>, which is not a generator.',
  ),
  UDTF_ALIAS_NUMBER_MISMATCH: {
    sqlState: '42802',
    text: 'The number of aliases supplied in the AS clause does not match the number of columns output by the UDTF. Expected <aliasesSize> aliases, but got <aliasesNames>.',
  },
  NUM_TABLE_VALUE_ALIASES_MISMATCH: {
    sqlState: '42826',
    text: 'Number of given aliases does not match number of output columns. Function name: <funcName>; number of aliases: <aliasesNum>; number of output columns: <outColsNum>.',
  },
  UNRESOLVABLE_TABLE_VALUED_FUNCTION: {
    sqlState: '42883',
    text: 'Could not resolve <name> to a table-valued function. Please make sure that <name> is defined as a table-valued function and that all required parameters are provided correctly.',
  },
  FAILED_FUNCTION_CALL: {
    sqlState: '38000',
    text: "Failed preparing of the function <funcName> for call. Please, double check function's arguments.",
  },
  UNEXPECTED_INPUT_TYPE: {
    sqlState: '42K09',
    text: 'Parameter <paramIndex> of function <functionName> requires the <requiredType> type, however <inputSql> has the type <inputType>.',
  },
  INCOMPARABLE_PIVOT_COLUMN: {
    sqlState: '42818',
    text: 'Invalid pivot column <columnName>. Pivot columns must be comparable.',
  },
  NON_LITERAL_PIVOT_VALUES: {
    sqlState: '42K08',
    text: 'Literal expressions required for pivot values, found <expression>.',
  },
  PIVOT_VALUE_DATA_TYPE_MISMATCH: {
    sqlState: '42K09',
    text: "Invalid pivot value '<value>': value data type <valueType> does not match pivot column data type <pivotType>.",
  },
  UNPIVOT_REQUIRES_VALUE_COLUMNS: {
    sqlState: '42K0A',
    text: 'At least one value column needs to be specified for UNPIVOT, all columns specified as ids.',
  },
  UNPIVOT_VALUE_SIZE_MISMATCH: {
    sqlState: '428C4',
    text: 'All unpivot value columns must have the same size as there are value column names (<names>).',
  },
  UNPIVOT_VALUE_DATA_TYPE_MISMATCH: {
    sqlState: '42K09',
    text: 'Unpivot value columns must share a least common type, some types do not: [<types>].',
  },
  INVALID_RECURSIVE_CTE: {
    sqlState: '42836',
    text: 'Invalid recursive definition found. Recursive queries must contain an UNION or an UNION ALL statement with 2 children. The first child needs to be the anchor term without any recursive references.',
  },
  'INVALID_RECURSIVE_REFERENCE.PLACE': {
    sqlState: '42836',
    text: 'Invalid recursive reference found inside WITH RECURSIVE clause. Recursive references cannot be used on the right side of left outer/semi/anti joins, on the left side of right outer joins, in full outer joins, in aggregates, and in subquery expressions.',
  },
  'INVALID_RECURSIVE_REFERENCE.NUMBER': {
    sqlState: '42836',
    text: 'Invalid recursive reference found inside WITH RECURSIVE clause. Multiple self-references to one recursive CTE are not allowed.',
  },
  UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE: {
    sqlState: '42836',
    text: 'The UNION operator is not yet supported within recursive common table expressions (WITH clauses that refer to themselves, directly or indirectly). Please use UNION ALL instead.',
  },
  'INVALID_HINT.TABLE': { sqlState: '42000', text: 'The hint is not valid: <hint>.' },
} as const;
