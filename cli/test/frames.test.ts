/** `strata run` gives what Python gives with a real Spark, for each script of test-fixtures/frames. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptRun } from '#shared/script/scriptRun.ts';
import type { EngineClient } from '../src/engineClient.ts';
import { startEngine } from '../src/engineClient.ts';
import type { LanguageServerClient } from '../src/languageServerClient.ts';
import { startLanguageServer } from '../src/languageServerClient.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/frames', import.meta.url));
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' });
const scripts = files
  .filter((name) => name.endsWith('.py'))
  .map((name) => name.replaceAll('\\', '/').replace(/\.py$/, ''))
  .filter((name) => new RegExp(process.env.FRAMES ?? '').test(name))
  .sort();

let cwd: string;
let server: LanguageServerClient;
let engine: EngineClient;
const { signal } = new AbortController();

beforeAll(async () => {
  const dist = process.env.STRATA_DIST ?? '';
  cwd = mkdtempSync(join(tmpdir(), 'strata-frames-'));
  for (const name of files)
    if (/^[^/\\]+\.(?:csv|json)$/.test(name)) copyFileSync(join(fixtures, name), join(cwd, name));
  engine = startEngine({ cwd, env: {} }, undefined, join(dist, 'engine.js'));
  server = await startLanguageServer({
    modulePath: join(dist, 'server.js'),
    folder: cwd,
    settings: { checkTypes: false, typeCheckingMode: 'off', pythonVersion: '', trusted: false },
    signal,
  });
});
afterAll(() => {
  server.dispose();
  engine.dispose();
  rmSync(cwd, { recursive: true, force: true });
});

test.each(scripts)('%s', async (name) => {
  const path = join(fixtures, `${name}.py`);
  const settings = { 'spark.sql.session.timeZone': 'UTC' };
  const place = (given: string) => (isAbsolute(given) ? given : join(cwd, given));
  const run = new ScriptRun({ call: engine.call, sessionId: 'script', settings, place }, signal);
  const printed: string[] = [];
  const failures: string[] = [];
  await run.open();
  try {
    const uri = pathToFileURL(path).href;
    const first = await server.readScript(uri);
    const schemas = await run.schemas(first.missingSchemas);
    const { steps, problems } = await server.readScript(uri, schemas);
    failures.push(...problems.map(({ line, message }) => `${line + 1}: not run: ${message}`));
    await run.run(steps, (_, outcome) => {
      printed.push(outcome.printed);
    });
  } catch (error) {
    failures.push(String(error));
  } finally {
    await run.close();
  }
  expect({ failures, printed: printed.join('') }).toEqual({
    failures: [],
    printed: readFileSync(join(fixtures, `${name}.txt`), 'utf8'),
  });
});
