/** Hashes, bitmaps and URLs. */
import * as hash from '../scalarFunctions/hashes.ts';
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import * as url from '../scalarFunctions/urls.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';

/** A bitmap has so many bits. */
const bitmapBits = 32768;

export const hashes: Rows = {
  // DuckDB's own take the bytes of a text only.
  md5: scalarRow(hash.md5),
  sha: scalarRow(hash.sha1),
  sha2: scalarRow(hash.sha2),
  crc32: scalarRow(hash.crc32),
  hash: scalarRow(hash.murmur3),
  xxhash64: scalarRow(hash.xxHash64),
  bitmap_bucket_number: template(
    `CASE WHEN $1 > 0 THEN 1 + ($1 - 1) // ${bitmapBits} ELSE CAST(trunc($1 / ${bitmapBits}) AS BIGINT) END`,
  ),
  bitmap_bit_position: template(
    `CASE WHEN $1 > 0 THEN ($1 - 1) % ${bitmapBits} ELSE (-$1) % ${bitmapBits} END`,
  ),
  bitmap_count: template('CAST(bit_count(CAST($1 AS BIT)) AS BIGINT)'),
  parse_url: scalarRow(url.parseUrl),
  try_parse_url: scalarRow(url.tryParseUrl),
  url_encode: scalarRow(url.urlEncode),
  url_decode: scalarRow(url.urlDecode),
  try_url_decode: scalarRow(url.tryUrlDecode),
};
