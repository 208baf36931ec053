/**
 * How Spark's logical plans read less: a relation keeps all of its columns, and a Project above it, or above the
 * filter on it, says which are read. Here a scan says so itself, so the Project is there to be shown only.
 */
import type { Relation, Scan } from '../plan/resolved.ts';
import { mapInputs } from '../plan/traverse.ts';

export function withPrunedScans(relation: Relation, isProjected = false): Relation {
  const scan = relation.kind === 'filter' ? relation.input : relation;
  if (scan.kind !== 'scan') {
    return mapInputs(relation, (input) => withPrunedScans(input, relation.kind === 'project'));
  }
  const whole: Scan = { ...scan, isCounted: false, output: scan.columns };
  const shown = relation.kind === 'filter' ? { ...relation, input: whole } : whole;
  const isPruned = scan.isCounted === true || scan.output.length < scan.columns.length;
  if (isProjected || !isPruned) return shown;
  const expressions = scan.isCounted === true ? [] : scan.output;
  return { kind: 'project', input: shown, expressions, range: relation.range };
}
