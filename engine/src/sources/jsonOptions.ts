/** What can be said of a JSON file; anything else that changes how it reads is refused by name. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { unknownCharset, unsupportedOption } from './failures.ts';
import type { CarefulJson } from './jsonCareful.ts';
import type { SourceFailure } from './source.ts';
import { encodingOf } from './textStream.ts';

const flag = /^(true|false)$/i;
const known: Readonly<Record<string, RegExp>> = {
  mode: /^/,
  columnnameofcorruptrecord: /^[^]+$/,
  encoding: /^/,
  charset: /^/,
  multiline: flag,
  linesep: /^[^]+$/,
  primitivesasstring: flag,
  prefersdecimal: flag,
  infertimestamp: flag,
  dateformat: /^/,
  timestampformat: /^/,
  timestampntzformat: /^/,
  timeformat: /^/,
  allowsinglequotes: flag,
  allowunquotedfieldnames: flag,
  allownumericleadingzeros: flag,
  allowcomments: flag,
  allownonnumericnumbers: flag,
  allowbackslashescapinganycharacter: flag,
  allowunquotedcontrolchars: flag,
  dropfieldifallnull: /^false$/i,
  samplingratio: /^1(\.0*)?$/,
  locale: /^en(-US)?$/i,
};

/** They say what is so anyway. */
const usual: Readonly<Record<string, string>> = {
  mode: 'permissive',
  multiline: 'false',
  primitivesasstring: 'false',
  prefersdecimal: 'false',
  infertimestamp: 'false',
  encoding: 'utf-8',
  charset: 'utf-8',
};

export function jsonOptions(
  options: Readonly<Record<string, string>>,
): Result<{ readonly careful: CarefulJson; readonly needsCare: boolean }, SourceFailure> {
  for (const [key, value] of Object.entries(options))
    if (!known[key]?.test(value)) return fail(unsupportedOption('json', key, value));
  // Patterns make inference look at times, which is not done here.
  const infers = options.infertimestamp?.toLowerCase() === 'true';
  if (infers && options.timestampformat !== undefined)
    return fail(unsupportedOption('json', 'inferTimestamp', 'true, with timestampFormat'));
  const charset = options.encoding ?? options.charset ?? 'UTF-8';
  const encoding = encodingOf(charset);
  if (encoding === undefined) return fail(unknownCharset('JSONOptions', charset));
  const mode = options.mode?.toLowerCase();
  const lineBreak = options.linesep?.replace(/\\([nrt])/g, (_, mark: string) =>
    mark === 'n' ? '\n' : mark === 'r' ? '\r' : '\t',
  );
  return ok({
    careful: {
      options,
      mode:
        mode === 'dropmalformed'
          ? 'dropMalformed'
          : mode === 'failfast'
            ? 'failFast'
            : 'permissive',
      corruptName: options.columnnameofcorruptrecord ?? '_corrupt_record',
      multiLine: options.multiline?.toLowerCase() === 'true',
      encoding,
      lineBreak,
    },
    needsCare: Object.entries(options).some(([key, value]) => usual[key] !== value.toLowerCase()),
  });
}
