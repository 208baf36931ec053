/** What the system says of disk and memory, as people are told. */
import { expect, test } from 'vitest';
import { failureOf } from '../src/duckdb/outcome.ts';

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  [
    'ours, of a full disk',
    systemError('ENOSPC', 'ENOSPC: no space left on device, write'),
    'the disk is full. Free some space',
  ],
  [
    'ours, of a quota',
    systemError('EDQUOT', 'EDQUOT: quota exceeded, write'),
    'the disk is full. Free some space',
  ],
  [
    "DuckDB's, of a full disk",
    new Error('IO Error: Could not write file "/tmp/x": No space left on device'),
    'the disk is full. Free some space',
  ],
  [
    "DuckDB's, of spilled data",
    new Error(
      "Out of Memory Error: failed to offload data block of size 256.0 KiB (19.7 MiB/20.0 MiB used).\nThis limit was set by the 'max_temp_directory_size' setting.",
    ),
    'it needs more than memory and what may be spilled to disk hold.',
  ],
  [
    "DuckDB's, of memory",
    new Error(
      'Out of Memory Error: could not allocate block of size 256.0 KiB (119.9 MiB/120.0 MiB used)',
    ),
    'it needs more memory than the engine may use. Filter or aggregate earlier',
  ],
  [
    'of a file that grew too long',
    systemError('EFBIG', 'EFBIG: file too large, write'),
    'a file grew past what the system allows',
  ],
  [
    'of a file that can not be read',
    new Error('IO Error: Could not read from file "a.csv"'),
    'IO Error: Could not read',
  ],
])('an error %s names its reason', (_name, error, reason) => {
  const failure = failureOf(error, new Map());
  if (failure.kind !== 'unavailable') throw new Error(failure.kind);
  expect(failure.message.slice(0, 60 + reason.length)).toContain(
    `The query could not go on: ${reason}`,
  );
});
