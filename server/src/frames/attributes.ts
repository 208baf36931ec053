/** What `x.name` is. */
import type { SyntaxNode } from '@lezer/common';
import { simpleString } from '#sql/plan/types.ts';
import { frameMethods } from './frameMethods.ts';
import { columnMethod, isColumnMethod } from './columnMethods.ts';
import { namedColumn } from './expressions.ts';
import { attributeOfRow } from './rdd/places.ts';
import { rddOfFrame } from './rdd/frames.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function attributeOf(
  script: Script,
  receiver: Value,
  name: string,
  node: SyntaxNode,
): Value {
  switch (receiver.kind) {
    case 'module':
      return { kind: 'known', path: `${receiver.path}.${name}` };
    case 'known':
      return knownMember(receiver.path, name);
    case 'session':
      return sessionMember(name, receiver, node);
    case 'result':
      // A row has its columns as attributes, and a few methods.
      if (name === 'asDict') return { kind: 'method', receiver, name };
      return { ...receiver, path: [...(receiver.path ?? []), name] };
    case 'column':
    case 'condition':
      if (isColumnMethod(name)) return { kind: 'method', receiver, name };
      return columnMethod(script, receiver, 'getField', {
        positional: [{ kind: 'str', value: name }],
        keywords: new Map(),
        node,
      });
    case 'row': {
      const item = receiver.items[receiver.names.indexOf(name)];
      return item ?? { kind: 'method', receiver, name };
    }
    case 'element': {
      const { type } = receiver;
      const row = type.kind === 'optional' ? type.of : type;
      if (row.kind !== 'row') return { kind: 'method', receiver, name };
      return attributeOfRow(receiver, name, node, script.rangeOf(node));
    }
    case 'broadcast':
      return name === 'value' ? receiver.value : { kind: 'method', receiver, name };
    case 'sparkContext':
      if (name === 'version') return { kind: 'str', value: '4.0.0' };
      return { kind: 'method', receiver, name };
    case 'schema':
      if (name === 'names')
        return {
          kind: 'list',
          items: receiver.fields.map((field): Value => ({ kind: 'str', value: field.name })),
        };
      return { kind: 'method', receiver, name };
    case 'frame':
      return frameMember(script, receiver, name, node);
    case 'windowClass': {
      const bounds: Readonly<Record<string, bigint>> = {
        unboundedPreceding: -(2n ** 63n),
        unboundedFollowing: 2n ** 63n - 1n,
        currentRow: 0n,
      };
      const bound = bounds[name];
      return bound === undefined
        ? { kind: 'method', receiver, name }
        : { kind: 'int', value: bound };
    }
    default:
      return { kind: 'method', receiver, name };
  }
}

function knownMember(path: string, name: string): Value {
  if (path === 'pyspark.sql.SparkSession' && name === 'builder') return { kind: 'builder' };
  if (path === 'pyspark.StorageLevel' || path === 'pyspark.storagelevel.StorageLevel')
    return { kind: 'storageLevel', name };
  if (/^pyspark\.sql(?:\.window)?\.Window$/.test(path)) return attributeOfWindow(name);
  return { kind: 'known', path: `${path}.${name}` };
}

function attributeOfWindow(name: string): Value {
  const receiver: Value = { kind: 'windowClass' };
  if (name === 'unboundedPreceding') return { kind: 'int', value: -(2n ** 63n) };
  if (name === 'unboundedFollowing') return { kind: 'int', value: 2n ** 63n - 1n };
  if (name === 'currentRow') return { kind: 'int', value: 0n };
  return { kind: 'method', receiver, name };
}

function sessionMember(name: string, receiver: Value, node: SyntaxNode): Value {
  switch (name) {
    case 'read':
      return { kind: 'reader', format: undefined, options: {}, schema: undefined };
    case 'conf':
      return { kind: 'conf' };
    case 'catalog':
      return { kind: 'catalog' };
    case 'version':
      return { kind: 'str', value: '4.0.0' };
    case 'sparkContext':
      return { kind: 'sparkContext' };
    case 'readStream':
      return cannotKnow('streams need a running Spark', node);
    default:
      return { kind: 'method', receiver, name };
  }
}

function frameMember(script: Script, frame: Frame, name: string, node: SyntaxNode): Value {
  switch (name) {
    case 'columns':
    case 'dtypes':
    case 'schema': {
      const known = schemaMember(script, frame, name);
      if (known) return known;
      return {
        kind: 'result',
        step: script.add({
          action: 'evaluate',
          statement: script.query(frame.relation),
          form: name,
        }),
      };
    }
    case 'sparkSession':
      return { kind: 'session' };
    case 'isStreaming':
      return { kind: 'bool', value: false };
    case 'is_cached':
      return { kind: 'bool', value: script.cached.has(frame.relation) };
    case 'na':
      return { kind: 'naFunctions', frame };
    case 'stat':
      return { kind: 'statFunctions', frame };
    case 'write':
      return {
        kind: 'writer',
        frame,
        format: undefined,
        mode: 'error',
        options: {},
        partitionBy: [],
      };
    case 'rdd':
      return rddOfFrame(script, frame, node);
    case 'writeStream':
      return cannotKnow('streams need a running Spark', node);
  }
  if (name in frameMethods) return { kind: 'method', receiver: frame, name };
  if (notRead.has(name)) return cannotKnow(`DataFrame.${name} is not read yet`, node);
  return {
    kind: 'column',
    expression: namedColumn(`\`${name}\``, script.rangeOf(node.lastChild ?? node), frame.planId),
  };
}

/** What the script may go through, where the columns are known before it runs. */
function schemaMember(
  script: Script,
  frame: Frame,
  name: 'columns' | 'dtypes' | 'schema',
): Value | undefined {
  const columns = script.schemas.columnsOf(frame);
  if (!columns) return undefined;
  const text = (value: string): Value => ({ kind: 'str', value });
  switch (name) {
    case 'columns':
      return { kind: 'list', items: columns.map((column) => text(column.name)) };
    case 'dtypes':
      return {
        kind: 'list',
        items: columns.map((column): Value => ({
          kind: 'tuple',
          items: [text(column.name), text(simpleString(column.type))],
        })),
      };
    case 'schema':
      return {
        kind: 'schema',
        fields: columns.map((column) => ({
          name: column.name,
          type: column.type,
          nullable: column.nullable,
        })),
      };
  }
}

/** Methods that PySpark has and that are no columns. */
const notRead = new Set(
  'asTable foreach foreachPartition freqItems inputFiles isLocal lateralJoin mapInArrow mapInPandas mergeInto metadataColumn observe pandas_api sameSemantics sampleBy scalar semanticHash storageLevel to toArrow toJSON transpose withMetadata withWatermark writeTo executionInfo plot'.split(
    ' ',
  ),
);
