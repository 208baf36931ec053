/** Names for files in SQL: `2024 sales.csv` becomes `file_2024_sales`, which needs no quotes. */
import { basename, extname } from 'node:path';
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';

const formats: Readonly<Record<string, FileFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
};

/** The extensions without their dots, for globs and dialogs. */
export const tableFileExtensions: readonly string[] = Object.keys(formats).map((extension) =>
  extension.slice(1),
);

export function fileFormat(path: string): FileFormat | undefined {
  return formats[extname(path).toLowerCase()];
}

/** The file's name as an identifier that Spark SQL takes without backticks. */
export function viewName(path: string): string {
  const stem = basename(path, extname(path))
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (stem === '') return 'file';
  return /^[0-9]/.test(stem) ? `file_${stem}` : stem;
}

/**
 * One view a file. Names are unique ignoring case, as Spark resolves them; `taken` keeps a file under the
 * name it had before, so that two files called `orders.csv` stay apart for the whole session. What `isReserved`
 * means another file.
 */
export function nameViews(
  paths: readonly string[],
  taken: Map<string, string>,
  isReserved: (lowerCaseName: string) => boolean = () => false,
): readonly ViewDefinition[] {
  return paths.map((path) => {
    const stem = viewName(path);
    let name = stem;
    for (let suffix = 2; ; suffix++) {
      const owner = taken.get(name.toLowerCase());
      const isFree = owner === undefined || owner === path;
      if (isFree && !isReserved(name.toLowerCase())) break;
      name = `${stem}_${suffix}`;
    }
    taken.set(name.toLowerCase(), path);
    const format = fileFormat(path);
    const separator = path.toLowerCase().endsWith('.tsv') ? { options: { sep: '\t' } } : {};
    return { name, path, ...(format === undefined ? {} : { format }), ...separator };
  });
}
