/** JSON as Spark's functions copy it; its readers of files keep the text as it stands. */
import { javaDouble } from '#sql/plan/literalText.ts';
import type { JsonNode } from '#sql/value/json.ts';
import { quoteJson } from '#sql/value/json.ts';

/** Numbers that are not whole are written as the doubles that they are read as, and characters beyond 16 bits as two. */
export function copiedJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.fields.map(([name, value]) => `${quoted(name)}:${copiedJson(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(copiedJson).join(',')}]`;
    case 'string':
      return quoted(node.text);
    case 'number':
      return node.isInteger ? node.text : doubleText(node.text);
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}

function doubleText(text: string): string {
  const value = Number(text.replace(/^([+-]?)INF$/, '$1Infinity'));
  return Number.isFinite(value) ? javaDouble(value) : quoteJson(javaDouble(value));
}

function quoted(text: string): string {
  return quoteJson(text).replace(/[\ud800-\udfff]/g, (half) => {
    return `\\u${half.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
