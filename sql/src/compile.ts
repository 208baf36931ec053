/** The way in: text to plans. */
import type { Field, SparkError, TraceStep } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { withCollationKeys } from './analyze/collationKeys.ts';
import { AnalysisContext } from './analyze/context.ts';
import { checkInputFiles } from './analyze/inputFiles.ts';
import { RelationAnalyzer, whole } from './analyze/relations.ts';
import type { Catalog } from './catalog.ts';
import type { Parsed } from './parse/statement.ts';
import { optimize } from './optimize/optimize.ts';
import { parseStatement } from './parse/statement.ts';
import { outputOf } from './plan/output.ts';
import type * as resolved from './plan/resolved.ts';
import { simpleString } from './plan/types.ts';
import { strictString } from './plan/strictType.ts';
import type { QueryStatement } from './plan/statements.ts';
import { problem, ProblemFound } from './problem.ts';
import { namesRead } from './relationNames.ts';
import type { Settings } from './settings.ts';
import { defaultSettings } from './settings.ts';

export type { Parsed } from './parse/statement.ts';

export interface Compiled {
  readonly parsed: QueryStatement;
  readonly analyzed: resolved.Relation;
  /** What the engine lowers. */
  readonly optimized: resolved.Relation;
  readonly trace: readonly TraceStep[];
  readonly schema: readonly Field[];
}

/** Never throws on any text. */
export function parse(text: string, settings: Settings = defaultSettings): Parsed {
  return parseStatement(text, settings);
}

/**
 * The names of the tables and files that the statement reads, each once, so that their schemas can be
 * loaded before `compile`; names of its own WITH are left out.
 */
export function relationsOf(parsed: Parsed): readonly (readonly string[])[] {
  return parsed.statement?.kind === 'query' ? namesRead(parsed.statement.relation) : [];
}

/** A text that is a query. */
export function compile(
  text: string,
  catalog: Catalog,
  settings: Settings,
): Result<Compiled, SparkError> {
  const { statement, problems } = parse(text, settings);
  const [first] = problems;
  if (first !== undefined) return fail(first);
  if (statement === undefined) throw new Error('a text without problems is a statement');
  if (statement.kind !== 'query') {
    const feature = /\w+/.exec(text.slice(statement.range.start))?.[0]?.toUpperCase() ?? '';
    return fail(problem('UNSUPPORTED_SYNTAX', { feature }, statement.range));
  }
  return compileQuery(statement, catalog, settings);
}

/** Adds to an analyzed query what its use asks for: the casts of an INSERT, the columns of a view. */
export type Shape = (relation: resolved.Relation, context: AnalysisContext) => resolved.Relation;

export function compileQuery(
  statement: QueryStatement,
  catalog: Catalog,
  settings: Settings,
  shape: Shape = (relation) => relation,
): Result<Compiled, SparkError> {
  const analyzed = analyzedIn(statement, catalog, settings, shape);
  if (!analyzed.ok) return analyzed;
  const { relation, comparable } = analyzed.value;
  const { plan, trace } = optimize(
    comparable,
    { timeZone: settings.timeZone },
    settings.excludedRules,
  );
  const schema = schemaOf(relation);
  return ok({ parsed: statement, analyzed: relation, optimized: plan, trace, schema });
}

export function schemaOf(relation: resolved.Relation): readonly Field[] {
  return outputOf(relation).map(({ name, type, nullable }) => {
    const [text, strictType] = [simpleString(type), strictString(type)];
    return { name, type: text, ...(strictType === text ? {} : { strictType }), nullable };
  });
}

export function analyze(
  statement: QueryStatement,
  catalog: Catalog,
  settings: Settings,
  shape: Shape = (relation) => relation,
): Result<resolved.Relation, SparkError> {
  const analyzed = analyzedIn(statement, catalog, settings, shape);
  return analyzed.ok ? ok(analyzed.value.relation) : analyzed;
}

interface Analyzed {
  readonly relation: resolved.Relation;
  /** The same with keys in place of texts that compare otherwise than as bytes. */
  readonly comparable: resolved.Relation;
}

function analyzedIn(
  statement: QueryStatement,
  catalog: Catalog,
  settings: Settings,
  shape: Shape,
): Result<Analyzed, SparkError> {
  try {
    const context = new AnalysisContext(catalog, settings);
    const analyzer = new RelationAnalyzer(context);
    const relation = shape(whole(analyzer.analyze(statement.relation)), context);
    checkInputFiles(relation);
    return ok({ relation, comparable: withCollationKeys(relation, context) });
  } catch (error) {
    if (error instanceof ProblemFound) return fail(error.problem);
    // The parser bounds nesting, but a chain inside a chain can still be deeper than the stack; Spark says so too.
    if (error instanceof RangeError) {
      return fail(problem('FAILED_TO_PARSE_TOO_COMPLEX', {}, statement.range));
    }
    throw error;
  }
}
