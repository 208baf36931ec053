import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseViews, VIEWS_FILE } from '#client/data/viewFile.ts';
import type { FileFormat } from '#shared/protocol/engine.ts';

const root = join(import.meta.dirname, '../../..');
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  contributes: { jsonValidation: readonly { fileMatch: string; url: string }[] };
};

test('views.json is completed by what is read of it', () => {
  const { url } = contributes.jsonValidation.find(({ fileMatch }) => fileMatch === VIEWS_FILE)!;
  const schema = JSON.parse(readFileSync(join(root, url), 'utf8')) as {
    definitions: { view: { properties: Record<string, { enum?: readonly string[] }> } };
  };
  const { format, ...others } = schema.definitions.view.properties;
  expect(Object.keys(others)).toEqual(['path', 'options']);
  const all: Readonly<Record<FileFormat, true>> = {
    csv: true,
    json: true,
    parquet: true,
    arrow: true,
  };
  expect(format?.enum).toEqual(Object.keys(all));
  for (const each of format?.enum ?? []) {
    const text = JSON.stringify({ views: { a: { path: 'a', format: each } } });
    expect(parseViews(text), each).toMatchObject({ views: [{ format: each }] });
  }
});
