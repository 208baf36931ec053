/** Formats that are known by name and open as bytes: the file is named for what it is, its arrays are not read. */
import { ok } from '#shared/result.ts';
import type { Format } from './format.ts';
import { raw } from './raw.ts';

interface Signature {
  readonly id: string;
  readonly name: string;
  /** The first bytes, as Latin-1. */
  readonly magic?: string;
  /** Of a name in lower case, where there is no magic or it has to say more. */
  readonly extension?: RegExp;
}

const signatures: readonly Signature[] = [
  { id: 'zip', name: 'ZIP archive', magic: 'PK\x03\x04' },
  { id: 'tiff', name: 'TIFF image', magic: 'II*\0' },
  { id: 'tiff', name: 'TIFF image', magic: 'MM\0*' },
  { id: 'bigtiff', name: 'BigTIFF image', magic: 'II+\0' },
  { id: 'bigtiff', name: 'BigTIFF image', magic: 'MM\0+' },
  {
    id: 'zarr',
    name: 'Zarr metadata file',
    extension: /^(?:\.z(?:array|group|attrs|metadata)|zarr\.json)$/,
  },
  { id: 'orc', name: 'ORC file', magic: 'ORC' },
  { id: 'avro', name: 'Avro file', magic: 'Obj\x01' },
  { id: 'sqlite', name: 'SQLite database', magic: 'SQLite format 3\0' },
  { id: 'matlab', name: 'MATLAB 5 file', magic: 'MATLAB 5.0 MAT-' },
  { id: 'fits', name: 'FITS file', magic: 'SIMPLE  =' },
  { id: 'netcdf', name: 'NetCDF 3 file', magic: 'CDF\x01' },
  { id: 'netcdf', name: 'NetCDF 3 file', magic: 'CDF\x02' },
  { id: 'gif', name: 'GIF image', magic: 'GIF8' },
  { id: 'zstd', name: 'Zstandard file', magic: '\x28\xb5\x2f\xfd' },
  { id: 'bzip2', name: 'bzip2 file', magic: 'BZh' },
  { id: 'xz', name: 'xz file', magic: '\xfd7zXZ\0' },
  { id: 'elf', name: 'ELF program', magic: '\x7fELF' },
  { id: 'pdf', name: 'PDF document', magic: '%PDF-' },
  { id: 'gguf', name: 'GGUF model', magic: 'GGUF' },
  { id: 'gzip', name: 'gzip file', magic: '\x1f\x8b' },
  { id: 'pickle', name: 'Python pickle', extension: /\.(?:pkl|pickle)$/ },
];

export const bytesOnlyFormats: readonly Format[] = signatures.map((signature) => ({
  id: signature.id,
  matches(head, fileName) {
    const { magic = '', extension } = signature;
    const isMagic = Array.from(magic).every((byte, k) => head[k] === byte.charCodeAt(0));
    return isMagic && (extension === undefined || extension.test(fileName.toLowerCase()));
  },
  async describe(source, signal) {
    const bytes = await raw.describe(source, signal);
    if (!bytes.ok) return bytes;
    return ok({
      ...bytes.value,
      label: `${signature.name}, as bytes`,
      problems: [
        {
          kind: 'format-not-supported',
          severity: 'info',
          message: `this looks like a ${signature.name}; such files open as bytes only`,
        },
      ],
    });
  },
}));
