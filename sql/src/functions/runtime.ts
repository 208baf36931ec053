/** Functions of the running query: what it raises, and what it knows of itself. */
import { expressionText } from '../plan/expressionText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { binaryType, booleanType, intType, longType, stringType, voidType } from '../plan/types.ts';
import { literalOf } from '../typing/build.ts';
import { argument, exactly, scalar, unexpected } from './nested.ts';
import { comparison } from './operators.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast } from './row.ts';

/** With a class of its own and parameters, or with a message only. */
function raised(site: CallSite): Typed {
  const [message] = cast({ ...site, arguments: [argument(site, 0)] }, [stringType]);
  if (message === undefined) throw new Error('the table says that there is an argument');
  if (site.arguments.length > 1) {
    const parameters = argument(site, 1);
    const { type } = parameters;
    const isTexts =
      type.kind === 'map' && type.key.kind === 'string' && type.value.kind === 'string';
    if (!isTexts && type.kind !== 'void') unexpected(site, 1, '"MAP<STRING, STRING>"');
    return { arguments: [message, parameters], type: voidType, nullable: true };
  }
  return { arguments: [message], type: voidType, nullable: true };
}

function asserted(site: CallSite): Typed {
  const condition = exactly(site, 0, booleanType, '"BOOLEAN"');
  const otherwise = literalOf(`'${expressionText(condition)}' is not true!`, stringType);
  const message = site.arguments[1] ?? otherwise;
  const values = [condition, ...cast({ ...site, arguments: [message] }, [stringType])];
  return { arguments: values, type: voidType, nullable: true };
}

const constant = (name: string, type: DataType, signature: string, doc: string): FunctionRow =>
  scalar(name, 0, signature, doc, () => ({ arguments: [], type, nullable: false }));

/** Mode, padding and the rest as Spark fills them in, and prints them. */
function bytes(site: CallSite, defaults: readonly string[]): Typed {
  const given = site.arguments;
  const filled: readonly Expression[] = [
    ...given,
    ...defaults.slice(given.length - 2).map((text) => literalOf(text, stringType)),
  ];
  const whole = { ...site, arguments: filled };
  const values = cast(whole, [binaryType, binaryType, stringType, stringType, binaryType]);
  return { arguments: values, type: binaryType, nullable: true };
}

export const runtime: readonly FunctionRow[] = [
  constant(
    'input_file_name',
    stringType,
    'input_file_name()',
    'The file that a row is of: none, for only queries without tables and files may ask.',
  ),
  constant(
    'input_file_block_start',
    longType,
    'input_file_block_start()',
    'Where in a file the block of a row begins: -1 without a file.',
  ),
  constant(
    'input_file_block_length',
    longType,
    'input_file_block_length()',
    'How long the block of a row is: -1 without a file.',
  ),
  scalar(
    'equal_null',
    2,
    'equal_null(left, right)',
    'Whether both are equal, or both are null.',
    (site) => ({
      ...comparison({ ...site, name: '<=>' }),
      writtenAs: 'equal_null',
      nullable: false,
    }),
  ),
  scalar('raise_error', [1, 2], 'raise_error(message)', 'Ends the query with an error.', raised),
  scalar(
    'assert_true',
    [1, 2],
    'assert_true(condition[, message])',
    'Ends the query with an error unless the condition is true.',
    asserted,
  ),
  constant('uuid', stringType, 'uuid()', 'A random UUID.'),
  constant('version', stringType, 'version()', 'The version of Spark that is followed.'),
  constant(
    'monotonically_increasing_id',
    longType,
    'monotonically_increasing_id()',
    'A number of each row, from 0.',
  ),
  constant(
    'spark_partition_id',
    intType,
    'spark_partition_id()',
    'The partition of a row; there is but one here.',
  ),
  scalar(
    'aes_encrypt',
    [2, 6],
    'aes_encrypt(bytes, key[, mode[, padding[, iv[, aad]]]])',
    'Bytes encrypted with AES in mode GCM, CBC or ECB.',
    (site) => bytes(site, ['GCM', 'DEFAULT', '', '']),
  ),
  scalar(
    'aes_decrypt',
    [2, 5],
    'aes_decrypt(bytes, key[, mode[, padding[, aad]]])',
    'Bytes decrypted with AES in mode GCM, CBC or ECB.',
    (site) => bytes(site, ['GCM', 'DEFAULT', '']),
  ),
  scalar(
    'try_aes_decrypt',
    [2, 5],
    'try_aes_decrypt(bytes, key[, mode[, padding[, aad]]])',
    'As aes_decrypt, but null where the bytes can not be decrypted.',
    (site) => bytes(site, ['GCM', 'DEFAULT', '']),
  ),
];
