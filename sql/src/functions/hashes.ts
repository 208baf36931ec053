/** Hashes of values and of bytes. */
import { binaryType, containsMap, intType, longType, stringType } from '../plan/types.ts';
import { mismatched, scalar } from './nested.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

const digest = (name: string, doc: string, aliases: readonly string[] = []) =>
  plain(name, [binaryType], stringType, doc, { aliases });

const valuesHashed =
  (type: typeof intType) =>
  (site: CallSite): Typed => {
    if (site.arguments.length === 0) {
      mismatched(site, 'DATATYPE_MISMATCH.WRONG_NUM_ARGS', {
        functionName: `\`${site.name}\``,
        expectedNum: '> 0',
        actualNum: '0',
      });
    }
    if (site.arguments.some((value) => containsMap(value.type))) {
      mismatched(site, 'DATATYPE_MISMATCH.HASH_MAP_TYPE', { functionName: `\`${site.name}\`` });
    }
    return { arguments: site.arguments, type, nullable: false };
  };

export const hashes: readonly FunctionRow[] = [
  digest('md5', 'The MD5 digest of bytes, in base 16.'),
  digest('sha', 'The SHA-1 digest of bytes, in base 16.', ['sha1']),
  scalar(
    'sha2',
    2,
    'sha2(bytes, bitLength)',
    'The SHA-224, -256, -384 or -512 digest of bytes, in base 16; 0 is 256.',
    (site) => {
      const values = cast(site, [binaryType, intType]);
      return { arguments: values, type: stringType, nullable: true };
    },
  ),
  plain('crc32', [binaryType], longType, 'The CRC-32 checksum of bytes.'),
  scalar(
    'hash',
    [0, Infinity],
    'hash(value, …)',
    'The Murmur3 hash of the values; nulls are passed over.',
    valuesHashed(intType),
  ),
  scalar(
    'xxhash64',
    [0, Infinity],
    'xxhash64(value, …)',
    'The 64-bit xxHash of the values; nulls are passed over.',
    valuesHashed(longType),
  ),
];

export const bitmaps: readonly FunctionRow[] = [
  plain('bitmap_bucket_number', [longType], longType, 'Which bitmap a value belongs to.'),
  plain('bitmap_bit_position', [longType], longType, 'The bit of a value in its bitmap.'),
  scalar('bitmap_count', 1, 'bitmap_count(bitmap)', 'How many bits are set.', (site) => {
    const values = cast(site, [binaryType]);
    return { arguments: values, type: longType, nullable: anyNull(values) };
  }),
];
