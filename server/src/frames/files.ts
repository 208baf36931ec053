/** `spark.read` and `df.write`. */
import type { StructField } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import {
  argument,
  flag,
  optionText,
  required,
  requiredText,
  several,
  text,
  texts,
} from './arguments.ts';
import { aliasOf, literal, namedColumn } from './expressions.ts';
import { quoted } from './reshaping.ts';
import type { Script } from './script.ts';
import { fieldsOfText } from './types.ts';
import type { Frame, Reader, Value, Writer } from './values.ts';
import { cannotKnow, none } from './values.ts';

const readable = new Set(['csv', 'json', 'parquet', 'text']);

export function readerMethod(script: Script, reader: Reader, name: string, args: Arguments): Value {
  switch (name) {
    case 'format':
      return { ...reader, format: requiredText(args, 0, 'source').toLowerCase() };
    case 'option':
      return withOption(reader, requiredText(args, 0, 'key'), required(args, 1, 'value'), args);
    case 'options':
      return [...args.keywords].reduce<Reader>(
        (changed, [key, value]) => withOption(changed, key, value, args),
        reader,
      );
    case 'schema':
      return { ...reader, schema: schemaOf(required(args, 0, 'schema'), args) };
    case 'load':
      return load(
        script,
        { ...reader, format: text(args, 1, 'format') ?? reader.format ?? 'parquet' },
        args,
      );
    case 'table':
      return script.frame({
        kind: 'read',
        readType: { kind: 'namedTable', nameParts: requiredText(args, 0, 'tableName').split('.') },
        range: script.rangeOf(args.node),
      });
    case 'jdbc':
      return cannotKnow('a database is not reached from here; files are read', args.node);
    default:
      return load(script, { ...reader, format: name.toLowerCase() }, args);
  }
}

function withOption(reader: Reader, key: string, value: Value, args: Arguments): Reader {
  return {
    ...reader,
    options: { ...reader.options, [key.toLowerCase()]: optionText(value, args.node) },
  };
}

function schemaOf(value: Value, args: Arguments): readonly StructField[] {
  if (value.kind === 'schema') return value.fields;
  const fields = value.kind === 'str' ? fieldsOfText(value.value) : undefined;
  if (fields) return fields;
  return cannotKnow('a StructType or a schema as text belongs here', args.node);
}

function load(script: Script, reader: Reader, args: Arguments): Value {
  const format = reader.format ?? 'parquet';
  if (!readable.has(format))
    return cannotKnow(
      `files of the format '${format}' are not read here; csv, json, parquet and text are`,
      args.node,
    );
  let read = reader;
  for (const [key, value] of args.keywords) {
    if (value.kind === 'none' || key === 'path' || key === 'paths' || key === 'format') continue;
    read =
      key === 'schema'
        ? { ...read, schema: schemaOf(value, args) }
        : withOption(read, key, value, args);
  }
  const second = args.positional[1];
  if (second && format !== 'parquet' && second.kind !== 'none')
    read = { ...read, schema: schemaOf(second, args) };
  const given = format === 'parquet' ? several(args) : [required(args, 0, 'path')];
  const paths = given.flatMap((path) => ('items' in path ? path.items : [path]));
  const frames = paths.map((path): Frame => {
    if (path.kind !== 'str') return cannotKnow('the path of the file is not known here', args.node);
    return fileFrame(script, path.value, format, read, args);
  });
  const [first, ...more] = frames;
  if (!first) return cannotKnow('the path of the file is missing', args.node);
  return more.length === 0 ? first : together(script, [first, ...more], format, read, args);
}

/** Files that are read as one have the columns of all; where those differ Spark merges what it infers. */
function together(
  script: Script,
  frames: readonly [Frame, ...Frame[]],
  format: string,
  { options, schema }: Reader,
  args: Arguments,
): Value {
  const isFixed = schema !== undefined || (format === 'csv' && options.inferschema !== 'true');
  const shapes = frames.map((frame) =>
    script.schemas
      .columnsOf(frame)
      ?.map(({ name, type }) => `${name} ${simpleString(type)}`)
      .join(', '),
  );
  const isSame = shapes.every((shape) => shape !== undefined && shape === shapes[0]);
  if (!isSame && !(isFixed && shapes.includes(undefined)))
    return cannotKnow('files of different columns are not read as one here', args.node);
  const range = script.rangeOf(args.node);
  return frames.reduce((left, right) =>
    script.frame({
      kind: 'setOp',
      leftInput: left.relation,
      rightInput: right.relation,
      setOpType: 'union',
      isAll: true,
      byName: false,
      range,
    }),
  );
}

function fileFrame(
  script: Script,
  path: string,
  format: string,
  read: Reader,
  args: Arguments,
): Frame {
  const name = script.nextFileName();
  // CSV's defaults are Spark's here, not those of a view: no header, and texts.
  const defaults: Readonly<Record<string, string>> =
    format === 'csv'
      ? { header: 'false', inferschema: 'false', escape: '\\', multiline: 'false' }
      : {};
  const options = { ...defaults, ...read.options };
  const given = read.schema?.map(({ name: column, type }) => ({
    name: column,
    type: simpleString(type),
    nullable: true,
  }));
  const file = {
    path,
    format,
    options,
    ...(given && format === 'csv' ? { schema: given } : {}),
  };
  script.add({ action: 'defineFile', name, ...file });
  script.schemas.defineFile(name, file);
  const frame = script.frame({
    kind: 'read',
    readType: { kind: 'namedTable', nameParts: [name] },
    range: script.rangeOf(args.node),
  });
  return read.schema && format !== 'csv' ? withSchema(script, frame, read.schema, args) : frame;
}

/** A file that says its own columns, seen through those that were asked for: what it lacks is null. */
function withSchema(
  script: Script,
  frame: Frame,
  fields: readonly StructField[],
  args: Arguments,
): Frame {
  const columns = script.schemas.columnsOf(frame);
  if (!columns)
    return cannotKnow(
      'a schema for such a file is read where the columns of the file are known',
      args.node,
    );
  const range = script.rangeOf(args.node);
  const expressions = fields.map(({ name, type }): Expression => {
    const isThere = columns.some((column) => column.name === name);
    const value = isThere ? namedColumn(quoted(name), range) : literal(null, type, range);
    return aliasOf(
      { kind: 'cast', expression: value, toType: type, evalMode: 'try', range },
      name,
      range,
    );
  });
  return script.frame({ kind: 'project', input: frame.relation, expressions, range });
}

const modes = new Set(['overwrite', 'append', 'ignore', 'error', 'errorifexists']);

export function writerMethod(script: Script, writer: Writer, name: string, args: Arguments): Value {
  switch (name) {
    case 'mode': {
      const mode = requiredText(args, 0, 'saveMode').toLowerCase();
      if (!modes.has(mode)) return cannotKnow(`'${mode}' is no mode of writing`, args.node);
      return { ...writer, mode };
    }
    case 'format':
      return { ...writer, format: requiredText(args, 0, 'source').toLowerCase() };
    case 'option':
      return {
        ...writer,
        options: {
          ...writer.options,
          [requiredText(args, 0, 'key').toLowerCase()]: optionText(
            required(args, 1, 'value'),
            args.node,
          ),
        },
      };
    case 'options':
      return {
        ...writer,
        options: {
          ...writer.options,
          ...Object.fromEntries(
            [...args.keywords].map(([key, value]) => [
              key.toLowerCase(),
              optionText(value, args.node),
            ]),
          ),
        },
      };
    case 'partitionBy':
      return { ...writer, partitionBy: texts(several(args), args.node) };
    case 'save':
      return write(
        script,
        { ...writer, format: text(args, 1, 'format') ?? writer.format ?? 'parquet' },
        args,
      );
    case 'saveAsTable':
    case 'insertInto':
      return saveTable(script, writer, name, args);
    case 'csv':
    case 'json':
    case 'text':
    case 'parquet':
      return write(script, { ...writer, format: name }, args);
    default:
      return cannotKnow(
        `DataFrameWriter.${name} is not run here; files of csv, json and parquet are written`,
        args.node,
      );
  }
}

function write(script: Script, writer: Writer, args: Arguments): Value {
  const { frame, format = 'parquet' } = writer;
  if (!readable.has(format))
    return cannotKnow(
      `files of the format '${format}' are not written here; csv, json and parquet are`,
      args.node,
    );
  const path = argument(args, 0, 'path');
  if (path?.kind !== 'str') return cannotKnow('the path is not known here', args.node);
  const options: Record<string, string> = { ...writer.options };
  let { mode, partitionBy } = writer;
  for (const [key, value] of args.keywords) {
    if (value.kind === 'none' || key === 'path' || key === 'format') continue;
    if (key === 'mode') mode = optionText(value, args.node).toLowerCase();
    else if (key === 'partitionBy')
      partitionBy =
        value.kind === 'str'
          ? [value.value]
          : texts(several({ ...args, positional: [value] }), args.node);
    else options[key.toLowerCase()] = optionText(value, args.node);
  }
  const second = args.positional[1];
  if (second?.kind === 'str') mode = second.value.toLowerCase();
  script.schemas.write(path.value, format, frame.relation, partitionBy);
  script.add({
    action: 'write',
    statement: script.query(frame.relation),
    path: path.value,
    format,
    mode,
    options,
    partitionBy,
  });
  return none;
}

/** A table of the session: made anew, or added to. */
function saveTable(script: Script, writer: Writer, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const nameParts = requiredText(args, 0, name === 'saveAsTable' ? 'name' : 'tableName').split('.');
  const mode = text(args, Infinity, 'mode')?.toLowerCase() ?? writer.mode;
  const target = { nameParts, range };
  const query = writer.frame.relation;
  if (name === 'insertInto' || mode === 'append') {
    const overwrite = name === 'insertInto' && (flag(args, 1, 'overwrite') ?? mode === 'overwrite');
    const isByName = name !== 'insertInto';
    script.add({
      action: 'run',
      statement: script.encode({
        kind: 'insert',
        target,
        overwrite,
        byName: isByName,
        partition: [],
        query,
        range,
      }),
    });
    return none;
  }
  if (mode === 'overwrite')
    script.add({
      action: 'run',
      statement: script.encode({
        kind: 'dropRelation',
        what: 'table',
        name: target,
        ifExists: true,
        range,
      }),
    });
  script.add({
    action: 'run',
    statement: script.encode({
      kind: 'createTable',
      name: target,
      temporary: false,
      replace: false,
      ifNotExists: mode === 'ignore',
      columns: [],
      format: writer.format ?? 'parquet',
      options: {},
      partitionColumns: writer.partitionBy,
      properties: {},
      query,
      queryText: '',
      range,
    }),
  });
  return none;
}
