import { describe, expect, test } from 'vitest';
import type { Expression } from '#sql/plan/resolved.ts';
import {
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  longType,
  shortType,
  stringType,
  timestampNtzType,
  timestampType,
} from '#sql/plan/types.ts';
import {
  bool,
  call,
  cast,
  date,
  decimal,
  double,
  evaluate,
  int,
  literal,
  long,
  text,
  timestamp,
} from './evaluate.ts';

type Case = readonly [name: string, expression: Expression, value: string];

function check(title: string, cases: readonly Case[], timeZone = 'UTC') {
  describe(title, () => {
    test.each(cases)('%s', async (_name, expression, value) => {
      expect(await evaluate(expression, timeZone)).toBe(value);
    });
  });
}

const maxInt = int(2147483647);
const minInt = int(-2147483648);
const maxLong = long(9223372036854775807n);
const byte = (value: number) => literal(BigInt(value), byteType);

check('integer arithmetic', [
  ['adds', call('+', [int(1), int(2)]), '3'],
  ['raises on overflow', call('+', [maxInt, int(1)]), 'ARITHMETIC_OVERFLOW'],
  ['raises on overflow of bigint', call('*', [maxLong, long(2n)]), 'ARITHMETIC_OVERFLOW'],
  [
    'has another condition for tinyint',
    call('+', [byte(127), byte(1)]),
    'BINARY_ARITHMETIC_OVERFLOW',
  ],
  ['wraps without ANSI', call('+', [maxInt, int(1)], intType, 'legacy'), '-2147483648'],
  ['wraps a product without ANSI', call('*', [maxLong, maxLong], longType, 'legacy'), '1'],
  ['is null with try', call('+', [maxInt, int(1)], intType, 'try'), 'NULL'],
  ['negates', call('negative', [int(5)]), '-5'],
  ['raises on the negated minimum', call('negative', [minInt]), 'ARITHMETIC_OVERFLOW'],
  [
    'wraps the negated minimum without ANSI',
    call('negative', [minInt], intType, 'legacy'),
    '-2147483648',
  ],
  ['keeps the sign of the dividend', call('%', [int(-5), int(3)]), '-2'],
  ['has no remainder by minus one', call('%', [minInt, int(-1)]), '0'],
  ['raises on a remainder by zero', call('%', [int(5), int(0)]), 'DIVIDE_BY_ZERO'],
  ['has a positive remainder', call('pmod', [int(-7), int(3)]), '2'],
  ['divides whole', call('div', [long(-7n), long(2n)], longType), '-3'],
  [
    'raises on whole division by zero',
    call('div', [long(1n), long(0n)], longType),
    'DIVIDE_BY_ZERO',
  ],
  ['shifts left and loses bits', call('<<', [int(1), int(33)]), '2'],
  ['shifts left into the sign', call('<<', [int(1), int(31)]), '-2147483648'],
  ['shifts right with the sign', call('>>', [int(-5), int(1)]), '-3'],
  ['shifts right without the sign', call('>>>', [int(-1), int(28)]), '15'],
  ['combines bits', call('^', [int(5), int(3)]), '6'],
]);

check('division', [
  ['is of doubles', call('/', [double(5), double(2)]), '2.5'],
  ['raises on zero', call('/', [double(5), double(0)]), 'DIVIDE_BY_ZERO'],
  ['of null by zero is null', call('/', [double(null), double(0)]), 'NULL'],
  ['by zero is null without ANSI', call('/', [double(5), double(0)], doubleType, 'legacy'), 'NULL'],
  ['of decimals is exact', call('/', [decimal('1'), decimal('3')], decimalType(8, 6)), '0.333333'],
  [
    'of decimals rounds half up',
    call('/', [decimal('2'), decimal('3')], decimalType(8, 6)),
    '0.666667',
  ],
  [
    'of a negative decimal',
    call('/', [decimal('-2'), decimal('3')], decimalType(8, 6)),
    '-0.666667',
  ],
  [
    'of decimals by zero raises',
    call('/', [decimal('1'), decimal('0')], decimalType(8, 6)),
    'DIVIDE_BY_ZERO',
  ],
]);

check('decimal arithmetic', [
  ['adds', call('+', [decimal('1.10'), decimal('2.255')], decimalType(6, 3)), '3.355'],
  ['multiplies', call('*', [decimal('1.5'), decimal('-2.25')], decimalType(6, 3)), '-3.375'],
  [
    'rounds a product half up',
    call('*', [decimal('0.05'), decimal('0.5')], decimalType(5, 2)),
    '0.03',
  ],
  ['has a remainder', call('%', [decimal('-5.5'), decimal('2')], decimalType(2, 1)), '-1.5'],
  [
    'raises beyond 38 digits',
    call('+', [decimal('9'.repeat(38)), decimal('1', 38)], decimalType(38, 0)),
    'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION',
  ],
]);

check('comparison and logic', [
  ['NaN equals NaN', call('=', [double(NaN), double(NaN)], booleanType), 'true'],
  ['NaN is the greatest', call('>', [double(NaN), double(Infinity)], booleanType), 'true'],
  ['null-safe equality', call('<=>', [int(null), int(null)], booleanType), 'true'],
  ['false and null', call('and', [bool(false), bool(null)]), 'false'],
  ['true and null', call('and', [bool(true), bool(null)]), 'NULL'],
  ['greatest skips nulls', call('greatest', [int(1), int(null), int(3)]), '3'],
]);

check('casts between numbers', [
  ['bigint that fits', cast(long(5n), intType), '5'],
  ['bigint that does not fit', cast(long(1n << 40n), intType), 'CAST_OVERFLOW'],
  ['wraps without ANSI', cast(int(300), byteType, 'legacy'), '44'],
  ['double truncates', cast(double(-2.9), intType), '-2'],
  ['double too large', cast(double(1e10), intType), 'CAST_OVERFLOW'],
  ['NaN to int', cast(double(NaN), intType), 'CAST_OVERFLOW'],
  ['decimal truncates', cast(decimal('2.9'), intType), '2'],
  ['int to decimal', cast(int(7), decimalType(5, 2)), '7.00'],
  [
    'int too large for decimal',
    cast(int(1000), decimalType(3, 1)),
    'NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION',
  ],
  ['decimal rounds half up', cast(decimal('0.285'), decimalType(3, 2)), '0.29'],
  ['double rounds by its text', cast(double(0.285), decimalType(3, 2)), '0.29'],
  [
    'float to double keeps its bits',
    cast(literal(Math.fround(0.1), floatType), doubleType),
    '0.10000000149011612',
  ],
]);

check('casts from strings', [
  ['trims', cast(text(' 12\t'), intType), '12'],
  ['no fraction in ANSI', cast(text('1.7'), intType), 'CAST_INVALID_INPUT'],
  ['a fraction is cut without ANSI', cast(text('-1.7'), intType, 'legacy'), '-1'],
  ['no underscore', cast(text('1_000'), intType), 'CAST_INVALID_INPUT'],
  ['too large', cast(text('3000000000'), intType), 'CAST_INVALID_INPUT'],
  ['empty with try', cast(text(''), intType, 'try'), 'NULL'],
  ['exponent', cast(text('1e3'), doubleType), '1000.0'],
  ['suffix of Java', cast(text('1.5d'), doubleType), '1.5'],
  ['infinity', cast(text('-Infinity'), doubleType), '-Infinity'],
  ['not a number', cast(text('abc'), doubleType), 'CAST_INVALID_INPUT'],
  ['decimal', cast(text('12.345'), decimalType(5, 2)), '12.35'],
  ['boolean', cast(text(' Yes '), booleanType), 'true'],
  ['no boolean', cast(text('on'), booleanType), 'CAST_INVALID_INPUT'],
  ['year alone', cast(text('2024'), dateType), '2024-01-01'],
  ['short month and day', cast(text('2024-2-9'), dateType), '2024-02-09'],
  ['date before a time', cast(text('2024-02-09 10:00'), dateType), '2024-02-09'],
  ['no such day', cast(text('2023-02-29'), dateType), 'CAST_INVALID_INPUT'],
  ['no such day with try', cast(text('2023-02-29'), dateType, 'try'), 'NULL'],
  ['timestamp', cast(text('2024-02-09 10:11:12.5'), timestampType), '2024-02-09 10:11:12.5'],
  ['timestamp with T', cast(text('2024-02-09T10:11'), timestampType), '2024-02-09 10:11:00'],
  [
    'timestamp with an offset',
    cast(text('2024-02-09 10:00:00+02:00'), timestampType),
    '2024-02-09 08:00:00',
  ],
  ['timestamp with Z', cast(text('2024-02-09T10:00:00Z'), timestampType), '2024-02-09 10:00:00'],
  ['date as a timestamp', cast(text('2024-02-09'), timestampType), '2024-02-09 00:00:00'],
  ['no timestamp', cast(text('yesterday'), timestampType), 'CAST_INVALID_INPUT'],
]);

check('casts to strings', [
  ['double below ten million', cast(double(1234567.5), stringType), '1234567.5'],
  ['double from ten million', cast(double(12345678.5), stringType), '1.23456785E7'],
  ['whole double', cast(double(1e7), stringType), '1.0E7'],
  ['large double', cast(double(1e20), stringType), '1.0E20'],
  ['small double', cast(double(0.00012), stringType), '1.2E-4'],
  ['smaller double', cast(double(-1.5e-10), stringType), '-1.5E-10'],
  ['thousandth', cast(double(0.001), stringType), '0.001'],
  ['zero', cast(double(0), stringType), '0.0'],
  ['NaN', cast(double(NaN), stringType), 'NaN'],
  ['infinity', cast(double(-Infinity), stringType), '-Infinity'],
  ['decimal', cast(decimal('1.50'), stringType), '1.50'],
  ['date', cast(date('2024-02-09'), stringType), '2024-02-09'],
  ['timestamp', cast(timestamp('2024-02-09T10:00:00.120Z'), stringType), '2024-02-09 10:00:00.12'],
  ['boolean', cast(bool(true), stringType), 'true'],
]);

check(
  'a session in Los Angeles',
  [
    [
      'timestamp text is local',
      cast(text('2024-07-01 00:00:00'), timestampType),
      '2024-07-01 00:00:00',
    ],
    [
      'is an instant',
      call('unix_micros', [cast(text('2024-07-01 00:00:00'), timestampType)], longType),
      '1719817200000000',
    ],
    ['to string', cast(timestamp('2024-07-01T00:00:00Z'), stringType), '2024-06-30 17:00:00'],
    ['to date', cast(timestamp('2024-07-01T00:00:00Z'), dateType), '2024-06-30'],
    ['hour', call('hour', [timestamp('2024-07-01T00:00:00Z')], intType), '17'],
    ['from date', cast(date('2024-07-01'), timestampType), '2024-07-01 00:00:00'],
    [
      'without zone',
      cast(timestamp('2024-07-01T00:00:00Z'), timestampNtzType),
      '2024-06-30 17:00:00',
    ],
  ],
  'America/Los_Angeles',
);

check('strings', [
  ['length in code points', call('length', [text('a😀é')], intType), '3'],
  ['substring from one', call('substring', [text('Spark'), int(1), int(2)]), 'Sp'],
  ['substring from zero', call('substring', [text('Spark'), int(0), int(2)]), 'Sp'],
  ['substring from the end', call('substring', [text('Spark'), int(-3), int(2)]), 'ar'],
  ['substring before the start', call('substring', [text('abc'), int(-5), int(4)]), 'ab'],
  ['substring beyond the end', call('substring', [text('abc'), int(9)]), ''],
  ['substring of negative length', call('substring', [text('abc'), int(1), int(-1)]), ''],
  ['left', call('left', [text('Spark'), int(3)]), 'Spa'],
  ['left of nothing', call('left', [text('Spark'), int(-1)]), ''],
  ['right', call('right', [text('Spark'), int(3)]), 'ark'],
  ['trims blanks only', call('trim', [text(' \ta ')]), '\ta'],
  ['pads', call('lpad', [text('hi'), int(5), text('??')]), '???hi'],
  ['pads with blanks', call('rpad', [text('hi'), int(4)]), 'hi  '],
  ['cuts where it is too long', call('lpad', [text('hello'), int(2), text('x')]), 'he'],
  ['reverses', call('reverse', [text('a😀b')]), 'b😀a'],
  ['repeats', call('repeat', [text('ab'), int(3)]), 'ababab'],
  ['concat is null with null', call('concat', [text('a'), text(null)]), 'NULL'],
  ['concat_ws skips null', call('concat_ws', [text('-'), text('a'), text(null), text('b')]), 'a-b'],
  ['replace of nothing', call('replace', [text('abc'), text(''), text('x')]), 'abc'],
  ['initcap', call('initcap', [text('sPark  sql')]), 'Spark  Sql'],
  ['like', call('like', [text('50%'), text('50\\%')], booleanType), 'true'],
  ['like with case', call('like', [text('Spark'), text('spark')], booleanType), 'false'],
  ['rlike finds a part', call('rlike', [text('Spark SQL'), text('a.k\\s')], booleanType), 'true'],
  ['rlike before a last line break', call('rlike', [text('a\n'), text('a$')], booleanType), 'true'],
  ['rlike with look-ahead', call('rlike', [text('a'), text('(?=a)')], booleanType), 'true'],
  [
    'rlike with a possessive quantifier is refused',
    call('rlike', [text('a'), text('a++')], booleanType),
    'UNSUPPORTED_REGEX',
  ],
  ['instr', call('instr', [text('SparkSQL'), text('SQL')], intType), '6'],
  ['ascii', call('ascii', [text('')], intType), '0'],
  ['quotes', call('concat', [text("it's"), text('"')]), 'it\'s"'],
  ['zero character', call('length', [text('a\0b')], intType), '3'],
  ['binary', cast(text('é'), binaryType), 'é'],
]);

check('numbers', [
  ['round half up', call('round', [double(2.5), int(0)]), '3.0'],
  ['round negative', call('round', [double(-2.5), int(0)]), '-3.0'],
  ['round by text', call('round', [double(2.675), int(2)]), '2.68'],
  ['round decimal', call('round', [decimal('2.45'), int(1)], decimalType(3, 1)), '2.5'],
  ['ceil', call('ceil', [double(-1.5)], longType), '-1'],
  ['floor of decimal', call('floor', [decimal('-1.5')], decimalType(2, 0)), '-2'],
  ['sqrt of negative', call('sqrt', [double(-1)]), 'NaN'],
  ['ln of zero', call('ln', [double(0)]), 'NULL'],
  ['abs', call('abs', [literal(-5n, shortType)]), '5'],
  ['isnan of null', call('isnan', [double(null)], booleanType), 'false'],
]);

check('dates', [
  ['adds days', call('date_add', [date('2024-02-28'), int(2)]), '2024-03-01'],
  ['difference', call('datediff', [date('2024-03-01'), date('2024-02-28')], intType), '2'],
  ['adds months to the last day', call('add_months', [date('2024-01-31'), int(1)]), '2024-02-29'],
  ['last day', call('last_day', [date('2024-02-03')]), '2024-02-29'],
  ['day of week', call('dayofweek', [date('2024-02-04')], intType), '1'],
  ['weekday', call('weekday', [date('2024-02-05')], intType), '0'],
  ['week of year', call('weekofyear', [date('2021-01-01')], intType), '53'],
  ['truncates', call('trunc', [date('2024-02-09'), text('MM')]), '2024-02-01'],
  ['truncates to nothing known', call('trunc', [date('2024-02-09'), text('x')]), 'NULL'],
  ['before year one', call('date_add', [date('0001-01-01'), int(-1)]), '0000-12-31'],
  [
    'no such date',
    call('make_date', [int(2023), int(2), int(29)], dateType),
    'DATETIME_FIELD_OUT_OF_BOUNDS',
  ],
]);

test('a function without a row is refused by name', async () => {
  expect(await evaluate(call('not_of_the_table', [text('a')]))).toBe('UNSUPPORTED_FUNCTION');
});
