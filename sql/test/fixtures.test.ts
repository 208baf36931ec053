import { describe, expect, test } from 'vitest';
import { compile } from '#sql/compile.ts';
import { settingsFrom } from '#sql/settings.ts';
import { sqlFixtures } from './sqlFixture.ts';

describe.each(sqlFixtures())('$name', ({ settings, catalog, expectations }) => {
  test.each(expectations)('$kind $condition: $sql', (expected) => {
    const result = compile(expected.sql, catalog, settingsFrom(settings));
    if (expected.kind === 'error') {
      const { error } = result.ok ? { error: undefined } : result;
      expect(`${error?.class} ${error?.start}..${error?.end}`).toBe(
        `${expected.condition} ${expected.range}`,
      );
      return;
    }
    expect(result.ok ? '' : result.error.message).toBe('');
    if (!result.ok || expected.kind === 'fails') return;
    const schema = result.value.schema.map(({ name, type }) => `${name}: ${type}`).join(', ');
    expect(schema).toBe(expected.schema);
  });
});
