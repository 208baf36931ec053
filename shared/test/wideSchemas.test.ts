import { Field, Int32, Schema, Utf8 } from 'apache-arrow';
import { expect, test } from 'vitest';
import '../src/protocol/wideSchemas.ts';

test('a schema is itself with its own fields, and another with others', () => {
  const [a, b] = [new Field('a', new Int32()), new Field('b', new Utf8())];
  const schema = new Schema([a, b]);
  expect(schema.assign([a, b])).toBe(schema);
  const nullable = schema.assign([a.clone({ nullable: true }), b]);
  expect(nullable.fields.map((field) => field.nullable)).toEqual([true, false]);
  expect(schema.assign(new Schema([new Field('c', new Int32())])).names).toEqual(['a', 'b', 'c']);
});
