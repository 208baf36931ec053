/** `spark.read` and `df.write`. */
import type { Arguments } from './arguments.ts';
import { argument, optionText, required, requiredText, several, text, texts } from './arguments.ts';
import type { Script } from './script.ts';
import { schemaText } from './types.ts';
import type { Reader, Value, Writer } from './values.ts';
import { cannotKnow, none } from './values.ts';

const readable = new Set(['csv', 'json', 'parquet']);

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

function schemaOf(value: Value, args: Arguments): string {
  if (value.kind === 'str') return value.value;
  if (value.kind === 'schema') return schemaText(value.fields);
  return cannotKnow('a StructType or a schema as text belongs here', args.node);
}

function load(script: Script, reader: Reader, args: Arguments): Value {
  const format = reader.format ?? 'parquet';
  if (!readable.has(format))
    return cannotKnow(
      `files of the format '${format}' are not read here; csv, json and parquet are`,
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
  const [path, ...more] = format === 'parquet' ? several(args) : [required(args, 0, 'path')];
  const one = path?.kind === 'list' && path.items.length === 1 ? path.items[0] : path;
  if (one?.kind !== 'str') return cannotKnow('the path of the file is not known here', args.node);
  if (more.length > 0)
    return cannotKnow(
      'several paths at once are not read yet; a folder or a pattern is',
      args.node,
    );
  const name = script.nextFileName();
  // CSV's defaults are Spark's here, not those of a view: no header, and texts.
  const defaults: Readonly<Record<string, string>> =
    format === 'csv'
      ? { header: 'false', inferschema: 'false', escape: '\\', multiline: 'false' }
      : {};
  const options = {
    ...defaults,
    ...read.options,
    ...(read.schema === undefined ? {} : { schema: read.schema }),
  };
  script.add({ action: 'defineFile', name, path: one.value, format, options });
  return script.frame({
    kind: 'read',
    readType: { kind: 'namedTable', nameParts: [name] },
    range: script.rangeOf(args.node),
  });
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
    case 'csv':
    case 'json':
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
