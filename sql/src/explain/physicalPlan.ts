/** Plans an optimized relation into the operators that Spark would run on a cluster. */
import { listText, sortOrderText } from '../plan/expressionText.ts';
import { outputOf } from '../plan/output.ts';
import type {
  Expression,
  Filter,
  NamedExpression,
  Project,
  Relation,
  Scan,
  Sort,
} from '../plan/resolved.ts';
import { expressionKey, expressionsOf, inputsOf, references } from '../plan/traverse.ts';
import { subqueriesOf } from '../plan/treeText.ts';
import { simpleString } from '../plan/types.ts';
import { planAggregate } from './physicalAggregate.ts';
import { planJoin } from './physicalJoin.ts';
import type { Partitioning, PhysicalNode, PhysicalOptions } from './physicalNode.ts';
import {
  clustered,
  defaultPhysicalOptions,
  exchange,
  keyLists,
  PlanningContext,
  runsHere,
  singlePartition,
  unknownPartitioning,
} from './physicalNode.ts';
import {
  planAsWritten,
  planGenerate,
  planLateralJoin,
  planRepartition,
  planSetOperation,
  planWindow,
} from './physicalRelations.ts';
import { finished } from './physicalStages.ts';
import { sourceFilterText } from './sourceFilters.ts';
import { byteLengthText, statisticsOf } from './statistics.ts';

export function planPhysical(
  relation: Relation,
  options: PhysicalOptions = defaultPhysicalOptions,
): PhysicalNode {
  const context = new PlanningContext(options, maxExprId(relation) + 1, (plan, shared) =>
    finished(shared, new Planner(shared).plan(plan), true),
  );
  return finished(context, new Planner(context).planRoot(relation), false);
}

class Planner {
  private readonly context: PlanningContext;

  constructor(context: PlanningContext) {
    this.context = context;
  }

  planRoot(relation: Relation): PhysicalNode {
    if (relation.kind === 'globalLimit' && topRows(relation) === undefined) {
      const below = relation.input.kind === 'localLimit' ? relation.input.input : relation.input;
      const { limit } = relation;
      // What is left out is collected too, and dropped then.
      const isOffset = below.kind === 'offset';
      const child = this.plan(isOffset ? below.input : below);
      const detail = isOffset ? `${limit + below.offset}, ${below.offset}` : String(limit);
      return this.over(child, 'CollectLimit', detail, relation);
    }
    if (relation.kind === 'offset') {
      const child = this.plan(relation.input);
      return this.over(child, 'CollectLimit', `-1, ${relation.offset}`, relation);
    }
    return this.plan(relation);
  }

  plan(relation: Relation): PhysicalNode {
    const top = topRows(relation);
    if (top !== undefined) return this.takeOrdered(relation, top);
    switch (relation.kind) {
      case 'scan':
        return this.scan(relation, []);
      case 'localRelation':
        return this.leaf(
          'LocalTableScan',
          `${relation.rows.length === 0 ? '<empty>, ' : ''}${this.context.list(relation.output)}`,
          relation,
        );
      case 'oneRow':
        return {
          ...this.leaf('Scan OneRowRelation', '[]', relation),
          line: 'Scan OneRowRelation[]',
        };
      case 'project':
        return this.project(relation);
      case 'filter':
        // Rows of constants are filtered at once.
        return relation.input.kind === 'localRelation'
          ? this.leaf('LocalTableScan', this.context.list(outputOf(relation)), relation)
          : this.filter(relation);
      case 'join':
        return planJoin(this.context, relation, (side) => this.plan(side));
      case 'aggregate':
        return {
          ...planAggregate(this.context, relation, this.plan(relation.input)),
          of: relation,
        };
      case 'distinct': {
        const columns = outputOf(relation.input);
        const { input, range } = relation;
        return planAggregate(
          this.context,
          { kind: 'aggregate', input, grouping: columns, aggregates: columns, range },
          this.plan(input),
        );
      }
      case 'sort':
        return this.sort(relation);
      case 'globalLimit': {
        const child = clustered(this.context, this.plan(relation.input), []);
        return this.over(child, 'GlobalLimit', `${relation.limit}, 0`, relation);
      }
      case 'localLimit':
        return this.over(this.plan(relation.input), 'LocalLimit', String(relation.limit), relation);
      case 'offset': {
        const child = clustered(this.context, this.plan(relation.input), []);
        return this.over(child, 'GlobalLimit', `-1, ${relation.offset}`, relation);
      }
      case 'union': {
        const children = relation.inputs.map((input) => this.plan(input));
        return {
          name: 'Union',
          detail: '',
          formatted: { lines: [] },
          facts: [['Inputs', String(children.length)]],
          children,
          output: relation.output,
          partitioning: unknownPartitioning,
          here: runsHere,
          range: relation.range,
        };
      }
      case 'subqueryAlias':
      case 'hint':
        return this.plan(relation.input);
      case 'window':
        return {
          ...planWindow(this.context, relation, (input) => this.plan(input)),
          of: relation,
        };
      case 'generate':
        return planGenerate(this.context, relation, (input) => this.plan(input));
      case 'setOperation':
        return planSetOperation(this.context, relation, (input) => this.plan(input));
      case 'lateralJoin':
        return planLateralJoin(this.context, relation, (input) => this.plan(input));
      case 'repartition':
        return planRepartition(this.context, relation, (input) => this.plan(input));
      case 'range': {
        const { start, end, step, splits = this.context.options.parallelism } = relation;
        const detail = `(${start}, ${end}, step=${step}, splits=${splits})`;
        const node = this.leaf('Range', detail, relation);
        const { lines } = node.formatted;
        const written = `Arguments: Range (${start}, ${end}, step=${step}${relation.splits === undefined ? '' : `, splits=${relation.splits}`})`;
        return { ...node, formatted: { lines: [...lines, written] } };
      }
      case 'sample':
      case 'unionLoop':
      case 'loopReference': {
        const children = inputsOf(relation).map((input) => this.plan(input));
        return planAsWritten(this.context, relation, children);
      }
    }
  }

  private project(relation: Project): PhysicalNode {
    const { context } = this;
    const { input, expressions } = relation;
    // Constants over constants are rows already.
    const rows = input.kind === 'filter' ? input.input : input;
    if (rows.kind === 'localRelation') {
      const detail = `${rows.rows.length === 0 ? '<empty>, ' : ''}${context.list(outputOf(relation))}`;
      return this.leaf('LocalTableScan', detail, relation);
    }
    const kept = new Set(expressions.flatMap((item) => [...references(item)]));
    const child =
      input.kind === 'generate'
        ? planGenerate(context, input, (below) => this.plan(below), kept)
        : this.plan(input);
    const isSame =
      expressions.length === child.output.length &&
      expressions.every(
        (item, place) => item.kind === 'attribute' && item.exprId === child.output[place]?.exprId,
      );
    if (isSame) return child;
    context.beginNode();
    return {
      name: 'Project',
      detail: context.list(expressions),
      formatted: {
        lines: [
          context.countedColumns('Output', expressions),
          context.countedColumns('Input', child.output),
        ],
      },
      facts: [],
      children: [child],
      ...context.innerOf(expressions),
      output: outputOf(relation),
      partitioning: keptPartitioning(child, expressions),
      here: runsHere,
      range: relation.range,
    };
  }

  private filter(relation: Filter): PhysicalNode {
    const { context } = this;
    const { input, condition } = relation;
    const child =
      input.kind === 'scan' ? this.scan(input, conjunctsOf(condition)) : this.plan(input);
    context.beginNode();
    // Over a scan the parts of a condition are told apart, and put together anew.
    const text =
      input.kind === 'scan'
        ? conjunctsOf(condition)
            .map((part) => context.text(part))
            .reduce((left, right) => `(${left} AND ${right})`)
        : context.text(condition);
    return {
      name: 'Filter',
      detail: text,
      formatted: { lines: [context.countedColumns('Input', child.output), `Condition : ${text}`] },
      facts: [['Condition', text]],
      children: [child],
      ...context.innerOf([condition]),
      output: outputOf(relation),
      partitioning: child.partitioning,
      here: runsHere,
      range: relation.range,
      of: relation,
    };
  }

  private sort(relation: Sort): PhysicalNode {
    const { context } = this;
    const order = this.orderText(relation);
    const input = this.plan(relation.input);
    const isInPlace = !relation.isGlobal || input.partitioning.kind === 'single';
    const child = isInPlace
      ? input
      : exchange(
          context,
          input,
          unknownPartitioning,
          `rangepartitioning(${order}, ${context.options.shufflePartitions})`,
        );
    return this.over(child, 'Sort', `[${order}], ${relation.isGlobal}, 0`, relation);
  }

  private takeOrdered(relation: Relation, { limit, sort, expressions }: TopRows): PhysicalNode {
    const { context } = this;
    const child = this.plan(sort.input);
    const order = this.orderText(sort);
    const output = context.list(expressions);
    const orderBy = sort.order.map((item) => sortOrderText(item, context.options));
    const detail = `(limit=${limit}, orderBy=[${listText(orderBy, ',')}], output=${context.list(expressions, ',')})`;
    return {
      name: 'TakeOrderedAndProject',
      detail,
      line: `TakeOrderedAndProject${detail}`,
      formatted: {
        lines: [
          context.countedColumns('Input', child.output),
          `Arguments: ${limit}, [${order}], ${output}`,
        ],
      },
      facts: [
        ['Limit', String(limit)],
        ['Order', order],
      ],
      children: [child],
      output: outputOf(relation),
      partitioning: singlePartition,
      here: runsHere,
      range: relation.range,
    };
  }

  private scan(scan: Scan, filters: readonly Expression[]): PhysicalNode {
    const { context } = this;
    const { source } = scan.table;
    if (source.format === 'cache') return this.cached(scan);
    context.beginNode();
    const isColumnar = source.format === 'parquet' || source.format === 'orc';
    const format = formatNames[source.format] ?? source.format.toUpperCase();
    const told = new Set(scan.pushedFilters.map(expressionKey));
    const pushed = filters
      .filter((filter) => told.has(expressionKey(filter)) || isOfSubquery(filter))
      .map((filter) => sourceFilterText(filter, context.options));
    const output = scan.isCounted === true ? [] : scan.output;
    const fields = output.map(({ name, type }) => `${name}:${simpleString(type)}`);
    const schema = `struct<${listText(fields, ',')}>`;
    const path = source.path.startsWith('/') ? `file:${source.path}` : source.path;
    const { qualifier } = scan.table;
    const named = qualifier?.length === 3 ? ` ${qualifier.join('.')}` : '';
    const metadata = [
      `Batched: ${isColumnar}`,
      `DataFilters: ${context.cut(context.list(filters))}`,
      `Format: ${format}`,
      `Location: ${context.cut(`InMemoryFileIndex(1 paths)[${path}]`)}`,
      'PartitionFilters: []',
      `PushedFilters: ${context.cut(`[${pushed.join(', ')}]`)}`,
      `ReadSchema: ${context.cut(schema)}`,
    ];
    const { byteLength, fileCount } = scan.table.statistics ?? {};
    const name = `FileScan ${source.format}${named}`;
    const detail = `${context.list(output, ',')} ${metadata.join(', ')}`;
    const node: PhysicalNode = {
      name,
      detail,
      line: `${name}${named === '' ? ' ' : ''}${detail}`,
      formatted: {
        // Where there is no name of a table its space is left.
        title: `Scan ${source.format}${named === '' ? ' ' : named}`,
        lines: [
          context.countedColumns('Output', output),
          `Batched: ${isColumnar}`,
          `Location: InMemoryFileIndex [${path}]`,
          ...(pushed.length === 0 ? [] : [`PushedFilters: [${pushed.join(', ')}]`]),
          `ReadSchema: ${schema}`,
        ],
      },
      facts: [
        ['Table', scan.table.name],
        ['Format', format],
        ['Location', path],
        ['File size', byteLength === undefined ? 'unknown' : byteLengthText(byteLength)],
        ...(fileCount === undefined ? [] : [['Files', String(fileCount)] as const]),
        ['Columns read', `${output.length} of ${scan.table.fields.length}`],
        ['Estimated size', byteLengthText(statisticsOf(scan).byteLength)],
        ['Pushed filters', pushed.length === 0 ? 'none' : pushed.join(', ')],
      ],
      children: [],
      ...context.innerOf(filters),
      output,
      partitioning: unknownPartitioning,
      here: runsHere,
      range: scan.range,
      of: scan,
    };
    return isColumnar ? this.over(node, 'ColumnarToRow', '', scan) : node;
  }

  /** What CACHE TABLE holds, under the scan that reads columns of it. */
  private cached(scan: Scan): PhysicalNode {
    const { context } = this;
    const { storageLevel = '' } = scan.table.source.options;
    const columns = context.list(scan.output);
    const relation = this.leaf('InMemoryRelation', `${columns}, ${storageLevel}`, scan);
    return {
      ...this.leaf('InMemoryTableScan', columns, scan),
      facts: [
        ['Table', scan.table.name],
        ['Storage level', storageLevel],
      ],
      children: [relation],
    };
  }

  private leaf(name: string, detail: string, relation: Relation): PhysicalNode {
    const output = outputOf(relation);
    return {
      name,
      detail,
      formatted: { lines: [this.context.countedColumns('Output', output)] },
      facts: [],
      children: [],
      output,
      partitioning: relation.kind === 'oneRow' ? singlePartition : unknownPartitioning,
      here: runsHere,
      range: relation.range,
    };
  }

  private over(
    child: PhysicalNode,
    name: string,
    detail: string,
    relation: Relation,
  ): PhysicalNode {
    const collects = name === 'CollectLimit';
    return {
      name,
      detail,
      formatted: {
        lines: [
          this.context.countedColumns('Input', child.output),
          ...(detail === '' ? [] : [`Arguments: ${detail}`]),
        ],
      },
      facts: [],
      children: [child],
      output: name === 'ColumnarToRow' ? child.output : outputOf(relation),
      partitioning: collects ? singlePartition : child.partitioning,
      here: name === 'ColumnarToRow' ? 'this machine stays columnar all the way' : runsHere,
      range: relation.range,
    };
  }

  private orderText(sort: Sort): string {
    return listText(sort.order.map((item) => sortOrderText(item, this.context.options)));
  }
}

const formatNames: Readonly<Record<string, string>> = {
  csv: 'CSV',
  json: 'JSON',
  parquet: 'Parquet',
  orc: 'ORC',
  text: 'Text',
};

interface TopRows {
  readonly limit: number;
  readonly sort: Sort;
  readonly expressions: readonly NamedExpression[];
}

/** The first rows of an order: kept while reading, so that nothing is sorted whole. */
function topRows(relation: Relation): TopRows | undefined {
  if (relation.kind !== 'globalLimit' || relation.input.kind !== 'localLimit') return undefined;
  const below = relation.input.input;
  const { limit } = relation;
  if (below.kind === 'sort' && below.isGlobal) {
    return { limit, sort: below, expressions: outputOf(below) };
  }
  return below.kind === 'project' && below.input.kind === 'sort' && below.input.isGlobal
    ? { limit, sort: below.input, expressions: below.expressions }
    : undefined;
}

/** A hash partitioning is only known on by columns that are still there. */
function keptPartitioning(
  { partitioning }: PhysicalNode,
  expressions: readonly NamedExpression[],
): Partitioning {
  if (partitioning.kind !== 'hash') return partitioning;
  const ids = new Set(expressions.map(({ exprId }) => exprId));
  const isKept = (keys: readonly Expression[]) =>
    keys.every((key) => [...references(key)].every((id) => ids.has(id)));
  const [keys, ...equalKeys] = keyLists(partitioning).filter(isKept);
  return keys === undefined ? unknownPartitioning : { kind: 'hash', keys, equalKeys };
}

/** `amount > (SELECT …)`: once the value is known, a source is told of it. */
function isOfSubquery(filter: Expression): boolean {
  if (filter.kind !== 'call' || !/^(=|<=>|<|<=|>|>=)$/.test(filter.name)) return false;
  const [left, right] = filter.arguments;
  const isValue = (side: Expression | undefined) =>
    side?.kind === 'subquery' && side.subqueryType === 'scalar' && side.outer.length === 0;
  return (
    (left?.kind === 'attribute' && isValue(right)) || (right?.kind === 'attribute' && isValue(left))
  );
}

function conjunctsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'call' && condition.name === 'and'
    ? condition.arguments.flatMap(conjunctsOf)
    : [condition];
}

function maxExprId(relation: Relation): number {
  let max = 0;
  const visit = (node: Relation) => {
    for (const { exprId } of outputOf(node)) max = Math.max(max, exprId);
    for (const expression of expressionsOf(node)) {
      for (const id of references(expression)) max = Math.max(max, id);
    }
    inputsOf(node).forEach(visit);
    subqueriesOf(node).forEach(visit);
  };
  visit(relation);
  return max;
}
