/** The rules on PySpark: what Spark would refuse, what PySpark answers with a puzzle, and what costs much. */
import { mayUseSpark, readingOf } from '../../frames/reading.ts';
import type { FieldsOfFile } from '../../frames/schemas.ts';
import type { PythonModule } from '../../python/module.ts';
import type { Finding, Rule, RuleContext } from '../finding.ts';
import { habitsIn } from './habits.ts';
import { Kinds } from './kinds.ts';
import { mistakesIn } from './mistakes.ts';
import { planFindings } from './planFindings.ts';
import { sqlTextFindings } from './sqlTexts.ts';

export const frameRules: Rule = {
  ids: [
    'spark-column',
    'spark-ambiguous',
    'spark-type',
    'spark-grouping',
    'spark-sql',
    'spark-union',
    'spark-join-type',
    'spark-write',
    'spark-condition',
    'spark-none',
    'spark-shadowed',
    'spark-show',
    'spark-method',
    'spark-pandas',
    'spark-collect',
    'spark-count',
    'spark-loop',
    'spark-cache',
    'spark-repartition',
    'spark-udf',
    'spark-reread',
    'spark-broadcast',
  ],
  check: findingsIn,
};

const unknownFiles: FieldsOfFile = () => undefined;

function findingsIn(module: PythonModule, context: RuleContext): readonly Finding[] {
  if (!mayUseSpark(module.source.text) || !importsSpark(module)) return [];
  const reading = readingOf(module.source, context.fieldsOfFile ?? unknownFiles);
  const kinds = new Kinds(module, reading);
  return [
    ...planFindings(reading, module.source.text),
    ...sqlTextFindings(module, kinds),
    ...mistakesIn(module, kinds),
    ...habitsIn(module, kinds, reading, context),
  ];
}

function importsSpark(module: PythonModule): boolean {
  return /^[ \t]*(?:from|import)\s+pyspark\b/m.test(module.source.text);
}
