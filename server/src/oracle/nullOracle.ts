/** The oracle of those who have no type checker. */
import { fail } from '#shared/result.ts';
import type { TypeOracle } from './typeOracle.ts';

export const nullOracle: TypeOracle = {
  typesAt: () => Promise.resolve(fail({ kind: 'unavailable' })),
  dispose: () => undefined,
};
