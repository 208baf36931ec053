/**
 * What a raw file may hold: as the Python code that opens it says, as a text file beside it says, or as its size and
 * its first bytes let one guess. Code is only read as text, never run.
 */
import { open, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { LayoutSuggestion, RawLayoutText } from '#shared/protocol/bufferView.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';

const MOST_SUGGESTIONS = 3;
const MOST_CODE_BYTES = 256 * 1024;
const MOST_SIDECAR_BYTES = 64 * 1024;
const MOST_FILES_BESIDE = 2000;

export async function suggestLayouts(
  path: string,
  byteLength: number,
  head: Uint8Array,
  pythonFiles: readonly string[],
  signal?: AbortSignal,
): Promise<LayoutSuggestion[]> {
  const name = basename(path);
  const beside = await filesBeside(path);
  const code = new Set([...pythonFiles, ...beside.filter((file) => file.endsWith('.py'))]);
  const found: LayoutSuggestion[] = [];
  for (const file of code) {
    signal?.throwIfAborted();
    const text = await textOf(file, MOST_CODE_BYTES);
    if (text !== undefined) found.push(...suggestionsOfCode(text, basename(file), name));
  }
  for (const file of sidecarsOf(path, beside)) {
    const text = await textOf(file, MOST_SIDECAR_BYTES);
    const suggestion = text === undefined ? undefined : suggestionOfSidecar(text, basename(file));
    if (suggestion) found.push(suggestion);
  }
  found.push(...suggestionsOfBytes(byteLength, head));
  const distinct = new Map(found.map((suggestion) => [keyOf(suggestion.layout), suggestion]));
  // A later one with the same layout has the weaker reason.
  for (const suggestion of found.toReversed()) distinct.set(keyOf(suggestion.layout), suggestion);
  return [...distinct.values()].slice(0, MOST_SUGGESTIONS);
}

/** What `numpy.fromfile`, `memmap` and `struct` are told of a file of this name. */
export function suggestionsOfCode(
  code: string,
  codeName: string,
  fileName: string,
): LayoutSuggestion[] {
  const found: LayoutSuggestion[] = [];
  const lines = code.split('\n');
  for (const [index, line] of lines.entries()) {
    if (!mentions(line, fileName)) continue;
    // The call may go on, and a struct format is often a line or two away from the open().
    const near = lines.slice(Math.max(0, index - 4), index + 8).join('\n');
    const call = callAround(lines, index);
    const reason = `${codeName}, line ${index + 1} opens it so`;
    if (/\b(fromfile|memmap|frombuffer)\s*\(/.test(call)) {
      const dtype = argumentOf(call, 'dtype') ?? secondArgument(call, fileName);
      if (dtype === undefined) continue;
      const type =
        /^(?:np|numpy)\.(\w+)$/.exec(dtype)?.[1] ?? dtype.replace(/^['"](.*)['"]$/, '$1');
      if (!parseDType(type).ok) continue;
      const shape = argumentOf(call, 'shape') ?? reshapeOf(call) ?? '';
      const offset = argumentOf(call, 'offset') ?? '';
      found.push(
        suggestion(reason, {
          kind: 'dtype',
          type,
          shape: /^[(\d\s,)]*$/.test(shape) ? shape.replace(/[()]/g, '') : '',
          offset: /^\d+$/.test(offset) ? offset : '',
          order: /order\s*=\s*['"]F['"]/.test(call) ? 'F' : 'C',
        }),
      );
      continue;
    }
    const format =
      /\bstruct\.(?:unpack|unpack_from|iter_unpack|Struct|calcsize)\s*\(\s*f?(['"])(.*?)\1/.exec(
        near,
      )?.[2];
    if (format !== undefined && parseStructFormat(format).layout)
      found.push(suggestion(reason, { kind: 'struct', type: format }));
  }
  return found;
}

/** From the line that opens the call, which may stand a little above the name. */
function callAround(lines: readonly string[], index: number): string {
  const opener = [index, index - 1, index - 2].find((at) =>
    /\b(fromfile|memmap)\s*\(/.test(lines[at] ?? ''),
  );
  const isOpen = (text: string) => text.split('(').length > text.split(')').length;
  const start =
    opener !== undefined && (opener === index || isOpen(lines.slice(opener, index).join('\n')))
      ? opener
      : index;
  return lines.slice(start, index + 6).join('\n');
}

/** JSON or `key: value` lines with a dtype and a shape, and ENVI's headers. */
export function suggestionOfSidecar(text: string, name: string): LayoutSuggestion | undefined {
  const facts = factsOf(text);
  const envi = enviTypes[facts.get('data type') ?? ''];
  const type = facts.get('dtype') ?? facts.get('type') ?? envi;
  if (type === undefined || !parseDType(type).ok) return undefined;
  const isBig = facts.get('byte order') === '1';
  const axes = envi
    ? ['bands', 'lines', 'samples'].flatMap((key) => facts.get(key) ?? []).join(', ')
    : (facts.get('shape') ?? '').replace(/[[\]()]/g, '');
  return suggestion(`${name} beside it says so`, {
    kind: 'dtype',
    type: envi && isBig ? `>${type.slice(1)}` : type,
    shape: /^\s*\d+(\s*,\s*\d+)*\s*,?\s*$/.test(axes) ? axes.trim() : '',
    offset: facts.get('offset') ?? facts.get('header offset') ?? '',
    order: facts.get('order') === 'F' ? 'F' : 'C',
  });
}

const enviTypes: Readonly<Record<string, string>> = {
  '1': '|u1',
  '2': '<i2',
  '3': '<i4',
  '4': '<f4',
  '5': '<f8',
  '6': '<c8',
  '9': '<c16',
  '12': '<u2',
  '13': '<u4',
  '14': '<i8',
  '15': '<u8',
};

const guesses = ['<f8', '<f4', '>f8', '>f4', '<i4', '<i2'] as const;

/** Types under which the first bytes are numbers of a usual size, with a shape where the size is a square. */
export function suggestionsOfBytes(byteLength: number, head: Uint8Array): LayoutSuggestion[] {
  if (byteLength === 0 || looksLikeText(head)) return [];
  const fitting = guesses
    .flatMap((type) => {
      const share = plausibleShare(type, head);
      const size = Number(type.slice(2));
      return byteLength % size === 0 && share > 0.95 ? [{ type, size, share }] : [];
    })
    .sort((a, b) => b.share - a.share);
  const found = fitting.map(({ type, size }) => {
    const count = byteLength / size;
    const side = Math.sqrt(count);
    const isSquare = Number.isInteger(side) && side >= 8;
    return suggestion(
      `the first values are numbers of a usual size${isSquare ? `, and ${count} is ${side} × ${side}` : ''}`,
      { kind: 'dtype', type, shape: isSquare ? `${side}, ${side}` : '' },
    );
  });
  const pixels = Math.sqrt(byteLength / 3);
  if (Number.isInteger(pixels) && pixels >= 16)
    found.push(
      suggestion(`its size is ${pixels} × ${pixels} pixels of three bytes`, {
        kind: 'dtype',
        type: '|u1',
        shape: `${pixels}, ${pixels}, 3`,
      }),
    );
  return found;
}

/** Of floats those neither tiny nor huge, of whole numbers those that don't use all of their bytes. */
function plausibleShare(type: string, head: Uint8Array): number {
  const dtype = parseDType(type);
  if (!dtype.ok) return 0;
  const { itemsize } = dtype.value;
  const count = Math.min(256, Math.floor(head.length / itemsize));
  if (count < 4) return 0;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const values = Array.from({ length: count }, (_, k) =>
    Number(decodeElement(dtype.value, view, k * itemsize)),
  );
  if (new Set(values).size < Math.min(4, count)) return 0;
  const isFloat = type[1] === 'f';
  const limit = 2 ** (8 * itemsize - 5);
  const plausible = values.filter((value) => {
    const size = Math.abs(value);
    return isFloat ? value === 0 || (1e-12 < size && size < 1e12) : size < limit;
  });
  return plausible.length / count;
}

function looksLikeText(head: Uint8Array): boolean {
  const shown = head.filter(
    (byte) => (0x20 <= byte && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13,
  );
  return head.length > 0 && shown.length / head.length > 0.95;
}

function mentions(line: string, fileName: string): boolean {
  const at = line.indexOf(fileName);
  // `a.bin` is not `data.bin`.
  return (
    at >= 0 &&
    !/[\w.-]/.test(line[at - 1] ?? ' ') &&
    !/[\w-]/.test(line[at + fileName.length] ?? ' ')
  );
}

function argumentOf(call: string, name: string): string | undefined {
  const match = new RegExp(
    `\\b${name}\\s*=\\s*(\\([^()]*\\)|\\[[^\\]]*\\]|['"][^'"]*['"]|[\\w.]+)`,
  ).exec(call);
  return match?.[1];
}

function secondArgument(call: string, fileName: string): string | undefined {
  const behind = call.slice(call.indexOf(fileName) + fileName.length);
  return /^['"]\)?\s*,\s*(['"][^'"]*['"]|(?:np|numpy)\.\w+)/.exec(behind)?.[1];
}

function reshapeOf(call: string): string | undefined {
  return /\.reshape\s*\(\s*\(?([\d\s,]+)\)?/.exec(call)?.[1];
}

function factsOf(text: string): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null)
      for (const [key, value] of Object.entries(parsed))
        if (typeof value === 'string' || typeof value === 'number') facts.set(key, String(value));
        else if (Array.isArray(value)) facts.set(key, value.join(', '));
    return facts;
  } catch {
    for (const line of text.split('\n')) {
      const [, key = '', value = ''] = /^\s*([\w ]+?)\s*[:=]\s*(.+?)\s*$/.exec(line) ?? [];
      if (key !== '') facts.set(key.toLowerCase(), value.replace(/^['"](.*)['"]$/, '$1'));
    }
    return facts;
  }
}

function sidecarsOf(path: string, beside: readonly string[]): string[] {
  const stem = path.slice(0, path.length - extname(path).length);
  const endings = ['.json', '.hdr', '.meta', '.txt', '.yaml', '.yml', '.info'];
  const names = new Set(endings.flatMap((ending) => [`${path}${ending}`, `${stem}${ending}`]));
  return beside.filter((file) => names.has(file) && file !== path);
}

async function filesBeside(path: string): Promise<string[]> {
  try {
    const folder = dirname(path);
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .slice(0, MOST_FILES_BESIDE)
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** The first bytes as text; undefined where they can't be read. */
async function textOf(path: string, limit: number): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(limit);
      const { bytesRead } = await file.read(buffer, 0, limit, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function keyOf({ kind, type, shape }: RawLayoutText): string {
  return `${kind} ${type} ${shape.replace(/\s/g, '')}`;
}

function suggestion(
  reason: string,
  layout: Pick<RawLayoutText, 'kind' | 'type'> & Partial<RawLayoutText>,
): LayoutSuggestion {
  const whole: RawLayoutText = { shape: '', order: 'C', offset: '', strides: '', ...layout };
  const shape = whole.shape === '' ? '' : ` (${whole.shape})`;
  return { layout: whole, label: `${whole.type}${shape}`, reason };
}
