/** What can stand at a place of PySpark code: columns, views, options, modes and kinds of joins. */
import type { SyntaxNode } from '@lezer/common';
import { simpleString } from '#sql/plan/types.ts';
import type { PythonModule } from '../python/module.ts';
import { frameAround } from './insight.ts';
import type { ScriptReading } from './reading.ts';
import type { Frame, Value } from './values.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'column' | 'view' | 'option' | 'value';
  readonly detail?: string;
}

const readOptions: Readonly<Record<string, readonly string[]>> = {
  csv: 'header inferSchema sep quote escape comment nullValue nanValue dateFormat timestampFormat mode multiLine encoding ignoreLeadingWhiteSpace ignoreTrailingWhiteSpace emptyValue lineSep enforceSchema samplingRatio maxColumns columnNameOfCorruptRecord locale'.split(
    ' ',
  ),
  json: 'multiLine mode dateFormat timestampFormat allowComments allowSingleQuotes allowUnquotedFieldNames primitivesAsString prefersDecimal encoding lineSep samplingRatio dropFieldIfAllNull columnNameOfCorruptRecord'.split(
    ' ',
  ),
  parquet:
    'mergeSchema pathGlobFilter recursiveFileLookup modifiedBefore modifiedAfter datetimeRebaseMode int96RebaseMode'.split(
      ' ',
    ),
};
const writeOptions: readonly string[] =
  'header sep quote escape nullValue dateFormat timestampFormat compression quoteAll emptyValue lineSep encoding maxRecordsPerFile partitionOverwriteMode'.split(
    ' ',
  );
const formats = ['csv', 'json', 'parquet', 'orc', 'text'];
const modes = ['append', 'error', 'errorifexists', 'ignore', 'overwrite'];
const joins = [
  'anti',
  'cross',
  'full',
  'inner',
  'left',
  'left_anti',
  'left_semi',
  'outer',
  'right',
  'semi',
];

/** `offset` is where the cursor is, in the source's text. */
export function completionsAt(
  module: PythonModule,
  reading: ScriptReading,
  offset: number,
): readonly Completion[] {
  const node = module.source.tree.resolveInner(offset, -1);
  const property = propertyPlace(module, node, offset);
  if (property) {
    const value = valueBefore(module, reading, property);
    return value?.kind === 'frame' ? columns(reading, value, true) : [];
  }
  const text = stringAround(node);
  return text ? insideText(module, reading, text) : [];
}

/** The object of `object.` or `object.nam`. */
function propertyPlace(
  module: PythonModule,
  node: SyntaxNode,
  offset: number,
): SyntaxNode | undefined {
  const before = module.source.text.slice(0, offset);
  if (!/\.\w*$/.test(before)) return undefined;
  for (let at: SyntaxNode | null = node; at; at = at.parent)
    if (at.name === 'MemberExpression' && at.firstChild && at.firstChild.to < offset)
      return at.firstChild;
  return undefined;
}

function stringAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'String') return at;
    if (at.name === 'ArgList') return undefined;
  }
  return undefined;
}

/** Of a name: the value that it last got above the place, also where the statement itself is half typed. */
function valueBefore(
  module: PythonModule,
  reading: ScriptReading,
  node: SyntaxNode,
): Value | undefined {
  const known = reading.valueOf(node);
  if (known) return known;
  if (node.name !== 'VariableName') return undefined;
  const name = module.textOf(node);
  return reading.names.findLast((each) => each.name === name && each.from < node.from)?.value;
}

function columns(
  { script }: ScriptReading,
  frame: Frame,
  isProperty = false,
): readonly Completion[] {
  return (script.schemas.columnsOf(frame) ?? [])
    .filter(({ name }) => !isProperty || /^[A-Za-z_]\w*$/.test(name))
    .map(({ name, type }) => ({ label: name, kind: 'column', detail: simpleString(type) }));
}

function insideText(
  module: PythonModule,
  reading: ScriptReading,
  text: SyntaxNode,
): readonly Completion[] {
  const call = callAround(text);
  const callee = call?.firstChild;
  const property =
    callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : undefined;
  const object = callee?.firstChild;
  const name = property
    ? module.textOf(property)
    : callee?.name === 'VariableName'
      ? module.textOf(callee)
      : '';
  const receiver = property && object ? valueBefore(module, reading, object) : undefined;
  const values = (labels: readonly string[], kind: Completion['kind']): readonly Completion[] =>
    labels.map((label) => ({ label, kind }));
  if (receiver?.kind === 'session' && name === 'table')
    return values(reading.script.schemas.viewNames, 'view');
  if (receiver?.kind === 'reader' || receiver?.kind === 'writer') {
    const isFirst = positionIn(call, text) === 0;
    if (name === 'format') return values(formats, 'value');
    if (name === 'mode') return values(modes, 'value');
    if (name === 'option' && isFirst) {
      if (receiver.kind === 'writer') return values(writeOptions, 'option');
      const known = readOptions[receiver.format ?? ''];
      return values(known ?? [...new Set(Object.values(readOptions).flat())].sort(), 'option');
    }
    return name === 'partitionBy' && receiver.kind === 'writer'
      ? columns(reading, receiver.frame)
      : [];
  }
  if (name === 'join' && receiver?.kind === 'frame' && positionIn(call, text) === 2)
    return values(joins, 'value');
  const frame =
    receiver?.kind === 'frame'
      ? receiver
      : receiver?.kind === 'grouped'
        ? receiver.frame
        : (frameAround(reading, text) ?? frameNamed(module, reading, text));
  if (
    !frame ||
    (/^(?:alias|createOrReplaceTempView|createTempView|hint|withColumnRenamed)$/.test(name) &&
      positionIn(call, text) !== 0)
  )
    return [];
  return columns(reading, frame);
}

/** `df["` and `df.select(F.col("` while the statement is half typed. */
function frameNamed(
  module: PythonModule,
  reading: ScriptReading,
  text: SyntaxNode,
): Frame | undefined {
  for (let at = text.parent; at; at = at.parent) {
    const object =
      at.name === 'MemberExpression' && at.firstChild && at.firstChild.to < text.from
        ? at.firstChild
        : at.name === 'CallExpression' && at.firstChild?.name === 'MemberExpression'
          ? at.firstChild.firstChild
          : undefined;
    const value = object ? valueBefore(module, reading, object) : undefined;
    if (value?.kind === 'frame') return value;
    if (value?.kind === 'grouped') return value.frame;
  }
  return undefined;
}

function callAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === 'CallExpression') return at;
    if (at.name === 'MemberExpression' && at.getChild('PropertyName') === null) return undefined;
  }
  return undefined;
}

function positionIn(call: SyntaxNode | undefined, text: SyntaxNode): number {
  let position = 0;
  for (let child = call?.getChild('ArgList')?.firstChild; child; child = child.nextSibling) {
    if (child.from <= text.from && text.to <= child.to) return position;
    if (child.name === ',') position += 1;
  }
  return -1;
}
