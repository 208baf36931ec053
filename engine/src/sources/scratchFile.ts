/** Files of the engine's own that a source writes for DuckDB to read. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { quotePath, quoteString } from '../duckdb/quote.ts';

const bufferLength = 1 << 20;

/** Writes the pieces one behind the other, and gives the file's place. */
export async function scratchFile(
  folder: string,
  ending: string,
  pieces: AsyncIterable<string>,
): Promise<string> {
  const path = join(folder, `source-${randomUUID()}.${ending}`);
  const out = createWriteStream(path);
  // An error comes up again where the stream is waited for.
  let failure: Error | undefined;
  out.on('error', (error) => (failure = error));
  let pending = '';
  const flush = async () => {
    const chunk = pending;
    pending = '';
    if (failure) throw failure;
    if (!out.write(chunk)) await once(out, 'drain');
  };
  for await (const piece of pieces) {
    pending += piece;
    if (pending.length > bufferLength) await flush();
  }
  await flush();
  out.end();
  await once(out, 'close');
  return path;
}

export function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Reads cells as they were written here: an empty one is null, one in quotes is a text. */
export function readScratch(paths: readonly string[], names: readonly string[]): string {
  const types = names.map((name) => `${quoteString(name)}: 'VARCHAR'`).join(', ');
  const list = paths.map(quotePath).join(', ');
  return `read_csv([${list}], auto_detect = false, columns = {${types}}, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', parallel = false, max_line_size = 67108864, hive_partitioning = false)`;
}
