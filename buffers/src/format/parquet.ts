/**
 * Parquet as a map of the file: footer, row groups, column chunks, their pages and indexes
 * (parquet.apache.org/docs/file-format). Values are encoded and compressed; a table shows them, not the inspector.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Format } from './format.ts';
import type { ThriftStruct, ThriftValue, Wanted } from './thrift.ts';
import { readThrift, ThriftError } from './thrift.ts';

const MAGIC = 'PAR1';
const ENCRYPTED_MAGIC = 'PARE';
/** Of a map that anybody looks at; a table reads longer ones. */
const MAX_FOOTER_BYTES = 16 * 2 ** 20;
/** Pages are walked for as many as a map can show; the chunks behind them are one piece each. */
const MAX_PAGES = 1000;
const MAX_CHUNKS = 4000;
/** A page's header has statistics at most; more is no header. */
const PAGE_HEADER_BYTES = 16 * 1024;

/** The fields that a map needs of FileMetaData and PageHeader (parquet-format's parquet.thrift). */
const wantedOfFooter: Wanted = {
  3: true,
  4: { 1: { 3: { 1: true, 3: true, 4: true, 7: true, 9: true, 11: true }, ...fields(4, 5, 6, 7) } },
};
const wantedOfPage: Wanted = {
  ...fields(1, 3),
  5: fields(1, 2),
  7: fields(1),
  8: fields(1, 4),
};

const codecs = ['uncompressed', 'Snappy', 'gzip', 'LZO', 'Brotli', 'LZ4', 'Zstandard', 'raw LZ4'];
const types = [
  'boolean',
  'int32',
  'int64',
  'int96',
  'float',
  'double',
  'byte array',
  'fixed bytes',
];
const encodings: Readonly<Record<number, string>> = {
  0: 'plain',
  2: 'plain dictionary',
  3: 'run lengths',
  4: 'packed bits',
  5: 'delta',
  6: 'delta lengths',
  7: 'delta bytes',
  8: 'dictionary',
  9: 'byte stream split',
};

export const parquet: Format = {
  id: 'parquet',
  matches: (head) => {
    const magic = String.fromCharCode(...head.subarray(0, 4));
    return magic === MAGIC || magic === ENCRYPTED_MAGIC;
  },
  async describe(source, signal) {
    const size = source.byteLength;
    const regions: FileRegion[] = [{ label: 'magic', start: 0, end: Math.min(4, size) }];
    const problems: BufferProblem[] = [];
    const done = (label: string) => ok({ label, arrays: [], regions, problems });
    const refuse = (kind: string, message: string, start: number, end: number) => {
      problems.push({ kind, severity: 'error', message, start, end });
      return done('Parquet file');
    };
    const tail = await source.read(Math.max(0, size - 8), 8, signal);
    if (!tail.ok) return tail;
    const magic = String.fromCharCode(...tail.value.subarray(4));
    if (size < 12 || (magic !== MAGIC && magic !== ENCRYPTED_MAGIC))
      return refuse(
        'truncated-data',
        'the file does not end as a Parquet file does; it was not written to its end',
        Math.max(0, size - 8),
        size,
      );
    if (magic === ENCRYPTED_MAGIC)
      return refuse('encrypted', 'its footer is encrypted', size - 4, size);
    const length = new DataView(tail.value.buffer, tail.value.byteOffset, 4).getUint32(0, true);
    const start = size - 8 - length;
    if (start >= 4 && length > MAX_FOOTER_BYTES)
      return refuse(
        'header-too-long',
        `the footer has ${length} bytes; a map is drawn of no more than ${MAX_FOOTER_BYTES}`,
        size - 8,
        size - 4,
      );
    if (start < 4)
      return refuse(
        'bad-header',
        `the footer claims ${length} bytes, the file has ${size - 12} for it`,
        size - 8,
        size - 4,
      );
    regions.push(
      { label: 'footer', start, end: size - 8 },
      { label: 'footer length, magic', start: size - 8, end: size },
    );
    const bytes = await source.read(start, length, signal);
    if (!bytes.ok) return bytes;
    let footer: ThriftStruct;
    let isCut: boolean;
    try {
      ({ struct: footer, isCut } = readThrift(bytes.value, wantedOfFooter));
    } catch (error) {
      if (!(error instanceof ThriftError)) throw error;
      return refuse('bad-header', `the footer can't be read: ${error.message}`, start, size - 8);
    }
    const groups = structs(footer.get(4));
    const chunks = groups.flatMap((group, at) =>
      structs(group.get(1)).map((chunk) => chunkOf(chunk, at)),
    );
    const mapped = await mapChunks(source, chunks, isCut, signal);
    if (!mapped.ok) return mapped;
    regions.push(...mapped.value.regions);
    problems.push(...mapped.value.problems, {
      kind: 'values-elsewhere',
      severity: 'info',
      message:
        'this is the map of the file; its values are encoded, and a table or a query shows them',
    });
    const rows = Number(footer.get(3) ?? 0);
    const columns = chunks.filter(({ group }) => group === 0).length;
    const codec = chunks[0] ? (codecs[chunks[0].codec] ?? 'unknown codec') : 'no columns';
    return done(
      `Parquet file, ${columns} ${columns === 1 ? 'column' : 'columns'}, ${rows.toLocaleString('en')} rows in ${groups.length} ${groups.length === 1 ? 'row group' : 'row groups'}, ${codec}`,
    );
  },
};

interface Chunk {
  readonly group: number;
  readonly name: string;
  readonly type: string;
  readonly codec: number;
  readonly start: number;
  readonly end: number;
  readonly indexes: readonly FileRegion[];
}

function chunkOf(chunk: ThriftStruct, group: number): Chunk {
  const meta = structOf(chunk.get(3));
  const path = list(meta.get(3)).map((part) => (part instanceof Uint8Array ? decode(part) : ''));
  const name = `group ${group}/${path.join('.')}`;
  const dataStart = Number(meta.get(9) ?? 0);
  const dictionaryStart = Number(meta.get(11) ?? 0);
  const start = dictionaryStart > 0 ? Math.min(dictionaryStart, dataStart) : dataStart;
  const index = (label: string, offsetField: number) => {
    const [from, length] = [
      Number(chunk.get(offsetField) ?? 0),
      Number(chunk.get(offsetField + 1) ?? 0),
    ];
    return from > 0 && length > 0
      ? [{ label: `${name}: ${label}`, start: from, end: from + length }]
      : [];
  };
  return {
    group,
    name,
    type: types[Number(meta.get(1) ?? -1)] ?? 'unknown type',
    codec: Number(meta.get(4) ?? 0),
    start,
    end: start + Number(meta.get(7) ?? 0),
    indexes: [...index('offset index', 4), ...index('column index', 6)],
  };
}

async function mapChunks(
  source: ByteSource,
  chunks: readonly Chunk[],
  isCut: boolean,
  signal: AbortSignal | undefined,
): Promise<
  Result<{ readonly regions: FileRegion[]; readonly problems: BufferProblem[] }, SourceFailure>
> {
  const regions: FileRegion[] = [];
  const problems: BufferProblem[] = [];
  let pages = 0;
  for (const chunk of chunks.slice(0, MAX_CHUNKS)) {
    const { name, type, start, end, indexes } = chunk;
    if (!(start >= 4 && start <= end && end <= source.byteLength)) {
      problems.push({
        kind: 'offset-outside-file',
        severity: 'error',
        message: `${name}: its bytes ${start} to ${end} are not in the file`,
      });
      continue;
    }
    const label = `${name} (${type})`;
    if (pages >= MAX_PAGES) regions.push({ label, start, end });
    else {
      const walked = await walkPages(source, chunk, signal);
      if (!walked.ok) return walked;
      pages += walked.value.length;
      if (walked.value.length === 0) regions.push({ label, start, end });
      regions.push(...walked.value);
    }
    regions.push(...indexes.filter((index) => index.end <= source.byteLength));
  }
  if (isCut || chunks.length > MAX_CHUNKS || pages >= MAX_PAGES)
    problems.push({
      kind: 'too-many-regions',
      severity: 'info',
      message: `the first ${MAX_PAGES.toLocaleString('en')} pages are shown; later column chunks are one piece each, ${MAX_CHUNKS.toLocaleString('en')} at most`,
    });
  return ok({ regions, problems });
}

/** Header and body of each page, as far as they can be read; what is broken ends the walk. */
async function walkPages(
  source: ByteSource,
  { name, type, start, end }: Chunk,
  signal: AbortSignal | undefined,
): Promise<Result<FileRegion[], SourceFailure>> {
  const regions: FileRegion[] = [];
  for (let at = start; at < end && regions.length < MAX_PAGES;) {
    const head = await source.read(at, Math.min(PAGE_HEADER_BYTES, end - at), signal);
    if (!head.ok) return head;
    let page: ReturnType<typeof readThrift>;
    try {
      page = readThrift(head.value, wantedOfPage);
    } catch (error) {
      if (!(error instanceof ThriftError)) throw error;
      break;
    }
    const body = at + page.end;
    const length = Number(page.struct.get(3) ?? -1);
    if (!(length >= 0 && body + length <= end)) break;
    const what = pageText(page.struct);
    regions.push(
      { label: `${name}: ${what}, header`, start: at, end: body },
      { label: `${name} (${type}): ${what}`, start: body, end: body + length },
    );
    at = body + length;
  }
  return ok(regions);
}

function fields(...numbers: readonly number[]): Readonly<Record<number, true>> {
  return Object.fromEntries(numbers.map((field) => [field, true as const]));
}

function pageText(page: ThriftStruct): string {
  const kind = Number(page.get(1) ?? -1);
  const header = structOf(page.get([5, 6, 7, 8][kind] ?? -1));
  const encoding = encodings[Number(header.get(kind === 3 ? 4 : 2) ?? -1)] ?? 'unknown encoding';
  const count = Number(header.get(1) ?? 0).toLocaleString('en');
  if (kind === 2) return `dictionary of ${count} values`;
  return kind === 0 || kind === 3 ? `page of ${count} values, ${encoding}` : 'index page';
}

const list = (value: ThriftValue | undefined): readonly ThriftValue[] =>
  Array.isArray(value) ? (value as readonly ThriftValue[]) : [];

const structs = (value: ThriftValue | undefined): readonly ThriftStruct[] =>
  list(value).filter((one): one is ThriftStruct => one instanceof Map);

const structOf = (value: ThriftValue | undefined): ThriftStruct =>
  value instanceof Map ? (value as ThriftStruct) : new Map();

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
