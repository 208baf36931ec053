/** The dtype and shape of a file of the workspace that the code loads, with a link that opens it. */
import { pathToFileURL } from 'node:url';
import { npy } from '#buffers/format/npy.ts';
import { openFileSource } from '#buffers/source/fileSource.ts';
import { dtypeName, parseDType, shapeText } from '#shared/layout/dtypeText.ts';
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
    loaded.function === 'load' ? await ofNpy(file.path, signal) : ofItems(file.size, loaded.dtype);
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
    return `\`${dtypeName(array.dtype)}\`, shape \`${shapeText(array.shape)}\`${order}, ${array.byteLength.toLocaleString('en')} bytes`;
  } finally {
    source.value.dispose();
  }
}

/** The whole file as items of one dtype. */
function ofItems(size: number, spelled: string | undefined): string | undefined {
  const parsed = spelled === undefined ? undefined : parseDType(spelled);
  if (!parsed?.ok || parsed.value.itemsize === 0) return undefined;
  const { itemsize } = parsed.value;
  const count = Math.floor(size / itemsize);
  const rest = size % itemsize;
  return `\`${dtypeName(parsed.value)}\`, ${count.toLocaleString('en')} items in ${size.toLocaleString('en')} bytes${rest === 0 ? '' : `, **${rest} bytes are left over**`}`;
}
