/** A file as the inspector shows it: its bytes, and what its format says of them. */
import { basename } from 'node:path';
import type { RawLayoutValues } from '#shared/layout/rawLayout.ts';
import { parseRawLayout } from '#shared/layout/rawLayout.ts';
import type {
  BadLayout,
  BufferDescription,
  PartDescription,
  RawLayoutText,
} from '#shared/protocol/bufferView.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { FileMember, FormatDescription, ReadValue } from './format/format.ts';
import { SNIFF_BYTES } from './format/format.ts';
import { formatOf } from './format/formats.ts';
import { layRawArray } from './format/raw.ts';
import type { ByteSource, SourceFailure } from './source/byteSource.ts';
import type { FileSourceOptions } from './source/fileSource.ts';
import { openFileSource } from './source/fileSource.ts';
import type { UnpackFailure } from './source/temporaryFile.ts';
import { windowSource } from './source/windowSource.ts';

/** What is told of a file beyond what a panel asks for. */
export interface FileDescription extends BufferDescription {
  members?: readonly FileMember[];
}

export interface OpenBuffer extends Disposable {
  readonly source: ByteSource;
  /** `null` where it has no columns whose values could be read. */
  readonly readValue: ReadValue;
  /** Of the generation that it names; asked again only when there is a newer one. */
  describe(signal?: AbortSignal): Promise<Result<FileDescription, SourceFailure>>;
  /** Describes the bytes as someone says they are, until told otherwise; `null` asks the format again. */
  layRaw(
    layout: RawLayoutText | null,
    signal?: AbortSignal,
  ): Promise<Result<FileDescription, SourceFailure | BadLayout>>;
}

export async function openBuffer(
  path: string,
  options?: FileSourceOptions,
): Promise<Result<OpenBuffer, SourceFailure>> {
  const source = await openFileSource(path, options);
  if (!source.ok) return source;
  return ok(bufferOf(source.value, basename(path)));
}

/** A member as a buffer of its own, unpacked to a temporary file where it has to be. */
export async function openMember(
  source: ByteSource,
  member: FileMember,
  signal?: AbortSignal,
): Promise<Result<OpenBuffer, UnpackFailure>> {
  const { unpack, data, name } = member;
  if (unpack) {
    const unpacked = await unpack.open(source, signal);
    if (!unpacked.ok) return unpacked;
    return ok(
      unpack.gives === 'file' ? bufferOf(unpacked.value, name) : arrayOf(unpacked.value, member),
    );
  }
  if (!data || !member.isInFile)
    return fail({ kind: 'unreadable', message: 'its bytes are not readable' });
  return ok(bufferOf(windowSource(source, data.start, data.end - data.start), name));
}

/** What `names` lead to: a part of the file, of that a part, and so on. All of them close with it. */
export async function openPart(
  path: string,
  names: readonly string[],
  options?: FileSourceOptions,
  signal?: AbortSignal,
): Promise<Result<OpenBuffer, SourceFailure | UnpackFailure>> {
  const opened = await openBuffer(path, options);
  if (!opened.ok) return opened;
  const way = [opened.value];
  const close = () => {
    for (const buffer of way.reverse()) buffer.dispose();
  };
  for (const name of names) {
    const outer = way[way.length - 1] ?? opened.value;
    const described = await outer.describe(signal);
    // As in NumPy, of the same name twice the last one counts.
    const member = described.ok && described.value.members?.findLast((one) => one.name === name);
    const inner = member
      ? await openMember(outer.source, member, signal)
      : described.ok
        ? fail({ kind: 'unreadable' as const, message: `it has no part ${name}` })
        : described;
    if (!inner.ok) {
      close();
      return inner;
    }
    const readMember: ReadValue = ({ element }, aborted) =>
      outer.readValue({ name, element }, aborted);
    way.push(
      member && member.unpack?.gives === 'array'
        ? { ...inner.value, readValue: readMember }
        : inner.value,
    );
  }
  const outer = await opened.value.describe(signal);
  const part = way[way.length - 1] ?? opened.value;
  if (!outer.ok) {
    close();
    return outer;
  }
  const { fileName, format } = outer.value;
  const inside = <E>(described: Result<FileDescription, E>) =>
    described.ok ? ok({ ...described.value, partOf: { fileName, format, names } }) : described;
  return ok({
    source: part.source,
    describe: async (again) => inside(await part.describe(again)),
    readValue: (wanted, again) => part.readValue(wanted, again),
    layRaw: async (layout, again) => inside(await part.layRaw(layout, again)),
    dispose: close,
  });
}

function partOf(member: FileMember): PartDescription {
  const { name, size, compressedSize, array, isInFile, unpack, data } = member;
  return {
    name,
    byteLength: size,
    packedByteLength: compressedSize,
    array: array ? { dtypeText: array.dtypeText, shape: array.shape } : null,
    isShown: isInFile && array !== undefined,
    canOpen: unpack !== undefined || (data !== undefined && isInFile),
  };
}

/** Decoded bytes say nothing of themselves: the member knows what they are. */
function arrayOf(source: ByteSource, { name, array }: FileMember): OpenBuffer {
  const description: FileDescription = {
    fileName: name,
    byteLength: source.byteLength,
    generation: source.generation,
    format: 'decoded',
    formatLabel: 'decoded array',
    arrays: array ? [array] : [],
    regions: [],
    problems: [],
  };
  return {
    source,
    describe: () => Promise.resolve(ok(description)),
    readValue: () => Promise.resolve(ok(null)),
    layRaw: () =>
      Promise.resolve(
        fail({
          kind: 'badLayout',
          field: 'type',
          message: 'These elements were decoded and have their type.',
        }),
      ),
    dispose: () => source.dispose(),
  };
}

/** A source as a buffer: what it says of itself, or what someone says of it. */
export function bufferOf(source: ByteSource, fileName: string): OpenBuffer {
  let latest: FileDescription | undefined;
  let readValue: ReadValue | undefined;
  let stated: RawLayoutValues | undefined;
  let statedText: RawLayoutText | null = null;
  const describe = async (
    signal?: AbortSignal,
  ): Promise<Result<FileDescription, SourceFailure>> => {
    if (latest?.generation === source.generation) return ok(latest);
    const generation = source.generation;
    const byteLength = source.byteLength;
    let described: FormatDescription;
    let format = 'raw';
    if (stated) described = layRawArray(stated, byteLength);
    else {
      const head = await source.read(0, SNIFF_BYTES, signal);
      if (!head.ok) return head;
      const found = formatOf(head.value, fileName);
      const result = await found.describe(source, signal);
      if (!result.ok) return result;
      described = result.value;
      format = found.id;
    }
    const { label, arrays, regions, problems, members } = described;
    ({ readValue } = described);
    latest = {
      fileName,
      byteLength,
      generation,
      format,
      formatLabel: label,
      arrays,
      regions,
      problems,
      ...(statedText ? { layout: statedText } : {}),
      ...(members ? { members, parts: members.map(partOf) } : {}),
    };
    return ok(latest);
  };
  return {
    source,
    describe,
    async readValue(wanted, signal) {
      const current = await describe(signal);
      if (!current.ok) return current;
      return readValue ? readValue(wanted, signal) : ok(null);
    },
    async layRaw(layout, signal) {
      const next = stateLayout(layout, source.byteLength);
      if (!next.ok) return next;
      stated = next.value;
      statedText = layout;
      latest = undefined;
      return describe(signal);
    },
    dispose: () => source.dispose(),
  };
}

/** What a person says of the bytes. What does not fit is said in the form, and what is shown stays. */
export function stateLayout(
  layout: RawLayoutText | null,
  byteLength: number,
): Result<RawLayoutValues | undefined, BadLayout> {
  if (!layout) return ok(undefined);
  const parsed = parseRawLayout(layout);
  if (!parsed.ok) return parsed;
  const [problem] = layRawArray(parsed.value, byteLength).problems;
  return problem?.severity === 'error'
    ? fail({ kind: 'badLayout', field: fieldOf(problem.kind), message: problem.message })
    : parsed;
}

function fieldOf(problem: string): keyof RawLayoutText {
  if (problem === 'offset-outside-file') return 'offset';
  if (problem === 'bad-dtype') return 'type';
  return problem.includes('strides') ? 'strides' : 'shape';
}
