/**
 * JSON that DuckDB does not read as Spark does: records that are none, documents of many lines, schemas and
 * options of the user's own. The records are found here and written to the engine's own folder, a line each; the
 * function behind `from_json` reads them.
 */
import { stat } from 'node:fs/promises';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { DataType, StructField } from '#sql/plan/types.ts';
import { stringType, voidType } from '#sql/plan/types.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { parseTimestamp } from '#sql/value/datetime.ts';
import type { JsonNode, JsonOptions } from '#sql/value/json.ts';
import { jsonText, parseJson } from '#sql/value/json.ts';
import {
  compatible,
  inferenceOptionsFrom,
  inferred,
  jsonOptionsFrom,
  withoutVoid,
} from '#sql/value/jsonSchema.ts';
import { quoteIdentifier, quoteString } from '../duckdb/quote.ts';
import { selectColumns } from '../duckdb/readers.ts';
import { raise } from '../duckdb/runtimeError.ts';
import { fromJson } from '../duckdb/scalarFunctions/jsonFunctions.ts';
import type { Signature } from '../duckdb/scalarFunctions/scalarFunction.ts';
import { scalarCall } from '../duckdb/scalarFunctions/scalarFunction.ts';
import { structFieldNames } from '../duckdb/types.ts';
import { unreadable } from './failures.ts';
import { quotedCell, readScratch, scratchFile } from './scratchFile.ts';
import type { FileSet, Source, SourceColumn, SourceFailure, SourceReader } from './source.ts';
import { linesOf, textOf } from './textStream.ts';

export interface CarefulJson {
  /** Lower-case keys, as `from_json` takes them. */
  readonly options: Readonly<Record<string, string>>;
  readonly mode: 'permissive' | 'dropMalformed' | 'failFast';
  readonly corruptName: string;
  readonly multiLine: boolean;
  readonly encoding: string;
  readonly lineBreak: string | undefined;
}

/** The longest document of many lines that is read at once. */
const maxDocumentLength = 2 ** 28;

export async function carefulJson(
  files: FileSet,
  json: CarefulJson,
  caseSensitive: boolean,
  reader: SourceReader,
  given?: readonly SourceColumn[],
): Promise<Result<Source, SourceFailure>> {
  const inference = new Inference(json);
  const places = new Map<string, string>();
  try {
    for (const file of files.files) {
      if (json.multiLine && (await stat(file)).size > maxDocumentLength)
        return fail(unreadable(file, 'A JSON document of many lines is read up to 256 MiB.'));
      const lines = recordLines(file, json, given ? undefined : inference);
      places.set(file, await scratchFile(reader.scratchFolder, 'csv', lines));
    }
  } catch (error) {
    return fail(unreadable(files.path, error instanceof Error ? error.message : String(error)));
  }
  if (!given && json.mode === 'failFast' && inference.hasBad)
    return fail(unreadable(files.path, 'A record is no JSON object, and the mode is FAILFAST.'));
  const columns = given ?? inference.columns();
  const seen = new Set<string>();
  for (const { name } of columns) {
    const key = caseSensitive ? name : name.toLowerCase();
    if (seen.has(key))
      return fail(problem('COLUMN_ALREADY_EXISTS', { columnName: quoteName([key]) }));
    seen.add(key);
  }
  return ok({
    columns,
    byteLength: files.byteLength,
    files: files.files,
    isSampled: false,
    functions(names, timeZone) {
      const wanted = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
      return readingOf(wanted, json, timeZone).signatures;
    },
    scanSql(names, timeZone, paths = files.files) {
      const table = readScratch(
        paths.map((path) => places.get(path) ?? path),
        [recordColumn],
      );
      if (names.length === 0 && json.mode === 'permissive') return `SELECT 1 AS one FROM ${table}`;
      const wanted = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
      const { sql, fields } = readingOf(wanted, json, timeZone);
      const fieldNames = structFieldNames(fields);
      const field = (name: string) => {
        const index = fields.findIndex((candidate) => candidate.name === name);
        return `record.${quoteIdentifier(fieldNames[index] ?? '')}`;
      };
      const list = wanted.map(({ name }) => [field(name), name] as const);
      const selected = list.length === 0 ? '1 AS one' : selectColumns(list);
      const from = `(SELECT ${sql} AS record FROM ${table})`;
      if (json.mode === 'permissive') return `SELECT ${selected} FROM ${from}`;
      const bad = field(json.corruptName);
      if (json.mode === 'dropMalformed')
        return `SELECT ${selected} FROM ${from} WHERE ${bad} IS NULL`;
      const reason = `'A record does not fit, and the mode is FAILFAST: ' || ${bad}`;
      const error = raise('FAILED_READ_FILE.NO_HINT', nowhere, quoteString(files.path), reason);
      return `SELECT ${selected} FROM ${from} WHERE CASE WHEN ${bad} IS NULL THEN true ELSE CAST(${error} AS BOOLEAN) END`;
    },
  });
}

const recordColumn = 'line';

/** The call that reads a line; where the mode looks at bad records the struct has their column. */
function readingOf(wanted: readonly SourceColumn[], json: CarefulJson, timeZone: string) {
  const needsCorrupt = json.mode !== 'permissive' || wanted.length === 0;
  const hasCorrupt = wanted.some(({ name }) => name === json.corruptName);
  const corrupt = { name: json.corruptName, type: stringType };
  const all = needsCorrupt && !hasCorrupt ? [...wanted, corrupt] : wanted;
  const fields = all.map(({ name, type }): StructField => ({ name, type, nullable: true }));
  const signatures: Signature[] = [];
  const call = {
    arguments: [{ type: stringType }],
    type: { kind: 'struct', fields } as const,
    evalMode: 'ansi',
    range: nowhere,
  } as const;
  const lowering = { timeZone, noteFunction: (found: Signature) => signatures.push(found) };
  const { mode: _mode, ...options } = json.options;
  void _mode;
  const sql = scalarCall(
    fromJson,
    [recordColumn],
    call,
    lowering,
    JSON.stringify({
      ...options,
      columnnameofcorruptrecord: json.corruptName,
      keepstext: 'true',
    }),
  );
  return { sql, fields, signatures };
}

class Inference {
  hasBad = false;
  private type: DataType = voidType;
  private readonly json: CarefulJson;
  private readonly options: Parameters<typeof inferred>[1];

  constructor(json: CarefulJson) {
    this.json = json;
    const infersTimes = json.options.infertimestamp?.toLowerCase() === 'true';
    this.options = {
      ...inferenceOptionsFrom(json.options),
      ...(infersTimes
        ? { isTimestamp: (text) => /^\d{4}-/.test(text) && parseTimestamp(text) !== undefined }
        : {}),
    };
  }

  note(node: JsonNode): void {
    this.type = compatible(this.type, inferred(node, this.options));
  }

  columns(): readonly SourceColumn[] {
    const type = withoutVoid(this.type);
    const fields = type.kind === 'struct' ? type.fields : [];
    const { corruptName, mode } = this.json;
    const isKept = this.hasBad && mode === 'permissive';
    const corrupt = isKept ? [{ name: corruptName, type: stringType }] : [];
    return [...fields.filter(({ name }) => !isKept || name !== corruptName), ...corrupt]
      .map(({ name, type }) => ({ name, type }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}

async function* recordLines(
  file: string,
  json: CarefulJson,
  inference: Inference | undefined,
): AsyncGenerator<string> {
  const syntax = jsonOptionsFrom(json.options);
  const texts = json.multiLine
    ? [await documentOf(file, json)]
    : linesOf(textOf(file, json.encoding), json.lineBreak);
  for await (const text of texts) {
    if (text.trim() === '') continue;
    for (const record of recordsOf(text, syntax, inference)) yield `${quotedCell(record)}\n`;
  }
}

/** The objects of a text: itself, or the items of an array. What is none stays as it is, and is bad. */
function recordsOf(
  text: string,
  syntax: JsonOptions,
  inference: Inference | undefined,
): readonly string[] {
  const node = parseJson(text, syntax, 'first');
  if (node?.kind === 'object') {
    inference?.note(node);
    return [text];
  }
  const items = node?.kind === 'array' ? node.items : undefined;
  if (items?.every((item) => item.kind === 'object')) {
    for (const item of items) inference?.note(item);
    return items.map(jsonText);
  }
  if (inference) inference.hasBad = true;
  return [text];
}

async function documentOf(file: string, { encoding }: CarefulJson): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of textOf(file, encoding)) pieces.push(piece);
  return pieces.join('');
}
