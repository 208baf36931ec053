/** Spark SQL in texts of Python that Spark could not read, said at its place in the text. */
import type { SyntaxNode } from '@lezer/common';
import type { Token } from '#sql/parse/lexer.ts';
import { TextPlaces } from '../../frames/textPlaces.ts';
import { argumentOf } from '../../python/calls.ts';
import { assignedValue } from '../../python/constants.ts';
import type { PythonModule } from '../../python/module.ts';
import { decodeStringLiteral, readStringLiteral } from '../../python/stringLiteral.ts';
import { readStatement } from '../../queries/sqlDocument.ts';
import { syntaxFixes } from '../../queries/syntaxFixes.ts';
import type { Finding, Fix } from '../finding.ts';
import type { Kinds } from './kinds.ts';

export function sqlTextFindings(module: PythonModule, kinds: Kinds): readonly Finding[] {
  const found = new Map<number, Finding>();
  for (const call of module.calls) {
    for (const { node, prefix } of sqlArguments(module, kinds, call)) {
      const finding = findingIn(module, node, prefix);
      if (finding && !found.has(finding.start)) found.set(finding.start, finding);
    }
  }
  return [...found.values()];
}

type Call = PythonModule['calls'][number];

interface SqlArgument {
  readonly node: SyntaxNode;
  /** What makes a statement of an expression. */
  readonly prefix: string;
}

function sqlArguments(module: PythonModule, kinds: Kinds, call: Call): readonly SqlArgument[] {
  const { callee } = call;
  const first = (keyword: string, prefix: string): readonly SqlArgument[] => {
    const node = argumentOf(call, 0, keyword);
    return node ? [{ node, prefix }] : [];
  };
  if (kinds.functionNamed(callee) === 'expr') return first('str', 'SELECT ');
  const [object, property] = [callee.firstChild, callee.getChild('PropertyName')];
  if (callee.name !== 'MemberExpression' || !object || !property) return [];
  const method = module.textOf(property);
  const kind = kinds.of(object);
  if (kind === 'session' && method === 'sql') return first('sqlQuery', '');
  if (kind !== 'frame') return [];
  if (method === 'filter' || method === 'where') return first('condition', 'SELECT ');
  if (method !== 'selectExpr') return [];
  return call.arguments
    .filter(({ keyword }) => keyword === undefined)
    .map(({ value }) => ({ node: value, prefix: 'SELECT ' }));
}

/** As much of a text as is known. Behind `known` anything may follow. */
interface KnownText {
  readonly value: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly isWhole: boolean;
}

function findingIn(module: PythonModule, node: SyntaxNode, prefix: string): Finding | undefined {
  const text = knownText(module, node);
  if (!text || text.value.trim() === '') return undefined;
  const statement = readStatement(prefix + text.value, 0, false);
  const problem = statement.parsed.problems[0];
  if (problem?.class !== 'PARSE_SYNTAX_ERROR') return undefined;
  const written = statement.tokens.filter(({ kind }) => kind !== 'end');
  const at = problem.start ?? 0;
  const token = written.find(({ start, end }) => start <= at && at < end) ?? written.at(-1);
  if (!token || token.start < prefix.length) return undefined;
  if (!text.isWhole && mayGoOn(written, written.indexOf(token))) return undefined;
  const place = (offset: number, side: 'starts' | 'ends') =>
    text[side][offset - prefix.length] ?? node.from;
  const message = problem.message.replace(/^\[\w+\] /, '').replace(/ SQLSTATE: \w+[^]*$/, '');
  const fixes = text.isWhole
    ? syntaxFixes(statement, at).flatMap(({ title, edit }): readonly Fix[] => {
        // Quotes and escapes of Python around what is put in are nobody's to guess.
        if (/['"\\\n{}]/.test(edit.text) || edit.start < prefix.length) return [];
        const end = place(edit.end - 1, 'ends');
        const start = edit.start < edit.end ? place(edit.start, 'starts') : end;
        return [{ title, edits: [{ start, end, text: edit.text }] }];
      })
    : [];
  return {
    rule: 'spark-sql',
    severity: 'error',
    start: place(token.start, 'starts'),
    end: place(token.end - 1, 'ends'),
    message: `Spark can't read this SQL: ${message}`,
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

/** The parser looks a few words ahead, and beyond what is open: what comes later may still make sense of the word. */
function mayGoOn(tokens: readonly Token[], problem: number): boolean {
  let depth = 0;
  for (const { text } of tokens) {
    if (/^[([{<]$/.test(text)) depth++;
    if (/^[)\]}>]$/.test(text)) depth--;
  }
  return tokens.length - problem < 4 || depth > 0;
}

function knownText(module: PythonModule, node: SyntaxNode): KnownText | undefined {
  const places = new TextPlaces();
  const isWhole = addKnown(module, node, places, 8);
  const { value, literal } = places.text;
  if (!literal) return undefined;
  // `{name}` stands for what `spark.sql` is given by that name.
  const brace = value.indexOf('{');
  const end = brace < 0 ? value.length : brace;
  return {
    value: value.slice(0, end),
    starts: literal.starts,
    ends: literal.ends,
    isWhole: isWhole && brace < 0,
  };
}

/** Whether all of it is known; what is known before the first part that is not is added. */
function addKnown(
  module: PythonModule,
  node: SyntaxNode,
  places: TextPlaces,
  steps: number,
): boolean {
  if (steps === 0) return false;
  switch (node.name) {
    case 'ParenthesizedExpression': {
      const inner = node.firstChild?.nextSibling;
      return inner ? addKnown(module, inner, places, steps) : false;
    }
    case 'VariableName': {
      const value = assignedValue(module, node);
      return value ? addKnown(module, value, places, steps - 1) : false;
    }
    case 'BinaryExpression': {
      const [left, right] = [node.firstChild, node.lastChild];
      const operator = left?.nextSibling;
      if (!left || !right || !operator || module.textOf(operator) !== '+') return false;
      return addKnown(module, left, places, steps) && addKnown(module, right, places, steps);
    }
    case 'String': {
      const literal = readStringLiteral(module.source.text, node);
      if (literal?.kind !== 'str') return false;
      places.add({ value: literal.value, literal: { ...literal, kind: 'str' } }, node);
      return true;
    }
    case 'ContinuedString': {
      for (let part = node.firstChild; part; part = part.nextSibling)
        if (part.name !== 'Comment' && !addKnown(module, part, places, steps)) return false;
      return true;
    }
    case 'FormatString':
      return addFormatted(module, node, places);
    default:
      return false;
  }
}

/** Of an f-string what stands before its first value. */
function addFormatted(module: PythonModule, node: SyntaxNode, places: TextPlaces): boolean {
  const { text } = module.source;
  const [, prefix = '', fence = ''] =
    /^([A-Za-z]*)("""|'''|"|')/.exec(text.slice(node.from, node.from + 8)) ?? [];
  const from = node.from + prefix.length + fence.length;
  const value = node.getChild('FormatReplacement');
  const to = value ? value.from : node.to - fence.length;
  const raw = /r/i.test(prefix) ? 'r' : '';
  const source = `${raw}${fence}${text.slice(from, to)}${fence}`;
  const literal = decodeStringLiteral(source, 0, source.length);
  if (fence === '' || literal?.kind !== 'str') return false;
  const shift = from - raw.length - fence.length;
  places.add(
    {
      value: literal.value,
      literal: {
        kind: 'str',
        value: literal.value,
        starts: literal.starts.map((start) => start + shift),
        ends: literal.ends.map((end) => end + shift),
      },
    },
    node,
  );
  return value === null;
}
