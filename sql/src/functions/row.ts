/** One row of the function table, and what rows are made of. */
import { prettyText, quotedText, quotedType } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { EvalMode, Expression, Lambda } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  doubleType,
  isDatetime,
  isIntegral,
  isNumeric,
  longType,
  sameType,
  stringType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
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
  readonly range: Range;
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
  readonly arguments: readonly Expression[];
  readonly type: DataType;
  readonly nullable: boolean;
  /** How many of the arguments are printed, where the last ones are not. */
  readonly shownCount?: number;
  /** As it is printed, where that is not how it was written. */
  readonly writtenAs?: string;
}

export interface FunctionRow {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate';
  /** Other names; Spark prints the one that was written, but for a few functions. */
  readonly aliases?: readonly string[];
  readonly printsCanonicalName?: boolean;
  readonly minimum: number;
  /** Without it as many as `minimum`; `Infinity` for any number. */
  readonly maximum?: number;
  /** The places of lambdas among the arguments; a null literal stands there until `site.lambda` resolves it. */
  readonly lambdas?: readonly number[];
  readonly signature: string;
  readonly doc: string;
  readonly resolve: (site: CallSite) => Typed;
}

/** What a parameter takes: a type, or a family of types. */
export type Expected =
  DataType | 'any' | 'boolean' | 'numeric' | 'integral' | 'textOrBinary' | 'numericOrInterval';

const accepts = (expected: Expected, type: DataType): boolean => {
  switch (expected) {
    case 'any':
      return true;
    case 'boolean':
      return type.kind === 'boolean';
    case 'numeric':
      return isNumeric(type);
    case 'integral':
      return isIntegral(type);
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

const numericRank = ['byte', 'short', 'int', 'long', 'decimal', 'float', 'double'];

function implicitTarget(from: DataType, to: Expected, ansi: boolean): DataType | undefined {
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
        return from.kind === 'void' || (ansi && from.kind === 'string') ? longType : undefined;
      case 'textOrBinary':
        return isPlain(from) ? stringType : undefined;
    }
  }
  if (from.kind === 'void') return to;
  if (to.kind === 'string') return isPlain(from) ? to : undefined;
  if (from.kind === 'string') return isPlain(to) ? to : undefined;
  if (isNumeric(from) && isNumeric(to)) {
    const widens = numericRank.indexOf(from.kind) <= numericRank.indexOf(to.kind);
    return widens || !ansi ? to : undefined;
  }
  return isDatetime(from) && isDatetime(to) ? to : undefined;
}

function isPlain(type: DataType): boolean {
  return (
    type.kind !== 'array' &&
    type.kind !== 'map' &&
    type.kind !== 'struct' &&
    !type.kind.endsWith('Interval')
  );
}

function expectedText(expected: Expected): string {
  switch (expected) {
    case 'any':
      return '"ANY"';
    case 'boolean':
      return '"BOOLEAN"';
    case 'numeric':
      return '"NUMERIC"';
    case 'integral':
      return '"INTEGRAL"';
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
  more: Partial<FunctionRow> & { readonly alwaysNullable?: boolean } = {},
): FunctionRow {
  const { alwaysNullable = false, ...rest } = more;
  return {
    name,
    kind: 'scalar',
    minimum: expected.length,
    signature: `${name}(${expected.map(parameterText).join(', ')})`,
    doc,
    resolve: (site) => {
      const values = cast(site, expected);
      return {
        arguments: values,
        type: typeof type === 'function' ? type(values) : type,
        nullable: alwaysNullable || anyNull(values),
      };
    },
    ...rest,
  };
}

function parameterText(expected: Expected): string {
  return typeof expected === 'string' ? expected : expected.kind;
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
