/** The dtype and shape of a file of the workspace that the code loads, with a link that opens it. */
import { pathToFileURL } from 'node:url';
import { npy } from '#buffers/format/npy.ts';
import { openFileSource } from '#buffers/source/fileSource.ts';
import type { DType } from '#shared/layout/dtype.ts';
import {
  byteOrderOf,
  dtypeName,
  dtypeText,
  parseDType,
  shapeText,
} from '#shared/layout/dtypeText.ts';
import type { LoadedFile } from '../rules/buffers/loadedFile.ts';
import { fileMeant } from './ruleContexts.ts';
import type { ServerState } from './serverState.ts';

export async function loadedFileHover(
  state: ServerState,
  uri: string,
  loaded: LoadedFile,
  signal: AbortSignal,
): Promise<string | undefined> {
  const file = fileMeant(state, uri, loaded.path);
  if (!file) return undefined;
  const what =
    loaded.function === 'load' ? await ofNpy(file.path, signal) : ofItems(file.size, loaded);
  const link = `[Open in the buffer inspector](command:strata.openInInspector?${encodeURIComponent(
    JSON.stringify([pathToFileURL(file.path).href]),
  )})`;
  const name = loaded.path.replaceAll('`', "'");
  return `\`${name}\` — ${what ?? `${file.size.toLocaleString('en')} bytes`}\n\n${link}`;
}

async function ofNpy(path: string, signal: AbortSignal): Promise<string | undefined> {
  if (!path.toLowerCase().endsWith('.npy')) return undefined;
  const source = await openFileSource(path);
  if (!source.ok) return undefined;
  try {
    const described = await npy.describe(source.value, signal);
    if (!described.ok) return undefined;
    const [array] = described.value.arrays;
    const [problem] = described.value.problems;
    if (!array) return problem && `**${problem.message}**`;
    const order = array.order === 'F' ? ', Fortran order' : '';
    return `${dtypeWords(array.dtype)}, shape \`${shapeText(array.shape)}\`${order}, ${array.byteLength.toLocaleString('en')} bytes`;
  } finally {
    source.value.dispose();
  }
}

/** The file, or the part of it that the code asks for, as items of one dtype. */
function ofItems(size: number, { function: reader, dtype, byteOffset, shape }: LoadedFile) {
  const parsed = dtype === undefined ? undefined : parseDType(dtype);
  if (!parsed?.ok || parsed.value.itemsize === 0 || byteOffset === undefined) return undefined;
  const { itemsize } = parsed.value;
  const what = dtypeWords(parsed.value);
  const from = byteOffset === 0 ? '' : ` from byte ${byteOffset.toLocaleString('en')} on`;
  const there = Math.max(0, size - byteOffset);
  const wanted = shape?.reduce((product, length) => product * length, itemsize);
  const tooShort =
    wanted !== undefined && wanted > there ? `, **the file has only ${bytes(there)} there**` : '';
  if (reader === 'memmap' && shape)
    return `${what}, shape \`${shapeText(shape)}\`${from}, ${bytes(wanted ?? 0)} of ${bytes(size)}${tooShort}`;
  const asked = shape?.[0];
  const count = Math.min(Math.floor(there / itemsize), asked ?? Infinity);
  const rest = asked === undefined ? there % itemsize : 0;
  return `${what}, ${count.toLocaleString('en')} items${from} in ${bytes(size)}${rest === 0 ? tooShort : `, **${bytes(rest)} are left over**`}`;
}

/** A file may have another byte order than the machine: its name alone would not say so. */
function dtypeWords(dtype: DType): string {
  return byteOrderOf(dtype) === 'big'
    ? `\`${dtypeName(dtype)}\` (\`${dtypeText(dtype)}\`, big-endian)`
    : `\`${dtypeName(dtype)}\``;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`;
}
