/** What the tests before a reload leave, and those after it look for. */
import assert from 'node:assert/strict';
import { tableFromIPC } from 'apache-arrow';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { TestApi } from '#client/testApi.ts';

export const SORTED = 'SELECT order_id, total_amount FROM orders WHERE order_id > 1001';
export const FAILED = 'SELECT no_such_column FROM orders';
export const BY_ID = { orderBy: [{ column: 0, descending: true }], where: '', search: '' };

/** The first cells of the first column, as they are shown. */
export async function firstIds(api: TestApi, runId: number): Promise<readonly number[]> {
  const { arrow } = await api.readPage(runId, 0, 5);
  const column = tableFromIPC(new Uint8Array(arrow)).getChildAt(0);
  assert.ok(column);
  return [...column].map(Number);
}

export function runOf(runs: readonly Run[], text: string): Run {
  const run = runs.find((each) => each.text === text);
  assert.ok(run, `${text} among ${runs.map((each) => each.text).join('; ')}`);
  return run;
}
