/** What of Parquet files a scan reads: columns apart, and no row group that the smallest and largest values rule out. */
import type { Expression, Scan } from '#sql/plan/resolved.ts';
import { quoteString } from '../duckdb/quote.ts';
import type { SourceReader } from '../sources/source.ts';

export interface RowGroupsRead {
  readonly fileCount: number;
  readonly readFileCount: number;
  readonly groupCount: number;
  readonly readGroupCount: number;
  /** As stored, of the columns that are read. */
  readonly readByteLength: number;
  /** In the row groups that are read. */
  readonly readRowCount: number;
}

interface Chunk {
  readonly rowCount: number;
  readonly byteLength: number;
  readonly smallest: string | null;
  readonly largest: string | null;
}

/** `files` are those behind the scan. */
export async function rowGroupsRead(
  scan: Scan,
  files: readonly string[],
  reader: SourceReader,
): Promise<RowGroupsRead> {
  const groups = await rowGroupsOf(files, reader);
  const read = [...groups].filter(([, chunks]) =>
    scan.pushedFilters.every((filter) => mayHold(filter, chunks)),
  );
  const columns = scan.isCounted === true ? [] : scan.output.map(({ name }) => name);
  const fileOf = ([key]: readonly [string, unknown]) => key.slice(key.indexOf(' ') + 1);
  return {
    fileCount: files.length,
    readFileCount: new Set(read.map(fileOf)).size,
    groupCount: groups.size,
    readGroupCount: read.length,
    readRowCount: read.reduce(
      (sum, [, chunks]) => sum + ([...chunks.values()][0]?.rowCount ?? 0),
      0,
    ),
    readByteLength: read.reduce(
      (sum, [, chunks]) =>
        columns.reduce((part, name) => part + (chunks.get(name)?.byteLength ?? 0), sum),
      0,
    ),
  };
}

/** By file and number, the chunks of each column. */
type RowGroups = ReadonlyMap<string, ReadonlyMap<string, Chunk>>;

async function rowGroupsOf(files: readonly string[], reader: SourceReader): Promise<RowGroups> {
  const list = files.map(quoteString).join(', ');
  const rows = await reader.rows(
    `SELECT file_name, row_group_id, path_in_schema, total_compressed_size, stats_min_value, stats_max_value, row_group_num_rows FROM parquet_metadata([${list}])`,
  );
  const groups = new Map<string, Map<string, Chunk>>();
  for (const [file, group, path, byteLength, smallest, largest, rowCount] of rows) {
    const key = `${String(group)} ${String(file)}`;
    const chunks = groups.get(key) ?? new Map<string, Chunk>();
    groups.set(key, chunks);
    // A nested column is several chunks, of which each has the column's name before its dots.
    const column = String(path).split(/[.,]/, 1)[0]?.trim() ?? '';
    const before = chunks.get(column);
    chunks.set(column, {
      rowCount: Number(rowCount),
      byteLength: (before?.byteLength ?? 0) + Number(byteLength),
      smallest: before ? null : textOrNull(smallest),
      largest: before ? null : textOrNull(largest),
    });
  }
  return groups;
}

/** Columns of which each two row groups have values in common, so that no value rules one out. */
export async function unorderedColumns(
  scan: Scan,
  files: readonly string[],
  reader: SourceReader,
): Promise<ReadonlySet<string>> {
  const groups = await rowGroupsOf(files, reader);
  const isUnordered = ({
    name,
    type,
  }: {
    readonly name: string;
    readonly type: { kind: string };
  }) => {
    const ends = [...groups.values()].map((chunks) => {
      const chunk = chunks.get(name);
      return [valueOf(chunk?.smallest, type.kind), valueOf(chunk?.largest, type.kind)] as const;
    });
    let [highestStart, lowestEnd] = ends[0] ?? [];
    for (const [smallest, largest] of ends) {
      if (smallest === undefined || largest === undefined) return groups.size < 2;
      if (highestStart === undefined || highestStart < smallest) highestStart = smallest;
      if (lowestEnd === undefined || largest < lowestEnd) lowestEnd = largest;
    }
    return highestStart === undefined || lowestEnd === undefined || highestStart <= lowestEnd;
  };
  return new Set(scan.columns.filter(isUnordered).map(({ name }) => name));
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

type Value = bigint | number | string;

/** False where the smallest and largest values leave no row for it. */
function mayHold(filter: Expression, chunks: ReadonlyMap<string, Chunk>): boolean {
  if (filter.kind !== 'call') return true;
  const [first, second] = filter.arguments;
  if (filter.name === 'and') return filter.arguments.every((part) => mayHold(part, chunks));
  if (filter.name === 'or') return filter.arguments.some((part) => mayHold(part, chunks));
  const isFlipped = first?.kind === 'literal';
  const [column, literal] = isFlipped ? [second, first] : [first, second];
  if (column?.kind !== 'attribute' || literal?.kind !== 'literal') return true;
  const chunk = chunks.get(column.name);
  const { kind } = column.type;
  const value = literal.value;
  const [smallest, largest] = [chunk?.smallest, chunk?.largest].map((text) => valueOf(text, kind));
  if (smallest === undefined || largest === undefined || typeof value !== typeof smallest)
    return true;
  const bound = value as Value;
  switch (isFlipped ? (flipped[filter.name] ?? filter.name) : filter.name) {
    case '=':
    case '<=>':
      return smallest <= bound && bound <= largest;
    case '<':
      return smallest < bound;
    case '<=':
      return smallest <= bound;
    case '>':
      return largest > bound;
    case '>=':
      return largest >= bound;
    default:
      return true;
  }
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const dayMs = 86_400_000;

/** A statistic as the literals of its type are. Undefined for types whose text would have to be understood. */
function valueOf(text: string | null | undefined, kind: string): Value | undefined {
  if (text === null || text === undefined) return undefined;
  switch (kind) {
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    case 'float':
    case 'double': {
      const value = Number(text);
      return Number.isFinite(value) ? value : undefined;
    }
    case 'date': {
      const ms = Date.parse(`${text}T00:00:00Z`);
      return Number.isFinite(ms) ? BigInt(ms / dayMs) : undefined;
    }
    case 'string':
      // Beyond ASCII the order of UTF-16 is not that of the bytes.
      return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
    default:
      return undefined;
  }
}
