import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { parseDType } from '#shared/layout/dtypeText.ts';
import { elementToJson } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';
import { dtypeOfStruct, unpackStruct, unpackedTypes } from '#shared/layout/structValue.ts';
import { layRawArray } from '#buffers/format/raw.ts';
import type { FileDescription, OpenBuffer } from '#buffers/inspect.ts';
import { openBuffer, openMember } from '#buffers/inspect.ts';
import { packedElements } from '#buffers/scan/elements.ts';
import { findBytes } from '#buffers/scan/find.ts';
import { statisticsOf } from '#buffers/scan/statistics.ts';
import type { CorpusFile, ExpectedArray, ExpectedStats } from './corpus.ts';
import { corpusFiles, expectedTree, pathOf, typeTree } from './corpus.ts';

const scoresFile = new URL('scores.json', import.meta.url);
const scores = JSON.parse(readFileSync(scoresFile, 'utf8')) as Record<string, number>;
const agreed: Record<string, number> = {
  npy: 0,
  npz: 0,
  safetensors: 0,
  hostile: 0,
  raw: 0,
  find: 0,
  records: 0,
};

async function open(name: string): Promise<{ buffer: OpenBuffer; description: FileDescription }> {
  const buffer = await openBuffer(pathOf(name), { idleMs: 0 });
  if (!buffer.ok) throw new Error(buffer.error.message);
  return { buffer: buffer.value, description: await describeBuffer(buffer.value) };
}

async function describeBuffer(buffer: OpenBuffer): Promise<FileDescription> {
  const description = await buffer.describe();
  if (!description.ok) throw new Error(description.error.message);
  return description.value;
}

async function firstValues(buffer: OpenBuffer, array: ArrayDescription, limit: number) {
  const { dtype, shape, strides, offset } = array;
  const layout = { shape, strides, offset, itemsize: dtype.itemsize };
  const values: unknown[] = [];
  for await (const piece of packedElements(buffer.source, layout, { limit })) {
    if (!piece.ok) throw new Error(piece.error.message);
    const view = new DataView(piece.value.buffer, piece.value.byteOffset, piece.value.length);
    for (let at = 0; at < view.byteLength; at += dtype.itemsize)
      values.push(elementToJson(dtype, decodeElement(dtype, view, at)));
  }
  return values;
}

function close(received: number | null, expected: number | null | undefined, name: string) {
  if (expected === null || expected === undefined || received === null) {
    expect(received, name).toBe(expected ?? null);
    return;
  }
  expect(Math.abs(received - expected), name).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

/** Which zero is the smaller one is nobody's rule. */
const unsigned = (value: unknown) => (value === 0 ? 0 : value);

async function checkStats(buffer: OpenBuffer, array: ArrayDescription, expected: ExpectedStats) {
  const { dtype, shape, strides, offset } = array;
  const result = await statisticsOf(buffer.source, dtype, {
    shape,
    strides,
    offset,
    itemsize: dtype.itemsize,
  });
  if (!result.ok || !result.value) throw new Error('no statistics');
  const stats = result.value;
  expect([stats.count, stats.nan]).toEqual([expected.count, expected.nan ?? 0]);
  if (expected.min === undefined) return;
  expect([stats.positiveInfinite, stats.negativeInfinite, stats.zeros]).toEqual([
    expected.posinf ?? 0,
    expected.neginf ?? 0,
    expected.zeros,
  ]);
  const exact = (value: unknown) =>
    typeof value === 'object' && value !== null && '$int' in value
      ? BigInt(value.$int as string)
      : unsigned(value);
  // The manifest has the extremes of small integers as floats.
  const plain = (value: number | bigint | null) =>
    typeof value === 'bigint' && Number.isSafeInteger(Number(value))
      ? Number(value)
      : unsigned(value);
  expect([plain(stats.min), plain(stats.max)]).toEqual([exact(expected.min), exact(expected.max)]);
  close(stats.mean, expected.mean, 'mean');
  close(stats.std, expected.std, 'std');
}

async function checkArray(buffer: OpenBuffer, array: ArrayDescription, expected: ExpectedArray) {
  expect(typeTree(array.dtype)).toEqual(expectedTree(expected.dtype));
  expect(array.shape).toEqual(expected.shape);
  if (array.byteLength > 0) expect(array.strides).toEqual(expected.strides);
  const { c_contiguous: isC, f_contiguous: isF } = expected;
  expect(array.order).toBe(isC && isF ? 'both' : isC ? 'C' : 'F');
  expect(array.byteLength).toBe(expected.nbytes);
  const moved = array.strides.filter((_, axis) => array.shape[axis]! > 1);
  const format = pep3118Format(array.dtype, moved);
  if (expected.pep3118 !== undefined)
    expect(format.ok ? format.value : 'none').toBe(
      typeof expected.pep3118 === 'string' ? expected.pep3118 : 'none',
    );
  const values = await firstValues(buffer, array, expected.values_c_order.length);
  expect(values).toEqual(expected.values_c_order);
  if (expected.stats) await checkStats(buffer, array, expected.stats);
}

const npyFiles = corpusFiles.filter(({ kind, ok }) => kind === 'npy' && ok);

describe('a .npy file is what NumPy says', () => {
  test.each(npyFiles)('$file', async (expected) => {
    const { buffer, description } = await open(expected.file);
    const [array] = description.arrays;
    expect(description).toMatchObject({
      format: 'npy',
      formatLabel: `NumPy array, version ${expected.version.join('.')}`,
    });
    expect(description.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(array!.offset).toBe(expected.data_offset);
    await checkArray(buffer, array!, expected);
    const again = parseDType(array!.dtypeText);
    expect(again.ok && typeTree(again.value)).toEqual(expectedTree(expected.dtype));
    buffer.dispose();
    agreed.npy!++;
  });
});

const archives = corpusFiles.filter(({ kind, ok }) => kind === 'npz' && ok);

describe('a .npz file has its members', () => {
  test.each(archives)('$file', async ({ file, members: expected = [] }) => {
    const { buffer, description } = await open(file);
    expect(description.format).toBe('npz');
    expect(description.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const members = description.members!;
    expect(members.map((member) => member.name)).toEqual(expected.map(({ name }) => name));
    for (const [position, member] of members.entries()) {
      const { method, csize, usize, crc, data_offset: start, array } = expected[position]!;
      expect(member).toMatchObject({
        zip: { method, crc32: crc },
        compressedSize: csize,
        size: usize,
      });
      expect(member.data).toEqual({ start, end: start + csize });
      // The member as a file of its own, and where it is stored also as an array of the archive.
      const opened = await openMember(buffer.source, member);
      if (!opened.ok) throw new Error(opened.error.message);
      const own = (await describeBuffer(opened.value)).arrays[0]!;
      await checkArray(opened.value, own, array);
      opened.value.dispose();
      expect(description.arrays.includes(member.array!)).toBe(method === 0);
      if (method === 0) await checkArray(buffer, member.array!, array);
      else expect(member.array).toEqual({ ...own, name: member.array!.name });
    }
    buffer.dispose();
    agreed.npz!++;
  });
});

const tensorFiles = corpusFiles.filter(({ kind, ok }) => kind === 'safetensors' && ok);

describe('a .safetensors file has its tensors', () => {
  test.each(tensorFiles)('$file', async ({ file, tensors = {}, header = {} }) => {
    const { buffer, description } = await open(file);
    expect(description).toMatchObject({ format: 'safetensors', problems: [] });
    const names = description.arrays.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(tensors).toSorted());
    const dataStart = description.regions.find(({ label }) => label === 'header')!.end;
    for (const array of description.arrays) {
      const { shape, data_offsets: offsets } = header[array.name]!;
      expect(array.shape).toEqual(shape);
      expect([array.offset, array.offset + array.byteLength]).toEqual(
        offsets.map((offset) => dataStart + offset),
      );
      const values = await firstValues(buffer, array, Infinity);
      const expected = tensors[array.name];
      expect(values).toEqual(Array.isArray(expected) ? expected.flat(64) : [expected]);
    }
    buffer.dispose();
    agreed.safetensors!++;
  });
});

const hostileFiles = corpusFiles.filter(({ ok }) => !ok);

/** What each must be called; a file of another corpus only needs some name. */
const kinds: Readonly<Record<string, string>> = {
  'bad_code_in_header.npy': 'header-not-literal',
  'bad_deep_nesting.npy': 'header-too-deep',
  'bad_descr_dup_fields.npy': 'bad-dtype',
  'bad_descr_none.npy': 'bad-dtype',
  'bad_dim_over_i64.npy': 'dimension-too-large',
  'bad_dims_100.npy': 'too-many-dimensions',
  'bad_dup_key.npy': 'duplicate-key',
  'bad_expr_shape.npy': 'header-not-literal',
  'bad_float_dim.npy': 'bad-shape',
  'bad_fortran_int.npy': 'bad-fortran-order',
  'bad_header_12k.npy': 'long-header',
  'bad_header_len_65535.npy': 'truncated-header',
  'bad_huge_shape.npy': 'shape-exceeds-file',
  'bad_magic.npy': 'bad-magic',
  'bad_negative_dim.npy': 'negative-dimension',
  'bad_no_data.npy': 'shape-exceeds-file',
  'bad_not_dict.npy': 'header-not-dict',
  'bad_object.npy': 'object-dtype',
  'bad_object_field.npy': 'object-dtype',
  'bad_object_reduce.npy': 'object-dtype',
  'bad_overflow_product.npy': 'shape-exceeds-file',
  'bad_overflow_product2.npy': 'dimension-too-large',
  'bad_shape_int.npy': 'bad-shape',
  'bad_trunc_data.npy': 'shape-exceeds-file',
  'bad_trunc_header.npy': 'truncated-header',
  'bad_version_9.npy': 'unsupported-version',
  'bad_zero_times_huge.npy': 'empty-but-huge',
  'bad_npz_members.npz': 'object-dtype',
  'bad_zip_crc.npz': 'bad-crc',
  'bad_zip_eocd_count.npz': 'zip-directory-mismatch',
  'bad_zip_names.npz': 'unsafe-member-name',
  'bomb_1000to1.npz': 'compression-bomb',
  'bzip2_member.npz': 'unsupported-compression',
  'bad_st_hdr_100m.safetensors': 'header-too-long',
  'bad_st_hdr_huge.safetensors': 'header-too-long',
  'bad_st_neg.safetensors': 'negative-dimension',
  'bad_st_past_end.safetensors': 'offset-outside-file',
  'bad_st_size.safetensors': 'shape-exceeds-file',
};

describe('a hostile file has a named problem, and its bytes can be read', () => {
  // What opens first also loads and compiles.
  beforeAll(() => open(npyFiles[0]!.file));

  test.each(hostileFiles)('$file', async ({ file }) => {
    // Of this process, so that a busy machine fails nothing.
    const before = process.cpuUsage();
    const { buffer, description } = await open(file);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, 'CPU milliseconds').toBeLessThan(50);
    const [problem] = description.problems;
    expect(problem!.kind).toBe(kinds[file] ?? problem!.kind);
    expect(problem!.message).not.toBe('');
    for (const { start = 0, end = 0 } of description.problems)
      expect(0 <= start && start <= end && end <= description.byteLength).toBe(true);
    const bytes = await buffer.source.read(0, description.byteLength);
    expect(bytes.ok && Buffer.from(bytes.value).equals(await readFile(pathOf(file)))).toBe(true);
    buffer.dispose();
    agreed.hostile!++;
  });
});

describe('raw bytes read as an array', () => {
  test.each(corpusFiles.filter(({ as_ }) => as_))('$file', async ({ file, as_: expected }) => {
    const { buffer, description } = await open(file);
    expect(description.arrays[0]).toMatchObject({
      dtypeText: '|u1',
      shape: [description.byteLength],
    });
    const dtype = parseDType(expected!.dtype.str!);
    if (!dtype.ok) throw new Error(dtype.error.message);
    const laid = layRawArray(
      { dtype: dtype.value, order: 'C', offset: 0n },
      description.byteLength,
    );
    await checkArray(buffer, laid.arrays[0]!, expected!);
    buffer.dispose();
    agreed.raw!++;
  });
});

const searched = corpusFiles.filter(
  (file): file is CorpusFile & { needle: string; hits: number[] } => file.needle !== undefined,
);

test.each(searched)('$needle is found where it is in $file', async ({ file, needle, hits }) => {
  const { buffer } = await open(file);
  const found = await findBytes(buffer.source, Buffer.from(needle, 'hex'), 100);
  expect(found).toEqual({ ok: true, value: { count: hits.length, offsets: hits } });
  buffer.dispose();
  agreed.find!++;
});

const recordFiles = corpusFiles.filter(
  (file): file is CorpusFile & { struct: string } => file.struct !== undefined,
);

describe('records read as struct.unpack reads them', () => {
  test.each(recordFiles)('$file', async ({ file, struct, itemsize, values }) => {
    const { buffer, description } = await open(file);
    const { layout } = parseStructFormat(struct);
    expect(layout!.size).toBe(itemsize);
    const dtype = dtypeOfStruct(layout!);
    const laid = layRawArray({ dtype, order: 'C', offset: 0n }, description.byteLength);
    expect(laid.problems).toEqual([]);
    const bytes = await buffer.source.read(0, description.byteLength);
    if (!bytes.ok) throw new Error(bytes.error.message);
    const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length);
    const types = unpackedTypes(layout!);
    const records = Array.from({ length: laid.arrays[0]!.shape[0]! }, (_, record) =>
      unpackStruct(layout!, view, record * layout!.size).map((value, position) =>
        elementToJson(types[position]!, value),
      ),
    );
    expect(records).toEqual(values);
    buffer.dispose();
    agreed.records!++;
  });
});

// Counts of files that agree, which may only rise; `UPDATE=1` writes them. Of the corpus they were counted on.
afterAll(() => {
  if (corpusFiles.length !== scores.files) return;
  if (process.env.UPDATE === '1') {
    const counted = { files: corpusFiles.length, ...agreed };
    writeFileSync(scoresFile, `${JSON.stringify(counted, null, 2)}\n`);
    return;
  }
  for (const [name, count] of Object.entries(agreed))
    expect(count, name).toBeGreaterThanOrEqual(scores[name] ?? 0);
});
