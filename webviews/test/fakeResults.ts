import type { DataType } from 'apache-arrow';
import {
  Bool,
  DateDay,
  Decimal,
  Field as ArrowField,
  Float64,
  Int32,
  Int64,
  List,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { Explanation, Field, PlanNode } from '#shared/protocol/engine.ts';
import type {
  ResultsViewContract,
  ResultsViewRequests,
  Run,
} from '#shared/protocol/resultsView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import { fail, ok } from '#shared/result.ts';
import type { FakeHost } from './fakeHost.ts';
import { fakeHost } from './fakeHost.ts';

/** A result whose rows are computed when they are asked for. */
export interface FakeResult {
  readonly schema: readonly Field[];
  readonly rowCount: number;
  readonly row: (index: number) => readonly unknown[];
}

const ARROW: Readonly<Record<string, () => DataType>> = {
  int: () => new Int32(),
  bigint: () => new Int64(),
  double: () => new Float64(),
  string: () => new Utf8(),
  boolean: () => new Bool(),
  date: () => new DateDay(),
  timestamp: () => new TimestampMicrosecond('UTC'),
  'decimal(18,2)': () => new Decimal(2, 18, 128),
  'decimal(16,6)': () => new Decimal(6, 16, 128),
  'array<string>': () => new List(new ArrowField('item', new Utf8(), true)),
  'struct<city:string,zip:int>': () =>
    new Struct([
      new ArrowField('city', new Utf8(), true),
      new ArrowField('zip', new Int32(), true),
    ]),
};

/** The words of a 128-bit integer, which is how Arrow wants a decimal. */
export function decimalWords(unscaled: bigint): Uint32Array {
  const words = new Uint32Array(4);
  let rest = BigInt.asUintN(128, unscaled);
  for (let i = 0; i < 4; i++) {
    words[i] = Number(rest & 0xffffffffn);
    rest >>= 32n;
  }
  return words;
}

export function arrowPage(result: FakeResult, start: number, count: number): ArrayBuffer {
  const end = Math.min(start + count, result.rowCount);
  const rows = Array.from({ length: Math.max(0, end - start) }, (_, i) => result.row(start + i));
  const columns = Object.fromEntries(
    result.schema.map((field, column) => [
      // Arrow's own tables forbid columns of one name; the panel goes by position.
      `${column}`,
      vectorFromArray(
        rows.map((row) => row[column]),
        (ARROW[field.type] ?? (() => new Utf8()))(),
      ),
    ]),
  );
  const bytes = tableToIPC(new Table(columns), 'stream');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

export function runOf(overrides: Partial<Run> & { readonly runId: number }): Run {
  return {
    title: 'Query',
    text: 'SELECT 1',
    status: 'done',
    schema: [],
    rowCount: 0,
    complete: true,
    elapsedMs: 240,
    percent: -1,
    ...overrides,
  };
}

export function resultsHost(
  runs: readonly Run[],
  results: Readonly<Record<number, FakeResult>>,
  overrides: Partial<Answers<ResultsViewRequests>> = {},
  saved?: object,
): FakeHost<ResultsViewContract> {
  return fakeHost<ResultsViewContract>(
    {
      listRuns: () => ok({ runs, selected: runs.at(-1)?.runId ?? null, window: 'test' }),
      readRows({ runId, start, count }) {
        const result = results[runId];
        if (result === undefined) return fail({ kind: 'gone' });
        const rowCount = Math.max(0, Math.min(count, result.rowCount - start));
        return ok({
          start,
          rowCount,
          arrow: arrowPage(result, start, count),
          knownRowCount: result.rowCount,
          complete: true,
        });
      },
      arrangeRun: ({ runId }) => ok({ rowCount: results[runId]?.rowCount ?? 0, complete: true }),
      explainIdea: () => ok({}),
      saveText: () => ok({ fileName: 'rows.md' }),
      explainRun: ({ analyze }) => ok(analyze === true ? measuredExplanation : explanation),
      showSource: () => ok({ place: 'shown' }),
      exportPlan: () => ok({}),
      cancelRun: () => ok({}),
      repeatRun: () => ok({}),
      closeRun: () => ok({}),
      exportRun: () => ok({}),
      startQuery: () => ok({}),
      copyText: () => ok({}),
      insertSql: () => ok({ fileName: 'query.sparksql' }),
      ...overrides,
    },
    saved,
  );
}

let nextId = 1;
function node(name: string, detail: string, ...children: PlanNode[]): PlanNode {
  return {
    id: nextId++,
    name,
    detail,
    children,
    facts: [
      ['Output', 'customer_id int, total_spent decimal(28,2)'],
      ['Statistics', '1.2 MiB, 12,480 rows'],
    ],
  };
}

const scans = () => [
  node('Relation', 'customers [customer_id int, name string, country string, signed_up date] csv'),
  node(
    'Relation',
    'orders [order_id bigint, customer_id int, amount decimal(18,2), at timestamp] csv',
  ),
];

const optimized = node(
  'GlobalLimit',
  '10',
  node(
    'Sort',
    'total_spent DESC NULLS LAST, true',
    node(
      'Aggregate',
      '[customer_id, name], [customer_id, name, sum(amount) AS total_spent]',
      node(
        'Join',
        'Inner, customer_id = customer_id',
        ...scans().map((scan) =>
          node(
            'Project',
            '[customer_id, name]',
            node('Filter', 'isnotnull(customer_id) AND country = DE', scan),
          ),
        ),
      ),
    ),
  ),
);

const physical = node(
  'TakeOrderedAndProject',
  'limit=10, orderBy=[total_spent DESC NULLS LAST]',
  node(
    'HashAggregate',
    'keys=[customer_id, name], functions=[sum(amount)]',
    node('BroadcastHashJoin', '[customer_id], [customer_id], Inner, BuildLeft', ...scans()),
  ),
);

const BEFORE = `GlobalLimit 10
+- Sort [total_spent DESC NULLS LAST], true
   +- Aggregate [customer_id, name], [customer_id, name, sum(amount) AS total_spent]
      +- Filter (country = DE)
         +- Join Inner, (customer_id = customer_id)
            :- Relation customers
            +- Relation orders
`;
const AFTER = `GlobalLimit 10
+- Sort [total_spent DESC NULLS LAST], true
   +- Aggregate [customer_id, name], [customer_id, name, sum(amount) AS total_spent]
      +- Join Inner, (customer_id = customer_id)
         :- Filter (country = DE)
         :  +- Relation customers
         +- Relation orders
`;

export const explanation: Explanation = {
  text: { parsed: BEFORE, analyzed: BEFORE, optimized: AFTER, physical: AFTER },
  trees: { parsed: optimized, analyzed: optimized, optimized, physical },
  trace: [
    { rule: 'PushPredicateThroughJoin', before: BEFORE, after: AFTER },
    {
      rule: 'ColumnPruning',
      before: AFTER,
      after: AFTER.replace(
        'Relation orders',
        'Project [customer_id, amount]\n            +- Relation orders',
      ),
    },
    { rule: 'InferFiltersFromConstraints', before: BEFORE, after: AFTER },
  ],
  advice: [],
  sql: "SELECT customer_id, name, sum(amount) AS total_spent\nFROM customers JOIN orders USING (customer_id)\nWHERE country = 'DE'\nGROUP BY customer_id, name ORDER BY total_spent DESC LIMIT 10",
};

/** The same plan, measured: twelve thousand rows, of which the join's estimate was far off. */
export const measuredExplanation: Explanation = {
  ...explanation,
  advice: [
    {
      rule: 'explodingJoin',
      nodeId: idOf(physical, 'Join'),
      title: 'The join multiplies rows',
      finding:
        '120 rows and 1,200 rows become 12,480 rows, 10 times as many as the bigger side: neither side has its keys once only, so each match is repeated.',
      remedy:
        'Make one side unique before the join, by GROUP BY on its keys or by DISTINCT, or join on the column that is missing in ON.',
      idea: 'shuffle',
    },
    {
      rule: 'columnarFormat',
      nodeId: idOf(physical, 'Scan'),
      title: 'CSV is read whole',
      finding:
        'The query needs 2 of 9 columns, and all 64.0 MiB of orders are read and parsed for it: text keeps no columns apart and no smallest and largest values.',
      remedy:
        'Where it is read more than once, write it as Parquet first: `INSERT OVERWRITE DIRECTORY … USING parquet SELECT * FROM …`.',
      idea: 'push-down',
    },
  ],
  trees: { ...explanation.trees, physical: measured(physical, [10, 480, 12_480, 120, 1_200_000]) },
};

/** The same plan with pieces of a text: the join's from 20 to 40, each source's from 50 to 60. */
export const withPieces: Explanation = {
  ...explanation,
  trees: { ...explanation.trees, physical: pieces(physical) },
};

function pieces(tree: PlanNode): PlanNode {
  const children = tree.children.map(pieces);
  if (tree.name === 'Relation') return { ...tree, start: 50, end: 60 };
  return tree.name.includes('Join')
    ? { ...tree, children, start: 20, end: 40 }
    : { ...tree, children };
}

function idOf(tree: PlanNode, name: string): number {
  const find = (node: PlanNode): PlanNode | undefined =>
    node.name.includes(name) ? node : node.children.map(find).find(Boolean);
  return find(tree)?.id ?? 0;
}

function measured(tree: PlanNode, rows: readonly number[]): PlanNode {
  let at = 0;
  const visit = (each: PlanNode): PlanNode => {
    const count = rows[at++] ?? 0;
    const measuredNode = {
      rows: count,
      ownMs: count / 1000,
      estimatedRows: count === 12_480 ? 90 : count,
    };
    return { ...each, measured: measuredNode, children: each.children.map(visit) };
  };
  return visit(tree);
}

/** Joins of joins, 127 nodes with long names: more than a window holds. */
export const bigExplanation: Explanation = {
  ...explanation,
  trees: { ...explanation.trees, physical: joins(5) },
};

/** Joins with shuffles between them, measured, as no local run is: all the signs that a picture of a plan has. */
export const shuffledPlan: PlanNode = measured(
  joins(2),
  [480, 12_480, 120, 1200, 1200, 88, 14, 900_000, 12_480, 1_200_000, 1_200_000, 64, 64],
);

function joins(depth: number): PlanNode {
  if (depth === 0) return node('FileScan csv', 'orders_of_the_year_before_last.csv [order_id#1]');
  return node(
    'SortMergeJoin',
    '[customer_id#1], [customer_id#7], Inner',
    node(
      'Exchange',
      'hashpartitioning(customer_id#1, 200), ENSURE_REQUIREMENTS, [plan_id=1]',
      joins(depth - 1),
    ),
    node(
      'Exchange',
      'hashpartitioning(customer_id#7, 200), ENSURE_REQUIREMENTS, [plan_id=1]',
      joins(depth - 1),
    ),
  );
}
