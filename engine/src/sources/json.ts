/**
 * JSON lines with the schema that Spark infers: integers are bigint, other numbers double, objects structs,
 * columns and fields sorted by name, what has no type of its own a string. Dates stay strings.
 */
import { hasOtherKeys } from '#sql/functions/json.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { jsonStructure, readJson, selectColumns } from '../duckdb/readers.ts';
import { duckType } from '../duckdb/types.ts';
import type { DataType } from '#sql/plan/types.ts';
import {
  arrayType,
  booleanType,
  doubleType,
  longType,
  stringType,
  typeSql,
} from '#sql/plan/types.ts';
import { invalidMapKeys, unreadable, unsupportedOption } from './failures.ts';
import { carefulJson } from './jsonCareful.ts';
import { jsonOptions } from './jsonOptions.ts';
import { packedUnknown } from './textStream.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';

type Structure = string | readonly [Structure] | { readonly [name: string]: Structure };

export async function jsonSource(
  files: FileSet,
  options: Readonly<Record<string, string>>,
  reader: SourceReader,
  given?: readonly SourceColumn[],
): Promise<Result<Source, SourceFailure>> {
  const read = jsonOptions(options);
  if (!read.ok) return read;
  if (given?.some(({ type }) => hasOtherKeys(type))) {
    const fields = given.map((column) => ({ ...column, nullable: true }));
    return fail(invalidMapKeys(`"${typeSql({ kind: 'struct', fields })}"`));
  }
  const careful = () => carefulJson(files, read.value.careful, false, reader, given);
  const packed = files.files.map(packedUnknown).find((ending) => ending !== undefined);
  if (packed !== undefined) return fail(unsupportedOption('json', 'compression', packed));
  if (given || read.value.needsCare) return careful();
  try {
    const [row = []] = await reader.rows(jsonStructure(files.files));
    const structure = JSON.parse(typeof row[0] === 'string' ? row[0] : '{}') as Structure | null;
    if (typeof structure !== 'object' || structure === null || Array.isArray(structure))
      return await careful();
    if (!isAlike(structure)) return await careful();
    const type = sparkType(structure);
    const columns =
      type?.kind === 'struct' ? type.fields.map(({ name, type }) => ({ name, type })) : [];
    return ok({
      columns,
      byteLength: files.byteLength,
      files: files.files,
      isSampled: false,
      scanSql(names, _timeZone, paths = files.files) {
        if (columns.length === 0) return 'SELECT 1 AS one WHERE FALSE';
        const table = readJson(
          paths,
          columns.map(({ name, type }) => ({ name, type: duckType(type) })),
        );
        const list = names.map((name) => [quoteIdentifier(name), name] as const);
        // Something of the file has to be read for its rows to be counted.
        const [some] = columns;
        return `SELECT ${list.length === 0 ? `${quoteIdentifier(some?.name ?? '')} AS one` : selectColumns(list)} FROM ${table}`;
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A record that is none is no reason to give the file up.
    if (message.startsWith('Invalid Input Error: Malformed JSON')) return careful();
    return fail(unreadable(files.path, message.split('\n', 1)[0] ?? ''));
  }
}

/** Whether Spark's types for it are DuckDB's; they are not where values of several kinds meet. */
function isAlike(structure: Structure): boolean {
  if (typeof structure === 'string') return structure !== 'UBIGINT' && structure !== 'JSON';
  return Object.values(structure).every(isAlike);
}

/** Undefined for an object without fields, which Spark leaves out. */
function sparkType(structure: Structure): DataType | undefined {
  if (typeof structure === 'string')
    return Object.hasOwn(scalars, structure) ? (scalars[structure] ?? stringType) : stringType;
  if (Array.isArray(structure)) {
    const element = sparkType((structure as readonly [Structure])[0]);
    return element && arrayType(element);
  }
  const fields = Object.entries(structure as Readonly<Record<string, Structure>>)
    .flatMap(([name, of]) => {
      const type = sparkType(of);
      return type === undefined ? [] : [{ name, type, nullable: true }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return fields.length === 0 ? undefined : { kind: 'struct', fields };
}

const scalars: Readonly<Record<string, DataType>> = {
  BIGINT: longType,
  // What is beyond a bigint raises when it is read.
  UBIGINT: longType,
  DOUBLE: doubleType,
  BOOLEAN: booleanType,
  VARCHAR: stringType,
};
