/** The corpus of files with what NumPy says of each: the folder that BUFFER_DATA names, else the one beside the repository, else the sample in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DType } from '#shared/layout/dtype.ts';
import { typeString } from '#shared/layout/dtypeText.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function findCorpus(): string {
  const named = process.env.BUFFER_DATA;
  if (named !== undefined && named !== '') return named;
  const beside = join(root, '../shared/data/buffers');
  return existsSync(beside) ? beside : join(root, 'test-fixtures/buffers');
}

export const corpus = findCorpus();

export interface ExpectedArray {
  readonly dtype: ExpectedType;
  readonly descr: unknown;
  /** An object where NumPy offers no buffer. */
  readonly pep3118?: unknown;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly size: number;
  readonly nbytes: number;
  readonly c_contiguous: boolean;
  readonly f_contiguous: boolean;
  readonly values_c_order: readonly unknown[];
  readonly stats: ExpectedStats | null;
}

/** Scalars have `str`, structs `fields` too, sub-arrays only `subarray`. */
export interface ExpectedType {
  readonly str?: string;
  readonly itemsize?: number;
  readonly fields?: readonly {
    readonly name: string;
    readonly offset: number;
    readonly title: string | null;
    readonly dtype: ExpectedType;
  }[];
  readonly subarray?: {
    readonly base: ExpectedType;
    readonly shape: readonly number[];
    readonly itemsize: number;
  };
}

export interface ExpectedStats {
  readonly count: number;
  readonly nan?: number;
  readonly posinf?: number;
  readonly neginf?: number;
  readonly zeros?: number;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly mean?: number | null;
  readonly std?: number | null;
}

export interface CorpusFile extends ExpectedArray {
  readonly file: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly version: readonly [number, number];
  readonly data_offset: number;
  readonly fortran_order: boolean;
  readonly struct?: string;
  readonly itemsize?: number;
  readonly values?: readonly unknown[];
  readonly as_?: ExpectedArray;
  /** Bytes in hex and where they are. */
  readonly needle?: string;
  readonly hits?: readonly number[];
  /** Of an archive. */
  readonly members?: readonly {
    readonly name: string;
    readonly method: number;
    readonly csize: number;
    readonly usize: number;
    readonly crc: number;
    readonly data_offset: number;
    readonly array: ExpectedArray;
  }[];
  /** Values by name, and what the file's own header says. */
  readonly tensors?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data_offsets: readonly number[] }>
  >;
}

const manifest = JSON.parse(readFileSync(join(corpus, 'expect_manifest.json'), 'utf8')) as {
  files: CorpusFile[];
};

export const corpusFiles: readonly CorpusFile[] = manifest.files.filter(({ file }) =>
  existsSync(join(corpus, file)),
);

export const pathOf = (name: string) => join(corpus, name);

/** A dtype of ours in the manifest's words, to compare whole trees. */
export function typeTree(dtype: DType): ExpectedType {
  if (dtype.kind === 'subarray')
    return {
      subarray: { base: typeTree(dtype.base), shape: dtype.shape, itemsize: dtype.itemsize },
    };
  const { itemsize } = dtype;
  if (dtype.kind === 'scalar') return { str: typeString(dtype), itemsize };
  const fields = dtype.fields.map(({ name, offset, title, dtype: field }) => ({
    name,
    offset,
    title: title ?? null,
    dtype: typeTree(field),
  }));
  return { str: typeString(dtype), itemsize, fields };
}

/** The manifest's tree without what we have no field for: alignment, and what `str` says already. */
export function expectedTree(type: ExpectedType): ExpectedType {
  if (type.subarray) {
    const { base, shape, itemsize } = type.subarray;
    return { subarray: { base: expectedTree(base), shape, itemsize } };
  }
  const known = { str: type.str!, itemsize: type.itemsize! };
  if (!type.fields) return known;
  return {
    ...known,
    fields: type.fields.map((field) => ({ ...field, dtype: expectedTree(field.dtype) })),
  };
}
