/** All plans of a compiled statement, as trees to show and as the text of Spark's EXPLAIN. */
import type { ExplainMode, Field, PlanNode, PlanStage } from '#shared/protocol/engine.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import { outputOf } from '../plan/output.ts';
import type * as resolved from '../plan/resolved.ts';
import { inputsOf } from '../plan/traverse.ts';
import { drawTree, relationLine, subqueriesOf } from '../plan/treeText.ts';
import { simpleString } from '../plan/types.ts';
import type { QueryStatement } from '../plan/statements.ts';
import { formattedText } from './formatted.ts';
import { aliasesOf, logicalItem } from './logicalPlan.ts';
import { parsedItem } from './parsedPlan.ts';
import type { PhysicalNode, PhysicalOptions } from './physicalNode.ts';
import { defaultPhysicalOptions, physicalItem } from './physicalNode.ts';
import { planPhysical } from './physicalPlan.ts';
import type { PlanItem } from './planItem.ts';
import { itemText, lineOf, planNode } from './planItem.ts';
import { withPrunedScans } from './prunedScans.ts';
import { byteLengthText, statisticsOf } from './statistics.ts';

/** What of a compiled statement is explained. */
export interface Explainable {
  readonly parsed: QueryStatement;
  readonly analyzed: resolved.Relation;
  readonly optimized: resolved.Relation;
}

export type ExplainOptions = PhysicalOptions;
export const defaultExplainOptions: ExplainOptions = defaultPhysicalOptions;

export interface Explained {
  readonly text: Readonly<Record<PlanStage, string>>;
  readonly trees: Readonly<Record<PlanStage, PlanNode>>;
}

/** Reads the `spark.sql.…` keys that change a physical plan, and the time zone. */
export function explainOptionsFrom(values: Readonly<Record<string, string>>): ExplainOptions {
  const { shufflePartitions, broadcastByteLength, timeZone, parallelism, metadataLength } =
    defaultExplainOptions;
  const isOn = (key: string) => !/^\s*false\s*$/i.test(values[key] ?? '');
  const count = (key: string, otherwise: number) => {
    const number = Number(values[key]);
    return Number.isSafeInteger(number) && number > 0 ? number : otherwise;
  };
  return {
    timeZone: values['spark.sql.session.timeZone'] ?? timeZone,
    shufflePartitions: count('spark.sql.shuffle.partitions', shufflePartitions),
    isAdaptive: isOn('spark.sql.adaptive.enabled'),
    hasStages: isOn('spark.sql.codegen.wholeStage'),
    parallelism: count('spark.sql.leafNodeDefaultParallelism', parallelism),
    metadataLength: count('spark.sql.maxMetadataStringLength', metadataLength),
    broadcastByteLength:
      byteLengthOf(values['spark.sql.autoBroadcastJoinThreshold'] ?? '') ?? broadcastByteLength,
  };
}

export function explain(
  plans: Explainable,
  options: ExplainOptions = defaultExplainOptions,
): Explained {
  const items: Readonly<Record<PlanStage, PlanItem>> = {
    parsed: parsedItem(plans.parsed.relation, aliasesOf(plans.analyzed)),
    analyzed: logicalItem(plans.analyzed, options),
    optimized: logicalItem(withPrunedScans(plans.optimized), options),
    physical: physicalItem(planPhysical(plans.optimized, options)),
  };
  const { parsed, analyzed, optimized, physical } = items;
  return {
    text: {
      parsed: itemText(parsed),
      analyzed: itemText(analyzed),
      optimized: itemText(optimized),
      physical: itemText(physical),
    },
    trees: {
      parsed: planNode(parsed),
      analyzed: planNode(analyzed),
      optimized: planNode(optimized),
      physical: planNode(physical),
    },
  };
}

/**
 * The text that EXPLAIN of a mode yields. `analyze` has the sections of `extended`; measured times are the
 * engine's to add. `codegen` is the engine's to refuse.
 */
export function explainText(
  mode: Exclude<ExplainMode, 'codegen'>,
  plans: Explainable,
  options: ExplainOptions = defaultExplainOptions,
): string {
  const physical = planPhysical(plans.optimized, options);
  switch (mode) {
    case 'simple':
      return section('Physical Plan', itemText(physicalItem(physical)));
    case 'formatted':
      return section('Physical Plan', formattedText(physical));
    case 'cost':
      return [
        section(
          'Optimized Logical Plan',
          textWithStatistics(withPrunedScans(plans.optimized), options),
        ),
        section('Physical Plan', itemText(physicalItem(physical))),
      ].join('\n');
    case 'extended':
    case 'analyze': {
      const { text } = explain(plans, options);
      return [
        section('Parsed Logical Plan', text.parsed),
        section('Analyzed Logical Plan', `${schemaText(plans.analyzed)}\n${text.analyzed}`),
        section('Optimized Logical Plan', text.optimized),
        section('Physical Plan', extendedText(physical)),
      ].join('\n');
    }
  }
}

/** `10485760`, `10MB`, `-1`. */
export function byteLengthOf(text: string): number | undefined {
  const match = /^\s*(-?\d+)\s*(b|k|kb|m|mb|g|gb|t|tb)?\s*$/i.exec(text);
  if (match === null) return undefined;
  const power = 'bkmgt'.indexOf((match[2] ?? 'b').charAt(0).toLowerCase());
  return Number(match[1]) * 1024 ** power;
}

function section(title: string, body: string): string {
  return `== ${title} ==\n${body}\n`;
}

function schemaText(relation: resolved.Relation): string {
  return outputOf(relation)
    .map(({ name, type }): Pick<Field, 'name' | 'type'> => ({ name, type: simpleString(type) }))
    .map(({ name, type }) => `${name}: ${type}`)
    .join(', ');
}

function extendedText(root: PhysicalNode): string {
  return drawTree(
    root,
    (node) => {
      const text = lineOf(physicalItem({ ...node, children: [], inner: [] }));
      // It goes inside the parentheses that the line ends with.
      return node.extended === undefined ? text : text.slice(0, -1) + node.extended;
    },
    ({ children }) => children,
    ({ inner = [] }) => inner,
  );
}

function textWithStatistics(relation: resolved.Relation, options: TextOptions): string {
  return drawTree(
    relation,
    (node) => {
      const { name, detail } = relationLine(node, options);
      const { byteLength, rowCount } = statisticsOf(node);
      const rows = rowCount === undefined ? '' : `, rowCount=${rowCount}`;
      const size = `Statistics(sizeInBytes=${byteLengthText(byteLength)}${rows})`;
      return `${detail === '' ? name : `${name} ${detail}`}, ${size}`;
    },
    inputsOf,
    subqueriesOf,
  );
}
