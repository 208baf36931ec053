/** Whatever the query, the optimized plan yields the rows of the analyzed one, and no error of its own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog, Table } from '#sql/catalog.ts';
import { compile } from '#sql/compile.ts';
import { outputOf } from '#sql/plan/output.ts';
import { treeText } from '#sql/plan/treeText.ts';
import { defaultSettings } from '#sql/settings.ts';
import type { Row } from './planInterpreter.ts';
import { Raised, rowKey, run } from './planInterpreter.ts';

const fields = [
  { name: 'a', type: 'int', nullable: true },
  { name: 'b', type: 'int', nullable: true },
  { name: 'p', type: 'boolean', nullable: true },
];
const tableOf = (id: string): Table => ({
  id,
  name: id,
  fields,
  source: { format: 'csv', path: `/${id}.csv`, options: {} },
});
const tables: Readonly<Record<string, Table>> = { t: tableOf('t'), u: tableOf('u') };
const catalog: Catalog = { lookup: ([name = '']) => tables[name] };

const rows = fc.array(
  fc.tuple(
    fc.constantFrom(null, 0n, 1n, 2n, -1n),
    fc.constantFrom(null, 0n, 1n, 3n, 2147483647n),
    fc.constantFrom(null, true, false),
  ),
  { maxLength: 5 },
);

test('the optimized plan yields what the analyzed plan yields', () => {
  fc.assert(
    fc.property(queries(), rows, rows, (text, t, u) => {
      const compiled = compile(text, catalog, defaultSettings);
      if (!compiled.ok) throw new Error(`${compiled.error.message}\n${text}`);
      const { analyzed, optimized } = compiled.value;
      const columns = (plan: typeof analyzed) =>
        outputOf(plan).map(({ name, exprId }) => `${name}#${exprId}`);
      expect(columns(optimized)).toEqual(columns(analyzed));
      const before = outcome(() => run(analyzed, { t, u }));
      const after = outcome(() => run(optimized, { t, u }));
      // What a query never needs may fail: Spark does not compute it either.
      if (before === 'raised') return;
      expect(after, `${treeText(analyzed)}\n${treeText(optimized)}`).toEqual(before);
    }),
    {
      numRuns: Number(process.env.PROPERTY_RUNS ?? 400),
      seed: Number(process.env.PROPERTY_SEED ?? 20261123),
    },
  );
}, 120_000);

const overSubqueries = [
  'select a, b, p from t where a in (select b from u)',
  'select a, b, p from t where a in (select u.b from u where u.a = t.a) and b > 0',
  'select a, b, p from t where exists (select 1 from u where u.a = t.a and u.b > t.b)',
  'select a, b, p from t where not exists (select 1 from u where u.a = t.a) and p',
  'select a, b, p from t where a not in (select a from u where u.b = 1)',
  'select a, b, p from t where exists (select max(u.a) from u where u.b = t.b)',
  'select a, (select max(u.b) from u where u.a = t.a) as b, p from t',
  'select a, b, p from (select a + 1 as a, b, p from t) as t where a in (select u.a from u where u.b = t.b)',
  'select a, b, p from t intersect select a, b, p from u',
  'select a, b, p from t except select a, b, p from u',
];

test.each(overSubqueries)('with and without its rules: %s', (text) => {
  const compiled = compile(text, catalog, defaultSettings);
  if (!compiled.ok) throw new Error(`${compiled.error.message}\n${text}`);
  const { analyzed, optimized } = compiled.value;
  fc.assert(
    fc.property(rows, rows, (t, u) => {
      const before = outcome(() => run(analyzed, { t, u }));
      if (before === 'raised') return;
      const after = outcome(() => run(optimized, { t, u }));
      expect(after, `${treeText(analyzed)}\n${treeText(optimized)}`).toEqual(before);
    }),
    { numRuns: 60, seed: 20261127 },
  );
});

/** The rows as a multiset: no rule keeps an order that nobody asked for. */
function outcome(compute: () => readonly Row[]): readonly string[] | 'raised' {
  try {
    return compute().map(rowKey).sort();
  } catch (error) {
    if (error instanceof Raised) return 'raised';
    throw error;
  }
}

interface Scope {
  readonly integers: readonly string[];
  readonly booleans: readonly string[];
}

/** Every query has the columns a, b (int) and p (boolean), so that any can stand in any other. */
function queries(): fc.Arbitrary<string> {
  const own: Scope = { integers: ['a', 'b'], booleans: ['p'] };
  const both: Scope = { integers: ['x.a', 'x.b', 'y.a', 'y.b'], booleans: ['x.p', 'y.p'] };
  const joinTypes = ['inner', 'left', 'right', 'full'];
  return fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('select a, b, p from t', 'select * from u'),
      template`select a, b, p from (${tie('query')}) x where ${condition(own)}`,
      template`select ${integer(own)} as a, ${integer(own)} as b, ${condition(own)} as p from (${tie('query')}) x`,
      template`select b as a, a as b, p from (${tie('query')}) x`,
      template`select a, max(b) as b, p from (${tie('query')}) x group by a, p having ${condition(own)}`,
      template`select max(a) as a, min(${integer(own)}) as b, count(*) > 1 as p from (${tie('query')}) x`,
      template`select a - 1 as a, cast(count(b) as int) as b, true as p from (${tie('query')}) x group by a - 1`,
      template`select x.a, y.b, x.p from (${tie('query')}) x ${fc.constantFrom(...joinTypes)} join (${tie('query')}) y on ${condition(both)} where ${condition(both)}`,
      template`select x.a, x.b, y.p from (${tie('query')}) x ${fc.constantFrom(...joinTypes)} join (${tie('query')}) y on x.a = y.a`,
      template`select x.a, y.b, y.p from (${tie('query')}) x cross join (${tie('query')}) y where ${condition(both)}`,
      template`select x.a, x.b, x.p from (${tie('query')}) x ${fc.constantFrom('left semi', 'left anti')} join (${tie('query')}) y on ${condition(both)}`,
      template`select a, b, p from (${tie('query')}) x union all ${tie('query')}`,
      template`select distinct a, b, p from (${tie('query')}) x`,
      template`select a, b, p from (${tie('query')}) x order by a, b desc, p limit ${fc.constantFrom('0', '1', '2', '10')}`,
      template`select a, b, p from (${tie('query')}) x order by b nulls last, a, p`,
    ),
  })).query;
}

function integer(scope: Scope): fc.Arbitrary<string> {
  return expressions(scope).integer;
}

function condition(scope: Scope): fc.Arbitrary<string> {
  return expressions(scope).condition;
}

function expressions({ integers, booleans }: Scope) {
  return fc.letrec<{ integer: string; condition: string }>((tie) => ({
    integer: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...integers),
      fc.constantFrom('0', '1', '2', '-1', '2147483647', 'cast(null as int)'),
      template`(${tie('integer')} ${fc.constantFrom('+', '-', '*', '%')} ${tie('integer')})`,
      template`(- ${tie('integer')})`,
      template`coalesce(${tie('integer')}, ${tie('integer')})`,
      template`if(${tie('condition')}, ${tie('integer')}, ${tie('integer')})`,
      template`case when ${tie('condition')} then ${tie('integer')} when ${tie('condition')} then 1 end`,
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...booleans),
      template`${tie('integer')} ${fc.constantFrom('=', '<=>', '<', '<=', '>', '>=', '<>')} ${tie('integer')}`,
      fc.constantFrom('true', 'false', 'cast(null as boolean)'),
      template`(${tie('condition')} ${fc.constantFrom('and', 'or')} ${tie('condition')})`,
      template`(not ${tie('condition')})`,
      template`(${tie('integer')} is ${fc.constantFrom('null', 'not null')})`,
      template`(${tie('integer')} ${fc.constantFrom('in', 'not in')} (1, 2, 1))`,
      template`(${tie('integer')} in (${tie('integer')}, null))`,
      template`(concat(cast(${tie('integer')} as string), 'x') = '1x')`,
    ),
  }));
}

function template(
  texts: TemplateStringsArray,
  ...parts: readonly fc.Arbitrary<string>[]
): fc.Arbitrary<string> {
  return fc
    .tuple(...parts)
    .map((values) => texts.reduce((text, next, index) => text + (values[index - 1] ?? '') + next));
}
