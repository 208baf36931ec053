/** What can be said of a CSV file; anything else that changes how it reads is refused by name. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { CsvDialect } from '../duckdb/readers.ts';
import type { CarefulCsv } from './csvCareful.ts';
import { unknownCharset, unsupportedOption } from './failures.ts';
import type { SourceFailure } from './source.ts';
import { encodingOf } from './textStream.ts';

export interface CsvOptions {
  readonly dialect: CsvDialect;
  readonly inferSchema: boolean;
  readonly careful: CarefulCsv;
  /** DuckDB's reader has no such option. */
  readonly needsCare: boolean;
}

/** Options that say what is so anyway. */
const neutral: Readonly<Record<string, RegExp>> = {
  preferdate: /^true$/i,
  enforceschema: /^(true|false)$/i,
  samplingratio: /^1(\.0*)?$/,
  locale: /^en(-US)?$/i,
  unescapedquotehandling: /^stop_at_delimiter$/i,
  nanvalue: /^NaN$/,
  positiveinf: /^Inf$/,
  negativeinf: /^-Inf$/,
  maxcolumns: /^\d+$/,
  maxcharspercolumn: /^-1$/,
  path: /^/,
};

const known: ReadonlySet<string> = new Set(
  (
    'header inferschema sep delimiter quote escape comment nullvalue emptyvalue mode encoding charset multiline ' +
    'columnnameofcorruptrecord dateformat timestampformat timeformat ignoreleadingwhitespace ignoretrailingwhitespace ' +
    'linesep chartoescapequoteescaping'
  ).split(' '),
);

const flags = [
  'header',
  'inferschema',
  'multiline',
  'ignoreleadingwhitespace',
  'ignoretrailingwhitespace',
];

const modes: Readonly<Record<string, CarefulCsv['mode']>> = {
  permissive: 'permissive',
  dropmalformed: 'dropMalformed',
  failfast: 'failFast',
};

export function csvOptions(
  options: Readonly<Record<string, string>>,
): Result<CsvOptions, SourceFailure> {
  const refused = (key: string) => fail(unsupportedOption('csv', key, options[key] ?? ''));
  for (const [key, value] of Object.entries(options))
    if (!known.has(key) && !neutral[key]?.test(value)) return refused(key);
  for (const key of flags) if (!/^(true|false)$/i.test(options[key] ?? 'true')) return refused(key);
  const flag = (key: string) => options[key]?.toLowerCase() === 'true';
  const encoding = encodingOf(options.encoding ?? options.charset ?? 'UTF-8');
  if (encoding === undefined)
    return fail(unknownCharset('CSVOptions', options.encoding ?? options.charset ?? ''));
  // A mode that is none is read as PERMISSIVE, as Spark does.
  const mode = modes[options.mode?.toLowerCase() ?? ''] ?? 'permissive';
  const separator = unescaped(options.sep ?? options.delimiter ?? ',');
  const quote = options.quote ?? '"';
  const escape = options.escape ?? '\\';
  const comment = options.comment ?? '';
  if (separator.length < 1 || 4 < separator.length) return refused('sep');
  const escapeEscape = options.chartoescapequoteescaping ?? (escape === quote ? '' : escape);
  for (const [key, mark] of [
    ['quote', quote],
    ['escape', escape],
    ['comment', comment],
  ] as const)
    if (mark.length > 1) return refused(key);
  if (escapeEscape !== '' && escapeEscape !== escape) return refused('chartoescapequoteescaping');
  const careful: CarefulCsv = {
    syntax: {
      separator,
      quote,
      escape,
      escapeEscape,
      comment,
      nullValue: options.nullvalue ?? '',
      emptyValue: options.emptyvalue ?? '',
      trimsStart: flag('ignoreleadingwhitespace'),
      trimsEnd: flag('ignoretrailingwhitespace'),
    },
    encoding,
    header: flag('header'),
    multiLine: flag('multiline'),
    lineBreak: options.linesep === undefined ? undefined : unescaped(options.linesep),
    dateFormat: options.dateformat,
    timestampFormat: options.timestampformat,
    timeFormat: options.timeformat,
    mode,
    corruptName: options.columnnameofcorruptrecord ?? '_corrupt_record',
  };
  const needsCare =
    mode !== 'permissive' ||
    encoding !== 'utf-8' ||
    careful.dateFormat !== undefined ||
    careful.timestampFormat !== undefined ||
    careful.timeFormat !== undefined ||
    careful.lineBreak !== undefined ||
    comment !== '' ||
    careful.syntax.trimsStart ||
    careful.syntax.trimsEnd ||
    careful.syntax.nullValue !== '' ||
    careful.syntax.emptyValue !== '' ||
    options.chartoescapequoteescaping !== undefined;
  return ok({
    inferSchema: flag('inferschema'),
    careful,
    needsCare,
    dialect: {
      separator,
      quote,
      // DuckDB takes an escape only where there are quotes.
      escape: quote === '' ? '' : escape,
      comment,
      header: flag('header'),
      nullValue: '',
      isParallel: true,
    },
  });
}

/** `\t` and its like as the option writes them. */
function unescaped(text: string): string {
  const marks: Readonly<Record<string, string>> = {
    t: '\t',
    n: '\n',
    r: '\r',
    '0': '\0',
    '\\': '\\',
  };
  return text.replace(/\\([tnr0\\])/g, (_, mark: string) => marks[mark] ?? '');
}
