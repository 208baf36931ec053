/** Hostile files in a process of their own: the promise of the README, and damage by chance on top. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusFiles, pathOf } from '../corpus.ts';
import type { Answer, Job } from './child.ts';
import { crafted } from './crafted.ts';

interface Runner {
  run(job: Job): Promise<Answer>;
  stop(): void;
}
interface Script {
  readonly MOST_GROWTH: number;
  readonly samples: readonly string[];
  buildHostile(outdir: string): Promise<void>;
  Hostile: new (outdir: string, warm: readonly string[]) => Runner;
  damage(options: {
    outdir: string;
    files: readonly string[];
    count: number;
    seed: number;
  }): Promise<{ faults: readonly unknown[]; told: ReadonlyMap<string, number> }>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const hostileFiles = corpusFiles.filter(({ ok }) => !ok);
let script: Script;
let outdir: string;
let runner: Runner;

beforeAll(async () => {
  const url = new URL('../../../scripts/hostile.mjs', import.meta.url).href;
  script = (await import(/* @vite-ignore */ url)) as Script;
  mkdirSync(join(root, 'out'), { recursive: true });
  outdir = mkdtempSync(join(root, 'out/hostile-'));
  await script.buildHostile(outdir);
  const sound = corpusFiles.filter(({ ok, kind }) => ok && kind !== 'table');
  runner = new script.Hostile(
    outdir,
    sound.map(({ file }) => pathOf(file)),
  );
});
afterAll(() => {
  runner.stop();
  rmSync(outdir, { recursive: true, force: true });
});

describe('a hostile file of the corpus takes no memory and evaluates nothing', () => {
  test.each(hostileFiles.map(({ file }) => file))('%s', async (file) => {
    for (const job of [{ path: pathOf(file), only: 'open' as const }, { path: pathOf(file) }]) {
      const answer = await runner.run(job);
      expect(answer.faults).toEqual([]);
      expect(answer.kinds.length).toBeGreaterThan(0);
      expect(answer.peakGrowth, 'bytes').toBeLessThan(script.MOST_GROWTH);
    }
  });
});

describe('a file made to cost takes no memory and no time', () => {
  test.each(Object.entries(crafted))('%s', async (name, make) => {
    const path = join(outdir, name);
    writeFileSync(path, make());
    for (const job of [{ path, only: 'open' as const }, { path }]) {
      const answer = await runner.run(job);
      expect(answer.faults).toEqual([]);
      expect(answer.peakGrowth, 'bytes').toBeLessThan(script.MOST_GROWTH);
    }
    rmSync(path);
  });
});

test('no damage to a file of any format crashes, hangs, throws or fills memory', async () => {
  const seed = Number(process.env.PROPERTY_SEED ?? 20261128);
  const { faults, told } = await script.damage({ outdir, files: script.samples, count: 400, seed });
  expect(faults).toEqual([]);
  expect(told.size).toBeGreaterThan(10);
}, 300_000);
