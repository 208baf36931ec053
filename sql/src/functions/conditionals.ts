/** Functions that choose between values. */
import type { Expression } from '../plan/resolved.ts';
import { booleanType, stringType } from '../plan/types.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { commonArguments, siteText } from './row.ts';
import { quotedText, quotedType } from '../plan/columnText.ts';
import { raise } from '../problem.ts';
import { coerced } from '../typing/build.ts';

const row = (
  name: string,
  minimum: number,
  maximum: number,
  signature: string,
  doc: string,
  resolve: (site: CallSite) => Typed,
  aliases: readonly string[] = [],
): FunctionRow => ({
  name,
  kind: 'scalar',
  minimum,
  maximum,
  signature,
  doc,
  resolve,
  aliases,
});

function firstPresent(site: CallSite): Typed {
  const { values, type } = commonArguments(site);
  return { arguments: values, type, nullable: values.every((value) => value.nullable) };
}

/** Unlike the choosers, these turn no string into another type, nor another into a string. */
function extreme(site: CallSite): Typed {
  const { values, type } = commonArguments(site, site.arguments, 'strict');
  return { arguments: values, type, nullable: values.every((value) => value.nullable) };
}

export const conditionals: readonly FunctionRow[] = [
  row(
    'coalesce',
    1,
    Infinity,
    'coalesce(value, …)',
    'The first value that is not null.',
    firstPresent,
  ),
  row(
    'nvl',
    2,
    2,
    'nvl(value, otherwise)',
    'The second value where the first is null.',
    firstPresent,
    ['ifnull'],
  ),
  row(
    'nvl2',
    3,
    3,
    'nvl2(value, present, absent)',
    'The second value where the first is not null, else the third.',
    (site) => {
      const [value, ...choices] = site.arguments as readonly [Expression, ...Expression[]];
      const { values, type } = commonArguments(site, choices);
      return {
        arguments: [value, ...values],
        type,
        nullable: values.some((choice) => choice.nullable),
      };
    },
  ),
  row(
    'nullif',
    2,
    2,
    'nullif(value, other)',
    'Null where both are equal, else the first.',
    (site) => {
      const [first] = site.arguments as readonly [Expression];
      const { values } = commonArguments(site);
      // The result has the type of the first; the arguments are compared as their common type.
      return { arguments: [...values, first], type: first.type, nullable: true };
    },
  ),
  row(
    'if',
    3,
    3,
    'if(condition, then, else)',
    'The second value where the condition is true, else the third.',
    (site) => {
      const [condition, ...choices] = site.arguments as readonly [Expression, ...Expression[]];
      const test = coerced(
        condition,
        condition.type.kind === 'void' ? booleanType : condition.type,
        site.ansi ? 'ansi' : 'legacy',
      );
      if (test.type.kind !== 'boolean') {
        raise(
          'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
          {
            sqlExpr: `"${siteText(site)}"`,
            paramIndex: 'first',
            requiredType: '"BOOLEAN"',
            inputSql: quotedText(test, site.timeZone),
            inputType: quotedType(test.type),
          },
          site.range,
        );
      }
      const { values, type } = commonArguments(site, choices);
      return {
        arguments: [test, ...values],
        type,
        nullable: values.some((value) => value.nullable),
      };
    },
  ),
  row(
    'greatest',
    2,
    Infinity,
    'greatest(value, …)',
    'The greatest value; nulls are skipped.',
    extreme,
  ),
  row('least', 2, Infinity, 'least(value, …)', 'The least value; nulls are skipped.', extreme),
  row('isnull', 1, 1, 'isnull(value)', 'Whether the value is null.', (site) => ({
    arguments: site.arguments,
    type: booleanType,
    nullable: false,
  })),
  row('isnotnull', 1, 1, 'isnotnull(value)', 'Whether the value is not null.', (site) => ({
    arguments: site.arguments,
    type: booleanType,
    nullable: false,
  })),
  row('typeof', 1, 1, 'typeof(value)', 'The type as a string.', (site) => ({
    arguments: site.arguments,
    type: stringType,
    nullable: false,
  })),
];
