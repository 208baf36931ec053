/** The way in: text to plans. */
import type { Field, SparkError, TraceStep } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { AnalysisContext } from './analyze/context.ts';
import { RelationAnalyzer } from './analyze/relations.ts';
import type { Catalog } from './catalog.ts';
import type { Parsed } from './parse/statement.ts';
import { optimize } from './optimize/optimize.ts';
import { parseStatement } from './parse/statement.ts';
import { outputOf } from './plan/output.ts';
import type * as resolved from './plan/resolved.ts';
import { simpleString } from './plan/types.ts';
import type * as unresolved from './plan/unresolved.ts';
import { problem, ProblemFound } from './problem.ts';
import { namesRead } from './relationNames.ts';
import type { Settings } from './settings.ts';
import { defaultSettings } from './settings.ts';

export type { Parsed } from './parse/statement.ts';

export interface Compiled {
  readonly parsed: unresolved.Statement;
  readonly analyzed: resolved.Relation;
  /** What the engine lowers. */
  readonly optimized: resolved.Relation;
  readonly trace: readonly TraceStep[];
  readonly schema: readonly Field[];
}

/** Never throws on any text. */
export function parse(text: string, settings: Settings = defaultSettings): Parsed {
  return parseStatement(text, settings.timeZone);
}

/**
 * The names of the tables and files that the statement reads, each once, so that their schemas can be
 * loaded before `compile`; names of its own WITH are left out.
 */
export function relationsOf(parsed: Parsed): readonly (readonly string[])[] {
  return parsed.statement === undefined ? [] : namesRead(parsed.statement.relation);
}

export function compile(
  text: string,
  catalog: Catalog,
  settings: Settings,
): Result<Compiled, SparkError> {
  const { statement, problems } = parse(text, settings);
  const [first] = problems;
  if (first !== undefined) return fail(first);
  if (statement === undefined) throw new Error('a text without problems is a statement');
  const analyzed = analyze(statement, catalog, settings);
  if (!analyzed.ok) return analyzed;
  const { plan, trace } = optimize(analyzed.value, { timeZone: settings.timeZone });
  const schema = outputOf(analyzed.value).map(({ name, type, nullable }) => ({
    name,
    type: simpleString(type),
    nullable,
  }));
  return ok({
    parsed: statement,
    analyzed: analyzed.value,
    optimized: plan,
    trace,
    schema,
  });
}

export function analyze(
  statement: unresolved.Statement,
  catalog: Catalog,
  settings: Settings,
): Result<resolved.Relation, SparkError> {
  try {
    const analyzer = new RelationAnalyzer(new AnalysisContext(catalog, settings));
    return ok(analyzer.analyze(statement.relation, []).relation);
  } catch (error) {
    if (error instanceof ProblemFound) return fail(error.problem);
    // The parser bounds nesting, but a chain inside a chain can still be deeper than the stack; Spark says so too.
    if (error instanceof RangeError) {
      return fail(problem('FAILED_TO_PARSE_TOO_COMPLEX', {}, statement.range));
    }
    throw error;
  }
}
