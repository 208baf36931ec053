/**
 * Functions of texts that compare otherwise than as bytes: which collation the arguments agree on, and which
 * the result has. What compares them is made of keys later, in `collationKeys.ts`.
 */
import type { Typed } from '../functions/row.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import {
  indeterminateCollation,
  isCollated,
  knownCollation,
  mapStrings,
  someString,
  withoutCollation,
} from '../plan/collation.ts';
import type { Range } from '../plan/range.ts';
import type { Expression } from '../plan/resolved.ts';
import { childrenOf } from '../plan/traverse.ts';
import type { DataType, StringType } from '../plan/types.ts';
import { sameType, stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { castOf } from '../typing/build.ts';

interface Rule {
  /** Which arguments have to agree; none where each stands for itself. */
  readonly agree?: 'all' | readonly number[];
  /** Whether arguments that do not agree are an error, or the result compares with nothing. */
  readonly needsAgreement?: boolean;
  /** The argument whose collation the texts of the result have; without it they have none. */
  readonly resultOf?: number;
  /** The row looks at types alone, so that it may see collations. */
  readonly isGeneric?: boolean;
  /** Collations that disregard accents only are refused, as Spark refuses them. */
  readonly refusesAccents?: boolean;
  /** It stands for another expression and prints as it was written. */
  readonly printsGiven?: boolean;
  readonly firstIsDefault?: boolean;
  /** With more arguments the function is another one, which is refused. */
  readonly maximum?: number;
}

/** The first argument stands behind a name of Spark's own, and its collation counts no more than a constant's. */
const ofNamed = { firstIsDefault: true } as const;
const comparison: Rule = { agree: 'all', needsAgreement: true, isGeneric: true };
const choice: Rule = { agree: 'all', isGeneric: true };
const generic: Rule = { isGeneric: true };
const search: Rule = { agree: 'all', needsAgreement: true, refusesAccents: true };
const kept: Rule = { resultOf: 0 };
const plainResult: Rule = {};
const ofArrays: Rule = { agree: 'all', isGeneric: true };

const named = (rule: Rule, names: string): readonly (readonly [string, Rule])[] =>
  names.split(' ').map((name) => [name, rule]);

/** By the row's name. A function that is not here is refused for such texts. */
const rules: ReadonlyMap<string, Rule> = new Map([
  ...named(comparison, '= == <=> <> != < <= > >='),
  ...named({ ...comparison, ...ofNamed }, 'between'),
  ...named({ ...comparison, ...ofNamed, printsGiven: true }, 'nullif'),
  ...named(choice, 'coalesce greatest least array'),
  ...named({ ...choice, printsGiven: true }, 'ifnull nvl'),
  ...named({ agree: [1, 2], isGeneric: true }, 'if'),
  ...named({ agree: [1, 2], isGeneric: true, printsGiven: true }, 'nvl2'),
  ...named(
    generic,
    'struct named_struct isnull isnotnull size cardinality array_size element_at getarrayitem slice flatten ' +
      'array_repeat explode explode_outer posexplode posexplode_outer collation typeof get array_compact ' +
      'count min max first last any_value collect_list max_by min_by first_value last_value nth_value',
  ),
  ...named({ agree: [0, 2], isGeneric: true }, 'lag lead'),
  ...named(
    ofArrays,
    'array_contains array_position arrays_overlap array_distinct array_union array_intersect array_except ' +
      'array_remove array_append array_prepend',
  ),
  ...named(search, 'contains startswith endswith instr find_in_set'),
  ...named({ ...search, agree: [0, 1] }, 'locate position like ilike'),
  ...named({ ...search, resultOf: 0 }, 'replace translate trim ltrim rtrim'),
  ...named({ ...search, resultOf: 0, printsGiven: true }, 'btrim'),
  ...named({ ...search, agree: [0, 1], resultOf: 0 }, 'substring_index'),
  // Spark finds out when it runs them.
  ...named({ agree: [0, 1], refusesAccents: true, resultOf: 0 }, 'split_part'),
  ...named({ agree: 'all', refusesAccents: true, resultOf: 0 }, 'str_to_map'),
  ...named({ agree: 'all', resultOf: 0 }, 'concat concat_ws'),
  ...named({ agree: [1, 2, 3, 4, 5, 6, 7, 8, 9], resultOf: 1 }, 'elt'),
  ...named({ agree: [0, 2], resultOf: 0 }, 'lpad rpad'),
  ...named({ agree: [0, 1], resultOf: 0 }, 'overlay'),
  ...named({ agree: [0, 1] }, 'levenshtein'),
  ...named(
    kept,
    'upper lower initcap substring repeat reverse sentences make_valid_utf8 validate_utf8 ' +
      'try_validate_utf8 format_string printf listagg string_agg hex',
  ),
  ...named({ resultOf: 0, printsGiven: true }, 'left right'),
  ...named({ refusesAccents: true }, 'rlike regexp_count regexp_instr'),
  ...named(
    { refusesAccents: true, resultOf: 0 },
    'regexp_extract regexp_extract_all regexp_substr split',
  ),
  ...named({ agree: [0, 2], refusesAccents: true, resultOf: 0 }, 'regexp_replace'),
  ...named({ maximum: 2 }, 'decode'),
  ...named(
    plainResult,
    'collate ascii unbase64 base64 encode format_number to_binary soundex length bit_length octet_length ' +
      'is_valid_utf8 md5 sha sha1 sha2 crc32 luhn_check to_date to_timestamp unix_timestamp',
  ),
]);

type Strength = 'explicit' | 'indeterminate' | 'implicit' | 'default';
const strengths: readonly Strength[] = ['explicit', 'indeterminate', 'implicit', 'default'];

interface Context {
  readonly collation: string | undefined;
  readonly strength: Strength;
}

export interface CollatedSite {
  /** The row's name, and the call as messages print it. */
  readonly name: string;
  readonly callText: (values: readonly Expression[]) => string;
  readonly timeZone: string;
  readonly range: Range;
  readonly hasLambda: boolean;
}

/** Resolves a call some of whose arguments have a collation; `resolve` knows of none. */
export function collatedCall(
  site: CollatedSite,
  values: readonly Expression[],
  resolve: (values: readonly Expression[]) => Typed,
): Typed & { readonly printedAs?: string } {
  const { name, range } = site;
  const rule = rules.get(name);
  if (rule === undefined || site.hasLambda || values.length > (rule.maximum ?? Infinity)) {
    const [value] = values.filter(({ type }) => isCollated(type));
    const type = value === undefined ? '' : quotedType(value.type);
    return raise('UNSUPPORTED_EXPRESSION', { feature: `${name} of ${type}` }, range);
  }
  const agreeing = agreed(site, rule, values);
  if (rule.refusesAccents === true) refuseAccents(site, agreeing);
  const printed = rule.printsGiven === true ? { printedAs: site.callText(values) } : {};
  if (rule.isGeneric === true) return { ...resolve(agreeing), ...printed };
  const erased = agreeing.map(erase);
  const typed = resolve(erased);
  const given = new Map(erased.map((value, index) => [value, agreeing[index] ?? value]));
  const place = rule.resultOf;
  const source = place === undefined ? undefined : agreeing[place]?.type;
  const collation = source && collationIn(source);
  return {
    ...typed,
    ...printed,
    arguments: typed.arguments.map((value) => restored(value, given)),
    type:
      collation === undefined
        ? typed.type
        : mapStrings(typed.type, () => ({ kind: 'string', collation })),
  };
}

/** The values with one collation, where that of their texts differs. */
export function agreedValues(
  values: readonly Expression[],
  range: Range,
  mismatch: 'refused' | 'kept',
  callText: () => string,
  firstIsDefault = false,
): readonly Expression[] {
  const texts = values.filter(({ type }) => someString(type, () => true));
  if (!texts.some(({ type }) => isCollated(type))) return values;
  const winner = texts
    .map((value, index) => {
      const context = contextOf(value);
      const isNamed = firstIsDefault && index === 0 && context?.strength !== 'indeterminate';
      return context && isNamed ? { ...context, strength: 'default' as const } : context;
    })
    .reduce((left, right) => left && right && winnerOf(left, right, range));
  if (winner === undefined) return values;
  if (winner.strength === 'indeterminate' && mismatch === 'refused')
    return raise('INDETERMINATE_COLLATION_IN_EXPRESSION', { expr: `"${callText()}"` }, range);
  return values.map((value) =>
    value.type.kind === 'struct' || value.type.kind === 'map'
      ? value
      : withCollation(value, winner.collation),
  );
}

function agreed(
  site: CollatedSite,
  { agree, needsAgreement, firstIsDefault = false }: Rule,
  values: readonly Expression[],
): readonly Expression[] {
  if (agree === undefined) return values;
  const places = values
    .map((_, index) => index)
    .filter((index) => agree === 'all' || agree.includes(index));
  const some = places.flatMap((index) => values[index] ?? []);
  const merged = agreedValues(
    some,
    site.range,
    needsAgreement === true ? 'refused' : 'kept',
    () => site.callText(values),
    firstIsDefault,
  );
  return values.map((value, index) => merged[places.indexOf(index)] ?? value);
}

/** As Spark ranks them: what COLLATE says, then columns, then constants. */
function winnerOf(left: Context, right: Context, range: Range): Context {
  const [a, b] = [strengths.indexOf(left.strength), strengths.indexOf(right.strength)];
  if (a !== b) return a < b ? left : right;
  if (left.collation === right.collation) return left;
  if (left.strength !== 'explicit')
    return { collation: indeterminateCollation, strength: 'indeterminate' };
  const explicitTypes = [left, right].map(({ collation }) => quotedType(textType(collation)));
  return raise('COLLATION_MISMATCH.EXPLICIT', { explicitTypes: explicitTypes.join(', ') }, range);
}

function textType(collation: string | undefined): StringType {
  return collation === undefined ? stringType : { kind: 'string', collation };
}

function contextOf(expression: Expression): Context | undefined {
  const { type } = expression;
  if (!someString(type, () => true)) return undefined;
  const collation = collationIn(type);
  if (collation === indeterminateCollation) return { collation, strength: 'indeterminate' };
  switch (expression.kind) {
    case 'literal':
      return { collation, strength: 'default' };
    case 'cast': {
      const ofText = someString(expression.child.type, () => true);
      return { collation, strength: ofText ? 'implicit' : 'default' };
    }
    case 'call': {
      if (expression.name === 'collate') return { collation, strength: 'explicit' };
      const inner = childrenOf(expression).flatMap((child) => contextOf(child) ?? []);
      const ranks = inner.map(({ strength }) => strengths.indexOf(strength));
      return { collation, strength: strengths[Math.min(3, ...ranks)] ?? 'default' };
    }
    default:
      return { collation, strength: 'implicit' };
  }
}

/** Of the first text in the type. */
function collationIn(type: DataType): string | undefined {
  let found: string | undefined;
  someString(type, ({ collation }) => {
    found = collation;
    return true;
  });
  return found;
}

function withCollation(value: Expression, collation: string | undefined): Expression {
  const type = mapStrings(value.type, () => textType(collation));
  if (sameType(type, value.type)) return value;
  return value.kind === 'literal' ? { ...value, type } : castOf(value, type, 'ansi', true);
}

function refuseAccents(site: CollatedSite, values: readonly Expression[]): void {
  for (const [index, value] of values.entries()) {
    const name = collationIn(value.type);
    const collation = name === undefined ? undefined : knownCollation(name);
    if (collation?.ignoresAccents !== true || collation.ignoresCase) continue;
    raise(
      'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
      {
        sqlExpr: `"${site.callText(values)}"`,
        paramIndex: ['first', 'second', 'third'][index] ?? String(index + 1),
        requiredType: '"STRING"',
        inputSql: quotedText(value, site.timeZone),
        inputType: quotedType(value.type),
      },
      site.range,
    );
  }
}

function erase(value: Expression): Expression {
  return isCollated(value.type) ? { ...value, type: withoutCollation(value.type) } : value;
}

/** The arguments as they were given, below the casts that the row added. */
function restored(value: Expression, given: ReadonlyMap<Expression, Expression>): Expression {
  const before = given.get(value);
  if (before !== undefined) return before;
  if (value.kind !== 'cast') return value;
  const child = given.get(value.child);
  return child === undefined ? value : { ...value, child };
}
