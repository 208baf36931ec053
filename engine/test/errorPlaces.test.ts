/** Where an error is in the text, be it found before the query runs or by a row: between « and ». */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';

const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
beforeAll(async () => {
  const { signal } = new AbortController();
  await engine.answers.openSession({ sessionId: 'places', settings: {} }, signal);
  const t = `SELECT * FROM VALUES (1, 'a', array(1, 2), map('k', 1), named_struct('x', 1)) AS v(id, name, arr, m, st)`;
  const made = await runStatement(engine, 'places', `CREATE TEMP VIEW t AS ${t}`);
  expect(made).toMatchObject({ ok: true });
});
afterAll(() => engine.dispose());

test.each([
  ['PARSE_SYNTAX_ERROR', 'SELECT * FORM «t»'],
  ['UNRESOLVED_COLUMN.WITH_SUGGESTION', 'SELECT «nam» FROM t'],
  ['TABLE_OR_VIEW_NOT_FOUND', 'SELECT id FROM «nowhere»'],
  ['UNRESOLVED_ROUTINE', 'SELECT «upperr(name)» FROM t'],
  ['WRONG_NUM_ARGS.WITHOUT_SUGGESTION', 'SELECT «upper(name, 1)» FROM t'],
  ['WRONG_NUM_ARGS.WITHOUT_SUGGESTION', 'SELECT «substring()» FROM t'],
  ['AMBIGUOUS_REFERENCE', 'SELECT «id» FROM t a JOIN t b ON a.id = b.id'],
  ['MISSING_GROUP_BY', '«SELECT name, count(*) FROM t»'],
  ['MISSING_AGGREGATION', 'SELECT «id» FROM t GROUP BY name'],
  ['INVALID_WHERE_CONDITION', 'SELECT * FROM t WHERE «count(*) > 1»'],
  ['DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES', 'SELECT «id + array(1)» FROM t'],
  ['DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN', 'SELECT * FROM t WHERE «name + 1»'],
  ['DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION', 'SELECT «CAST(arr AS INT)» FROM t'],
  ['CAST_INVALID_INPUT', "SELECT «CAST('x' AS INT)»"],
  ['CAST_INVALID_INPUT', 'SELECT «CAST(name AS INT)» FROM t'],
  ['DIVIDE_BY_ZERO', 'SELECT «id / 0» FROM t'],
  ['DIVIDE_BY_ZERO', 'SELECT «1 % 0»'],
  ['INVALID_ARRAY_INDEX', 'SELECT «arr[5]» FROM t'],
  ['INVALID_INDEX_OF_ZERO', 'SELECT «element_at(arr, 0)» FROM t'],
  ['INVALID_ARRAY_INDEX_IN_ELEMENT_AT', 'SELECT «element_at(arr, 9)» FROM t'],
  ['ARITHMETIC_OVERFLOW', 'SELECT «2147483647 + id» FROM t'],
  ['CAST_OVERFLOW', 'SELECT «CAST(300 AS TINYINT)»'],
  ['NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION', 'SELECT «CAST(1e10 AS DECIMAL(5,2))»'],
  ['INVALID_TYPED_LITERAL', "SELECT «DATE'2024-13-01'»"],
  ['CAST_INVALID_INPUT', "SELECT «CAST('2024-13-01' AS DATE)»"],
  ['CANNOT_PARSE_TIMESTAMP', "SELECT «to_date('x', 'yyyy-MM-dd')»"],
  ['INVALID_TYPED_LITERAL', "SELECT «TIMESTAMP'zzz'»"],
  ['USER_RAISED_EXCEPTION', 'SELECT «assert_true(id > 5)» FROM t'],
  ['SCALAR_SUBQUERY_TOO_MANY_ROWS', 'SELECT «(SELECT id FROM range(3))» AS one'],
  [
    'INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN',
    'SELECT «(SELECT id, id FROM range(3))» AS one',
  ],
  ['NUM_COLUMNS_MISMATCH', '«SELECT * FROM t UNION SELECT 1»'],
  ['INCOMPATIBLE_COLUMN_TYPE', '«SELECT id FROM t UNION SELECT array(1)»'],
  ['INVALID_EXTRACT_BASE_FIELD_TYPE', 'SELECT «m.k.z» FROM t'],
  ['INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE', 'SELECT * FROM t LIMIT «-1»'],
  ['UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', 'SELECT * FROM t LIMIT «id»'],
  ['UNSUPPORTED_GENERATOR.MULTI_GENERATOR', 'SELECT explode(arr), «explode(arr)» FROM t'],
  ['NESTED_AGGREGATE_FUNCTION', 'SELECT sum(«count(id)») FROM t'],
  ['WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE', 'SELECT «row_number()» FROM t'],
  [
    '_LEGACY_ERROR_TEMP_1034',
    'SELECT row_number() OVER (ORDER BY id) FROM t WHERE «row_number() OVER (ORDER BY id) = 1»',
  ],
  ['AMBIGUOUS_REFERENCE', 'SELECT id AS a, id AS a FROM t ORDER BY «a»'],
  ['UNBOUND_SQL_PARAMETER', 'SELECT «:p»'],
  ['TABLE_OR_VIEW_NOT_FOUND', 'INSERT INTO «nowhere» VALUES (1)'],
  ['TEMP_TABLE_OR_VIEW_ALREADY_EXISTS', 'CREATE TEMP VIEW «t» AS SELECT 1'],
  ['TABLE_OR_VIEW_NOT_FOUND', 'DROP VIEW «none»'],
  ['DATETIME_FIELD_OUT_OF_BOUNDS', 'SELECT «make_date(2024, 13, 1)»'],
  ['INVALID_PARAMETER_VALUE.PATTERN', "SELECT «regexp_extract(name, '(', 1)» FROM t"],
  [
    'INVALID_EXTRACT_FIELD',
    "SELECT date_trunc('zz', current_date()), «extract(zz FROM current_date())»",
  ],
  ['PARSE_SYNTAX_ERROR', "SELECT «from_json('{}', 'zz yy')»"],
  ['ORDER_BY_POS_OUT_OF_RANGE', 'SELECT id FROM t ORDER BY «7»'],
  ['GROUP_BY_POS_OUT_OF_RANGE', 'SELECT id FROM t GROUP BY «7»'],
  [
    'INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH',
    'SELECT transform(arr, «(x, y, z) -> x») FROM t',
  ],
  ['INVALID_INTERVAL_FORMAT.INTERVAL_PARSING', "SELECT «INTERVAL '1-99' YEAR TO MONTH»"],
  ['UNRESOLVED_COLUMN.WITH_SUGGESTION', 'SELECT «* EXCEPT (zz)» FROM t'],
  ['ILLEGAL_SEQUENCE_BOUNDARIES', 'SELECT «sequence(1, 5, 0)»'],
  ['DUPLICATED_MAP_KEY', "SELECT «map('a', 1, 'a', 2)»"],
  ['DIVIDE_BY_ZERO', 'SELECT «10 / (id - 90000)» FROM range(100000)'],
  ['PATH_NOT_FOUND', 'SELECT * FROM «csv.`/none/of/it.csv`»'],
  ['FAILED_READ_FILE.NO_HINT', 'SELECT * FROM t JOIN «parquet.`package.json`»'],
  ['CAST_INVALID_INPUT', `SELECT «try_add(1, 'x')»`],
  ['DIVIDE_BY_ZERO', 'SELECT 1 + «(id + 1) / (id - 900)» FROM range(1000)'],
  ['UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', '-- a comment\n\nSELECT\n  «zz»'],
])('%s: %s', async (name, marked) => {
  const text = marked.replace(/[«»]/g, '');
  const ran = await runStatement(engine, 'places', text);
  const { start = 0, end = 0, ...error } = ran.ok ? { class: 'none' } : ran.error;
  expect(error.class).toBe(name);
  expect(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`).toBe(marked);
});
