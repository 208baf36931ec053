/**
 * Spark's error conditions that this front end raises: class, SQLSTATE and text with its parameters.
 * `UNSUPPORTED_SYNTAX`, `UNSUPPORTED_FUNCTION` and `UNSUPPORTED_EXPRESSION` are ours: what Spark can do and we can't yet.
 */
interface Condition {
  readonly sqlState: string;
  readonly text: string;
}

const mismatch = (text: string): Condition => ({
  sqlState: '42K09',
  text: `Cannot resolve <sqlExpr> due to data type mismatch: ${text}`,
});

export const conditions = {
  UNSUPPORTED_SYNTAX: {
    sqlState: '0A000',
    text: '<feature> is Spark SQL that Strata does not support yet.',
  },
  UNSUPPORTED_FUNCTION: {
    sqlState: '0A000',
    text: 'The function <functionName> is a function of Spark that Strata does not support yet.',
  },
  UNSUPPORTED_EXPRESSION: {
    sqlState: '0A000',
    text: 'Strata does not support <feature> yet.',
  },
  PARSE_SYNTAX_ERROR: { sqlState: '42601', text: 'Syntax error at or near <error><hint>.' },
  PARSE_EMPTY_STATEMENT: {
    sqlState: '42617',
    text: 'Syntax error, unexpected empty statement.',
  },
  UNCLOSED_BRACKETED_COMMENT: {
    sqlState: '42601',
    text: 'Found an unclosed bracketed comment. Please, append */ at the end of the comment.',
  },
  FAILED_TO_PARSE_TOO_COMPLEX: {
    sqlState: '54001',
    text: 'The statement, including potential SQL functions and referenced views, was too complex to parse. To mitigate this error divide the statement into multiple, less complex chunks.',
  },
  INVALID_NUMERIC_LITERAL_RANGE: {
    sqlState: '22003',
    text: 'Numeric literal <rawStrippedQualifier> is outside the valid range for <typeName> with minimum value of <minValue> and maximum value of <maxValue>. Please adjust the value accordingly.',
  },
  DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION: {
    sqlState: '22003',
    text: 'Decimal precision <precision> exceeds max precision <maxPrecision>.',
  },
  INVALID_TYPED_LITERAL: {
    sqlState: '42604',
    text: 'The value of the typed literal <valueType> is invalid: <value>.',
  },
  UNSUPPORTED_TYPED_LITERAL: {
    sqlState: '0A000',
    text: 'Literals of the type <unsupportedType> are not supported. Supported types are <supportedTypes>.',
  },
  UNSUPPORTED_DATATYPE: { sqlState: '0A000', text: 'Unsupported data type <typeName>.' },
  INVALID_SQL_SYNTAX: { sqlState: '42000', text: 'Invalid SQL syntax: <reason>' },
  TABLE_OR_VIEW_NOT_FOUND: {
    sqlState: '42P01',
    text: 'The table or view <relationName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.',
  },
  'UNRESOLVED_COLUMN.WITH_SUGGESTION': {
    sqlState: '42703',
    text: 'A column, variable, or function parameter with name <objectName> cannot be resolved. Did you mean one of the following? [<proposal>].',
  },
  'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION': {
    sqlState: '42703',
    text: 'A column, variable, or function parameter with name <objectName> cannot be resolved.',
  },
  UNRESOLVED_USING_COLUMN_FOR_JOIN: {
    sqlState: '42703',
    text: 'USING column <colName> cannot be resolved on the <side> side of the join. The <side>-side columns: [<suggestion>].',
  },
  AMBIGUOUS_REFERENCE: {
    sqlState: '42704',
    text: 'Reference <name> is ambiguous, could be: <referenceNames>.',
  },
  CANNOT_RESOLVE_STAR_EXPAND: {
    sqlState: '42704',
    text: 'Cannot resolve <targetString>.* given input columns <columns>. Please check that the specified table or struct exists and is accessible in the input columns.',
  },
  FIELD_NOT_FOUND: { sqlState: '42704', text: 'No such struct field <fieldName> in <fields>.' },
  INVALID_EXTRACT_BASE_FIELD_TYPE: {
    sqlState: '42000',
    text: "Can't extract a value from <base>. Need a complex type [STRUCT, ARRAY, MAP] but got <other>.",
  },
  UNRESOLVED_ROUTINE: {
    sqlState: '42883',
    text: 'Cannot resolve routine <routineName> on search path <searchPath>.',
  },
  'WRONG_NUM_ARGS.WITHOUT_SUGGESTION': {
    sqlState: '42605',
    text: "The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix.",
  },
  INVALID_USAGE_OF_STAR_OR_REGEX: {
    sqlState: '42000',
    text: 'Invalid usage of <elem> in <prettyName>.',
  },
  'INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: The function <prettyName> does not support <syntax>.',
  },
  'DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES': mismatch(
    'the left and right operands of the binary operator have incompatible types (<left> and <right>).',
  ),
  'DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE': mismatch(
    'the binary operator requires the input type <inputType>, not <actualDataType>.',
  ),
  'DATATYPE_MISMATCH.DATA_DIFF_TYPES': mismatch(
    "Input to <functionName> should all be the same type, but it's <dataType>.",
  ),
  'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE': mismatch(
    'The <paramIndex> parameter requires the <requiredType> type, however <inputSql> has the type <inputType>.',
  ),
  'DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION': mismatch('cannot cast <srcType> to <targetType>.'),
  'DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION': mismatch(
    'cannot cast <srcType> to <targetType> with ANSI mode on.\nIf you have to cast <srcType> to <targetType>, you can set <config> as <configVal>.',
  ),
  'DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION': mismatch(
    'cannot cast <srcType> to <targetType>.\nTo convert values from <srcType> to <targetType>, you can use the functions <functionNames> instead.',
  ),
  'DATATYPE_MISMATCH.INVALID_ORDERING_TYPE': mismatch(
    'The <functionName> does not support ordering on type <dataType>.',
  ),
  'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT': mismatch(
    'the input <inputName> should be a foldable <inputType> expression; however, got <inputExpr>.',
  ),
  'DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN': mismatch(
    'Filter expression <filter> of type <type> is not a boolean.',
  ),
  JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE: {
    sqlState: '42K0E',
    text: 'The join condition <joinCondition> has the invalid type <conditionType>, expected "BOOLEAN".',
  },
  INVALID_ESC: {
    sqlState: '42604',
    text: 'Found an invalid escape string: <invalidEscape>. The escape string must contain only one character.',
  },
  MISSING_AGGREGATION: {
    sqlState: '42803',
    text: 'The non-aggregating expression <expression> is based on columns which are not participating in the GROUP BY clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use <expressionAnyValue> if you do not care which of the values within a group is returned.',
  },
  MISSING_GROUP_BY: {
    sqlState: '42803',
    text: 'The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses.',
  },
  GROUP_BY_AGGREGATE: {
    sqlState: '42903',
    text: 'Aggregate functions are not allowed in GROUP BY, but found <sqlExpr>.',
  },
  GROUP_BY_POS_AGGREGATE: {
    sqlState: '42903',
    text: 'GROUP BY <index> refers to an expression <aggExpr> that contains an aggregate function. Aggregate functions are not allowed in GROUP BY.',
  },
  GROUP_BY_POS_OUT_OF_RANGE: {
    sqlState: '42805',
    text: 'GROUP BY position <index> is not in select list (valid range is [1, <size>]).',
  },
  ORDER_BY_POS_OUT_OF_RANGE: {
    sqlState: '42805',
    text: 'ORDER BY position <index> is not in select list (valid range is [1, <size>]).',
  },
  NESTED_AGGREGATE_FUNCTION: {
    sqlState: '42607',
    text: 'It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the inner aggregate function in a sub-query.',
  },
  INVALID_WHERE_CONDITION: {
    sqlState: '42903',
    text: 'The WHERE condition <condition> contains invalid expressions: <expressionList>.\nRewrite the query to avoid window functions, aggregate functions, and generator functions in the WHERE clause.',
  },
  UNSUPPORTED_EXPR_FOR_OPERATOR: {
    sqlState: '42K0E',
    text: 'A query operator contains one or more unsupported expressions. Consider to rewrite it to avoid window functions, aggregate functions, and generator functions in the WHERE clause.\nInvalid expressions: [<invalidExprSqls>]',
  },
  'INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE': {
    sqlState: '42K0E',
    text: 'The limit like expression <expr> is invalid. The <name> expression must be equal to or greater than 0, but got <v>.',
  },
  'INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE': {
    sqlState: '42K0E',
    text: 'The limit like expression <expr> is invalid. The <name> expression must be integer type, but got <dataType>.',
  },
  'INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL': {
    sqlState: '42K0E',
    text: 'The limit like expression <expr> is invalid. The evaluated <name> expression must not be null.',
  },
  'INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE': {
    sqlState: '42K0E',
    text: 'The limit like expression <expr> is invalid. The <name> expression must evaluate to a constant value.',
  },
  NUM_COLUMNS_MISMATCH: {
    sqlState: '42826',
    text: '<operator> can only be performed on inputs with the same number of columns, but the first input has <firstNumColumns> columns and the <invalidOrdinalNum> input has <invalidNumColumns> columns.',
  },
  INCOMPATIBLE_COLUMN_TYPE: {
    sqlState: '42825',
    text: '<operator> can only be performed on tables with compatible column types. The <columnOrdinalNumber> column of the <tableOrdinalNumber> table is <dataType1> type which is not compatible with <dataType2> at the same column of the first table.<hint>.',
  },
  DUPLICATED_CTE_NAMES: {
    sqlState: '42602',
    text: "CTE definition can't have duplicate names: <duplicateNames>.",
  },
  ASSIGNMENT_ARITY_MISMATCH: {
    sqlState: '42802',
    text: 'The number of columns or variables assigned or aliased: <numTarget> does not match the number of source expressions: <numExpr>.',
  },
  'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH': {
    sqlState: '42000',
    text: 'Invalid inline table. Inline table expected <expectedNumCols> columns but found <actualNumCols> columns in row <rowIndex>.',
  },
  'INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE': {
    sqlState: '42000',
    text: 'Invalid inline table. Found incompatible types in the column <colName> for inline table.',
  },
  'INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE': {
    sqlState: '42000',
    text: 'Invalid inline table. Cannot evaluate the expression <expr> in inline table definition.',
  },
} as const satisfies Readonly<Record<string, Condition>>;
