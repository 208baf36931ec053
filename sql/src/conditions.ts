/**
 * Spark's error conditions that this front end raises: class, SQLSTATE and text with its parameters.
 * `UNSUPPORTED_SYNTAX`, `UNSUPPORTED_FUNCTION` and `UNSUPPORTED_EXPRESSION` are ours: what Spark can do and we can't yet.
 */
import { collationConditions } from './collationConditions.ts';
import { relationConditions } from './relationConditions.ts';

interface Condition {
  readonly sqlState: string;
  readonly text: string;
}

const mismatch = (text: string): Condition => ({
  sqlState: '42K09',
  text: `Cannot resolve <sqlExpr> due to data type mismatch: ${text}`,
});

export const conditions = {
  ...relationConditions,
  ...collationConditions,
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
  UNSUPPORTED_TIME_PRECISION: {
    sqlState: '0A001',
    text: 'The seconds precision <precision> of the TIME data type is out of the supported range [0, 6].',
  },
  UNSUPPORTED_TIME_TYPE: { sqlState: '0A000', text: 'The data type TIME is not supported.' },
  INVALID_TYPED_LITERAL: {
    sqlState: '42604',
    text: 'The value of the typed literal <valueType> is invalid: <value>.',
  },
  UNSUPPORTED_TYPED_LITERAL: {
    sqlState: '0A000',
    text: 'Literals of the type <unsupportedType> are not supported. Supported types are <supportedTypes>.',
  },
  DUPLICATE_CLAUSES: {
    sqlState: '42614',
    text: 'Found duplicate clauses: <clauseName>. Please, remove one of them.',
  },
  LEGACY_OPERATION_NOT_ALLOWED: { sqlState: '0A000', text: 'Operation not allowed: <message>.' },
  INVALID_PROPERTY_KEY: {
    sqlState: '42602',
    text: '<key> is an invalid property key, please use quotes, e.g. SET <key>=<value>.',
  },
  INVALID_PROPERTY_VALUE: {
    sqlState: '42602',
    text: '<value> is an invalid property value, please use quotes, e.g. SET <key>=<value>.',
  },
  INVALID_SET_SYNTAX: {
    sqlState: '42000',
    text: "Expected format is 'SET', 'SET key', or 'SET key=value'. If you want to include special characters in key, or include semicolon in value, please use backquotes, e.g., SET `key`=`value`.",
  },
  INVALID_RESET_COMMAND_FORMAT: {
    sqlState: '42000',
    text: "Expected format is 'RESET' or 'RESET key'. If you want to include special characters in key, please use quotes, e.g., RESET `key`.",
  },
  DESCRIBE_JSON_NOT_EXTENDED: {
    sqlState: '0A000',
    text: 'DESCRIBE TABLE ... AS JSON only supported when [EXTENDED|FORMATTED] is specified. For example: DESCRIBE EXTENDED <tableName> AS JSON is supported but DESCRIBE <tableName> AS JSON is not.',
  },
  'UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_JSON': {
    sqlState: '0A000',
    text: 'The feature is not supported: DESC TABLE COLUMN AS JSON not supported for individual columns.',
  },
  'INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: The definition of a SQL variable requires either a datatype or a DEFAULT clause. For example, use `DECLARE name STRING` or `DECLARE name = 1`.',
  },
  EXEC_IMMEDIATE_DUPLICATE_ARGUMENT_ALIASES: {
    sqlState: '42701',
    text: 'The USING clause of this EXECUTE IMMEDIATE command contained multiple arguments with same alias (<aliases>), which is invalid; please update the command to specify unique aliases and then try it again.',
  },
  INCOMPATIBLE_VIEW_SCHEMA_CHANGE: {
    sqlState: '51024',
    text: 'The SQL query of view <viewName> has an incompatible schema change and column <colName> cannot be resolved. Expected <expectedNum> columns named <colName> but got <actualCols>.\nPlease try to re-create the view by running: <suggestion>.',
  },
  CANNOT_UP_CAST_DATATYPE: {
    sqlState: '42846',
    text: 'Cannot up cast <expression> from <sourceType> to <targetType>.\n<details>',
  },
  'INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS': {
    sqlState: 'KD000',
    text: 'Cannot write incompatible data for the table <tableName>: Cannot write extra columns <extraColumns>.',
  },
  'INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST': {
    sqlState: 'KD000',
    text: 'Cannot write incompatible data for the table <tableName>: Cannot safely cast <colName> <srcType> to <targetType>.',
  },
  'INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS': {
    sqlState: '21S01',
    text: 'Cannot write to <tableName>, the reason is not enough data columns:\nTable columns: <tableColumns>.\nData columns: <dataColumns>.',
  },
  'INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS': {
    sqlState: '21S01',
    text: 'Cannot write to <tableName>, the reason is too many data columns:\nTable columns: <tableColumns>.\nData columns: <dataColumns>.',
  },
  COLUMN_ALREADY_EXISTS: {
    sqlState: '42711',
    text: 'The column <columnName> already exists. Choose another name or rename the existing column.',
  },
  TABLE_OR_VIEW_ALREADY_EXISTS: {
    sqlState: '42P07',
    text: 'Cannot create table or view <relationName> because it already exists.\nChoose a different name, drop or replace the existing object, add the IF NOT EXISTS clause to tolerate pre-existing objects, or add the OR REFRESH clause to refresh the existing streaming table.',
  },
  TEMP_TABLE_OR_VIEW_ALREADY_EXISTS: {
    sqlState: '42P07',
    text: 'Cannot create the temporary view <relationName> because it already exists.\nChoose a different name, drop or replace the existing view,  or add the IF NOT EXISTS clause to tolerate pre-existing views.',
  },
  TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS: {
    sqlState: '428EK',
    text: 'CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: <actualName>.',
  },
  'CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS': {
    sqlState: '21S01',
    text: 'Cannot create view <viewName>, the reason is not enough data columns:\nView columns: <viewColumns>.\nData columns: <dataColumns>.',
  },
  'CREATE_VIEW_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS': {
    sqlState: '21S01',
    text: 'Cannot create view <viewName>, the reason is too many data columns:\nView columns: <viewColumns>.\nData columns: <dataColumns>.',
  },
  CREATE_PERMANENT_VIEW_WITHOUT_ALIAS: {
    sqlState: '0A000',
    text: 'Not allowed to create the permanent view <name> without explicitly assigning an alias for the expression <attr>.',
  },
  INVALID_TEMP_OBJ_REFERENCE: {
    sqlState: '42K0F',
    text: 'Cannot create the persistent object <objName> of the type <obj> because it references to the temporary object <tempObjName> of the type <tempObj>. Please make the temporary object <tempObjName> persistent, or make the persistent object <objName> temporary.',
  },
  RECURSIVE_VIEW: {
    sqlState: '42K0H',
    text: 'Recursive view <viewIdent> detected (cycle: <newPath>).',
  },
  SCHEMA_NOT_FOUND: {
    sqlState: '42704',
    text: 'The schema <schemaName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.\nTo tolerate the error on drop use DROP SCHEMA IF EXISTS.',
  },
  SCHEMA_ALREADY_EXISTS: {
    sqlState: '42P06',
    text: 'Cannot create schema <schemaName> because it already exists.\nChoose a different name, drop the existing schema, or add the IF NOT EXISTS clause to tolerate pre-existing schema.',
  },
  SCHEMA_NOT_EMPTY: {
    sqlState: '2BP01',
    text: 'Cannot drop a schema <schemaName> because it contains objects.\nUse DROP SCHEMA ... CASCADE to drop the schema and all its objects.',
  },
  WRONG_COMMAND_FOR_OBJECT_TYPE: {
    sqlState: '42809',
    text: 'The operation <operation> requires a <requiredType>. But <objectName> is a <foundType>. Use <alternative> instead.',
  },
  'EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE': {
    sqlState: '42809',
    text: "'<operation>' expects a table but <viewName> is a view.",
  },
  'EXPECT_TABLE_NOT_VIEW.USE_ALTER_VIEW': {
    sqlState: '42809',
    text: "'<operation>' expects a table but <viewName> is a view. Please use ALTER VIEW instead.",
  },
  'EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE': {
    sqlState: '42809',
    text: 'The table <tableName> does not support <operation>.',
  },
  'EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE': {
    sqlState: '42809',
    text: 'The table <tableName> does not support <operation>. Please use ALTER TABLE instead.',
  },
  CAST_OVERFLOW_IN_TABLE_INSERT: {
    sqlState: '22003',
    text: 'Fail to assign a value of <sourceType> type to the <targetType> type column or variable <columnName> due to an overflow. Use `try_cast` on the input value to tolerate overflow and return NULL instead.',
  },
  'INVALID_CONF_VALUE.TIME_ZONE': {
    sqlState: '22022',
    text: 'The value <confValue> in the config <confName> is invalid. Cannot resolve the given timezone.',
  },
  CANNOT_MODIFY_CONFIG: {
    sqlState: '46110',
    text: 'Cannot modify the value of the Spark config: <key>.',
  },
  'INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. The interval value must be in the range of [-18, +18] hours with second precision.",
  },
  'UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET': {
    sqlState: '0A000',
    text: 'The feature is not supported: <variableName> is a VARIABLE and cannot be updated using the SET statement. Use SET VARIABLE <variableName> = ... instead.',
  },
  'UNSUPPORTED_FEATURE.DROP_DATABASE': {
    sqlState: '0A000',
    text: 'The feature is not supported: Drop the default database <database>.',
  },
  UNBOUND_SQL_PARAMETER: {
    sqlState: '42P02',
    text: 'Found the unbound parameter: <name>. Please, fix `args` and provide a mapping of the parameter to either a SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`.',
  },
  VARIABLE_NOT_FOUND: {
    sqlState: '42883',
    text: 'The variable <variableName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a schema and catalog, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VARIABLE IF EXISTS.',
  },
  VARIABLE_ALREADY_EXISTS: {
    sqlState: '42723',
    text: 'Cannot create the variable <variableName> because it already exists.\nChoose a different name, or drop or replace the existing variable.',
  },
  UNRESOLVED_VARIABLE: {
    sqlState: '42883',
    text: 'Cannot resolve variable <variableName> on search path <searchPath>.',
  },
  DUPLICATE_ASSIGNMENTS: {
    sqlState: '42701',
    text: 'The columns or variables <nameList> appear more than once as assignment targets.',
  },
  ROW_SUBQUERY_TOO_MANY_ROWS: {
    sqlState: '21000',
    text: 'More than one row returned by a subquery used as a row.',
  },
  'INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION': {
    sqlState: '42623',
    text: 'Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT value <defaultValue>, which contains subquery expressions.',
  },
  INVALID_STATEMENT_FOR_EXECUTE_INTO: {
    sqlState: '07501',
    text: 'The INTO clause of EXECUTE IMMEDIATE is only valid for queries but the given statement is not a query: <sqlString>.',
  },
  NESTED_EXECUTE_IMMEDIATE: {
    sqlState: '07501',
    text: 'Nested EXECUTE IMMEDIATE commands are not allowed. Please ensure that the SQL query provided (<sqlString>) does not contain another EXECUTE IMMEDIATE command.',
  },
  INVALID_QUERY_MIXED_QUERY_PARAMETERS: {
    sqlState: '42613',
    text: 'Parameterized query must either use positional, or named parameters, but not both.',
  },
  ALL_PARAMETERS_MUST_BE_NAMED: {
    sqlState: '07001',
    text: 'Using name parameterized queries requires all parameters to be named. Parameters missing names: <exprs>.',
  },
  UNSUPPORTED_EXPR_FOR_PARAMETER: {
    sqlState: '42K0E',
    text: 'A query parameter contains unsupported expression.\nParameters can either be variables or literals.\nInvalid expression: [<invalidExprSql>]',
  },
  INVALID_VARIABLE_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE: {
    sqlState: '42K09',
    text: 'Variable type must be string type but got <varType>.',
  },
  NULL_QUERY_STRING_EXECUTE_IMMEDIATE: {
    sqlState: '22004',
    text: 'Execute immediate requires a non-null variable as the query string, but the provided variable <varName> is null.',
  },
  'NOT_A_CONSTANT_STRING.NULL': {
    sqlState: '42601',
    text: 'The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. The expression evaluates to NULL.',
  },
  'NOT_A_CONSTANT_STRING.WRONG_TYPE': {
    sqlState: '42601',
    text: 'The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. The data type of the expression is <dataType>.',
  },
  'NOT_A_CONSTANT_STRING.NOT_CONSTANT': {
    sqlState: '42601',
    text: 'The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. The expression is not a constant.',
  },
  REQUIRES_SINGLE_PART_NAMESPACE: {
    sqlState: '42K05',
    text: '<sessionCatalog> requires a single-part namespace, but got <namespace>.',
  },
  IDENTIFIER_TOO_MANY_NAME_PARTS: {
    sqlState: '42601',
    text: '<identifier> is not a valid identifier as it has more than 2 name parts.',
  },
  ROUTINE_ALREADY_EXISTS: {
    sqlState: '42723',
    text: 'Cannot create the <newRoutineType> <routineName> because a <existingRoutineType> of that name already exists.\nChoose a different name, drop or replace the existing <existingRoutineType>, or add the IF NOT EXISTS clause to tolerate a pre-existing <newRoutineType>.',
  },
  ROUTINE_NOT_FOUND: {
    sqlState: '42883',
    text: 'The routine <routineName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a schema and catalog, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP ... IF EXISTS.',
  },
  _LEGACY_ERROR_TEMP_0024: {
    sqlState: '42601',
    text: 'Can only have a single from-to unit in the interval literal syntax.',
  },
  _LEGACY_ERROR_TEMP_0026: {
    sqlState: '42601',
    text: 'Can only use numbers in the interval value part for multiple unit value pairs interval form, but got invalid value: <value>.',
  },
  _LEGACY_ERROR_TEMP_0027: {
    sqlState: '42601',
    text: 'The value of from-to unit must be a string.',
  },
  _LEGACY_ERROR_TEMP_0029: {
    sqlState: '42601',
    text: 'Cannot mix year-month and day-time fields: <literal>.',
  },
  _LEGACY_ERROR_TEMP_0063: { sqlState: '42601', text: '<msg>.' },
  _LEGACY_ERROR_TEMP_0064: { sqlState: '42601', text: '<msg>.' },
  _LEGACY_ERROR_TEMP_0035: { sqlState: '42601', text: 'Operation not allowed: <message>.' },
  _LEGACY_ERROR_TEMP_0045: { sqlState: '42601', text: 'Invalid time zone displacement value.' },
  'INVALID_INTERVAL_FORMAT.INPUT_IS_EMPTY': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Interval string cannot be empty.",
  },
  'INVALID_INTERVAL_FORMAT.INVALID_PREFIX': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Invalid interval prefix <prefix>.",
  },
  'INVALID_INTERVAL_FORMAT.UNRECOGNIZED_NUMBER': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Unrecognized number <number>.",
  },
  'INVALID_INTERVAL_FORMAT.INVALID_VALUE': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Invalid value <value>.",
  },
  'INVALID_INTERVAL_FORMAT.INVALID_PRECISION': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Interval can only support nanosecond precision, <value> is out of range.",
  },
  'INVALID_INTERVAL_FORMAT.INVALID_FRACTION': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. <unit> cannot have fractional part.",
  },
  'INVALID_INTERVAL_FORMAT.INVALID_UNIT': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Invalid unit <unit>.",
  },
  'INVALID_INTERVAL_FORMAT.MISSING_NUMBER': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Expect a number after <word> but hit EOL.",
  },
  'INVALID_INTERVAL_FORMAT.MISSING_UNIT': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Expect a unit name after <word> but hit EOL.",
  },
  'INVALID_INTERVAL_FORMAT.INTERVAL_PARSING': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Error parsing interval <interval> string.",
  },
  'INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Interval string does not match <intervalStr> format of <supportedFormat> when cast to <typeName>: <input>.",
  },
  'INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE': {
    sqlState: '22006',
    text: 'Error parsing \'<input>\' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Interval string does not match <intervalStr> format of <supportedFormat> when cast to <typeName>: <input>. Set "spark.sql.legacy.fromDayTimeString.enabled" to "true" to restore the behavior before Spark 3.0.',
  },
  'INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION': {
    sqlState: '22006',
    text: "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again. Cannot support (interval '<input>' <from> to <to>) expression.",
  },
  'SYNTAX_DISCONTINUED.BANG_EQUALS_NOT': {
    sqlState: '42601',
    text: "Support of the clause or keyword: <clause> has been discontinued in this context. The '!' keyword is only supported as an alias for the prefix operator 'NOT'. Use the 'NOT' keyword instead for infix clauses such as `NOT LIKE`, `NOT IN`, `NOT BETWEEN`, etc. To re-enable the '!' keyword, set \"spark.sql.legacy.bangEqualsNot\" to \"true\".",
  },
  'INVALID_PARAMETER_VALUE.DATETIME_UNIT': {
    sqlState: '22023',
    text: 'The value of parameter(s) <parameter> in <functionName> is invalid: expects one of the units without quotes YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFYEAR, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got the string literal <invalidValue>.',
  },
  'INVALID_SQL_SYNTAX.EMPTY_PARTITION_VALUE': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: Partition key <partKey> must set value.',
  },
  'INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_DATABASE': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: CREATE TEMPORARY FUNCTION with specifying a database(<database>) is not allowed.',
  },
  'INVALID_SQL_SYNTAX.MULTI_PART_NAME': {
    sqlState: '42000',
    text: 'Invalid SQL syntax: <statement> with multiple part name(<name>) is not allowed.',
  },
  FEATURE_NOT_ENABLED: {
    sqlState: '56038',
    text: 'The feature <featureName> is not enabled. Consider setting the config <configKey> to <configValue> to enable this capability.',
  },
  COLUMN_NOT_FOUND: {
    sqlState: '42703',
    text: 'The column <colName> cannot be found. Verify the spelling and correctness of the column name according to the SQL config <caseSensitiveConfig>.',
  },
  FORBIDDEN_OPERATION: {
    sqlState: '42809',
    text: 'The operation <statement> is not allowed on the <objectType>: <objectName>.',
  },
  SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE: {
    sqlState: '42K05',
    text: 'SHOW COLUMNS with conflicting namespaces: <namespaceA> != <namespaceB>.',
  },
  'UNSUPPORTED_SHOW_CREATE_TABLE.ON_TEMPORARY_VIEW': {
    sqlState: '0A000',
    text: 'Unsupported a SHOW CREATE TABLE command. The command is not supported on a temporary view <tableName>.',
  },
  'UNSUPPORTED_FEATURE.TABLE_OPERATION': {
    sqlState: '0A000',
    text: 'The feature is not supported: Table <tableName> does not support <operation>. Please check the current catalog and namespace to make sure the qualified table name is expected, and also check the catalog implementation which is configured by "spark.sql.catalog".',
  },
  NOT_SUPPORTED_CHANGE_COLUMN: {
    sqlState: '0A000',
    text: "ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing <table>'s column <originName> with type <originType> to <newName> with type <newType>.",
  },
  DUPLICATE_ROUTINE_PARAMETER_NAMES: {
    sqlState: '42734',
    text: 'Found duplicate name(s) in the parameter list of the user-defined routine <routineName>: <names>.',
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
  AMBIGUOUS_REFERENCE_TO_FIELDS: {
    sqlState: '42000',
    text: 'Ambiguous reference to the field <field>. It appears <count> times in the schema.',
  },
  INVALID_EXTRACT_FIELD_TYPE: {
    sqlState: '42000',
    text: "Field name should be a non-null string literal, but it's <extraction>.",
  },
  INVALID_EXTRACT_BASE_FIELD_TYPE: {
    sqlState: '42000',
    text: "Can't extract a value from <base>. Need a complex type [STRUCT, ARRAY, MAP] but got <other>.",
  },
  'INVALID_OPTIONS.NON_MAP_FUNCTION': {
    sqlState: '42K06',
    text: 'Invalid options: Must use the `map()` function for options.',
  },
  'INVALID_OPTIONS.NON_STRING_TYPE': {
    sqlState: '42K06',
    text: 'Invalid options: A type of keys and values in `map()` must be string, but got <mapType>.',
  },
  'INVALID_SCHEMA.NON_STRING_LITERAL': {
    sqlState: '42K07',
    text: 'The input schema <inputSchema> is not a valid schema string. The input expression must be string literal and not null.',
  },
  'INVALID_SCHEMA.NON_STRUCT_TYPE': {
    sqlState: '42K07',
    text: 'The input schema <inputSchema> is not a valid schema string. The input expression should be evaluated to struct type, but got <dataType>.',
  },
  PARSE_MODE_UNSUPPORTED: {
    sqlState: '42601',
    text: "The function <funcName> doesn't support the <mode> mode. Acceptable modes are PERMISSIVE and FAILFAST.",
  },
  UNRESOLVED_ROUTINE: {
    sqlState: '42883',
    text: 'Cannot resolve routine <routineName> on search path <searchPath>.',
  },
  'WRONG_NUM_ARGS.WITH_SUGGESTION': {
    sqlState: '42605',
    text: 'The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>. If you have to call this function with <actualNum> parameters, set the legacy configuration <legacyConfKey> to <legacyConfValue>.',
  },
  'WRONG_NUM_ARGS.WITHOUT_SUGGESTION': {
    sqlState: '42605',
    text: "The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix.",
  },
  'INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION': {
    sqlState: '42K0D',
    text: 'Invalid lambda function call. A lambda function should only be used in a higher order function. However, its class is <class>, which is not a higher order function.',
  },
  'INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH': {
    sqlState: '42K0D',
    text: 'Invalid lambda function call. A higher order function expects <expectedNumArgs> arguments, but got <actualNumArgs>.',
  },
  'INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES': {
    sqlState: '42K0D',
    text: 'Invalid lambda function call. The lambda function has duplicate arguments <args>. Please, consider to rename the argument names or set <caseSensitiveConfig> to "true".',
  },
  'INVALID_WITHIN_GROUP_EXPRESSION.DISTINCT_UNSUPPORTED': {
    sqlState: '42K0K',
    text: 'Invalid function <funcName> with WITHIN GROUP. The function does not support DISTINCT with WITHIN GROUP.',
  },
  'INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT': {
    sqlState: '42K0K',
    text: 'Invalid function <funcName> with WITHIN GROUP. The function is invoked with DISTINCT and WITHIN GROUP but expressions <funcArg> and <orderingExpr> do not match. The WITHIN GROUP ordering expression must be picked from the function inputs.',
  },
  'INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING': {
    sqlState: '42K0K',
    text: 'Invalid function <funcName> with WITHIN GROUP. WITHIN GROUP is required for the function.',
  },
  'INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS': {
    sqlState: '42K0K',
    text: 'Invalid function <funcName> with WITHIN GROUP. The function requires <expectedNum> orderings in WITHIN GROUP but got <actualNum>.',
  },
  NAMED_PARAMETERS_NOT_SUPPORTED: {
    sqlState: '4274K',
    text: 'Named parameters are not supported for function <functionName>; please retry the query with positional arguments to the function call instead.',
  },
  UNEXPECTED_POSITIONAL_ARGUMENT: {
    sqlState: '4274K',
    text: 'Cannot invoke routine <routineName> because it contains positional argument(s) following the named argument assigned to <parameterName>; please rearrange them so the positional arguments come first and then retry the query again.',
  },
  UNRECOGNIZED_PARAMETER_NAME: {
    sqlState: '4274K',
    text: 'Cannot invoke routine <routineName> because the routine call included a named argument reference for the argument named <argumentName>, but this routine does not include any signature containing an argument with this name. Did you mean one of the following? [<proposal>].',
  },
  'DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED': {
    sqlState: '4274K',
    text: 'Call to routine <routineName> is invalid because it includes multiple argument assignments to the same parameter name <parameterName>. A positional argument and named argument both referred to the same parameter. Please remove the named argument referring to this parameter.',
  },
  'DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE': {
    sqlState: '4274K',
    text: 'Call to routine <routineName> is invalid because it includes multiple argument assignments to the same parameter name <parameterName>. More than one named argument referred to the same parameter. Please assign a value only once.',
  },
  REQUIRED_PARAMETER_NOT_FOUND: {
    sqlState: '4274K',
    text: 'Cannot invoke routine <routineName> because the parameter named <parameterName> is required, but the routine call did not supply a value. Please update the routine call to supply an argument value (either positionally at index <index> or by name) and retry the query again.',
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
  'DATATYPE_MISMATCH.NULL_TYPE': mismatch(
    'Null typed values cannot be used as arguments of <functionName>.',
  ),
  'DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES': mismatch(
    "Input to <functionName> should have been <dataType> followed by a value with same element type, but it's [<leftType>, <rightType>].",
  ),
  'DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES': mismatch(
    "Input to function <functionName> should have been two <arrayType> with same element type, but it's [<leftType>, <rightType>].",
  ),
  'DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES': mismatch(
    "Input to <functionName> should have been <dataType> followed by a value with same key type, but it's [<leftType>, <rightType>].",
  ),
  'DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES': mismatch(
    "The <functionName> should all be of type map, but it's <dataType>.",
  ),
  'DATATYPE_MISMATCH.MAP_FROM_ENTRIES_WRONG_TYPE': mismatch(
    'The <functionName> function requires the input to be an array of pair structs, but got <childType>: <childExpr>.',
  ),
  'DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES': mismatch(
    "Input to the <functionName> should have been two maps with compatible key types, but it's [<leftType>, <rightType>].",
  ),
  'DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES': mismatch(
    'The given keys of function <functionName> should all be the same type, but they are <dataType>.',
  ),
  'DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES': mismatch(
    'The given values of function <functionName> should all be the same type, but they are <dataType>.',
  ),
  'DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE': mismatch('The key of map cannot be/contain <keyType>.'),
  'DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING': mismatch(
    'Only foldable `STRING` expressions are allowed to appear at odd position, but they are <inputExprs>.',
  ),
  'DATATYPE_MISMATCH.UNEXPECTED_NULL': mismatch('The <exprName> must not be null.'),
  'DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE': mismatch(
    'The <functionName> requires return <expectedType> type, but the actual is <actualType> type.',
  ),
  'DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES': mismatch(
    '<functionName> uses the wrong parameter type. The parameter type must conform to:\n1. The start and stop expressions must resolve to the same type.\n2. If start and stop expressions resolve to the <startType> type, then the step expression must resolve to the <stepType> type.\n3. Otherwise, if start and stop expressions resolve to the <otherStartType> type, then the step expression must resolve to the same type.',
  ),
  'DATATYPE_MISMATCH.HASH_MAP_TYPE': mismatch(
    'Input to the function <functionName> cannot contain elements of the "MAP" type. In Spark, same maps may have different hashcode, thus hash expressions are prohibited on "MAP" elements. To restore previous behavior set "spark.sql.legacy.allowHashOnMapType" to "true".',
  ),
  'DATATYPE_MISMATCH.WRONG_NUM_ARG_TYPES': mismatch(
    'The expression requires <requiredNum> argument types but the actual number is <actualNum>.',
  ),
  'DATATYPE_MISMATCH.NON_STRING_TYPE': mismatch(
    'All arguments of the function <funcName> must be strings.',
  ),
  'DATATYPE_MISMATCH.INVALID_JSON_SCHEMA': mismatch(
    'Input schema <schema> must be a struct, an array, a map or a variant.',
  ),
  'DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE': mismatch(
    'Input schema <schema> can only contain STRING as a key type for a MAP.',
  ),
  'DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT': mismatch('<msg><hint>.'),
  'DATATYPE_MISMATCH.INVALID_XML_MAP_KEY_TYPE': mismatch(
    'Input schema <schema> can only contain STRING as a key type for a MAP.',
  ),
  'DATATYPE_MISMATCH.INVALID_XML_SCHEMA': mismatch(
    'Input schema <schema> must be a struct or a variant.',
  ),
  'DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE': mismatch('length of <exprName> should be 1.'),
  'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE': mismatch(
    'the <exprName> must be between <valueRange> (current value = <currentValue>).',
  ),
  'DATATYPE_MISMATCH.WRONG_NUM_ARGS': mismatch(
    'the <functionName> requires <expectedNum> parameters but the actual number is <actualNum>.',
  ),
  'DATATYPE_MISMATCH.INVALID_ARG_VALUE': mismatch(
    'The <inputName> value must to be a <requireType> literal of <validValues>, but got <inputValue>.',
  ),
  'DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN': mismatch(
    'Filter expression <filter> of type <type> is not a boolean.',
  ),
  SECOND_FUNCTION_ARGUMENT_NOT_INTEGER: {
    sqlState: '22023',
    text: 'The second argument of <functionName> function needs to be an integer.',
  },
  'INVALID_FORMAT.EMPTY': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. The number format string cannot be empty.',
  },
  'INVALID_FORMAT.WRONG_NUM_DIGIT': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. The format string requires at least one number digit.',
  },
  'INVALID_FORMAT.WRONG_NUM_TOKEN': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. At most one <token> is allowed in the number format.',
  },
  'INVALID_FORMAT.UNEXPECTED_TOKEN': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. Found the unexpected <token> in the format string; the structure of the format string must match: <structure>.',
  },
  'INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. Thousands separators (, or G) may not appear after the decimal point in the number format.',
  },
  'INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. Currency characters must appear before digits in the number format.',
  },
  'INVALID_FORMAT.CUR_MUST_BEFORE_DEC': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. Currency characters must appear before any decimal point in the number format.',
  },
  'INVALID_FORMAT.CONT_THOUSANDS_SEPS': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. Thousands separators (, or G) must have digits in between them in the number format.',
  },
  'INVALID_FORMAT.MISMATCH_INPUT': {
    sqlState: '42601',
    text: 'The format is invalid: <format>. The input <inputType> <input> does not match the format.',
  },
  'INVALID_PARAMETER_VALUE.BINARY_FORMAT': {
    sqlState: '22023',
    text: "The value of parameter(s) <parameter> in <functionName> is invalid: expects one of binary formats 'base64', 'hex', 'utf-8', but got <invalidValue>.",
  },
  INVALID_EXTRACT_FIELD: {
    sqlState: '42601',
    text: 'Cannot extract <field> from <expr>.',
  },
  NON_FOLDABLE_ARGUMENT: {
    sqlState: '42K08',
    text: 'The function <funcName> requires the parameter <paramName> to be a foldable expression of the type <paramType>, but the actual argument is a non-foldable.',
  },
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
  ARITHMETIC_OVERFLOW: { sqlState: '22003', text: '<message>.' },
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
