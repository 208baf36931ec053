/** f-strings: a text where all parts are known, else a text with results that are known when the script has run. */
import type { SyntaxNode } from '@lezer/common';
import type { Field } from '#shared/protocol/engine.ts';
import type { PrintPart } from '#shared/protocol/frameScript.ts';
import type { NumberKind } from '#shared/protocol/pythonFormat.ts';
import { formattedText } from '#shared/protocol/pythonFormat.ts';
import { structTypeText } from '#shared/protocol/structTypeText.ts';
import { strictString } from '#sql/plan/strictType.ts';
import type { StructField } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import { decodeStringLiteral } from '../python/stringLiteral.ts';
import type { Script } from './script.ts';
import { TextPlaces } from './textPlaces.ts';
import { call } from './expressions.ts';
import { element, hasElement, str } from './rdd/elements.ts';
import { asText } from './rdd/texts.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function formatString(
  script: Script,
  node: SyntaxNode,
  evaluate: (script: Script, node: SyntaxNode) => Value,
): Value {
  const text = script.textOf(node);
  const [, prefix = '', fence = ''] = /^([A-Za-z]*)("""|'''|"|')/.exec(text) ?? [];
  if (fence === '' || !text.endsWith(fence)) return cannotKnow('this text is not complete', node);
  const isRaw = /r/i.test(prefix);
  const parts: PrintPart[] = [];
  const places = new TextPlaces();
  const elements: Value[] = [];
  const plain = (from: number, to: number) => {
    // Doubled braces stand for one; escapes are those of any text.
    const offsets: number[] = [];
    let source = '';
    for (let index = from; index < to; index++) {
      const character = script.source.text.charAt(index);
      offsets.push(index);
      source += character;
      const isBrace = character === '{' || character === '}';
      if (isBrace && script.source.text.charAt(index + 1) === character) index += 1;
    }
    const before = `${isRaw ? 'r' : ''}${fence}`;
    const quoted = `${before}${source}${fence}`;
    const literal = decodeStringLiteral(quoted, 0, quoted.length);
    if (!literal) return cannotKnow('this text is not read', node);
    parts.push(literal.value);
    const { value } = literal;
    elements.push({ kind: 'str', value });
    const starts = literal.starts.map((start) => offsets[start - before.length] ?? from);
    const ends = literal.ends.map((end) => (offsets[end - before.length - 1] ?? to - 1) + 1);
    places.add({ value, literal: { kind: 'str', value, starts, ends } }, { from, to });
  };
  let at = node.from + prefix.length + fence.length;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    plain(at, child.from);
    const expression = child.firstChild?.nextSibling;
    if (!expression) return cannotKnow('this text is not complete', child);
    const inner = evaluate(script, expression);
    elements.push(inner);
    if (hasElement(inner)) {
      elements.splice(-1, 1, textOfElement(script, inner, child));
      at = child.to;
      continue;
    }
    const values = replaced(script, child, inner, expression);
    parts.push(...values);
    const known = values.map((part) => (typeof part === 'string' ? part : '')).join('');
    places.add({ value: known }, child);
    at = child.to;
  }
  plain(at, node.to - fence.length);
  if (elements.some(hasElement)) return joinedElements(script, elements, node);
  if (parts.every((part) => typeof part === 'string')) return places.text;
  return { kind: 'text', parts };
}

/** What an f-string puts in for each element of an RDD. */
function textOfElement(script: Script, value: Value, node: SyntaxNode): Value {
  if (node.getChild('FormatSpec') ?? node.getChild('FormatConversion'))
    return cannotKnow('a format inside the function of an RDD is not computed here', node);
  const range = script.rangeOf(node);
  const text = asText(value, range);
  if (text) return element(str, text);
  return cannotKnow('only texts, whole numbers and truths become text here', node);
}

function joinedElements(script: Script, parts: readonly Value[], node: SyntaxNode): Value {
  const range = script.rangeOf(node);
  const texts = parts.map((part) => asText(part, range));
  const known = texts.filter((text) => text !== undefined);
  if (known.length < texts.length)
    return cannotKnow('only texts, whole numbers and truths become text here', node);
  return element(str, call('concat', known, range));
}

function replaced(
  script: Script,
  node: SyntaxNode,
  value: Value,
  expression: SyntaxNode,
): readonly PrintPart[] {
  const spec = node.getChild('FormatSpec');
  const conversion = node.getChild('FormatConversion');
  const as = conversion && script.textOf(conversion) === '!r' ? 'repr' : 'str';
  if (value.kind === 'frame')
    return [
      {
        step: script.add({
          action: 'evaluate',
          statement: script.query(value.relation),
          form: 'frame',
        }),
        as,
      },
    ];
  if (!spec) return printed(value, as, expression);
  const text = script.textOf(spec).slice(1);
  if (value.kind === 'result')
    return [{ step: value.step, ...(value.path ? { path: value.path } : {}), as, spec: text }];
  return [formatted(value, text, node)];
}

function formatted(value: Value, spec: string, node: SyntaxNode): string {
  const kinds: Readonly<Record<string, NumberKind>> = { int: 'whole', float: 'float' };
  const parts = printed(value, 'str', node);
  const text = parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
  const found = text === undefined ? undefined : formattedText(text, kinds[value.kind], spec);
  return found ?? cannotKnow(`the format '${spec}' is not read`, node);
}

function fieldsOfSchema(fields: readonly StructField[]): readonly Field[] {
  return fields.map(({ name, type, nullable }) => ({
    name,
    type: simpleString(type),
    strictType: strictString(type),
    nullable,
  }));
}

/** What `print` and `str` make of a value. */
export function printed(value: Value, as: 'str' | 'repr', node: SyntaxNode): readonly PrintPart[] {
  switch (value.kind) {
    case 'result':
      return [{ step: value.step, ...(value.path ? { path: value.path } : {}), as }];
    case 'dict':
      return [
        '{',
        ...value.entries.flatMap(([key, item], at) => [
          ...(at > 0 ? [', '] : []),
          ...printed(key, 'repr', node),
          ': ',
          ...printed(item, 'repr', node),
        ]),
        '}',
      ];
    case 'schema':
      return [structTypeText(fieldsOfSchema(value.fields))];
    case 'row':
      return [
        'Row(',
        ...value.items.flatMap((item, at) => [
          ...(at > 0 ? [', '] : []),
          ...(value.names[at] === undefined ? [] : [`${value.names[at]}=`]),
          ...printed(item, 'repr', node),
        ]),
        ')',
      ];
    case 'text':
      return value.parts;
    case 'str':
      return [as === 'str' ? value.value : pythonString(value.value)];
    case 'int':
      return [String(value.value)];
    case 'bool':
      return [value.value ? 'True' : 'False'];
    case 'none':
      return ['None'];
    case 'float':
      return [floatText(value.value)];
    case 'list':
      return ['[', ...joined(value.items, node), ']'];
    case 'tuple':
      return ['(', ...joined(value.items, node), value.items.length === 1 ? ',)' : ')'];
    default:
      return cannotKnow('what this prints is not known before the script runs', node);
  }
}

function joined(items: readonly Value[], node: SyntaxNode): PrintPart[] {
  return items.flatMap((item, at) => [...(at > 0 ? [', '] : []), ...printed(item, 'repr', node)]);
}

export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e16)
    return `${Object.is(value, -0) ? '-0' : value}.0`;
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${digits}`;
  }
  return String(value);
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
