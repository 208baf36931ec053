/** A call of a function and what it gives, as the engine prints it; a test runs them all. */
export const functionExamples: Readonly<Record<string, readonly [call: string, result: string]>> = {
  abs: ['abs(-3)', '3'],
};
