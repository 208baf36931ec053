import { afterAll, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';
import { runStatement } from './runStatement.ts';

const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});
void engine.answers.openSession(
  { sessionId: 'sketches', settings: {} },
  new AbortController().signal,
);
afterAll(() => engine.dispose());

async function answer(query: string): Promise<string> {
  const ran = await runStatement(engine, 'sketches', query);
  return ran.ok ? ran.rows.join('\n') : ran.error.class;
}

test.each([
  ['hll_sketch_estimate(hll_sketch_agg(x))', '3'],
  ['hll_sketch_estimate(hll_union(hll_sketch_agg(x), hll_sketch_agg(x + 1)))', '4'],
  ['theta_sketch_estimate(theta_sketch_agg(x))', '3'],
  ['theta_sketch_estimate(theta_difference(theta_sketch_agg(x), theta_sketch_agg(x + 1)))', '1'],
  ['tuple_sketch_summary_integer(tuple_sketch_agg_integer(x, x))', '8'],
  ["tuple_sketch_summary_integer(tuple_sketch_agg_integer(x, x, 12, 'max'), 'max')", '3'],
  ['kll_sketch_get_quantile_bigint(kll_sketch_agg_bigint(x), 0.5)', '2'],
  ['kll_sketch_get_rank_bigint(kll_sketch_agg_bigint(x), array(1L, 2L))', '[0.25,0.75]'],
  ['kll_sketch_get_n_double(kll_sketch_agg_double(x))', '4'],
  ['approx_top_k(x, 1)', '[{"item":2,"count":2}]'],
  ['approx_top_k_estimate(approx_top_k_accumulate(x), 1)', '[{"item":2,"count":2}]'],
  ['vector_sum(array(float(x), 1.0F))', '[8.0,4.0]'],
  ['max_by(x, -x, 2)', '[1,2]'],
])('%s', async (call, expected) => {
  expect(await answer(`SELECT ${call} FROM VALUES (1), (2), (2), (3) AS t(x)`)).toBe(expected);
});

test.each([
  ["hll_sketch_estimate(X'00')", 'HLL_INVALID_INPUT_SKETCH_BUFFER'],
  ['kll_sketch_get_n_float(theta_sketch_agg(x))', 'KLL_INVALID_INPUT_SKETCH_BUFFER'],
  ['hll_sketch_agg(x, 3)', 'HLL_INVALID_LG_K'],
  ['hll_union(hll_sketch_agg(x, 5), hll_sketch_agg(x))', 'HLL_UNION_DIFFERENT_LG_K'],
  ['kll_sketch_agg_bigint(x, 3)', 'KLL_SKETCH_K_OUT_OF_RANGE'],
])('%s is refused', async (call, expected) => {
  expect(await answer(`SELECT ${call} FROM VALUES (1) AS t(x)`)).toBe(expected);
});
