/** Methods of Python's own texts, lists and dictionaries whose result is certain. */
import { printed } from './formatStrings.ts';
import type { Arguments } from './arguments.ts';
import { argument } from './arguments.ts';
import type { Value } from './values.ts';

type Known = Value | undefined;
const str = (value: string): Value => ({ kind: 'str', value });
const bool = (value: boolean): Value => ({ kind: 'bool', value });

/** Undefined where what it gives is not certain. */
export function textMethod(text: string, name: string, args: Arguments): Known {
  const [first, second] = args.positional;
  const given = first?.kind === 'str' ? first.value : undefined;
  switch (name) {
    case 'upper':
      return str(text.toUpperCase());
    case 'lower':
      return str(text.toLowerCase());
    case 'title':
      return str(
        text.replace(
          /\p{L}+/gu,
          (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
        ),
      );
    case 'capitalize':
      return str(text.charAt(0).toUpperCase() + text.slice(1).toLowerCase());
    case 'strip':
      return first ? undefined : str(text.trim());
    case 'lstrip':
      return first ? undefined : str(text.trimStart());
    case 'rstrip':
      return first ? undefined : str(text.trimEnd());
    case 'split':
      if (second) return undefined;
      return {
        kind: 'list',
        items: (given === undefined ? text.trim().split(/\s+/) : text.split(given)).map(str),
      };
    case 'replace':
      return given !== undefined && given !== '' && second?.kind === 'str'
        ? str(text.replaceAll(given, second.value))
        : undefined;
    case 'startswith':
      return given === undefined ? undefined : bool(text.startsWith(given));
    case 'endswith':
      return given === undefined ? undefined : bool(text.endsWith(given));
    case 'isdigit':
      return bool(/^[0-9]+$/.test(text));
    case 'join': {
      const items = first?.kind === 'list' || first?.kind === 'tuple' ? first.items : undefined;
      const texts = items?.map((item) => (item.kind === 'str' ? item.value : undefined));
      return texts && !texts.includes(undefined) ? str(texts.join(text)) : undefined;
    }
    case 'format':
      return formatMethod(text, args);
    default:
      return undefined;
  }
}

/** `"{} {name}".format(…)` with plain fields. */
function formatMethod(text: string, args: Arguments): Known {
  let next = 0;
  const state = { isKnown: true };
  const parts = text.split(/(\{\{|\}\}|\{\w*\})/).flatMap((part) => {
    if (part === '{{' || part === '}}') return [part.charAt(0)];
    const name = /^\{(\w*)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (/[{}]/.test(part)) state.isKnown = false;
      return [part];
    }
    const value =
      name === ''
        ? args.positional[next++]
        : /^\d+$/.test(name)
          ? args.positional[Number(name)]
          : args.keywords.get(name);
    if (!value) {
      state.isKnown = false;
      return [];
    }
    return printed(value, 'str', args.node);
  });
  if (!state.isKnown) return undefined;
  return parts.every((part) => typeof part === 'string')
    ? str(parts.join(''))
    : { kind: 'text', parts };
}

/** `text % values` with `%s` and `%d`. */
export function percentFormat(text: string, operand: Value, args: Pick<Arguments, 'node'>): Known {
  const values = operand.kind === 'tuple' ? operand.items : [operand];
  let next = 0;
  const state = { isKnown: true };
  const parts = text.split(/(%%|%[sdr])/).flatMap((part) => {
    if (part === '%%') return ['%'];
    if (!/^%[sdr]$/.test(part)) {
      if (part.includes('%')) state.isKnown = false;
      return [part];
    }
    const value = values[next++];
    const isNumber = value?.kind === 'int' || value?.kind === 'result';
    if (!value || (part === '%d' && !isNumber)) {
      state.isKnown = false;
      return [];
    }
    return printed(value, part === '%r' ? 'repr' : 'str', args.node);
  });
  if (!state.isKnown || next !== values.length) return undefined;
  return parts.every((part) => typeof part === 'string')
    ? str(parts.join(''))
    : { kind: 'text', parts };
}

export function dictionaryMethod(
  { entries }: Extract<Value, { kind: 'dict' }>,
  name: string,
  args: Arguments,
): Known {
  switch (name) {
    case 'items':
      return {
        kind: 'list',
        items: entries.map(([key, value]): Value => ({ kind: 'tuple', items: [key, value] })),
      };
    case 'keys':
      return { kind: 'list', items: entries.map(([key]) => key) };
    case 'values':
      return { kind: 'list', items: entries.map(([, value]) => value) };
    case 'get': {
      const [key] = args.positional;
      if (key?.kind !== 'str') return undefined;
      const found = entries.findLast(([one]) => one.kind === 'str' && one.value === key.value);
      return found?.[1] ?? argument(args, 1, 'default') ?? { kind: 'none' };
    }
    default:
      return undefined;
  }
}
