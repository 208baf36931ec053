import { expect, test } from 'vitest';
import { createRestartPolicy } from '#shared/protocol/restartPolicy.ts';

test('starts again at once, then slower, then gives up', () => {
  let now = 0;
  const policy = createRestartPolicy({ limit: 4, windowMs: 60_000, now: () => now });
  const delays = [1, 2, 3, 4, 5].map(() => {
    now += 1000;
    return policy.next();
  });
  expect(delays).toEqual([0, 250, 500, 1000, undefined]);
  policy.reset();
  expect(policy.next()).toBe(0);
});

test('deaths far apart are forgotten', () => {
  let now = 0;
  const policy = createRestartPolicy({ limit: 1, windowMs: 60_000, now: () => now });
  expect(policy.next()).toBe(0);
  now += 60_000;
  expect(policy.next()).toBe(0);
});
