/** Every format, in the order they are tried. `raw` takes what no other has. */
import type { Format } from './format.ts';
import { bytesOnlyFormats } from './bytesOnly.ts';
import { arrow } from './arrow.ts';
import { bmp } from './bmp.ts';
import { hdf5 } from './hdf5.ts';
import { jpeg } from './jpeg.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { parquet } from './parquet.ts';
import { png } from './png.ts';
import { raw } from './raw.ts';
import { safetensors } from './safetensors.ts';
import { wav } from './wav.ts';

export const formats: readonly Format[] = [
  npy,
  npz,
  safetensors,
  wav,
  bmp,
  png,
  jpeg,
  arrow,
  parquet,
  hdf5,
  ...bytesOnlyFormats,
  raw,
];

export function formatOf(head: Uint8Array, fileName: string): Format {
  return formats.find((format) => format.matches(head, fileName)) ?? raw;
}
