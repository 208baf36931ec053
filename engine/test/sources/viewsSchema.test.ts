/** What the editor offers in `.strata/views.json` is what the engine takes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { csvOptions } from '#engine/sources/csvOptions.ts';
import { jsonOptions } from '#engine/sources/jsonOptions.ts';

type Value = string | boolean;
interface Property {
  readonly enum?: readonly Value[];
  readonly examples?: readonly Value[];
  readonly default?: Value;
}

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schemas/views.json', import.meta.url), 'utf8'),
) as {
  definitions: {
    view: { properties: { options: { properties: Record<string, Property> } } };
  };
};
const options = Object.entries(schema.definitions.view.properties.options.properties);

test.each(options)('%s', (name, { enum: choices = [], examples = [], default: usual }) => {
  const values = [usual, ...choices, ...examples].filter((value) => value !== undefined);
  expect(values).not.toEqual([]);
  for (const value of values) {
    const given = { [name.toLowerCase()]: String(value) };
    expect(csvOptions(given), String(value)).toMatchObject({ ok: true });
  }
});

test('those that are not of CSV alone are taken of JSON, too', () => {
  const taken = options.filter(([name]) => jsonOptions({ [name.toLowerCase()]: 'true' }).ok);
  expect(taken.map(([name]) => name)).toEqual(
    expect.arrayContaining(['multiLine', 'mode', 'dateFormat', 'timestampFormat', 'lineSep']),
  );
});
