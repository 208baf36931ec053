import { describe, expect, test } from 'vitest';
import { batches, optimize } from '#sql/optimize/optimize.ts';
import { treeText } from '#sql/plan/treeText.ts';
import { compiled, expectedPlan, fixtureNames, normalized, statementsOf } from './planFixture.ts';

describe.each(fixtureNames())('%s', (fixture) => {
  const rule = fixture.charAt(0).toUpperCase() + fixture.slice(1);
  const results = statementsOf(fixture).map(({ fires, text }) => {
    const { analyzed } = compiled(text);
    const { plan, trace } = optimize(analyzed);
    const step = trace.find((candidate) => candidate.rule === rule);
    if (step === undefined)
      return { text, fires, fired: false, optimized: normalized(treeText(plan))[0] };
    const [before, after] = normalized(step.before, step.after);
    return { text, fires, fired: true, before, after };
  });

  test('fires where it should and nowhere else', () => {
    expect(results.map(({ text, fired }) => ({ text, fired }))).toEqual(
      results.map(({ text, fires }) => ({ text, fired: fires })),
    );
  });

  test('does what the fixture says', () => {
    const plans = results.map(({ text: _, fires: __, ...plan }) => plan);
    expect(plans).toEqual(expectedPlan(fixture, plans));
  });
});

test('every rule that shows in a trace has a fixture', () => {
  const rules = new Set(batches.flatMap((batch) => batch.rules.map(({ name }) => name)));
  rules.delete('PushFiltersIntoScan');
  const named = fixtureNames().map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  expect(named).toEqual([...rules].sort());
});

test('a filter over a scan is told to the source and stays', () => {
  const { optimized } = compiled(
    "SELECT id FROM orders WHERE amount > 10 AND status IN ('paid', 'open') AND id % 2 = 1",
  );
  const filter = optimized.kind === 'project' ? optimized.input : optimized;
  const scan = filter.kind === 'filter' ? filter.input : filter;
  expect(filter.kind).toBe('filter');
  expect(scan.kind === 'scan' ? scan.pushedFilters.length : 0).toBe(4);
});

test('each step begins where the one before ended', () => {
  const { trace } = optimize(
    compiled(
      'SELECT o.id FROM orders o JOIN customers c ON o.customer_id = c.id WHERE c.big > 1 + 1 AND NOT o.id < 3',
    ).analyzed,
  );
  expect(trace.length).toBeGreaterThan(4);
  expect(trace.slice(1).map(({ before }) => before)).toEqual(
    trace.slice(0, -1).map(({ after }) => after),
  );
});

test('an optimized plan is not optimized further', () => {
  const { optimized } = compiled(
    "SELECT status, sum(amount) AS s FROM orders WHERE day > CAST('2024-01-01' AS DATE) GROUP BY status ORDER BY s LIMIT 3",
  );
  expect(optimize(optimized).trace).toEqual([]);
});

test('hostile plans end soon', () => {
  // Each level doubles what the level below computes.
  let doubling = 'SELECT id AS x FROM orders';
  for (let level = 0; level < 30; level++) doubling = `SELECT x + x AS x FROM (${doubling}) AS t`;
  const wide = Array.from({ length: 600 }, (_, index) => `id <> ${index}`).join(' AND ');
  const started = performance.now();
  compiled(`SELECT * FROM (${doubling}) AS t WHERE x > 1`);
  compiled(`SELECT * FROM (SELECT * FROM orders WHERE ${wide}) AS t WHERE NOT (${wide})`);
  expect(performance.now() - started).toBeLessThan(10_000);
});
