/** What a query raises by itself, and knows of itself. */
import { castTo } from '../context.ts';
import { quoteString } from '../quote.ts';
import { refuse } from '../refusal.ts';
import { raise } from '../runtimeError.ts';
import { aesDecrypt, aesEncrypt, tryAesDecrypt } from '../scalarFunctions/encryption.ts';
import { scalarRow } from '../scalarFunctions/scalarFunction.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';

/** The release whose answers are given. */
const sparkVersion = '4.0.0';

export const runtime: Rows = {
  equal_null: template('$1 IS NOT DISTINCT FROM $2'),
  raise_error: ([message = ''], call) => {
    if (call.arguments.length > 1)
      throw refuse('UNSUPPORTED_FUNCTION', 'raise_error with an error class', call.range);
    return castTo(raise('USER_RAISED_EXCEPTION', call.range, message), call.type);
  },
  uuid: () => 'CAST(uuid() AS VARCHAR)',
  version: () => quoteString(`${sparkVersion} strata`),
  // Only where no file is read.
  input_file_name: () => quoteString(''),
  input_file_block_start: () => 'CAST(-1 AS BIGINT)',
  input_file_block_length: () => 'CAST(-1 AS BIGINT)',
  // Rows of one partition, in the order in which they come.
  monotonically_increasing_id: () => 'CAST(row_number() OVER () - 1 AS BIGINT)',
  spark_partition_id: () => 'CAST(0 AS INTEGER)',
  aes_encrypt: scalarRow(aesEncrypt),
  aes_decrypt: scalarRow(aesDecrypt),
  try_aes_decrypt: scalarRow(tryAesDecrypt),
};
