/** Spark's golden files, from the folder that SPARK_GOLDENS names; a small sample where there is none. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface GoldenQuery {
  readonly sql: string;
  readonly kind: string;
  readonly expect: 'rows' | 'empty' | 'error' | 'parse-error';
  readonly schema: string;
  readonly output: string;
}

export interface GoldenFile {
  readonly file: string;
  readonly sets: readonly string[];
  readonly queries: readonly GoldenQuery[];
}

const whole =
  process.env.SPARK_GOLDENS ??
  fileURLToPath(new URL('../../../shared/data/spark-goldens', import.meta.url));
const sample = fileURLToPath(new URL('../../test-fixtures/sql/goldens', import.meta.url));

export const isWholeCorpus = existsSync(whole);

export function goldenFiles(): readonly GoldenFile[] {
  const folder = isWholeCorpus ? whole : sample;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as GoldenFile);
}

/** The error class of an expected failure; empty where the output is no condition. */
export function expectedClass({ output }: GoldenQuery): string {
  const start = output.indexOf('{');
  if (start < 0) return '';
  try {
    const parsed = JSON.parse(output.slice(start)) as { errorClass?: string };
    return parsed.errorClass ?? '';
  } catch {
    // Some outputs are a stack trace's first line.
    return '';
  }
}
