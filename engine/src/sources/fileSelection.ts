/** The options of all file formats: which of the files that lie below a path are read. */
import { basename, resolve } from 'node:path';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { instantIn, parseTimestamp } from '#sql/value/datetime.ts';
import { unsupportedOption } from './failures.ts';
import { globPattern } from './glob.ts';
import type { SourceFailure } from './source.ts';

export interface FileSelection {
  /** The folder from which the names of partitions count; absolute. */
  readonly basePath: string | undefined;
  /** All files below, whatever their folders are called, and no partitions. */
  readonly isRecursive: boolean;
  /** By the file's path and the milliseconds of its last change. */
  readonly selects: (path: string, modified: number) => boolean;
}

const own = new Set([
  'basepath',
  'pathglobfilter',
  'recursivefilelookup',
  'modifiedbefore',
  'modifiedafter',
]);

/** Parts them from the options of the format, which have lower-case keys. */
export function fileSelection(
  options: Readonly<Record<string, string>>,
  format: string,
): Result<
  { readonly selection: FileSelection; readonly options: Readonly<Record<string, string>> },
  SourceFailure
> {
  const { basepath, pathglobfilter, recursivefilelookup = 'false' } = options;
  if (!/^(true|false)$/i.test(recursivefilelookup)) {
    return fail(unsupportedOption(format, 'recursiveFileLookup', recursivefilelookup));
  }
  const limits: (number | undefined)[] = [];
  for (const key of ['modifiedafter', 'modifiedbefore']) {
    const text = options[key];
    const millis = text === undefined ? undefined : millisOf(text, options.timezone ?? 'UTC');
    if (text !== undefined && millis === undefined)
      return fail(unsupportedOption(format, key, text));
    limits.push(millis);
  }
  const [after, before] = limits;
  const pattern = pathglobfilter === undefined ? undefined : globPattern(pathglobfilter);
  return ok({
    selection: {
      basePath: basepath === undefined ? undefined : resolve(basepath),
      isRecursive: recursivefilelookup.toLowerCase() === 'true',
      selects: (path, modified) =>
        (pattern === undefined || pattern.test(basename(path))) &&
        (after === undefined || modified > after) &&
        (before === undefined || modified < before),
    },
    options: Object.fromEntries(Object.entries(options).filter(([key]) => !own.has(key))),
  });
}

function millisOf(text: string, timeZone: string): number | undefined {
  const parsed = parseTimestamp(text);
  const instant = parsed && instantIn(parsed.zone ?? timeZone, parsed.micros);
  return instant === undefined ? undefined : Number(instant / 1000n);
}
