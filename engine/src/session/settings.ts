/** Which of Spark's settings a session may have: one that would change results and is not known here is refused. */
import type { SparkError } from '#shared/protocol/engine.ts';

/** The front end reads these. */
const supported: ReadonlySet<string> = new Set([
  'spark.sql.ansi.enabled',
  'spark.sql.session.timezone',
  'spark.sql.casesensitive',
]);

/** They change how Spark runs a query, not what it yields. */
const withoutEffect =
  /^spark\.(sql\.(adaptive|autobroadcast|broadcast|cbo|codegen|shuffle|files|inmemorycolumnarstorage|execution|ui|optimizer|join|statistics|sources\.(parallel|bucketing)|parquet\.(filterpushdown|enablevectorized|compression)|orc|maxplanstring|debug|planchange|redaction|streaming|warehouse|sort|window\.exec|requireallclusterkeys)|app|driver|executor|master|memory|serializer|kryo|network|ui|eventlog|submit|default\.parallelism|local|cores|task|shuffle|broadcast|rdd|reducer|locality|scheduler|speculation|dynamicallocation|hadoop|jars|files|logconf|history|port)/;

const onByDefault: ReadonlySet<string> = new Set([
  'spark.sql.legacy.literal.pickminimumprecision',
  'spark.sql.legacy.histogramnumericpropagateinputtype',
]);

export function unsupportedSetting(
  settings: Readonly<Record<string, string>>,
): SparkError | undefined {
  for (const [key, value] of Object.entries(settings)) {
    const name = key.toLowerCase();
    if (supported.has(name) || withoutEffect.test(name)) continue;
    // The rules of older Sparks are off unless they are asked for, but for a few.
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
