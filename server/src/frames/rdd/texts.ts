/** Methods of texts and lists that are elements of an RDD, with Python's meaning of them. */
import type { Range } from '#sql/plan/range.ts';
import { longType, stringType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from '../arguments.ts';
import { call, intLiteral, literal, operation } from '../expressions.ts';
import type { Script } from '../script.ts';
import type { Value } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import {
  bool,
  castTo,
  certain,
  describe,
  element,
  int,
  lifted,
  notComputed,
  str,
} from './elements.ts';
import { choice } from './operators.ts';
import { sizeOf } from './places.ts';

/** What `str.split()` and `str.strip()` take for white space. */
const WHITE_SPACE =
  ' \t\n\r\u000b\u000c\u001c\u001d\u001e\u001f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

type Method = (text: Expression, args: Arguments, at: Place) => Element | undefined;
interface Place {
  readonly range: Range;
  readonly name: string;
}

export function elementMethod(
  script: Script,
  receiver: Value,
  name: string,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const value = certain(lifted(receiver, range), range);
  if (value.type.kind === 'str' && args.keywords.size === 0) {
    const found = textMethods[name]?.(value.expression, args, { range, name });
    if (found) return found;
  }
  return notComputed(`'${name}' of ${describe(value.type)}`, args.node);
}

const textMethods: Readonly<Record<string, Method>> = {
  lower: plain('lower'),
  upper: plain('upper'),
  strip: stripped('btrim'),
  lstrip: stripped('ltrim'),
  rstrip: stripped('rtrim'),
  split: (text, args, { range }) => {
    const [separator, limit] = args.positional;
    const list: ElementType = { kind: 'list', item: str };
    if (!separator || separator.kind === 'none') {
      if (limit) return undefined;
      const words = call(
        'split',
        [text, literal(`[${WHITE_SPACE}]+`, stringType, range), intLiteral(-1, range)],
        range,
      );
      return element(list, without('', words, range));
    }
    if (separator.kind !== 'str' || separator.value === '') return undefined;
    if (limit && (limit.kind !== 'int' || limit.value < 0n)) return undefined;
    const pattern = separator.value.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    const most = limit?.kind === 'int' ? limit.value + 1n : -1n;
    return element(
      list,
      call('split', [text, literal(pattern, stringType, range), intLiteral(most, range)], range),
    );
  },
  replace: (text, args, { range }) => {
    const [from, to, count] = args.positional;
    if (count || from?.kind !== 'str' || from.value === '' || !to) return undefined;
    const by = textOf(to, range);
    return by && element(str, call('replace', [text, textOf(from, range) ?? by, by], range));
  },
  startswith: edge('startswith'),
  endswith: edge('endswith'),
  find: (text, args, { range }) => {
    const part = textOf(args.positional[0], range);
    if (!part || args.positional.length > 1) return undefined;
    const place = castTo(call('instr', [text, part], range), longType, range);
    return element(int, operation('-', [place, literal(1n, longType, range)], range));
  },
  count: (text, args, { range }) => {
    const [part] = args.positional;
    if (part?.kind !== 'str' || part.value === '' || args.positional.length > 1) return undefined;
    const given = literal(part.value, stringType, range);
    const without = call('replace', [text, given, literal('', stringType, range)], range);
    const length = (of: Expression) => sizeOf(element(str, of), range);
    const gone = operation('-', [length(text), length(without)], range);
    const size = literal(BigInt(Array.from(part.value).length), longType, range);
    return element(int, operation('div', [gone, size], range));
  },
  capitalize: (text, _, { range }) => {
    const [one, two] = [intLiteral(1, range), intLiteral(2, range)];
    const first = call('upper', [call('substring', [text, one, one], range)], range);
    const others = call('lower', [call('substring', [text, two], range)], range);
    return element(str, call('concat', [first, others], range));
  },
  isalpha: matching('^\\p{L}+$'),
  isdecimal: matching('^\\p{Nd}+$'),
  isdigit: matching('^[\\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$'),
  isspace: matching(`^[${WHITE_SPACE}]+$`),
  join: (text, args, { range }) => {
    const [list] = args.positional;
    if (!list) return undefined;
    const { type, expression } = certain(lifted(list, range), range);
    if (type.kind !== 'list' || type.item.kind !== 'str') return undefined;
    return element(str, call('array_join', [expression, text], range));
  },
};

function plain(functionName: string): Method {
  return (text, { positional }, { range }) =>
    positional.length > 0 ? undefined : element(str, call(functionName, [text], range));
}

/** Characters that are given are a set, in Spark as in Python. */
function stripped(functionName: 'btrim' | 'ltrim' | 'rtrim'): Method {
  return (text, { positional }, { range }) => {
    const [given] = positional;
    const characters =
      !given || given.kind === 'none'
        ? WHITE_SPACE
        : given.kind === 'str'
          ? given.value
          : undefined;
    if (characters === undefined) return undefined;
    const set = literal(characters, stringType, range);
    // `ltrim` and `rtrim` name the characters first.
    return element(
      str,
      call(functionName, functionName === 'btrim' ? [text, set] : [set, text], range),
    );
  };
}

function edge(functionName: string): Method {
  return (text, { positional }, { range }) => {
    const [given, more] = positional;
    if (!given || more) return undefined;
    const parts = given.kind === 'tuple' ? given.items : [given];
    const conditions = parts.map((part) => {
      const edgeText = textOf(part, range);
      return edgeText && call(functionName, [text, edgeText], range);
    });
    const known = conditions.filter((condition) => condition !== undefined);
    const [first, ...others] = known;
    if (!first || known.length < conditions.length) return undefined;
    return element(
      bool,
      others.reduce((left, right) => operation('or', [left, right], range), first),
    );
  };
}

function matching(pattern: string): Method {
  return (text, { positional }, { range }) =>
    positional.length > 0
      ? undefined
      : element(bool, call('rlike', [text, literal(pattern, stringType, range)], range));
}

function textOf(value: Value | undefined, range: Range): Expression | undefined {
  if (!value) return undefined;
  const { type, expression } = certain(lifted(value, range), range);
  return type.kind === 'str' ? expression : undefined;
}

function without(value: string, list: Expression, range: Range): Expression {
  const name = 'word';
  const condition = operation(
    'not',
    [
      operation(
        '=',
        [
          { kind: 'unresolvedAttribute', nameParts: [name], range },
          literal(value, stringType, range),
        ],
        range,
      ),
    ],
    range,
  );
  return call(
    'filter',
    [list, { kind: 'lambdaFunction', function: condition, arguments: [name], range }],
    range,
  );
}

/** `str(x)` and what an f-string puts in. */
export function asText(value: Value, range: Range): Expression | undefined {
  const { type, expression } = certain(lifted(value, range), range);
  switch (type.kind) {
    case 'str':
      return expression;
    case 'int':
      return castTo(expression, stringType, range);
    case 'bool':
      return choice(
        expression,
        literal('True', stringType, range),
        literal('False', stringType, range),
        range,
      );
    default:
      return undefined;
  }
}
