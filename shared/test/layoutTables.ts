/** Where the tables of exact results are: the folder that BUFFER_DATA names, else the corpus beside the repository, else the sample in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export function bufferDataFolder(): string {
  const named = process.env.BUFFER_DATA;
  if (named !== undefined && named !== '') return named;
  const beside = join(root, '../shared/data/buffers');
  return existsSync(beside) ? beside : join(root, 'test-fixtures/buffers');
}

/** Tables are small, so the sample has all of them; a corpus without one is no reason to skip it. */
export function readBufferTable(name: string): unknown {
  return JSON.parse(readBufferText(name)) as unknown;
}

export function readBufferText(name: string): string {
  const path = [bufferDataFolder(), join(root, 'test-fixtures/buffers')]
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`${name} is neither in BUFFER_DATA nor in test-fixtures`);
  return readFileSync(path, 'utf8');
}
