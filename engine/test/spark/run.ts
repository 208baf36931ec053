/** Prints where the engine's answers differ from Spark's: `npm run spark-oracle -- --compare [NAME…]`. */
import { databaseLoader } from '../../src/duckdb/native.ts';
import { compareWithSpark, sparkFiles } from './sparkCases.ts';

export async function main(root: string, args: readonly string[]): Promise<number> {
  const database = await databaseLoader(process.env)();
  if (!database.ok) {
    console.error(database.error.message);
    return 2;
  }
  const only = args.filter((argument) => !argument.startsWith('--'));
  const files = sparkFiles(root).filter(
    (name) => only.length === 0 || only.includes(name.replace(/\.json$/, '')),
  );
  const compared = await compareWithSpark(root, files, database.value);
  for (const { file, query, settings, outcome, spark, here, isElsewhere } of compared) {
    const isShown =
      outcome === 'different' ||
      (outcome === 'refused' && args.includes('--refused')) ||
      (isElsewhere && args.includes('--positions'));
    if (isShown)
      console.log(
        `--- ${outcome} ${file} ${JSON.stringify(settings)}\n${query}\n>>> Spark\n${spark}\n>>> here\n${here.slice(0, 1500)}\n`,
      );
  }
  for (const file of [...files, '']) {
    const some = compared.filter((one) => file === '' || one.file === file);
    const count = (outcome: string) => some.filter((one) => one.outcome === outcome).length;
    console.log(
      `${file === '' ? 'all' : file}: ${some.length} queries, ${count('equal')} equal, ${count('refused')} refused, ${count('different')} different, ${some.filter((one) => one.isElsewhere).length} errors elsewhere`,
    );
  }
  database.value.dispose();
  return 0;
}
