import { instantIn, parseTimestamp } from './value/datetime.ts';

/** The session settings that change what a statement means. */
export interface Settings {
  readonly ansi: boolean;
  /** An IANA zone or a fixed offset as Spark writes it. */
  readonly timeZone: string;
  readonly caseSensitive: boolean;
  /** What `TIMESTAMP` means: a local time instead of an instant. */
  readonly timestampIsLocal: boolean;
  /** Whether there are times of day at all. */
  readonly timesOfDay: boolean;
  /** How patterns of times are read: by Java's newer formatter, or by its older one. */
  readonly timeParserPolicy: 'corrected' | 'exception' | 'legacy';
  /** Whether decimals of more than 38 digits lose digits behind the point, or become null. */
  readonly allowsPrecisionLoss: boolean;
  /**
   * Functions of the user's that are not here and are read as their one argument, so that a query that calls
   * one can be tried; lower-case names.
   */
  readonly identityFunctions: ReadonlySet<string>;
  /** What texts compare by where a statement does not say: of a view that was made so. A canonical name. */
  readonly defaultCollation?: string;
  /** How a text is split into tokens and read. */
  readonly parser: ParserSettings;
  /** What numbers and aliases mean in GROUP BY and ORDER BY, and which WITH a name means. */
  readonly relations: RelationSettings;
  /** Whether any of Java's character sets may be named. */
  readonly javaCharsets: boolean;
  /** Whether characters that a set has not become question marks. */
  readonly lenientCharsets: boolean;
  /** What the clock says in every statement, in microseconds since 1970, for answers that repeat. */
  readonly clock: bigint | undefined;
  /** Rules of the optimizer that are not applied. */
  readonly excludedRules: ReadonlySet<string>;
}

export const defaultSettings: Settings = {
  ansi: true,
  timeZone: 'UTC',
  caseSensitive: false,
  timestampIsLocal: false,
  timesOfDay: true,
  timeParserPolicy: 'corrected',
  allowsPrecisionLoss: true,
  identityFunctions: new Set(),
  parser: {
    doubleQuotedNames: false,
    reservesKeywords: false,
    bangIsNot: false,
    setOperationsLeftToRight: false,
    havingWithoutGroupByFilters: false,
    keepsEscapes: false,
    viewSchemaModes: true,
    trimCollations: false,
  },
  relations: {
    groupByOrdinal: true,
    groupByAliases: true,
    orderByOrdinal: true,
    nestedNames: 'inner',
  },
  javaCharsets: false,
  lenientCharsets: false,
  clock: undefined,
  excludedRules: new Set(),
};

export interface RelationSettings {
  readonly groupByOrdinal: boolean;
  readonly groupByAliases: boolean;
  readonly orderByOrdinal: boolean;
  /** Of two WITH that give one name: the inner one counts, or it is an error. */
  readonly nestedNames: 'inner' | 'ambiguous';
}

export interface ParserSettings {
  /** `"a"` is a name and no string. */
  readonly doubleQuotedNames: boolean;
  /** Reserved words are no names. */
  readonly reservesKeywords: boolean;
  /** `a ! IN (…)`, `a IS ! NULL`. */
  readonly bangIsNot: boolean;
  /** INTERSECT binds no tighter than UNION. */
  readonly setOperationsLeftToRight: boolean;
  readonly havingWithoutGroupByFilters: boolean;
  /** A backslash in a string stands for itself. */
  readonly keepsEscapes: boolean;
  /** `CREATE VIEW … WITH SCHEMA …` is allowed. */
  readonly viewSchemaModes: boolean;
  /** Collations may disregard trailing blanks. */
  readonly trimCollations: boolean;
}

/** What the parser has to know of a session. */
export type ParseContext = Pick<
  Settings,
  'timeZone' | 'timestampIsLocal' | 'timesOfDay' | 'parser'
>;

/** The setting that names {@link Settings.identityFunctions}, with commas between them. */
export const identitySetting = 'strata.identityFunctions';

/** The setting that stops the clock; its value is a timestamp, in the session's zone unless it names one. */
export const clockSetting = 'strata.clock';

/** Reads `spark.sql.…` keys; others are not this front end's. */
export function settingsFrom(values: Readonly<Record<string, string>>): Settings {
  const flag = (key: string, otherwise: boolean) => {
    const value = values[key]?.trim().toLowerCase();
    return value === 'true' ? true : value === 'false' ? false : otherwise;
  };
  const ansi = flag('spark.sql.ansi.enabled', defaultSettings.ansi);
  const timeZone = values['spark.sql.session.timeZone'] ?? defaultSettings.timeZone;
  const policy = values['spark.sql.legacy.timeParserPolicy']?.trim().toLowerCase();
  return {
    ansi,
    timeZone,
    caseSensitive: flag('spark.sql.caseSensitive', defaultSettings.caseSensitive),
    timestampIsLocal: values['spark.sql.timestampType']?.trim().toUpperCase() === 'TIMESTAMP_NTZ',
    timesOfDay: flag('spark.sql.timeType.enabled', defaultSettings.timesOfDay),
    timeParserPolicy: policy === 'legacy' || policy === 'exception' ? policy : 'corrected',
    relations: {
      groupByOrdinal: flag('spark.sql.groupByOrdinal', true),
      groupByAliases: flag('spark.sql.groupByAliases', true),
      orderByOrdinal: flag('spark.sql.orderByOrdinal', true),
      nestedNames:
        values['spark.sql.legacy.ctePrecedencePolicy']?.trim().toLowerCase() === 'exception'
          ? 'ambiguous'
          : 'inner',
    },
    allowsPrecisionLoss: flag(
      'spark.sql.decimalOperations.allowPrecisionLoss',
      defaultSettings.allowsPrecisionLoss,
    ),
    identityFunctions: new Set(values[identitySetting]?.toLowerCase().match(/\w+/g) ?? []),
    parser: {
      doubleQuotedNames: ansi && flag('spark.sql.ansi.doubleQuotedIdentifiers', false),
      reservesKeywords: ansi && flag('spark.sql.ansi.enforceReservedKeywords', false),
      bangIsNot: flag('spark.sql.legacy.bangEqualsNot', false),
      setOperationsLeftToRight: flag('spark.sql.legacy.setopsPrecedence.enabled', false),
      havingWithoutGroupByFilters: flag(
        'spark.sql.legacy.parser.havingWithoutGroupByAsWhere',
        false,
      ),
      keepsEscapes: flag('spark.sql.parser.escapedStringLiterals', false),
      viewSchemaModes: flag('spark.sql.legacy.viewSchemaBindingMode', true),
      trimCollations: flag('spark.sql.collation.trim.enabled', false),
    },
    javaCharsets: flag('spark.sql.legacy.javaCharsets', false),
    lenientCharsets: flag('spark.sql.legacy.codingErrorAction', false),
    clock: clockFrom(values[clockSetting], timeZone),
    // Spark names them by the classes that they are.
    excludedRules: new Set(
      values['spark.sql.optimizer.excludedRules']
        ?.split(',')
        .map((name) => name.trim().split('.').at(-1) ?? '') ?? [],
    ),
  };
}

function clockFrom(text: string | undefined, timeZone: string): bigint | undefined {
  const parsed = text === undefined ? undefined : parseTimestamp(text);
  return parsed && instantIn(parsed.zone ?? timeZone, parsed.micros);
}
