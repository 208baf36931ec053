/**
 * HDF5, MATLAB's 7.3 files among them: datasets as arrays, read through the library a box at a time, so that no
 * dataset is ever in memory whole. What has no fixed size, such as strings of any length, is named and not read.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { copyInto } from '../source/readInto.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { UnpackFailure } from '../source/temporaryFile.ts';
import type { FileMember, Format } from './format.ts';
import { describeArray } from './format.ts';
import { boxesOf } from './hdf5Boxes.ts';
import type { Hdf5Dataset, Hdf5File } from './hdf5Library.ts';
import { hdf5Type } from './hdf5Type.ts';

const MAX_DATASETS = 5000;
const MAX_NAMED = 10;
const isSignature = (bytes: Uint8Array) =>
  String.fromCharCode(...bytes.subarray(0, 8)) === '\x89HDF\r\n\x1a\n';

export const hdf5: Format = {
  id: 'hdf5',
  // A user block of 512 bytes and more may stand in front of the signature, as MATLAB's does.
  matches: (head, fileName) =>
    isSignature(head) ||
    String.fromCharCode(...head.subarray(0, 15)) === 'MATLAB 7.3 MAT-' ||
    /\.(?:h5|hdf5|he5|nc4?)$/i.test(fileName),
  async describe(source, signal) {
    const problems: BufferProblem[] = [];
    const signature = await findSignature(source, signal);
    if (!signature.ok) return signature;
    const label = 'HDF5 file';
    const refuse = (kind: string, message: string) =>
      ok({
        label,
        arrays: [],
        regions: [],
        problems: [{ kind, severity: 'error' as const, message }],
      });
    if (signature.value === undefined)
      return refuse(
        'bad-magic',
        'there is no HDF5 signature at byte 0, 512, 1024 or a later doubling',
      );
    const at = signature.value;
    const regions: FileRegion[] = [
      ...(at > 0 ? [{ label: 'user block', start: 0, end: at }] : []),
      { label: 'signature', start: at, end: at + 8 },
    ];
    if (source.path === undefined)
      return ok({
        label,
        arrays: [],
        regions,
        problems: [
          {
            kind: 'not-supported',
            severity: 'info',
            message: 'HDF5 is read from files on disk only; here are its bytes',
          },
        ],
      });
    const file = await openFile(source.path);
    if (!file.ok) return refuse('unreadable', `the library can't read it: ${file.error.message}`);
    const members: FileMember[] = [];
    const unread: string[] = [];
    for (const dataset of file.value.datasets.slice(0, MAX_DATASETS)) {
      const member = memberOf(dataset, source.path);
      if (member) members.push(member);
      else unread.push(dataset.path);
    }
    const { externalLinks, datasets } = file.value;
    file.value.dispose();
    const named = (paths: readonly string[]) =>
      `${paths.slice(0, MAX_NAMED).join(', ')}${paths.length > MAX_NAMED ? ', …' : ''}`;
    if (unread.length > 0)
      problems.push({
        kind: 'not-supported',
        severity: 'info',
        message: `${unread.length} of ${datasets.length} datasets have elements of no fixed size, or references, and are not shown: ${named(unread)}`,
      });
    if (externalLinks.length > 0)
      problems.push({
        kind: 'external-link',
        severity: 'warning',
        message: `links to other files are not followed: ${named(externalLinks)}`,
      });
    if (datasets.length > MAX_DATASETS)
      problems.push({
        kind: 'too-many-members',
        severity: 'info',
        message: `only the first ${MAX_DATASETS.toLocaleString('en')} datasets are listed`,
      });
    const count = `${datasets.length} ${datasets.length === 1 ? 'dataset' : 'datasets'}`;
    return ok({ label: `${label}, ${count}`, arrays: [], regions, problems, members });
  },
};

async function findSignature(
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<Result<number | undefined, SourceFailure>> {
  for (let at = 0; at + 8 <= source.byteLength; at = at === 0 ? 512 : at * 2) {
    const read = await source.read(at, 8, signal);
    if (!read.ok) return read;
    if (isSignature(read.value)) return ok(at);
  }
  return ok(undefined);
}

async function openFile(path: string): Promise<Result<Hdf5File, UnpackFailure>> {
  try {
    const { openHdf5 } = await import('./hdf5Library.ts');
    return ok(await openHdf5(path));
  } catch (error) {
    return fail({ kind: 'unreadable', message: reasonOf(error) });
  }
}

/** The innermost line of the library's stack of errors. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  const reasons = [...message.matchAll(/^\s*#\d+: .* in \w+\(\): (.*)$/gm)];
  return reasons.at(-1)?.[1] ?? message.split('\n', 1)[0] ?? '';
}

function memberOf({ path, metadata, filters }: Hdf5Dataset, file: string): FileMember | undefined {
  const dtype = hdf5Type(metadata);
  const { shape } = metadata;
  if (!dtype || !shape) return undefined;
  const size = shape.reduce((product, length) => product * length, dtype.itemsize);
  if (!Number.isSafeInteger(size)) return undefined;
  const kept = metadata.chunks ? `chunks of ${metadata.chunks.join(' × ')}` : 'one piece';
  return {
    name: path,
    compressedSize: size,
    size,
    data: undefined,
    isInFile: false,
    array: describeArray(
      path,
      dtype,
      { shape, strides: contiguousStrides(shape, dtype.itemsize, 'C'), offset: 0 },
      `kept in ${kept}${filters.length > 0 ? `, ${filters.join(', ')}` : ''}`,
    ),
    unpack: {
      gives: 'array',
      async open() {
        const opened = await openFile(file);
        return opened.ok ? ok(datasetSource(opened.value, path, shape, dtype.itemsize)) : opened;
      },
    },
  };
}

/** The elements in C order, as a source: what is asked for is read in boxes and nothing is kept. */
function datasetSource(
  file: Hdf5File,
  path: string,
  shape: readonly number[],
  itemsize: number,
): ByteSource {
  const byteLength = shape.reduce((product, length) => product * length, itemsize);
  const bytesOf = (offset: number, length: number): Uint8Array => {
    const end = Math.min(offset + length, byteLength);
    if (end <= offset) return new Uint8Array(0);
    const first = Math.floor(offset / itemsize);
    const last = Math.ceil(end / itemsize);
    const bytes = new Uint8Array((last - first) * itemsize);
    let at = 0;
    for (const { start, count } of boxesOf(shape, first, last)) {
      const part = file.readBox(path, start, count);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes.subarray(offset - first * itemsize, end - first * itemsize);
  };
  const read = (offset: number, length: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    try {
      return Promise.resolve(ok(bytesOf(offset, length)));
    } catch (error) {
      return Promise.resolve(
        fail({
          kind: 'unreadable' as const,
          message: `the library can't read it: ${reasonOf(error)}`,
        }),
      );
    }
  };
  return {
    byteLength,
    generation: 1,
    read,
    readUncached: read,
    readInto: (target, offset) => copyInto(read, target, offset),
    refresh: () => Promise.resolve(ok({ changed: false })),
    dispose: () => {
      file.dispose();
    },
  };
}
