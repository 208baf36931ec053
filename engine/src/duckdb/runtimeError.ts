/**
 * Spark's run-time conditions in DuckDB SQL: a check that fails calls `error()` with the condition's name,
 * its place in the statement and its parameters, and what DuckDB then throws is read back here.
 * DuckDB's own messages are mapped only where nothing else can have raised them.
 */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Range } from '#sql/plan/range.ts';
import { csvPath, csvReason, isCsvError, isLongForPreview } from './csvError.ts';
import { quoteString } from './quote.ts';
import type { Condition, ConditionName } from './runtimeConditions.ts';
import { conditions } from './runtimeConditions.ts';

export type { ConditionName } from './runtimeConditions.ts';

const separator = '\u0001';

/** A DuckDB expression that raises the condition; parameters are VARCHAR expressions. */
export function raise(name: ConditionName, range: Range, ...parameters: readonly string[]): string {
  const head = quoteString(`${separator}${name}${separator}${range.start}${separator}${range.end}`);
  const tail = parameters.map(
    (parameter) => ` || ${quoteString(separator)} || COALESCE(${parameter}, 'NULL')`,
  );
  return `error(${head}${tail.join('')})`;
}

/** What a function of ours hands to DuckDB as its error message, to be read back here. */
export function encodedCondition(
  name: ConditionName,
  range: Range,
  parameters: readonly string[],
): string {
  return `${separator}${[name, range.start, range.end, ...parameters].join(separator)}`;
}

/** Where in the statement an overflow that DuckDB itself finds can come from, by its words for it. */
export type OverflowSites = ReadonlyMap<string, readonly Range[]>;

export function sparkErrorOf(message: string, sites: OverflowSites): SparkError | undefined {
  const raised = raisedCondition(message);
  if (raised) return raised;
  const overflow =
    /^Out of Range Error: Overflow in (addition|subtraction|multiplication) of (INT8|INT16|INT32|INT64) \(/.exec(
      message,
    );
  if (overflow) {
    const [, operation = '', width = ''] = overflow;
    if (width === 'INT8' || width === 'INT16')
      return narrowOverflow(message, operation, width, sites);
    return overflowError(width, operation, onlyRange(sites, `${operation} ${width}`));
  }
  if (message.startsWith('Out of Range Error: Overflow in negation'))
    return overflowError('', '', onlyRange(sites, 'negation'));
  if (/^Out of Range Error: Overflow in \w+ of DECIMAL\(38\)/.test(message)) {
    const type = sites.has('rounded decimal') ? undefined : onlyRange(sites, 'decimal');
    if (!type) return sparkError('UNSUPPORTED_DECIMAL_PRECISION', []);
    return sparkError('NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION', ['value', '38', ''], type);
  }
  // Only where a file says that its values are smaller than they are.
  if (/^Out of Range Error: Overflow in \w+ of DECIMAL\(18\)/.test(message))
    return sparkError('UNSUPPORTED_DECIMAL_PRECISION', []);
  if (message.startsWith('Out of Range Error: Overflow in HUGEINT'))
    return sparkError('UNSUPPORTED_DECIMAL_PRECISION', []);
  // DuckDB brings both sides of a decimal operator to one scale, for which 38 digits may be too few.
  if (/^Conversion Error: Casting value ".*" to type DECIMAL\(38,\d+\) failed/.test(message))
    return sparkError('UNSUPPORTED_DECIMAL_PRECISION', []);
  if (/^(Out of Range|Conversion) Error: .*(date|timestamp).*out of range/i.test(message))
    return sparkError('UNSUPPORTED_DATE_RANGE', ['of this expression']);
  if (message.startsWith('Invalid Input Error: More than one row returned by a subquery'))
    return sparkError('SCALAR_SUBQUERY_TOO_MANY_ROWS', [], onlyRange(sites, 'subquery'));
  if (message.startsWith('Invalid Input Error: JSON transform error'))
    return sparkError('UNSUPPORTED_JSON_VALUE', []);
  if (isLongForPreview(message)) return sparkError('SAMPLE_SCHEMA_DISAGREES', []);
  if (isCsvError(message))
    return sparkError('FAILED_READ_FILE.NO_HINT', [csvPath(message), csvReason(message)]);
  if (message.startsWith('Conversion Error: Failure in decode'))
    return sparkError('UNSUPPORTED_BINARY_TEXT', []);
  // Only sums of integers are HUGEINT in what we write, and only their result is narrowed.
  if (/^Conversion Error: Type INT128 with value -?\d+ can't be cast .*type INT64/.test(message))
    return overflowError('INT64', 'addition', onlyRange(sites, 'sum'));
  return undefined;
}

export function sparkError(
  name: ConditionName,
  values: readonly string[],
  range?: Range,
): SparkError {
  const condition: Condition = conditions[name];
  const parameters = Object.fromEntries(
    condition.parameters.map((parameter, index) => [parameter, values[index] ?? '']),
  );
  const text = condition.message.replace(
    /\{(\w+)\}/g,
    (_, parameter: string) => parameters[parameter] ?? '',
  );
  return {
    kind: 'spark',
    class: name,
    sqlState: condition.sqlState,
    message: `[${name}] ${text} SQLSTATE: ${condition.sqlState}`,
    parameters,
    ...(range && range.end > range.start ? { start: range.start, end: range.end } : {}),
  };
}

function raisedCondition(message: string): SparkError | undefined {
  const at = message.indexOf(separator);
  if (at < 0) return undefined;
  const [, name = '', start = '', end = '', ...values] = message.slice(at).split(separator);
  if (!Object.hasOwn(conditions, name)) return undefined;
  return sparkError(name as ConditionName, values, { start: Number(start), end: Number(end) });
}

function overflowError(width: string, operation: string, range: Range | undefined): SparkError {
  const types: Readonly<Record<string, string>> = { INT32: 'integer', INT64: 'long' };
  const alternative = tolerant[operation];
  return sparkError(
    'ARITHMETIC_OVERFLOW',
    [
      `${types[width] ?? (operation === '' ? 'integer' : 'arithmetic')} overflow`,
      alternative ? ` Use '${alternative}' to tolerate overflow and return NULL instead.` : '',
    ],
    range,
  );
}

/** Spark has another condition for tinyint and smallint, which shows the values. */
function narrowOverflow(
  message: string,
  operation: string,
  width: 'INT8' | 'INT16',
  sites: OverflowSites,
): SparkError | undefined {
  const values = /\((-?\d+) ([-+*]) (-?\d+)\)!$/.exec(message);
  if (!values) return undefined;
  const [, left = '', symbol = '', right = ''] = values;
  const suffix = width === 'INT8' ? 'Y' : 'S';
  const range = onlyRange(sites, `${operation} ${width}`);
  const alternative = tolerant[operation] ?? '';
  return sparkError(
    'BINARY_ARITHMETIC_OVERFLOW',
    [`${left}${suffix}`, symbol, `${right}${suffix}`, alternative],
    range,
  );
}

const tolerant: Readonly<Record<string, string>> = {
  addition: 'try_add',
  subtraction: 'try_subtract',
  multiplication: 'try_multiply',
};

function onlyRange(sites: OverflowSites, key: string): Range | undefined {
  const ranges = sites.get(key) ?? [];
  return ranges.length === 1 ? ranges[0] : undefined;
}
