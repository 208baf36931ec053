/**
 * What makes an exercise of the course done. Each check runs `strata` on the user's files and says what is missing;
 * it knows nothing of VS Code, so that the solutions can be tested without one.
 */

import {
  annotatedAny,
  comparesItems,
  copiesMessage,
  lostFunction,
  sharesNoMatrix,
  silenced,
} from './solutionText.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Tools {
  /** Runs `strata` in the course's folder. */
  readonly strata: (args: readonly string[]) => Promise<Outcome>;
  /** The text of a file below it; undefined where there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** The names in a folder below it; none where there is no folder. */
  readonly list: (path: string) => Promise<readonly string[]>;
}

export interface ExerciseCheck {
  readonly id: string;
  readonly title: string;
  /** The file to work on, below the course's folder. */
  readonly file: string;
  /** What is missing, for people; undefined when it is done. */
  readonly missing: (tools: Tools) => Promise<string | undefined>;
}

export interface Exercise {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly ExerciseCheck[];
}

const TYPING = 'exercises/1_gradual_typing';
const BUFFERS = 'exercises/2_buffer_protocol';
const PIPELINE = 'exercises/3_pyspark/pipeline.py';
const APP = 'exercises/4_integration/app.py';
/** The functions that the starter files have. */
const REPORT = ['parse_line', 'total', 'most_expensive', 'by_name'];
const PROGRAM = ['packed', 'unpacked', 'smoothed', 'main'];

export const exercises: readonly Exercise[] = [
  {
    id: '1_gradual_typing',
    title: 'Gradual typing',
    checks: [
      {
        id: 'annotated',
        title: 'Every function of the report is annotated',
        file: `${TYPING}/report.py`,
        missing: (tools) => unannotated(tools, `${TYPING}/report.py`, REPORT),
      },
      {
        id: 'strict',
        title: 'The report passes the strict level',
        file: `${TYPING}/report.py`,
        missing: (tools) => findings(tools, [`${TYPING}/report.py`], 'strict'),
      },
      {
        id: 'generic',
        title: 'The queue is generic and passes the strict level',
        file: `${TYPING}/priority_queue.py`,
        missing: genericQueue,
      },
      {
        id: 'uses',
        title: 'Uses of the queue are right and wrong where they should be',
        file: `${TYPING}/priority_queue.py`,
        missing: markedLines,
      },
    ],
  },
  {
    id: '2_buffer_protocol',
    title: 'The buffer protocol',
    checks: [
      {
        id: 'shares',
        title: 'A memoryview of the matrix has its format and shape',
        file: `${BUFFERS}/matrix.py`,
        missing: sharesMemory,
      },
    ],
  },
  {
    id: '3_pyspark',
    title: 'A PySpark pipeline',
    checks: [
      {
        id: 'rows',
        title: 'The revenue in Parquet is right',
        file: PIPELINE,
        missing: rightRevenue,
      },
      {
        id: 'partitions',
        title: 'The revenue lies in a folder a year',
        file: PIPELINE,
        missing: folderAYear,
      },
    ],
  },
  {
    id: '4_integration',
    title: 'All three together',
    checks: [
      {
        id: 'annotated',
        title: 'Every function of the program is annotated',
        file: APP,
        missing: (tools) => unannotated(tools, APP, PROGRAM),
      },
      {
        id: 'sound',
        title: 'No checker finds a mistake in it',
        file: APP,
        missing: (tools) => findings(tools, [APP], 'standard'),
      },
      {
        id: 'view',
        title: 'Reading a message copies nothing',
        file: APP,
        missing: async ({ read }) => copiesMessage((await read(APP)) ?? ''),
      },
    ],
  },
];

interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/**
 * Packages of the course may well not be installed, which is no mistake of the one who does the exercise; what comes
 * out of them is Any then.
 */
const PACKAGES = /^reportMissing(Imports|ModuleSource|TypeStubs)$/;
const OF_PACKAGES = /^returns-any$/;

async function checked(
  { strata }: Tools,
  files: readonly string[],
  level: string,
): Promise<readonly Finding[] | string> {
  const { code, out, err } = await strata([
    'check',
    ...files,
    ...['--level', level, '--python-version', '3.12', '--output', 'json'],
  ]);
  if (code > 1) return err.trim();
  const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly Finding[] };
  const lacks = diagnostics.some(({ rule }) => PACKAGES.test(rule));
  return diagnostics.filter(
    ({ rule, severity }) =>
      !PACKAGES.test(rule) &&
      !(lacks && OF_PACKAGES.test(rule)) &&
      (severity === 'error' || severity === 'warning'),
  );
}

async function findings(
  tools: Tools,
  files: readonly string[],
  level: string,
): Promise<string | undefined> {
  for (const file of files) {
    const hidden = silenced((await tools.read(file)) ?? '');
    if (hidden !== undefined) return hidden;
  }
  const found = await checked(tools, files, level);
  if (typeof found === 'string') return found;
  const [first] = found;
  if (!first) return undefined;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
  return `Line ${first.range.start.line + 1}: ${firstLine(first.message)}${more}`;
}

async function unannotated(
  { strata, read }: Tools,
  file: string,
  functions: readonly string[],
): Promise<string | undefined> {
  const source = (await read(file)) ?? '';
  const wrong = lostFunction(source, functions) ?? annotatedAny(source);
  if (wrong !== undefined) return wrong;
  const { code, out, err } = await strata(['coverage', file, '--output', 'json']);
  if (code > 1) return err.trim();
  const report = JSON.parse(out) as { readonly annotated: number; readonly total: number };
  const left = report.total - report.annotated;
  return left === 0
    ? undefined
    : `${left} of ${report.total} parameters and results are not annotated.`;
}

async function genericQueue(tools: Tools): Promise<string | undefined> {
  const file = `${TYPING}/priority_queue.py`;
  return (await findings(tools, [file], 'strict')) ?? comparesItems((await tools.read(file)) ?? '');
}

/** How many lines of queue_uses.py are to be errors. */
const WRONG_USES = 3;

/** Lines that end with `# wrong` must have an error, all others none. */
async function markedLines(tools: Tools): Promise<string | undefined> {
  const file = `${TYPING}/queue_uses.py`;
  const text = await tools.read(file);
  if (text === undefined) return `${file} is missing: "Create Course Workspace" writes it again.`;
  if ((text.match(/# wrong\s*$/gm) ?? []).length !== WRONG_USES)
    return 'queue_uses.py is to stay as it is: delete it, and "Create Course Workspace" writes it again.';
  const found = await checked(tools, [file], 'standard');
  if (typeof found === 'string') return found;
  const wrong = new Map(found.map(({ range, message }) => [range.start.line, firstLine(message)]));
  for (const [line, source] of text.split('\n').entries()) {
    const isWrong = source.trimEnd().endsWith('# wrong');
    const message = wrong.get(line);
    if (isWrong && message === undefined)
      return `Line ${line + 1} of queue_uses.py should be an error and is none: ${source.trim()}`;
    if (!isWrong && message !== undefined)
      return `Line ${line + 1} of queue_uses.py should be fine: ${message}`;
  }
  return undefined;
}

async function sharesMemory(tools: Tools): Promise<string | undefined> {
  const source = await tools.read(`${BUFFERS}/matrix.py`);
  if (source === undefined)
    return 'matrix.py is missing: "Create Course Workspace" writes it again.';
  const wrong = sharesNoMatrix(source);
  if (wrong !== undefined) return wrong;
  return findings(tools, [`${BUFFERS}/matrix.py`, `${BUFFERS}/matrix_uses.py`], 'standard');
}

/** By category and year, from the file that the pipeline reads. */
const EXPECTED = `
  SELECT product_category, year(transaction_date) AS year, round(sum(amount), 2) AS revenue,
         count(*) AS sales, count(DISTINCT customer_id) AS customers
  FROM transactions WHERE amount > 0 GROUP BY ALL ORDER BY product_category, year`;
const WRITTEN = `
  SELECT product_category, CAST(year AS INT) AS year, revenue, sales, customers
  FROM parquet.\`output/revenue\` ORDER BY product_category, year`;

async function rightRevenue(tools: Tools): Promise<string | undefined> {
  const { strata } = tools;
  // Twice, for it is to replace what was there.
  const wrong = (await pipelineFails(tools)) ?? (await pipelineFails(tools));
  if (wrong !== undefined) return wrong;
  const [expected, written] = await Promise.all([
    expectedRows(strata),
    strata(['sql', WRITTEN, '--output', 'json']),
  ]);
  if (expected.code !== 0) return firstLine(expected.err.trim());
  if (written.code !== 0)
    return `output/revenue can not be read as it should be: ${messageOf(written)}`;
  const [right, rows] = [rowsOf(expected), rowsOf(written)];
  if (rows.length !== right.length) {
    const twice = rows.length > right.length ? ' Does it replace what was there?' : '';
    return `output/revenue has ${rows.length} rows, not ${right.length}.${twice}`;
  }
  const at = right.findIndex((row, i) => JSON.stringify(row) !== JSON.stringify(rows[i]));
  return at < 0 ? undefined : otherRow(right[at] ?? [], rows[at] ?? []);
}

const MEASURES = ['revenue', 'sales', 'customers'];

/** Of the first row that differs: the first value in it that does. */
function otherRow(right: readonly unknown[], row: readonly unknown[]): string {
  const [category, year] = right;
  if (row[0] !== category || row[1] !== year)
    return `output/revenue has no row of ${String(category)} in ${String(year)}.`;
  const at = right.findIndex((value, i) => value !== row[i]);
  return `The ${MEASURES[at - 2] ?? 'row'} of ${String(category)} in ${String(year)} should be ${String(right[at])}, and is ${String(row[at])}.`;
}

const NOTHING_WRITTEN = 'It writes nothing to output/revenue yet.';

/** Runs the pipeline, and says why it has written nothing: what is there may be left from an earlier run. */
async function pipelineFails({ strata, list }: Tools): Promise<string | undefined> {
  const run = await strata(['run', PIPELINE, '--output', 'jsonl']);
  if (run.code !== 0) return `The pipeline does not run: ${actionError(run)}`;
  const wrote = run.out.split('\n').some((line) => line.includes('"action":"write"'));
  return wrote && (await list('output/revenue')).length > 0 ? undefined : NOTHING_WRITTEN;
}

function actionError({ out, err }: Outcome): string {
  const failed = out.split('\n').find((line) => line.includes('"error":'));
  const { error } = (failed === undefined ? {} : JSON.parse(failed)) as {
    readonly error?: { readonly message?: string };
  };
  return firstLine(error?.message ?? err.trim());
}

/** One folder for each year of the data, and nothing beside them. */
async function folderAYear(tools: Tools): Promise<string | undefined> {
  const none = 'output/revenue has no folders named year=…: write with partitionBy("year").';
  const wrong = await pipelineFails(tools);
  if (wrong !== undefined) return wrong === NOTHING_WRITTEN ? none : wrong;
  const expected = await expectedRows(tools.strata);
  if (expected.code !== 0) return firstLine(expected.err.trim());
  const years = new Set(rowsOf(expected).map(([, year]) => `year=${String(year)}`));
  const names = (await tools.list('output/revenue')).filter((name) => !/^[._]/.test(name));
  if (!names.some((name) => years.has(name))) return none;
  const missing = [...years].find((year) => !names.includes(year));
  if (missing !== undefined) return `output/revenue has no folder ${missing}.`;
  const other = names.find((name) => !years.has(name));
  return other === undefined
    ? undefined
    : `output/revenue holds ${other} beside the folders of the years: write with mode("overwrite").`;
}

function expectedRows(strata: Tools['strata']): Promise<Outcome> {
  return strata(['sql', EXPECTED, '--view', 'transactions=transactions.csv', '--output', 'json']);
}

function rowsOf({ out }: Outcome): readonly (readonly unknown[])[] {
  return (JSON.parse(out) as { readonly rows: readonly (readonly unknown[])[] }).rows;
}

function messageOf({ out, err }: Outcome): string {
  try {
    return (JSON.parse(out) as { readonly error: { readonly message: string } }).error.message;
  } catch {
    return firstLine(err.trim());
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';
