/** Every state of the results panel, as a host that shows it. Used by the tests and by the gallery. */
import type { Explanation, Field, SparkError } from '#shared/protocol/engine.ts';
import type { ResultsViewContract, Run } from '#shared/protocol/resultsView.ts';
import type { FakeHost } from '../fakeHost.ts';
import { never } from '../fakeHost.ts';
import type { FakeResult } from '../fakeResults.ts';
import {
  bigExplanation,
  decimalWords,
  measuredExplanation,
  resultsHost,
  runOf,
} from '../fakeResults.ts';
import { fail, ok } from '#shared/result.ts';

const field = (name: string, type: string, nullable = true): Field => ({ name, type, nullable });

export const customers: FakeResult = {
  schema: [
    field('customer_id', 'int', false),
    field('name', 'string'),
    field('transaction_count', 'bigint'),
    field('total_spent', 'decimal(18,2)'),
    field('average_purchase', 'decimal(16,6)'),
    field('score', 'double'),
    field('active', 'boolean'),
    field('signed_up', 'date'),
    field('last_seen', 'timestamp'),
    field('address', 'struct<city:string,zip:int>'),
    field('tags', 'array<string>'),
  ],
  rowCount: 120_000,
  row(index) {
    const names = [
      'Ada Lovelace',
      'Grace Hopper',
      '',
      'Барбара Лисков',
      'Margaret Heafield Hamilton',
      null,
    ];
    const scores = [0.5, 12.25, Number.NaN, 1e10, -3.125, 0, null, Infinity];
    return [
      index + 1,
      names[index % names.length],
      BigInt(index) * 7n + (index % 11 === 3 ? 2n ** 53n + 1n : 0n),
      index % 9 === 4 ? null : decimalWords(BigInt(index) * 12_345n - 99_999n),
      decimalWords(BigInt(index) * 1_933_431n),
      scores[index % scores.length],
      index % 3 === 0,
      index % 13 === 5 ? null : new Date(Date.UTC(2019, 0, 1 + (index % 2000))),
      index % 7 === 2 ? null : 1_700_000_000_000 + index * 61_001,
      index % 5 === 1 ? null : { city: index % 2 === 0 ? 'Berlin' : 'Zürich', zip: 10_000 + index },
      index % 4 === 0 ? [] : ['vip', 'newsletter', 'long-standing customer'].slice(0, index % 4),
    ];
  },
};

const QUERY = `SELECT c.customer_id, c.name, sum(o.amount) AS total_spent
FROM customers c JOIN orders o ON c.customer_id = o.customer_id
WHERE c.contry = 'DE'
GROUP BY c.customer_id, c.name
ORDER BY total_spent DESC LIMIT 10`;

export const doneRun = (runId: number, title: string, result = customers): Run =>
  runOf({ runId, title, text: QUERY, schema: result.schema, rowCount: result.rowCount });

const wide: FakeResult = {
  schema: Array.from({ length: 40 }, (_, i) =>
    field(
      i === 3 ? 'a_column_with_a_name_that_nobody_would_want_to_type_twice' : `column_${i}`,
      i % 3 === 0 ? 'string' : i % 3 === 1 ? 'double' : 'int',
    ),
  ),
  rowCount: 1_000_000,
  row: (index) =>
    Array.from({ length: 40 }, (_, i) =>
      i % 3 === 0 ? `row ${index}, column ${i}` : i % 3 === 1 ? Math.sin(index + i) : index * i,
    ),
};

const misspelt: SparkError = {
  kind: 'spark',
  class: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
  sqlState: '42703',
  message:
    'A column, variable, or function parameter with name `c`.`contry` cannot be resolved. Did you mean one of the following?\n[`c`.`country`, `c`.`customer_id`, `c`.`name`, `o`.`amount`, `o`.`customer_id`].\nLine 3, position 6.',
  parameters: { objectName: '`c`.`contry`' },
  start: QUERY.indexOf('c.contry'),
  end: QUERY.indexOf('c.contry') + 8,
};
export const failedRun = runOf({
  runId: 3,
  title: 'top customers',
  text: QUERY,
  status: 'failed',
  elapsedMs: 31,
  failure: misspelt,
});

export type ResultsHost = FakeHost<ResultsViewContract>;

export const resultsScenarios: Readonly<Record<string, () => ResultsHost>> = {
  empty: () => resultsHost([], {}),
  content: () =>
    resultsHost(
      [doneRun(1, 'by month'), failedRun, doneRun(4, 'top customers by what they spent')],
      { 1: customers, 4: customers },
    ),
  wide: () => resultsHost([doneRun(1, 'everything', wide)], { 1: wide }, {}, gridOnly),
  rules: () => resultsHost([doneRun(1, 'top customers')], { 1: customers }, {}, rulesOpen),
  queued: () =>
    resultsHost(
      [
        doneRun(1, 'by month'),
        {
          ...doneRun(2, 'top customers'),
          status: 'queued',
          schema: [],
          rowCount: 0,
          complete: false,
        },
      ],
      { 1: customers },
      { explainRun: never },
    ),
  running: () =>
    resultsHost(
      [
        {
          ...doneRun(2, 'top customers'),
          status: 'running',
          percent: 42,
          progress: {
            percent: 42,
            rowCount: 4200,
            totalRowCount: 10_000,
            byteLength: 430_080,
            totalByteLength: 1_024_000,
          },
          schema: [],
          rowCount: 0,
          complete: false,
          elapsedMs: 4200,
        },
      ],
      {},
      { explainRun: never },
    ),
  'running with rows': () =>
    resultsHost(
      [
        {
          ...doneRun(2, 'top customers'),
          status: 'running',
          rowCount: 3000,
          complete: false,
          elapsedMs: 4200,
        },
      ],
      { 2: customers },
    ),
  'failed late': () =>
    resultsHost(
      [
        {
          ...doneRun(1, 'top customers'),
          status: 'failed',
          complete: false,
          failure: {
            ...misspelt,
            class: 'DIVIDE_BY_ZERO',
            sqlState: '22012',
            message: 'Division by zero. Use `try_divide` to tolerate divisor being 0.',
          },
        },
      ],
      { 1: customers },
    ),
  failed: () => resultsHost([failedRun], {}, { explainRun: () => fail(misspelt) }),
  unavailable: () =>
    resultsHost(
      [
        runOf({
          runId: 1,
          title: 'top customers',
          text: QUERY,
          status: 'failed',
          failure: {
            kind: 'unavailable',
            message:
              "DuckDB’s native library does not load: /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.30' not found.",
          },
        }),
      ],
      {},
      {
        explainRun: () =>
          fail({ kind: 'unavailable', message: 'DuckDB’s native library does not load.' }),
      },
    ),
  cancelled: () =>
    resultsHost(
      [
        {
          ...doneRun(2, 'top customers'),
          status: 'cancelled',
          schema: [],
          rowCount: 0,
          complete: false,
          elapsedMs: 2100,
        },
      ],
      {},
    ),
  lost: () => resultsHost([{ ...doneRun(2, 'top customers'), status: 'lost' }], {}),
  'no rows': () =>
    resultsHost([{ ...doneRun(2, 'nobody'), rowCount: 0 }], { 2: { ...customers, rowCount: 0 } }),
  'plan measured': () =>
    resultsHost(
      [doneRun(1, 'top customers')],
      { 1: customers },
      { explainRun: () => ok(measuredExplanation) },
      planOnly,
    ),
  'plan advice': () =>
    resultsHost(
      [doneRun(1, 'top customers')],
      { 1: customers },
      { explainRun: () => ok(measuredExplanation) },
      adviceOpen,
    ),
  'plan big': () =>
    resultsHost(
      [doneRun(1, 'top customers')],
      { 1: customers },
      { explainRun: () => ok(bigExplanation) },
      planOnly,
    ),
  'plan failed': () =>
    resultsHost(
      [doneRun(1, 'top customers')],
      { 1: customers },
      { explainRun: () => fail({ kind: 'gone' }) },
    ),
  'lost in part': () =>
    resultsHost(
      [{ ...doneRun(1, 'top customers'), status: 'lost', complete: false, keptRowCount: 12_000 }],
      { 1: customers },
      {},
      gridOnly,
    ),
  'sorting rows': () =>
    resultsHost([doneRun(1, 'top customers')], { 1: customers }, { arrangeRun: never }, gridOnly),
  'rows failed': () => resultsHost([doneRun(1, 'top customers')], {}),
  loading: () => resultsHost([], {}, { listRuns: never }),
};

export const gridOnly = {
  selected: 1,
  panes: { grid: true, plan: false },
  share: 0.6,
  planTab: 'physical',
};
export const planOnly = { ...gridOnly, panes: { grid: false, plan: true } };
export const adviceOpen = { ...planOnly, planTab: 'advice' };
const rulesOpen = { selected: 1, panes: { grid: true, plan: true }, share: 0.5, planTab: 'rules' };

/** A query and what the engine answered when it was explained; realPlans.mjs makes them. */
export interface RealPlan {
  readonly text: string;
  readonly explanation: Explanation;
}

export function realPlan({ text, explanation }: RealPlan, show = 'physical'): ResultsHost {
  const planTab = show === 'sql' ? 'physical' : show;
  const nodeTab = show === 'sql' ? 'node-sql' : 'node-facts';
  const run = runOf({ runId: 1, title: 'query', text, sourceName: 'query.sparksql' });
  return resultsHost(
    [run],
    {},
    { explainRun: () => ok(explanation) },
    { ...planOnly, planTab, nodeTab },
  );
}

/** States that need a step after the panel is there. */
export const resultsSteps: Readonly<Record<string, (host: ResultsHost) => void>> = {
  'sorting rows': (host) => {
    document.querySelector<HTMLElement>('.grid-column-header')?.click();
    setTimeout(() => {
      host.end.emit('arrangeProgress', {
        runId: 1,
        progress: {
          percent: 42,
          rowCount: 42_000_000,
          totalRowCount: 100_000_000,
          diskByteLength: 1_288_490_188,
        },
      });
    }, 100);
  },
  'lost with rows': (host) => {
    host.end.emit('runChanged', {
      ...doneRun(4, 'top customers by what they spent'),
      status: 'lost',
    });
  },
};
