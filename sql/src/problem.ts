/** Conditions as Spark words them: `[CLASS] text SQLSTATE: state`. */
import type { SparkError } from '#shared/protocol/engine.ts';
import { conditions } from './conditions.ts';
import type { Range } from './plan/range.ts';

export type ConditionClass = keyof typeof conditions;

export function problem(
  condition: ConditionClass,
  parameters: Readonly<Record<string, string>>,
  range?: Range,
): SparkError {
  const { sqlState, text } = conditions[condition];
  const filled = text.replace(/<(\w+)>/g, (_, name: string) => parameters[name] ?? '');
  return {
    kind: 'spark',
    class: condition,
    sqlState,
    message: `[${condition}] ${filled} SQLSTATE: ${sqlState}`,
    parameters,
    ...(range === undefined ? {} : { start: range.start, end: range.end }),
  };
}

/** Carries a problem out of the analyzer's recursion to `compile`, which turns it into a failure. */
export class ProblemFound extends Error {
  readonly problem: SparkError;

  constructor(found: SparkError) {
    super(found.message);
    this.problem = found;
  }
}

export function raise(
  condition: ConditionClass,
  parameters: Readonly<Record<string, string>>,
  range?: Range,
): never {
  throw new ProblemFound(problem(condition, parameters, range));
}

/** A name as messages quote it: each part in backquotes. */
export function quoteName(parts: readonly string[]): string {
  return parts.map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');
}
