/**
 * A process of its own for files that may hang it, crash it or fill its memory; scripts/hostile.mjs starts it. It takes
 * jobs, a line of JSON each, and answers each with a line. The peak of memory is the whole process's and never falls,
 * so whoever asks starts a new one when it has grown.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Outcome } from './exercise.ts';
import { openAll, openOnly } from './exercise.ts';
import { mutated } from './mutate.ts';

export interface Job {
  readonly path: string;
  /** Where the damaged copy goes, and the seed of its damage. */
  readonly copy?: string;
  readonly seed?: number;
  /** Just open it; or do all with it and forget what memory that took. */
  readonly only?: 'open' | 'warm';
}

export interface Answer extends Outcome {
  readonly cpuMs: number;
  /** Of the whole process, since the last `warm` job. */
  readonly peakGrowth: number;
}

const peak = () => process.resourceUsage().maxRSS * 1024;

async function main(): Promise<void> {
  let base = peak();
  for await (const line of createInterface({ input: process.stdin })) {
    const { path, copy, seed, only } = JSON.parse(line) as Job;
    const file = copy ?? path;
    if (copy !== undefined && seed !== undefined)
      writeFileSync(copy, mutated(readFileSync(path), seed));
    globalThis.gc?.();
    const before = process.cpuUsage();
    const outcome = await (only === 'open' ? openOnly(file) : openAll(file));
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    if (only === 'warm') base = peak();
    const answer: Answer = { ...outcome, cpuMs, peakGrowth: peak() - base };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

void main();
