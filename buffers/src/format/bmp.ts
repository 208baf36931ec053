/**
 * BMP: two headers, maybe a palette, and rows of pixels that start at multiples of four bytes, mostly from the bottom
 * up (Microsoft's BITMAPFILEHEADER and BITMAPINFOHEADER to BITMAPV5HEADER). Pixels of whole bytes are an array in
 * the file: a row stride that is negative, bands that lie blue first. Smaller pixels and run lengths are decoded.
 */
import type { BufferProblem, FileRegion } from '#shared/protocol/bufferView.ts';
import { contiguousStrides } from '#shared/layout/strides.ts';
import { fail, ok } from '#shared/result.ts';
import { bmpRows } from './bmpRows.ts';
import type { FileMember, Format } from './format.ts';
import { describeArray } from './format.ts';
import { scalar, uint8 } from './scalar.ts';
import { writeTemporary } from '../source/temporaryFile.ts';

const FILE_HEADER = 14;
const headerNames: Readonly<Record<number, string>> = {
  12: 'BITMAPCOREHEADER',
  40: 'BITMAPINFOHEADER',
  52: 'BITMAPV2INFOHEADER',
  56: 'BITMAPV3INFOHEADER',
  64: 'OS/2 2.x header',
  108: 'BITMAPV4HEADER',
  124: 'BITMAPV5HEADER',
};
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
/** More than any writer makes; a larger claim is no image. */
const MAX_PIXELS = 2 ** 31;
const MAX_WIDTH = 2 ** 22;

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly dataStart: number;
}

export const bmp: Format = {
  id: 'bmp',
  matches: (head) =>
    head[0] === 0x42 &&
    head[1] === 0x4d &&
    head.length >= 16 &&
    // The reserved words are zero, and the second header follows at once: two letters alone are no BMP.
    [6, 7, 8, 9].every((at) => head[at] === 0) &&
    head[14] !== undefined &&
    headerNames[head[14]] !== undefined,
  async describe(source, signal) {
    const problems: BufferProblem[] = [];
    const label = 'BMP image';
    const read = await source.read(0, FILE_HEADER + 124, signal);
    if (!read.ok) return read;
    const bytes = read.value;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const headerSize = bytes.length >= 18 ? view.getUint32(14, true) : 0;
    const headerName = headerNames[headerSize];
    const infoEnd = FILE_HEADER + headerSize;
    const refuse = (kind: string, message: string, start = FILE_HEADER, end = infoEnd) =>
      ok({
        label,
        arrays: [],
        regions: [
          { label: 'file header', start: 0, end: Math.min(FILE_HEADER, source.byteLength) },
        ],
        problems: [...problems, { kind, severity: 'error' as const, message, start, end }],
      });
    if (headerName === undefined || bytes.length < infoEnd)
      return refuse(
        'truncated-header',
        'the file ends before its headers do',
        0,
        source.byteLength,
      );
    const isCore = headerSize === 12;
    const rawHeight = isCore ? view.getInt16(20, true) : view.getInt32(22, true);
    const header: BmpHeader = {
      width: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
      height: Math.abs(rawHeight),
      isTopDown: rawHeight < 0,
      bits: view.getUint16(isCore ? 24 : 28, true),
      compression: isCore ? 0 : view.getUint32(30, true),
      dataStart: view.getUint32(10, true),
    };
    const { width, height, bits, compression, dataStart, isTopDown } = header;
    if (width <= 0 || width > MAX_WIDTH || height === 0 || width * height > MAX_PIXELS)
      return refuse('bad-header', `an image of ${width} × ${rawHeight} pixels is none`);
    if (![1, 2, 4, 8, 16, 24, 32].includes(bits))
      return refuse('bad-header', `${bits} bits a pixel are no BMP's`);
    if (![0, RLE8, RLE4, BITFIELDS, 6].includes(compression))
      return refuse(
        'unsupported-compression',
        `its pixels are compressed by method ${compression}; run lengths and bit fields are read`,
      );

    const regions: FileRegion[] = [
      { label: 'file header', start: 0, end: FILE_HEADER },
      { label: headerName, start: FILE_HEADER, end: infoEnd },
    ];
    const hasMasks = headerSize === 40 && (compression === BITFIELDS || compression === 6);
    const maskBytes = hasMasks ? (compression === 6 ? 16 : 12) : 0;
    if (maskBytes > 0)
      regions.push({ label: 'bit masks', start: infoEnd, end: infoEnd + maskBytes });
    const paletteStart = infoEnd + maskBytes;
    const used = isCore ? 0 : view.getUint32(46, true);
    const colours = bits <= 8 ? Math.min(used === 0 ? 2 ** bits : used, 2 ** bits) : 0;
    const entryBytes = isCore ? 3 : 4;
    const paletteEnd = Math.min(paletteStart + colours * entryBytes, source.byteLength);
    if (colours > 0) regions.push({ label: 'palette', start: paletteStart, end: paletteEnd });
    regions.push({
      label: 'pixels',
      start: Math.min(dataStart, source.byteLength),
      end: source.byteLength,
    });

    const arrays = [];
    const members: FileMember[] = [];
    const rowBytes = Math.floor((width * bits + 31) / 32) * 4;
    const isPacked = compression === RLE8 || compression === RLE4;
    if (!isPacked && dataStart + rowBytes * height > source.byteLength)
      return refuse(
        'truncated-data',
        `${height} rows of ${rowBytes} bytes do not fit into the file`,
        10,
        14,
      );
    if (bits >= 8 && !isPacked) {
      const offset = isTopDown ? dataStart : dataStart + (height - 1) * rowBytes;
      const rowStride = isTopDown ? rowBytes : -rowBytes;
      const bands = bits === 16 || bits === 8 ? 1 : bits / 8;
      const dtype = bits === 16 ? scalar('uint', 2) : uint8;
      const layout =
        bands === 1
          ? { shape: [height, width], strides: [rowStride, dtype.itemsize], offset }
          : { shape: [height, width, bands], strides: [rowStride, bands, 1], offset };
      arrays.push(
        describeArray(
          bands === 1 ? 'pixels' : `pixels (blue, green, red${bands === 4 ? ', alpha' : ''})`,
          dtype,
          layout,
        ),
      );
    } else {
      const shape = [height, width];
      // Run lengths can only be decoded in the order of the file, which mostly begins with the last row.
      const isUpward = isPacked && !isTopDown;
      const layout = isUpward
        ? { shape, strides: [-width, 1], offset: (height - 1) * width }
        : { shape, strides: contiguousStrides(shape, 1, 'C'), offset: 0 };
      members.push({
        name: 'pixels',
        compressedSize: source.byteLength - dataStart,
        size: width * height,
        data: undefined,
        isInFile: false,
        array: describeArray('pixels', uint8, layout),
        unpack: {
          gives: 'array',
          open: (from, aborted) =>
            isPacked && width * height > 200 * from.byteLength
              ? Promise.resolve(
                  fail({
                    kind: 'compression-bomb',
                    message: `${from.byteLength} bytes claim ${width * height} pixels; it is not decoded`,
                  }),
                )
              : writeTemporary(bmpRows(from, header, aborted), width * height, (error) => {
                  aborted?.throwIfAborted();
                  return { kind: 'corrupt-member', message: (error as Error).message };
                }),
        },
      });
    }
    if (paletteEnd > paletteStart) {
      const shape = [Math.floor((paletteEnd - paletteStart) / entryBytes), entryBytes];
      arrays.push(
        describeArray(`palette (blue, green, red${entryBytes === 4 ? ', unused' : ''})`, uint8, {
          shape,
          strides: contiguousStrides(shape, 1, 'C'),
          offset: paletteStart,
        }),
      );
    }
    return ok({
      label: `${label}, ${width} × ${height}, ${bits} bits a pixel${isPacked ? ', run lengths' : ''}`,
      arrays,
      regions,
      problems,
      ...(members.length > 0 ? { members } : {}),
    });
  },
};
