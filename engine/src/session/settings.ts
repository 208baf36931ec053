/** Which of Spark's settings a session may have: one that would change results and is not known here is refused. */
import type { SparkError } from '#shared/protocol/engine.ts';

/** The front end reads these. */
const supported: ReadonlySet<string> = new Set([
  'spark.sql.ansi.enabled',
  'spark.sql.session.timezone',
  'spark.sql.casesensitive',
  'spark.sql.groupbyordinal',
  'spark.sql.groupbyaliases',
  'spark.sql.orderbyordinal',
  'spark.sql.legacy.timeparserpolicy',
  'spark.sql.decimaloperations.allowprecisionloss',
  'spark.sql.legacy.javacharsets',
  'spark.sql.legacy.codingerroraction',
  'strata.clock',
  'strata.allowwrites',
  'spark.sql.timestamptype',
  'strata.identityfunctions',
  'spark.sql.groupbyaliases',
  'spark.sql.groupbyordinal',
  'spark.sql.orderbyordinal',
  'spark.sql.ansi.doublequotedidentifiers',
  'spark.sql.ansi.enforcereservedkeywords',
  'spark.sql.legacy.bangequalsnot',
  'spark.sql.legacy.setopsprecedence.enabled',
  'spark.sql.legacy.parser.havingwithoutgroupbyaswhere',
  'spark.sql.parser.escapedstringliterals',
  'spark.sql.legacy.viewschemabindingmode',
  'spark.sql.legacy.viewschemacompensation',
  'spark.sql.maxmetadatastringlength',
  'spark.sql.collation.trim.enabled',
  'spark.sql.timetype.enabled',
]);

/** They change how Spark runs a query, not what it yields. */
const withoutEffect =
  /^spark\.(sql\.(adaptive|autobroadcast|broadcast|cbo|codegen|shuffle|files|inmemorycolumnarstorage|execution|ui|optimizer|join|statistics|leafnodedefaultparallelism|sources\.(parallel|bucketing)|parquet\.(filterpushdown|enablevectorized|compression)|orc|maxplanstring|debug|planchange|redaction|streaming|warehouse|sort|window\.exec|requireallclusterkeys)|app|driver|executor|master|memory|serializer|kryo|network|ui|eventlog|submit|default\.parallelism|local|cores|task|shuffle|broadcast|rdd|reducer|locality|scheduler|speculation|dynamicallocation|hadoop|jars|files|logconf|history|port)/;

/** Settings that are known as what they are anyway. */
const usual: Readonly<Record<string, string>> = {
  'spark.sql.crossjoin.enabled': 'true',
  'spark.sql.parser.quotedregexcolumnnames': 'false',
  'spark.sql.function.concatbinaryasstring': 'false',
  'spark.sql.function.eltoutputasstring': 'false',
  'spark.sql.binaryoutputstyle': 'utf-8',
  'spark.sql.variable.substitute': 'true',
};

/** Ways of running a query with which Spark refuses some that it takes otherwise. */
const stricter: Readonly<Record<string, string>> = {
  'spark.sql.optimizer.scalarsubqueryusesinglejoin': 'false',
};

const onByDefault: ReadonlySet<string> = new Set([
  'spark.sql.legacy.literal.pickminimumprecision',
  'spark.sql.legacy.histogramnumericpropagateinputtype',
]);

export function unsupportedSetting(
  settings: Readonly<Record<string, string>>,
): SparkError | undefined {
  for (const [key, value] of Object.entries(settings)) {
    const name = key.toLowerCase();
    // What is no setting of Spark's is a value that a script keeps for itself.
    if (supported.has(name) || !name.startsWith('spark.')) continue;
    // Answers that older Sparks got wrong, on request.
    const isWrong = name.includes('legacyincorrect') && value.trim().toLowerCase() === 'true';
    const isStricter = stricter[name] === value.trim().toLowerCase();
    if (withoutEffect.test(name) && !isWrong && !isStricter) continue;
    // The rules of older Sparks are off unless they are asked for, but for a few.
    const isUsual = usual[name] === value.trim().toLowerCase();
    if (isUsual) continue;
    if (name === 'spark.sql.legacy.cteprecedencepolicy' && !/^\s*legacy\s*$/i.test(value)) continue;
    const isOff = name.startsWith('spark.sql.legacy.') && value.trim().toLowerCase() === 'false';
    if (isOff && !onByDefault.has(name)) continue;
    return {
      kind: 'spark',
      class: 'UNSUPPORTED_SETTING',
      sqlState: '0A000',
      message: `[UNSUPPORTED_SETTING] The setting ${key} = ${value} is not supported by this engine yet. SQLSTATE: 0A000`,
      parameters: { key, value },
    };
  }
  return undefined;
}

interface Known {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  readonly since: string;
}

/** The settings that are read here, for `SET -v` and for `SET key` where none was given. */
export function knownConfiguration(): readonly Known[] {
  return [
    {
      name: 'spark.sql.ansi.enabled',
      value: 'true',
      meaning:
        'When true, Spark SQL uses an ANSI compliant dialect instead of being Hive compliant.',
      since: '3.0.0',
    },
    {
      name: 'spark.sql.caseSensitive',
      value: 'false',
      meaning: 'Whether the query analyzer should be case sensitive or not.',
      since: '1.4.0',
    },
    {
      name: 'spark.sql.session.timeZone',
      value: 'UTC',
      meaning: 'The ID of session local timezone.',
      since: '2.2.0',
    },
    {
      name: 'spark.sql.shuffle.partitions',
      value: '200',
      meaning:
        'The default number of partitions to use when shuffling data for joins or aggregations.',
      since: '1.1.0',
    },
    {
      name: 'spark.sql.legacy.viewSchemaBindingMode',
      value: 'true',
      meaning: 'Whether a view may say how it takes to changes of its tables.',
      since: '4.0.0',
    },
    {
      name: 'spark.sql.legacy.viewSchemaCompensation',
      value: 'true',
      meaning: 'Whether a view casts columns whose types have changed.',
      since: '4.0.0',
    },
    {
      name: 'spark.sql.collation.trim.enabled',
      value: 'false',
      meaning: 'Whether collations may disregard trailing blanks.',
      since: '4.0.0',
    },
    {
      name: 'spark.sql.autoBroadcastJoinThreshold',
      value: '10485760b',
      meaning:
        'Configures the maximum size in bytes for a table that will be broadcast to all worker nodes when performing a join.',
      since: '1.1.0',
    },
  ];
}

export function defaultOf(key: string): string | undefined {
  return knownConfiguration().find(({ name }) => name.toLowerCase() === key.toLowerCase())?.value;
}

/** A zone as Java knows it: an IANA name, or an offset of at most 18 hours. */
export function isTimeZone(text: string): boolean {
  const offset = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(text);
  if (offset) {
    const [, , hours = '0', minutes = '0', seconds = '0'] = offset;
    const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return Number(minutes) < 60 && Number(seconds) < 60 && total <= 18 * 3600;
  }
  if (/^[+-]/.test(text)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return text === 'Z';
  }
}
