/** What is known at a place of PySpark code: the DataFrame there, or a column and the DataFrame it belongs to. */
import type { SyntaxNode } from '@lezer/common';
import type { Attribute } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { PythonModule } from '../python/module.ts';
import type { Origin } from './lineage.ts';
import { originOf } from './lineage.ts';
import type { ScriptReading } from './reading.ts';
import type { Frame } from './values.ts';

export type Insight =
  | {
      readonly kind: 'frame';
      readonly frame: Frame;
      readonly columns: readonly Attribute[];
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly type: DataType;
      readonly nullable: boolean;
      readonly origin: Origin | undefined;
      readonly start: number;
      readonly end: number;
    };

export function insightAt(
  module: PythonModule,
  reading: ScriptReading,
  offset: number,
): Insight | undefined {
  const node = module.source.tree.resolveInner(offset, 1);
  const place = [node, module.source.tree.resolveInner(offset, -1)].find(({ name }) =>
    /^(?:VariableName|PropertyName|String)$/.test(name),
  );
  if (!place) return undefined;
  const { script } = reading;
  const { from: start, to: end } = place;
  if (place.name === 'String') return columnInText(module, reading, place);
  const expression = place.name === 'PropertyName' ? outerExpression(place) : place;
  const value = reading.valueOf(expression) ?? named(module, reading, place);
  if (value?.kind === 'frame') {
    const columns = script.schemas.columnsOf(value);
    return columns && { kind: 'frame', frame: value, columns, start, end };
  }
  if (value?.kind !== 'column') return undefined;
  const found = value.expression;
  const frame = frameAround(reading, place) ?? frameOf(reading, found);
  return frame && columnInsight(reading, frame, found, start, end);
}

/** `df.filter` is asked of the call around it; `df.age` of itself. */
function outerExpression(property: SyntaxNode): SyntaxNode {
  const member = property.parent ?? property;
  const { parent } = member;
  return parent?.name === 'CallExpression' && parent.firstChild?.from === member.from
    ? parent
    : member;
}

/** A name where it is assigned. */
function named(module: PythonModule, reading: ScriptReading, node: SyntaxNode) {
  return reading.names.findLast(({ from, to }) => from === node.from && to === node.to)?.value;
}

/** The DataFrame whose method the place is an argument of. */
export function frameAround(reading: ScriptReading, node: SyntaxNode): Frame | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'MemberExpression' && at.firstChild && at.getChild('PropertyName') === null) {
      const object = reading.valueOf(at.firstChild);
      if (object?.kind === 'frame' && at.firstChild.to < node.from) return object;
    }
    if (at.name !== 'CallExpression') continue;
    const callee = at.firstChild;
    const object = callee?.name === 'MemberExpression' ? callee.firstChild : undefined;
    if (!callee || !object || callee.to > node.from) continue;
    const value = reading.valueOf(object);
    if (value?.kind === 'frame') return value;
    if (value?.kind === 'grouped') return value.frame;
    if (
      value?.kind === 'naFunctions' ||
      value?.kind === 'statFunctions' ||
      value?.kind === 'writer'
    )
      return value.frame;
  }
  return undefined;
}

function frameOf({ frames }: ScriptReading, expression: Expression): Frame | undefined {
  if (expression.kind !== 'unresolvedAttribute' || expression.planId === undefined)
    return undefined;
  return frames.find(({ frame }) => frame.planId === expression.planId)?.frame;
}

/** A text that is the name of a column where it stands. */
function columnInText(
  module: PythonModule,
  reading: ScriptReading,
  node: SyntaxNode,
): Insight | undefined {
  const frame = frameAround(reading, node);
  const value = reading.valueOf(node);
  if (!frame || value?.kind !== 'str') return undefined;
  const column = reading.script.schemas
    .columnsOf(frame)
    ?.find(({ name }) => name.toLowerCase() === value.value.toLowerCase());
  if (!column) return undefined;
  return {
    kind: 'column',
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    origin: originOf(reading.script.schemas, frame.relation, column.name),
    start: node.from,
    end: node.to,
  };
}

function columnInsight(
  { script }: ScriptReading,
  frame: Frame,
  expression: Expression,
  start: number,
  end: number,
): Insight | undefined {
  const { range } = expression;
  const input = { kind: 'identified', planId: frame.planId, input: frame.relation, range } as const;
  const found = script.schemas.of({ kind: 'project', input, expressions: [expression], range });
  const column = found.kind === 'columns' ? found.columns[0] : undefined;
  if (!column) return undefined;
  const origin =
    expression.kind === 'unresolvedAttribute'
      ? originOf(script.schemas, frame.relation, column.name)
      : undefined;
  return {
    kind: 'column',
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    origin,
    start,
    end,
  };
}

/** `name: string` a line, as many as a hover shows. */
export function schemaLines(columns: readonly Attribute[], most = 40): string {
  const lines = columns
    .slice(0, most)
    .map(
      ({ name, type, nullable }) => `${name}: ${simpleString(type)}${nullable ? '' : ' not null'}`,
    );
  if (columns.length > most) lines.push(`… and ${columns.length - most} more`);
  return lines.join('\n');
}

export function insightText(insight: Insight, module: PythonModule): string {
  if (insight.kind === 'frame') {
    const count = insight.columns.length;
    return `\`\`\`text\nDataFrame, ${count} column${count === 1 ? '' : 's'}\n${schemaLines(insight.columns)}\n\`\`\``;
  }
  const { name, type, nullable, origin } = insight;
  const lines = [
    `\`\`\`text\n${name}: ${simpleString(type)}${nullable ? '' : ' not null'}\n\`\`\``,
  ];
  const made =
    origin?.made.map(({ start, end }) => `\`${oneLine(module.source.text.slice(start, end))}\``) ??
    [];
  if (made.length > 0) lines.push(`made by ${made.join(', of ')}`);
  if (origin?.source?.kind === 'file') lines.push(`from the file \`${origin.source.path}\``);
  if (origin?.source?.kind === 'rows') lines.push('from rows of this script');
  return lines.join('\n\n');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
