/** Resolved plans, with the facts that a reader of one node wants to know. */
import { expressionText, listText, sortOrderText } from '../plan/expressionText.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import { outputOf } from '../plan/output.ts';
import type { Attribute, Expression, Relation } from '../plan/resolved.ts';
import { expressionsOf, inputsOf } from '../plan/traverse.ts';
import { joinTypeNames, relationLine, subqueriesOf } from '../plan/treeText.ts';
import { simpleString } from '../plan/types.ts';
import type { PlanItem } from './planItem.ts';

export function logicalItem(relation: Relation, options: TextOptions): PlanItem {
  const { name, detail } = relationLine(relation, options);
  const view = viewOver(relation, options);
  if (view !== undefined) return view;
  return {
    name,
    detail,
    children: inputsOf(relation).map((input) => logicalItem(input, options)),
    inner: subqueriesOf(relation).map((plan) => logicalItem(plan, options)),
    facts: factsOf(relation, options),
    range: relation.range,
  };
}

/** A name that was given to a file, between its alias and the file. */
function viewOver(relation: Relation, options: TextOptions): PlanItem | undefined {
  if (relation.kind !== 'subqueryAlias' || relation.input.kind !== 'scan') return undefined;
  const { input: scan, range } = relation;
  const { qualifier, source } = scan.table;
  if (qualifier?.length !== 1 || source.format === 'cache') return undefined;
  const columns = listText(scan.output.map((column) => expressionText(column, options)));
  const [name = ''] = qualifier;
  const view: PlanItem = {
    name: 'View',
    detail: `(\`${name}\`, [${columns}])`,
    children: [logicalItem(scan, options)],
    inner: [],
    facts: [['Output', columnsText(scan.output)]],
    range,
  };
  return {
    ...relationLine(relation, options),
    children: [view],
    inner: [],
    facts: factsOf(relation, options),
    range,
  };
}

/** Aliases of a plan by where they stand in the text: `#12`, as plans print it. */
export function aliasesOf(relation: Relation, found = new Map<string, string>()) {
  for (const expression of expressionsOf(relation)) {
    if (expression.kind === 'alias') {
      const { start, end } = expression.range;
      // Of what is not resolved yet no type is known.
      const isLong = expression.child.kind === 'literal' && expression.type.kind === 'long';
      const suffix = isLong ? 'L' : '';
      found.set(`${start}:${end}:${expression.name}`, `#${expression.exprId}${suffix}`);
    }
  }
  for (const plan of subqueriesOf(relation)) aliasesOf(plan, found);
  for (const input of inputsOf(relation)) aliasesOf(input, found);
  return found;
}

export function columnsText(columns: readonly Attribute[]): string {
  return listText(
    columns.map(
      ({ name, type, nullable }) => `${name}: ${simpleString(type)}${nullable ? '' : ' not null'}`,
    ),
  );
}

function factsOf(relation: Relation, options: TextOptions): PlanItem['facts'] {
  const facts: (readonly [string, string])[] = [];
  const list = (expressions: readonly Expression[]) =>
    listText(expressions.map((expression) => expressionText(expression, options)));
  switch (relation.kind) {
    case 'scan': {
      const { table, output, pushedFilters } = relation;
      facts.push(
        ['Table', table.name],
        ['Format', table.source.format],
        ['Path', table.source.path],
      );
      facts.push(['Columns read', `${output.length} of ${table.fields.length}`]);
      if (pushedFilters.length > 0) facts.push(['Filters told to the source', list(pushedFilters)]);
      break;
    }
    case 'localRelation':
      facts.push(['Rows', String(relation.rows.length)]);
      break;
    case 'filter':
      facts.push(['Condition', expressionText(relation.condition, options)]);
      break;
    case 'join':
      facts.push(['Join type', joinTypeNames[relation.joinType]]);
      if (relation.condition !== undefined) {
        facts.push(['Condition', expressionText(relation.condition, options)]);
      }
      break;
    case 'aggregate':
      facts.push(['Grouping', relation.grouping.length === 0 ? 'none' : list(relation.grouping)]);
      break;
    case 'sort':
      facts.push(['Order', listText(relation.order.map((item) => sortOrderText(item, options)))]);
      break;
    default:
      break;
  }
  facts.push(['Output', columnsText(outputOf(relation))]);
  return facts;
}
