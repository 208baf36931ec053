/** Writes elements to a file of another format, a piece at a time. What the format can't say is refused first. */
import { randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DType } from '#shared/layout/dtype.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { ExportFailure, ExportFormat } from '#shared/protocol/bufferExport.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { packedElements } from '../scan/elements.ts';
import type { ByteSource } from '../source/byteSource.ts';
import { csvEncoder } from './csv.ts';
import { npyEncoder } from './npy.ts';
import { parquetEncoder } from './parquet.ts';

/** From packed elements in C order to the bytes of a file. */
export interface ArrayEncoder {
  begin(): Uint8Array;
  /** Whole elements. */
  encode(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export type EncoderOf = (
  dtype: DType,
  shape: readonly number[],
) => Result<ArrayEncoder, ExportFailure>;

const encoders: Readonly<Record<ExportFormat, EncoderOf>> = {
  npy: npyEncoder,
  csv: csvEncoder,
  parquet: parquetEncoder,
};

export async function exportArray(
  source: ByteSource,
  dtype: DType,
  layout: StridedLayout,
  format: ExportFormat,
  path: string,
  signal: AbortSignal,
): Promise<Result<{ readonly writtenBytes: number }, ExportFailure>> {
  const encoder = encoders[format](dtype, layout.shape);
  if (!encoder.ok) return encoder;
  // Under another name until it is whole: a file that is half written is no file of that format.
  const temporary = join(dirname(path), `.${basename(path)}.strata-${randomUUID()}.tmp`);
  let writtenBytes = 0;
  try {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      const write = async (bytes: Uint8Array) => {
        signal.throwIfAborted();
        for (let done = 0; done < bytes.length;) {
          const part = await handle.write(bytes, done, bytes.length - done);
          done += part.bytesWritten;
        }
        writtenBytes += bytes.length;
      };
      await write(encoder.value.begin());
      for await (const piece of packedElements(source, layout, {}, signal)) {
        if (!piece.ok) throw new Error(piece.error.message);
        await write(encoder.value.encode(piece.value));
      }
      await write(encoder.value.end());
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    return ok({ writtenBytes });
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    if (signal.aborted) return refuse('Exporting was cancelled; no file was written.');
    return refuse(`Not exported: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function refuse(message: string): Result<never, ExportFailure> {
  return fail({ kind: 'notExported', message });
}
