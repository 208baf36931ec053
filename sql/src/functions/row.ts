/** One row of the function table, and what rows are made of. */
import { prettyText, quotedText, quotedType } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { EvalMode, Expression, Lambda, Literal, SortOrder } from '../plan/resolved.ts';
import type { DataType, DecimalType } from '../plan/types.ts';
import {
  decimalType,
  doubleType,
  intType,
  isDatetime,
  isIntegral,
  isNumeric,
  longType,
  sameType,
  simpleString,
  stringType,
  timeType,
  timestampType,
} from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { raise } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { coerced } from '../typing/build.ts';
import { widerCommonType } from '../typing/coercion.ts';

/** A call whose arguments are resolved and not yet cast. */
export interface CallSite {
  /** As Spark prints the function in this call: the alias that was written where Spark keeps it. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly ansi: boolean;
  readonly evalMode: EvalMode;
  readonly timeZone: string;
  readonly settings: Settings;
  readonly range: Range;
  /** Of an aggregate: DISTINCT was written, and what WITHIN GROUP orders by. */
  readonly isDistinct?: boolean;
  readonly withinGroup?: readonly SortOrder[];
  /** `AS name` behind an argument. */
  readonly argumentNames?: readonly (string | undefined)[];
  /** Resolves the lambda at a place that the row names in `lambdas`, for parameters of these types. */
  readonly lambda?: (index: number, parameters: readonly Parameter[]) => Lambda;
  /** How many parameters the lambda at a place was written with. */
  readonly lambdaArity?: (index: number) => number;
}

/** What a lambda is called with. */
export interface Parameter {
  readonly type: DataType;
  readonly nullable: boolean;
}

export interface Typed {
  /** The function that it stands for, where that is another one. */
  readonly name?: string;
  /** Where the function has its own way with errors, whatever the session's. */
  readonly evalMode?: EvalMode;
  /** Of an aggregate whose argument said so. */
  readonly ignoreNulls?: boolean;
  readonly arguments: readonly Expression[];
  readonly type: DataType;
  readonly nullable: boolean;
  /** How many of the arguments are printed, where the last ones are not. */
  readonly shownCount?: number;
  /** As it is printed, where that is not how it was written. */
  readonly writtenAs?: string;
  /** The whole call as it is printed, where its arguments are not those that were written. */
  readonly printedAs?: string;
}

export interface FunctionRow {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate' | 'generator' | 'window';
  /** Other names; Spark prints the one that was written, but for a few functions. */
  readonly aliases?: readonly string[];
  readonly printsCanonicalName?: boolean;
  readonly minimum: number;
  /** Without it as many as `minimum`; `Infinity` for any number. */
  readonly maximum?: number;
  /** Where not every number of arguments between the two will do. */
  readonly counts?: readonly number[];
  /** May be followed by WITHIN GROUP. */
  readonly takesWithinGroup?: boolean;
  /** Where arguments may be named: what they are called, and what stands for one that is left out. */
  readonly parameters?: readonly {
    readonly name: string;
    readonly default?: unresolved.Literal;
  }[];
  /** The places of lambdas among the arguments; a null literal stands there until `site.lambda` resolves it. */
  readonly lambdas?: readonly number[];
  readonly signature: string;
  readonly doc: string;
  readonly resolve: (site: CallSite) => Typed;
}

/** What a parameter takes: a type, or a family of types. */
export type Expected =
  | DataType
  | 'any'
  | 'boolean'
  | 'numeric'
  | 'integral'
  | 'decimal'
  | 'anyTimestamp'
  /** A time of day of any precision. */
  | 'time'
  | 'textOrBinary'
  | 'numericOrInterval'
  // One of several; what fits none becomes the first that it can be cast to.
  | readonly Expected[];

const isList = (expected: Expected): expected is readonly Expected[] => Array.isArray(expected);

const accepts = (expected: Expected, type: DataType): boolean => {
  if (isList(expected)) return expected.some((one) => accepts(one, type));
  switch (expected) {
    case 'any':
      return true;
    case 'boolean':
      return type.kind === 'boolean';
    case 'numeric':
      return isNumeric(type);
    case 'integral':
      return isIntegral(type);
    case 'decimal':
      return type.kind === 'decimal';
    case 'anyTimestamp':
      return type.kind === 'timestamp' || type.kind === 'timestamp_ntz';
    case 'time':
      return type.kind === 'time';
    case 'textOrBinary':
      return type.kind === 'string' || type.kind === 'binary';
    case 'numericOrInterval':
      return (
        isNumeric(type) || type.kind === 'yearMonthInterval' || type.kind === 'dayTimeInterval'
      );
    default:
      return sameType(expected, type);
  }
};

export const ordinals: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
];

/** Casts the arguments as Spark's implicit casts do, or raises its DATATYPE_MISMATCH. */
export function cast(site: CallSite, expected: readonly Expected[]): readonly Expression[] {
  return site.arguments.map((argument, index) => {
    const wanted = expected[Math.min(index, expected.length - 1)] ?? 'any';
    if (accepts(wanted, argument.type)) return argument;
    const target = implicitTarget(argument.type, wanted, site.ansi);
    if (target !== undefined && isTimeBesideDate(argument.type, target))
      return refuseTimeCast(site, argument, target);
    if (target !== undefined) return coerced(argument, target, site.ansi ? 'ansi' : 'legacy');
    return raise(
      'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
      {
        sqlExpr: `"${siteText(site)}"`,
        paramIndex: ordinals[index] ?? String(index + 1),
        requiredType: expectedText(wanted),
        inputSql: quotedText(argument, site.timeZone),
        inputType: quotedType(argument.type),
      },
      site.range,
    );
  });
}

function implicitTarget(from: DataType, to: Expected, ansi: boolean): DataType | undefined {
  if (isList(to)) {
    // A time of day is no text where moments are asked for.
    if (from.kind === 'time' && to.some((one) => accepts(one, timestampType))) return undefined;
    for (const one of to) {
      const target = implicitTarget(from, one, ansi);
      if (target !== undefined) return target;
    }
    return undefined;
  }
  if (typeof to === 'string') {
    switch (to) {
      case 'any':
        return from;
      case 'boolean':
        return undefined;
      case 'numeric':
      case 'numericOrInterval':
        return from.kind === 'void' || from.kind === 'string' ? doubleType : undefined;
      case 'integral':
        if (from.kind === 'void') return intType;
        return ansi && from.kind === 'string' ? longType : undefined;
      case 'decimal':
        if (isNumeric(from)) return decimalFor(from);
        return from.kind === 'void' || from.kind === 'string' ? decimalType(38, 18) : undefined;
      case 'anyTimestamp':
        return ['void', 'string', 'date'].includes(from.kind) ? timestampType : undefined;
      case 'time':
        return ['void', 'string'].includes(from.kind) || isDatetime(from) ? timeType() : undefined;
      case 'textOrBinary':
        return isPlain(from) ? stringType : undefined;
    }
  }
  if (from.kind === 'void') return to;
  if (to.kind === 'string') return isPlain(from) ? to : undefined;
  if (from.kind === 'string') {
    if (to.kind === 'boolean' || to.kind.endsWith('Interval')) return ansi ? to : undefined;
    return isPlain(to) ? to : undefined;
  }
  // What a column of that type could be stored as.
  if (isNumeric(from) && isNumeric(to)) return to;
  const isTimely = (type: DataType) => isDatetime(type) || type.kind === 'time';
  return isTimely(from) && isTimely(to) ? to : undefined;
}

/** Spark lets dates and times of day stand for one another, and then finds no such cast. */
function isTimeBesideDate(from: DataType, to: DataType): boolean {
  return from.kind === 'time' ? isDatetime(to) : to.kind === 'time' && isDatetime(from);
}

export function refuseTimeCast(site: CallSite, value: Expression, target: DataType): never {
  return raise(
    'DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION',
    {
      sqlExpr: quotedText(value, site.timeZone),
      srcType: quotedType(value.type),
      targetType: quotedType(target),
    },
    site.range,
  );
}

/** The decimal that Spark takes for a number of another type. */
export function decimalFor(type: DataType): DecimalType {
  switch (type.kind) {
    case 'decimal':
      return type;
    case 'byte':
      return decimalType(3, 0);
    case 'short':
      return decimalType(5, 0);
    case 'int':
      return decimalType(10, 0);
    case 'long':
      return decimalType(20, 0);
    case 'float':
      return decimalType(14, 7);
    default:
      return decimalType(30, 15);
  }
}

function isPlain(type: DataType): boolean {
  return type.kind !== 'array' && type.kind !== 'map' && type.kind !== 'struct';
}

function expectedText(expected: Expected): string {
  if (isList(expected)) return `(${expected.map(expectedText).join(' or ')})`;
  switch (expected) {
    case 'any':
      return '"ANY"';
    case 'boolean':
      return '"BOOLEAN"';
    case 'numeric':
      return '"NUMERIC"';
    case 'integral':
      return '"INTEGRAL"';
    case 'decimal':
      return '"DECIMAL"';
    case 'anyTimestamp':
      return '("TIMESTAMP" or "TIMESTAMP WITHOUT TIME ZONE")';
    case 'time':
      return '"TIME"';
    case 'textOrBinary':
      return '("STRING" or "BINARY")';
    case 'numericOrInterval':
      return '("NUMERIC" or "ANSI INTERVAL")';
    default:
      return quotedType(expected);
  }
}

/** The call as Spark prints it in messages. */
export function siteText(site: CallSite): string {
  const { name, arguments: values, evalMode, range } = site;
  const type = { kind: 'void' } as const;
  const call = {
    kind: 'call',
    name,
    arguments: values,
    type,
    nullable: true,
    evalMode,
    range,
  } as const;
  return prettyText(call, site.timeZone);
}

export const anyNull = (values: readonly Expression[]): boolean =>
  values.some((value) => value.nullable);

/** A function of fixed parameter types that is null where an argument is. */
export function plain(
  name: string,
  expected: readonly Expected[],
  type: DataType | ((values: readonly Expression[]) => DataType),
  doc: string,
  more: Partial<FunctionRow> & {
    readonly alwaysNullable?: boolean;
    /** The last parameters, which may be left out; Spark writes their values into the call. */
    readonly defaults?: readonly Literal[];
  } = {},
): FunctionRow {
  const { alwaysNullable = false, defaults = [], ...rest } = more;
  const required = expected.length - defaults.length;
  return {
    name,
    kind: 'scalar',
    minimum: required,
    maximum: expected.length,
    signature: signatureText(name, expected, required),
    doc,
    resolve: (site) => {
      const values = cast(withDefaults(site, required, defaults), expected);
      return {
        arguments: values,
        type: typeof type === 'function' ? type(values) : type,
        nullable: alwaysNullable || anyNull(values),
      };
    },
    ...rest,
  };
}

/** Spark writes an argument that was left out into the call, and prints it. */
export function withDefaults(
  site: CallSite,
  required: number,
  defaults: readonly Literal[],
): CallSite {
  const given = site.arguments.length;
  return { ...site, arguments: [...site.arguments, ...defaults.slice(given - required)] };
}

export function signatureText(
  name: string,
  expected: readonly Expected[],
  required: number = expected.length,
): string {
  const texts = expected.map(parameterText);
  const optional = texts
    .slice(required)
    .map((text, index) => `[${required + index > 0 ? ', ' : ''}${text}`);
  return `${name}(${texts.slice(0, required).join(', ')}${optional.join('')}${']'.repeat(optional.length)})`;
}

function parameterText(expected: Expected): string {
  if (isList(expected)) return expected.map(parameterText).join('|');
  return typeof expected === 'string' ? expected : simpleString(expected);
}

/** All arguments as their common type, or DATA_DIFF_TYPES. */
export function commonArguments(
  site: CallSite,
  values: readonly Expression[] = site.arguments,
  strings: 'promoted' | 'strict' = 'promoted',
): { readonly values: readonly Expression[]; readonly type: DataType } {
  const types = values.map((value) => value.type);
  const isMixed =
    types.some((type) => type.kind === 'string') &&
    types.some((type) => type.kind !== 'string' && type.kind !== 'void');
  const type = strings === 'strict' && isMixed ? undefined : widerCommonType(types, site.ansi);
  if (type === undefined) {
    const quoted = types.map(quotedType).join(', ');
    raise(
      'DATATYPE_MISMATCH.DATA_DIFF_TYPES',
      {
        sqlExpr: `"${siteText(site)}"`,
        functionName: `\`${site.name}\``,
        dataType: `[${quoted}]`,
      },
      site.range,
    );
  }
  const mode = site.ansi ? 'ansi' : 'legacy';
  return { values: values.map((value) => coerced(value, type, mode)), type };
}
