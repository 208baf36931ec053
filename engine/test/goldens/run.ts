/** All goldens, for scripts/goldens.mjs, which bundles and runs this. Knows nothing of vitest. */
import { databaseLoader } from '../../src/duckdb/native.ts';
import type { Judged } from './goldens.ts';
import { exampleFiles, examplesFolder, runExamples } from './examples.ts';
import { countOutcomes, goldenFiles, goldensFolder, runGoldens } from './goldens.ts';

export async function main(
  root: string,
  args: readonly string[],
  /** The built command line, for `--cli`. */
  cliPath?: string,
): Promise<number> {
  const { path: folder, isWhole } = goldensFolder(root);
  if (!isWhole) console.error('Only the sample is here; name the whole corpus in SPARK_GOLDENS.');
  const database = await databaseLoader(process.env)();
  if (!database.ok) {
    console.error(database.error.message);
    return 2;
  }
  const only = args.filter((argument) => !argument.startsWith('--'));
  const isWanted = (name: string) =>
    only.length === 0 || only.includes(name.replace(/\.json$/, ''));
  const goldens = args.includes('--functions')
    ? []
    : await runGoldens(folder, goldenFiles(folder).filter(isWanted), database.value, cliPath);
  const examples = examplesFolder(root);
  const isWithoutExamples = args.includes('--queries') || examples === undefined;
  const functions = isWithoutExamples
    ? []
    : await runExamples(
        examples,
        exampleFiles(examples).filter((name) => isWanted(name) || isWanted(`functions/${name}`)),
        database.value,
      );
  show(goldens, args);
  show(functions, args);
  const files = args.includes('--files') || only.length > 0;
  if (files) printFiles([...goldens, ...functions]);
  const rows = goldens.filter(({ query }) => query.expect === 'rows');
  const isQuery = ({ query }: Judged) => query.kind === 'query';
  const others = goldens.filter((one) => !isQuery(one) && !one.query.expect.endsWith('error'));
  console.log(
    JSON.stringify({
      rows: countOutcomes(rows.filter(isQuery)),
      errors: countOutcomes(goldens.filter(({ query }) => query.expect.endsWith('error'))),
      commands: countOutcomes(others),
      functions: countOutcomes(functions),
    }),
  );
  database.value.dispose();
  return 0;
}

function show(judged: readonly Judged[], args: readonly string[]): void {
  const shown = judged.filter(
    ({ outcome }) =>
      outcome === 'wrong' ||
      (args.includes('--all') && outcome !== 'matched') ||
      (args.includes('--rejected') && outcome === 'rejected'),
  );
  const shownLength = args.includes('--whole') ? Infinity : 400;
  for (const one of shown) print(one, shownLength);
  if (args.includes('--reasons')) printReasons(judged);
}

function printFiles(judged: readonly Judged[]): void {
  for (const file of new Set(judged.map((one) => one.file))) {
    const { matched, refused, rejected, otherError, wrong } = countOutcomes(
      judged.filter((one) => one.file === file),
    );
    console.log(
      `${file.replace(/\.json$/, '').padEnd(60)} matched ${String(matched).padStart(4)}  refused ${String(refused).padStart(4)}  another error ${String(rejected + otherError).padStart(4)}  wrong ${String(wrong).padStart(3)}`,
    );
  }
}

function print({ file, index, query, outcome, detail }: Judged, shownLength: number): void {
  console.log(
    `--- ${outcome} ${file} #${index}\n${query.sql}\n>>> Spark ${query.schema}\n${query.output.slice(0, shownLength)}\n>>> here\n${detail.slice(0, shownLength)}\n`,
  );
}

function printReasons(judged: readonly Judged[]): void {
  const counts = new Map<string, number>();
  for (const { outcome, detail } of judged) {
    if (outcome === 'matched' || outcome === 'wrong') continue;
    const reason = `${outcome}: ${detail.replace(/`[^`]*`/g, '`…`').slice(0, 110)}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60);
  for (const [reason, count] of sorted) console.log(String(count).padStart(5), reason);
}
