/** Tasks of tasks.json as the command line that they run. */
import { expect, test } from 'vitest';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import { queryArguments, type QueryTask } from '#client/adoption/queryTask.ts';

const orders: ViewDefinition = { name: 'orders', path: '/w/orders.csv', options: { sep: ';' } };
const people: ViewDefinition = { name: 'people', path: '/w/people', format: 'parquet' };

test.each<[string, QueryTask, readonly ViewDefinition[], readonly string[]]>([
  ['a query', { query: 'SELECT 1' }, [], ['sql', 'SELECT 1']],
  ['a file', { file: 'q/top.sql' }, [], ['sql', '--file', 'q/top.sql']],
  [
    'views of the task and of the workspace',
    { query: 'q', views: { c: 'customers.csv' } },
    [orders, people],
    [
      ['sql', 'q', '--view', 'orders=/w/orders.csv?sep=;'],
      ['--view', 'people=/w/people?format=parquet', '--view', 'c=customers.csv'],
    ].flat(),
  ],
  [
    "a task's view in the place of the workspace's",
    { query: 'q', views: { ORDERS: 'old.csv' } },
    [orders],
    ['sql', 'q', '--view', 'ORDERS=old.csv'],
  ],
  ['an output', { query: 'q', output: 'out.parquet' }, [], ['sql', 'q', '--to', 'out.parquet']],
])('%s', (_name, task, inherited, expected) => {
  expect(queryArguments(task, inherited)).toEqual(expected);
});
