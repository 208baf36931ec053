/**
 * NumPy's `.npz`: a ZIP archive of `.npy` members. A stored member is an array in the file, read where it lies; a
 * deflated one is described from its first bytes, and inflated only when it is opened.
 */
import { crc32 } from 'node:zlib';
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { Deflated } from '../source/inflate.ts';
import { inflateHead, inflateToFile, isBomb } from '../source/inflate.ts';
import { windowSource } from '../source/windowSource.ts';
import type { FileMember, Format, Unpack } from './format.ts';
import { npy } from './npy.ts';
import type { ZipEntry } from './zip.ts';
import { readZipDirectory } from './zip.ts';

const STORED = 0;
const DEFLATED = 8;
/** What is read of all members together to compare checksums when a file is opened. */
const CHECKED_BYTES = 4 * 1024 * 1024;
/** Of the headers of all members together; NumPy writes 128 bytes each. Overlapping members repeat one at no cost. */
const MAX_HEADERS_BYTES = 2 * 1024 * 1024;
/** Colours and labels for so many members; the others are bytes like all else. */
const MAX_REGIONS = 100;
const MAX_NAMES = 10;

export const npz: Format = {
  id: 'npz',
  matches: (_, fileName) => fileName.toLowerCase().endsWith('.npz'),
  async describe(source, signal) {
    const directory = await readZipDirectory(source, signal);
    if (!directory.ok) return directory;
    const label = 'NumPy archive (.npz)';
    if (!directory.value.ok)
      return ok({
        label,
        arrays: [],
        regions: [],
        problems: [{ ...directory.value.error, severity: 'error' }],
      });
    const { entries, start, end, problems: ofDirectory } = directory.value.value;
    const problems = [...ofDirectory, ...nameProblems(entries), ...overlapProblems(entries)];
    const members: FileMember[] = [];
    const regions: FileRegion[] = [];
    let unchecked = CHECKED_BYTES;
    const headers = { left: MAX_HEADERS_BYTES };
    for (const entry of entries) {
      const read = await describeEntry(source, entry, unchecked, headers, signal);
      if (!read.ok) return read;
      unchecked -= entry.method === STORED ? Math.min(entry.size, unchecked) : 0;
      members.push(read.value.member);
      problems.push(...read.value.problems);
      if (entry.data && entry.data.end > entry.data.start && regions.length < MAX_REGIONS)
        regions.push({ label: `data of ${entry.name}`, ...entry.data });
    }
    if (headers.left <= 0)
      problems.push({
        kind: 'headers-too-long',
        severity: 'warning',
        message: `the headers of the members have more than ${MAX_HEADERS_BYTES} bytes; those of the last members are not read`,
      });
    if (start < end) regions.push({ label: 'directory', start, end });
    regions.push({ label: 'end of directory', start: end, end: source.byteLength });
    problems.push(...compressedNote(members));
    const arrays = members.flatMap(({ array, isInFile }) => (array && isInFile ? [array] : []));
    const count = `${members.length} ${members.length === 1 ? 'member' : 'members'}`;
    return ok({ label: `${label}, ${count}`, arrays, regions, members, problems });
  },
};

interface EntryDescription {
  readonly member: FileMember;
  readonly problems: readonly BufferProblem[];
}

async function describeEntry(
  source: ByteSource,
  entry: ZipEntry,
  mayCheck: number,
  headers: { left: number },
  signal: AbortSignal | undefined,
): Promise<Result<EntryDescription, SourceFailure>> {
  const { name, method, data, size, compressedSize } = entry;
  const base = { name, compressedSize, size, zip: { method, crc32: entry.crc32 } };
  const only = (kind: string, severity: BufferProblem['severity'], message: string) =>
    ok({
      member: { ...base, data, unpack: undefined, array: undefined, isInFile: false },
      problems: [{ kind, severity, message: `member ${name}: ${message}`, ...data }],
    });
  if (!data)
    return only('member-outside-file', 'error', 'its bytes are not where the directory says');
  if (entry.isEncrypted) return only('encrypted-member', 'error', 'it is encrypted');
  if (method !== STORED && method !== DEFLATED)
    return only(
      'unsupported-compression',
      'error',
      `it is compressed by method ${method}${methods[method] ?? ''}; stored and deflated members are read`,
    );
  if (method === STORED && compressedSize !== size)
    return only(
      'member-size-mismatch',
      'error',
      `it is stored, with ${compressedSize} and ${size} bytes`,
    );

  const isInFile = method === STORED;
  const deflated: Deflated | undefined = isInFile
    ? undefined
    : { ...data, byteLength: size, crc32: entry.crc32 };
  const unpack: Unpack | undefined = deflated && {
    gives: 'file',
    open: (from, aborted) => inflateToFile(from, deflated, aborted),
  };
  const member = { ...base, data, unpack, isInFile };
  const problems: BufferProblem[] = [];
  const tell = (problem: BufferProblem) =>
    problems.push({ ...problem, message: `member ${name}: ${problem.message}` });
  if (deflated && isBomb(deflated))
    tell({
      kind: 'compression-bomb',
      severity: 'error',
      message: `${compressedSize} bytes claim to inflate to ${size}; it is not inflated`,
      ...data,
    });
  if (!name.toLowerCase().endsWith('.npy') || headers.left <= 0)
    return ok({ member: { ...member, array: undefined }, problems });

  const bytes = deflated ? headSource(source, deflated) : windowSource(source, data.start, size);
  const described = await npy.describe(countReads(bytes, headers), signal);
  if (!described.ok) {
    if (!deflated) return described;
    tell({ kind: 'corrupt-member', severity: 'error', message: described.error.message, ...data });
    return ok({ member: { ...member, array: undefined }, problems });
  }
  for (const problem of described.value.problems) tell(inFile(problem, entry, isInFile));
  const [array] = described.value.arrays;
  if (isInFile && size <= mayCheck) {
    const all = await source.readUncached(data.start, size, signal);
    if (!all.ok) return all;
    if (crc32(all.value) !== entry.crc32)
      tell({
        kind: 'bad-crc',
        severity: 'error',
        message: 'its bytes do not have the checksum that the archive tells',
        ...data,
      });
  }
  const named = array && {
    ...array,
    name: name.replace(/\.npy$/i, ''),
    offset: array.offset + (isInFile ? data.start : 0),
  };
  return ok({ member: { ...member, array: named }, problems });
}

const methods: Readonly<Record<number, string>> = {
  9: ' (deflate64)',
  12: ' (bzip2)',
  14: ' (LZMA)',
  93: ' (Zstandard)',
};

/** A problem's bytes count from the start of the member. */
function inFile(problem: BufferProblem, { data }: ZipEntry, isInFile: boolean): BufferProblem {
  const { start, end, ...rest } = problem;
  if (!data || start === undefined || end === undefined) return rest;
  return isInFile
    ? { ...rest, start: data.start + start, end: data.start + end }
    : { ...rest, ...data };
}

/** The first bytes of a deflated member, each time inflated from the start: a header is read twice at most. */
function headSource(source: ByteSource, deflated: Deflated): ByteSource {
  const read: ByteSource['read'] = async (offset, length, signal) => {
    const end = Math.min(offset + length, deflated.byteLength);
    const head = await inflateHead(source, deflated, end, signal);
    if (!head.ok) return { ok: false, error: { kind: 'unreadable', message: head.error.message } };
    return head.value.length < end
      ? {
          ok: false,
          error: { kind: 'unreadable', message: 'it inflates to fewer bytes than it claims' },
        }
      : ok(head.value.subarray(offset, end));
  };
  return {
    ...windowSource(source, 0, deflated.byteLength),
    read,
    readUncached: read,
    readInto: () => Promise.reject(new Error('a head is only read')),
  };
}

function countReads(source: ByteSource, headers: { left: number }): ByteSource {
  return {
    ...source,
    read(offset, length, signal) {
      headers.left -= length;
      return source.read(offset, length, signal);
    },
  };
}

/** Why members are listed and not shown. */
function compressedNote(members: readonly FileMember[]): BufferProblem[] {
  const names = members.flatMap(({ array, unpack, data, size }) =>
    array && unpack && data && !isBomb({ ...data, byteLength: size, crc32: 0 }) ? [array.name] : [],
  );
  if (names.length === 0) return [];
  const more = names.length > MAX_NAMES ? ', …' : '';
  return [
    {
      kind: 'compressed-members',
      severity: 'info',
      message: `${names.length} of ${members.length} members are compressed: ${names.slice(0, MAX_NAMES).join(', ')}${more}; each is unpacked when it is opened, or by 'strata inspect --member NAME'`,
    },
  ];
}

function nameProblems(entries: readonly ZipEntry[]): BufferProblem[] {
  const problems: BufferProblem[] = [];
  const seen = new Set<string>();
  for (const { name, data } of entries) {
    if (/^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\p{Cc}]/iu.test(name))
      problems.push({
        kind: 'unsafe-member-name',
        severity: 'warning',
        message: `member ${name}: the name would lead out of a folder; here it is only a label`,
        ...data,
      });
    if (seen.has(name))
      problems.push({
        kind: 'duplicate-member',
        severity: 'warning',
        message: `member ${name}: the name is there twice; NumPy reads the last one`,
        ...data,
      });
    seen.add(name);
  }
  return problems;
}

/** Members over the same bytes are how a small archive claims to be a huge one. */
function overlapProblems(entries: readonly ZipEntry[]): BufferProblem[] {
  const placed = entries
    .flatMap(({ name, data }) => (data && data.end > data.start ? [{ name, ...data }] : []))
    .sort((one, other) => one.start - other.start);
  let end = 0;
  const problems: BufferProblem[] = [];
  for (const { name, start, end: stop } of placed) {
    if (start < end)
      problems.push({
        kind: 'overlapping-members',
        severity: 'warning',
        message: `member ${name}: its bytes are also those of another member`,
        start,
        end: stop,
      });
    end = Math.max(end, stop);
  }
  return problems;
}
