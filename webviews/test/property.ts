import fc from 'fast-check';
import { test as vitestTest } from 'vitest';

export { fc };

/** A property over generated arguments, as one test. */
export function test<T extends unknown[]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
): void {
  vitestTest(name, () => {
    fc.assert(
      fc.property(fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])), (values) => {
        check(...(values as T));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
}
