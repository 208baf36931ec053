/** Sketches: small summaries of many values that can be put together. */
import type { Expression, Literal } from '../plan/resolved.ts';
import type { DataType, StructType } from '../plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  doubleType,
  floatType,
  intType,
  longType,
  stringType,
} from '../plan/types.ts';
import { literalOf } from '../typing/build.ts';
import { argument, unexpected } from './nested.ts';
import type { CallSite, Expected, FunctionRow, Typed } from './row.ts';
import { cast, plain, withDefaults } from './row.ts';

const bits = literalOf(12n, intType);
const sum = literalOf('sum', stringType);
const never = literalOf(false, booleanType);

interface Shape {
  readonly name: string;
  readonly takes: readonly Expected[];
  readonly defaults?: readonly Literal[];
  readonly gives?: DataType;
  readonly doc: string;
}

const scalar = ({ name, takes, defaults = [], gives = binaryType, doc }: Shape): FunctionRow =>
  plain(name, takes, gives, doc, { defaults, alwaysNullable: true });

const aggregate = (shape: Shape): FunctionRow => ({ ...scalar(shape), kind: 'aggregate' });

const neverNull = (row: FunctionRow): FunctionRow => ({
  ...row,
  resolve: (site) => ({ ...row.resolve(site), nullable: false }),
});

/** With a parameter that has no place in the call where it is left out. */
const optional = (row: FunctionRow): FunctionRow => ({
  ...row,
  minimum: row.minimum - 1,
  resolve: (site) => row.resolve(site),
});

const keys: Expected = [intType, longType, doubleType, stringType, binaryType];
const counted: Expected = [intType, longType, stringType, binaryType];

const hll: readonly FunctionRow[] = [
  neverNull(
    aggregate({
      name: 'hll_sketch_agg',
      takes: [counted, intType],
      defaults: [bits],
      doc: 'A sketch that counts distinct values.',
    }),
  ),
  aggregate({
    name: 'hll_union_agg',
    takes: [binaryType, booleanType],
    defaults: [never],
    doc: 'The sketches of a group as one.',
  }),
  scalar({
    name: 'hll_union',
    takes: [binaryType, binaryType, booleanType],
    defaults: [never],
    doc: 'Two sketches as one.',
  }),
  plain(
    'hll_sketch_estimate',
    [binaryType],
    longType,
    'How many distinct values a sketch has seen; counted exactly here.',
  ),
];

const theta: readonly FunctionRow[] = [
  aggregate({
    name: 'theta_sketch_agg',
    takes: [keys, intType],
    defaults: [bits],
    doc: 'A sketch of distinct values, for the counts of sets.',
  }),
  aggregate({
    name: 'theta_union_agg',
    takes: [binaryType, intType],
    defaults: [bits],
    doc: 'What any sketch of a group has seen.',
  }),
  aggregate({
    name: 'theta_intersection_agg',
    takes: [binaryType],
    doc: 'What all sketches of a group have seen.',
  }),
  scalar({
    name: 'theta_union',
    takes: [binaryType, binaryType, intType],
    defaults: [bits],
    doc: 'What one of two sketches has seen.',
  }),
  scalar({
    name: 'theta_intersection',
    takes: [binaryType, binaryType],
    doc: 'What both sketches have seen.',
  }),
  scalar({
    name: 'theta_difference',
    takes: [binaryType, binaryType],
    doc: 'What the first sketch has seen and the second has not.',
  }),
  scalar({
    name: 'theta_sketch_estimate',
    takes: [binaryType],
    gives: longType,
    doc: 'How many distinct values a sketch has seen; counted exactly here.',
  }),
];

function tuples(suffix: 'double' | 'integer'): readonly FunctionRow[] {
  const isDouble = suffix === 'double';
  const value = isDouble ? doubleType : intType;
  return [
    aggregate({
      name: `tuple_sketch_agg_${suffix}`,
      takes: [keys, value, intType, stringType],
      defaults: [bits, sum],
      doc: 'A sketch of distinct keys with a number each: the sum, min, max or alwaysone of its own.',
    }),
    aggregate({
      name: `tuple_union_agg_${suffix}`,
      takes: [binaryType, intType, stringType],
      defaults: [bits, sum],
      doc: 'The keys of any sketch of a group.',
    }),
    aggregate({
      name: `tuple_intersection_agg_${suffix}`,
      takes: [binaryType, stringType],
      defaults: [sum],
      doc: 'The keys of all sketches of a group.',
    }),
    ...['', 'theta_'].flatMap((other) => [
      scalar({
        name: `tuple_union_${other}${suffix}`,
        takes: [binaryType, binaryType, intType, stringType],
        defaults: [bits, sum],
        doc: 'The keys of one of two sketches.',
      }),
      scalar({
        name: `tuple_intersection_${other}${suffix}`,
        takes: [binaryType, binaryType, stringType],
        defaults: [sum],
        doc: 'The keys of both sketches.',
      }),
      scalar({
        name: `tuple_difference_${other}${suffix}`,
        takes: [binaryType, binaryType],
        doc: 'The keys of the first sketch that the second has not.',
      }),
    ]),
    scalar({
      name: `tuple_sketch_estimate_${suffix}`,
      takes: [binaryType],
      gives: doubleType,
      doc: 'How many distinct keys a sketch has; counted exactly here.',
    }),
    scalar({
      name: `tuple_sketch_summary_${suffix}`,
      takes: [binaryType, stringType],
      defaults: [sum],
      gives: isDouble ? doubleType : longType,
      doc: 'The numbers of all keys as one.',
    }),
    scalar({
      name: `tuple_sketch_theta_${suffix}`,
      takes: [binaryType],
      gives: doubleType,
      doc: 'Which share of the keys a sketch keeps: all of them here.',
    }),
  ];
}

function quantiles(suffix: 'bigint' | 'float' | 'double'): readonly FunctionRow[] {
  const value = { bigint: longType, float: floatType, double: doubleType }[suffix];
  const merged = binaryType;
  return [
    optional(
      aggregate({
        name: `kll_sketch_agg_${suffix}`,
        takes: [value, intType],
        doc: 'A sketch of how values are distributed.',
      }),
    ),
    optional(
      aggregate({
        name: `kll_merge_agg_${suffix}`,
        takes: [binaryType, intType],
        doc: 'The sketches of a group as one.',
      }),
    ),
    scalar({
      name: `kll_sketch_merge_${suffix}`,
      takes: [merged, merged],
      doc: 'Two sketches as one.',
    }),
    scalar({
      name: `kll_sketch_to_string_${suffix}`,
      takes: [binaryType],
      gives: stringType,
      doc: 'What a sketch says of itself, as long as it has no more values than its k.',
    }),
    scalar({
      name: `kll_sketch_get_n_${suffix}`,
      takes: [binaryType],
      gives: longType,
      doc: 'How many values a sketch has seen.',
    }),
    {
      ...scalar({
        name: `kll_sketch_get_quantile_${suffix}`,
        takes: [binaryType, doubleType],
        doc: '',
      }),
      doc: 'The value below which a share of the values lies, both included; exact here.',
      resolve: (site) => byOneOrMore(site, doubleType, value),
    },
    {
      ...scalar({ name: `kll_sketch_get_rank_${suffix}`, takes: [binaryType, value], doc: '' }),
      doc: 'Which share of the values is at most a value; exact here.',
      resolve: (site) => byOneOrMore(site, value, doubleType),
    },
  ];
}

/** An array of questions has an array of answers. */
function byOneOrMore(site: CallSite, question: DataType, answer: DataType): Typed {
  const isMany = argument(site, 1).type.kind === 'array';
  const taken = isMany ? arrayType(question, true) : question;
  const values = cast(site, [binaryType, taken]);
  return { arguments: values, type: isMany ? arrayType(answer, true) : answer, nullable: true };
}

const tracked = literalOf(10_000n, intType);
const five = literalOf(5n, intType);

const topOf = (item: DataType): DataType =>
  arrayType(
    {
      kind: 'struct',
      fields: [
        { name: 'item', type: item, nullable: true },
        { name: 'count', type: longType, nullable: false },
      ],
    },
    false,
  );

const sketchOf = (item: DataType): StructType => ({
  kind: 'struct',
  fields: [
    { name: 'sketch', type: binaryType, nullable: false },
    { name: 'maxItemsTracked', type: intType, nullable: false },
    { name: 'itemDataType', type: item, nullable: true },
    { name: 'itemDataTypeDDL', type: stringType, nullable: false },
  ],
});

function itemOf(site: CallSite): DataType {
  const { type } = argument(site, 0);
  if (type.kind === 'struct' && type.fields[2]?.name === 'itemDataType') return type.fields[2].type;
  return unexpected(site, 0, '"STRUCT"');
}

const top = (
  row: Pick<FunctionRow, 'name' | 'kind' | 'minimum' | 'maximum' | 'signature' | 'doc'>,
  defaults: readonly Literal[],
  typeOf: (site: CallSite) => DataType,
): FunctionRow => ({
  ...row,
  resolve: (site) => {
    const whole = withDefaults(site, 1, defaults);
    const [value, ...numbers] = whole.arguments as readonly [Expression, ...Expression[]];
    const values = cast({ ...whole, arguments: numbers }, [intType]);
    return { arguments: [value, ...values], type: typeOf(site), nullable: false };
  },
});

const frequent: readonly FunctionRow[] = [
  top(
    {
      name: 'approx_top_k',
      kind: 'aggregate',
      minimum: 1,
      maximum: 3,
      signature: 'approx_top_k(expr[, k[, maxItemsTracked]])',
      doc: 'The most frequent values and how often they come; counted exactly here.',
    },
    [five, tracked],
    (site) => topOf(argument(site, 0).type),
  ),
  top(
    {
      name: 'approx_top_k_accumulate',
      kind: 'aggregate',
      minimum: 1,
      maximum: 2,
      signature: 'approx_top_k_accumulate(expr[, maxItemsTracked])',
      doc: 'A sketch of how often values come.',
    },
    [tracked],
    (site) => sketchOf(argument(site, 0).type),
  ),
  top(
    {
      name: 'approx_top_k_combine',
      kind: 'aggregate',
      minimum: 1,
      maximum: 2,
      signature: 'approx_top_k_combine(sketch[, maxItemsTracked])',
      doc: 'The sketches of a group as one.',
    },
    [],
    (site) => sketchOf(itemOf(site)),
  ),
  top(
    {
      name: 'approx_top_k_estimate',
      kind: 'scalar',
      minimum: 1,
      maximum: 2,
      signature: 'approx_top_k_estimate(sketch[, k])',
      doc: 'The most frequent values that a sketch has seen.',
    },
    [five],
    (site) => topOf(itemOf(site)),
  ),
];

export const sketches: readonly FunctionRow[] = [
  ...hll,
  ...theta,
  ...tuples('double'),
  ...tuples('integer'),
  ...quantiles('bigint'),
  ...quantiles('float'),
  ...quantiles('double'),
  ...frequent,
  aggregate({
    name: 'count_min_sketch',
    takes: [counted, doubleType, doubleType, intType],
    doc: 'A table of how often values come, with an error and a confidence.',
  }),
];
