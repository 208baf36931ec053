/** What can't be lowered exactly. Thrown inside `duckdb/` only and caught where the lowering begins. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Range } from '#sql/plan/range.ts';

export class Refusal extends Error {
  readonly error: SparkError;
  constructor(error: SparkError) {
    super(error.message);
    this.error = error;
  }
}

/** `what` completes "… is not supported by this engine yet". */
export function refuse(name: `UNSUPPORTED_${string}`, what: string, range?: Range): Refusal {
  return new Refusal({
    kind: 'spark',
    class: name,
    sqlState: '0A000',
    message: `[${name}] ${what} is not supported by this engine yet. SQLSTATE: 0A000`,
    parameters: { what },
    ...(range && range.end > range.start ? { start: range.start, end: range.end } : {}),
  });
}
