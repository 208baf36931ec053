/** An environment that lacks what the project depends on: one message, and imports that are no errors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import type { MissingPackages } from '#shared/protocol/languageServer.ts';
import { MISSING_PACKAGES } from '#shared/protocol/languageServer.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'strata-missing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is said once, and calms the imports that it stands for', async () => {
  writeFileSync(
    join(folder, 'pyproject.toml'),
    '[project]\nname = "x"\ndependencies = ["strata-absent-one>=2", "Strata_Absent_Two"]\n',
  );
  const editor = await startEditor({ transport: 'ipc', folder });
  const said: MissingPackages[] = [];
  editor.connection.onNotification(MISSING_PACKAGES, (each: MissingPackages) => said.push(each));
  for (const name of ['a.py', 'b.py']) {
    const uri = pathToFileURL(join(folder, name)).href;
    editor.open(
      uri,
      'import strata_absent_one.part\nimport strata_absent_two\nimport strata_mistyped\n',
    );
    const { diagnostics } = await editor.untilPublished(
      (each) =>
        each.uri === uri && each.diagnostics.some(({ code }) => code === 'reportMissingImports'),
    );
    const severities = diagnostics
      .filter(({ code }) => code === 'reportMissingImports')
      .map(({ range, severity }) => `${range.start.line} ${String(severity)}`);
    expect(severities).toEqual(['0 3', '1 3', '2 1']);
  }
  await editor.close();
  expect(said.map(({ names }) => names)).toEqual([['strata_absent_one', 'strata_absent_two']]);
});
