/** The options that `strata sql` and `strata explain` share. */
import { resolve } from 'node:path';
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import { CannotRun } from './command.ts';

export interface SqlOptions {
  /** The query, or `-` for standard input; empty where `--file` names where it stands. */
  readonly query: string;
  readonly views: readonly ViewDefinition[];
  readonly settings: Readonly<Record<string, string>>;
  /** Options with one value by name, those that were given. */
  readonly values: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
}

export function parseSqlOptions(
  args: readonly string[],
  cwd: string,
  known: { readonly values: readonly string[]; readonly flags: readonly string[] },
): SqlOptions {
  const positional: string[] = [];
  const views: ViewDefinition[] = [];
  const settings: Record<string, string> = {};
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    const [, name = '', attached] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === '') {
      positional.push(argument);
      continue;
    }
    if (known.flags.includes(name) && attached === undefined) {
      flags.add(name);
      continue;
    }
    if (name !== 'view' && name !== 'set' && !known.values.includes(name))
      throw new CannotRun(`there is no option '${argument}'; --help lists what there is`);
    const value = attached ?? args[++index];
    if (value === undefined) throw new CannotRun(`--${name} needs a value`);
    if (name === 'view') views.push(viewOf(value, cwd));
    else if (name === 'set') {
      const [key, setting] = pairOf(value, 'set', 'K=V');
      settings[key] = setting;
    } else values[name] = value;
  }
  const { file } = values;
  const [query = file === undefined ? undefined : '', ...rest] = positional;
  if (query === undefined)
    throw new CannotRun("there is no query; give one, or '-' to read standard input");
  if (file !== undefined && query !== '')
    throw new CannotRun(`--file says where the query is; '${query}' came too many`);
  if (rest.length > 0)
    throw new CannotRun(
      `one query at a time; quote it as one argument ('${rest[0] ?? ''}' came too many)`,
    );
  return { query, views, settings, values, flags };
}

/** `NAME=PATH`, with Spark's reader options behind a `?` that no file's name ends in: `o=a.csv?header=false&sep=;`. */
function viewOf(text: string, cwd: string): ViewDefinition {
  const [name, target] = pairOf(text, 'view', 'NAME=PATH');
  const [, path = target, query] = /^(.*)\?([A-Za-z]+=.*)$/s.exec(target) ?? [];
  const options = Object.fromEntries(
    (query ?? '')
      .split('&')
      .filter((part) => part !== '')
      .map((part) => pairOf(part, 'view', 'NAME=PATH?OPTION=VALUE')),
  );
  const { format, ...readerOptions } = options;
  if (format !== undefined && !isFormat(format))
    throw new CannotRun(
      `--view ${name}: the format '${format}' is not csv, json, parquet or arrow`,
    );
  return {
    name,
    path: resolve(cwd, path),
    ...(format === undefined ? {} : { format }),
    ...(Object.keys(readerOptions).length > 0 ? { options: readerOptions } : {}),
  };
}

function isFormat(text: string): text is FileFormat {
  return text === 'csv' || text === 'json' || text === 'parquet' || text === 'arrow';
}

function pairOf(text: string, option: string, shape: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new CannotRun(`--${option} takes ${shape}, not '${text}'`);
  return [text.slice(0, at), text.slice(at + 1)];
}
