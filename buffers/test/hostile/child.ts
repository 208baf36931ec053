/**
 * A process of its own for files that may hang it, crash it or fill its memory; scripts/hostile.mjs starts it. It takes
 * jobs, a line of JSON each, and answers each with a line.
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
  /** Just open it. */
  readonly only?: 'open';
}

export interface Answer extends Outcome {
  readonly cpuMs: number;
  /** How many bytes the process had at most, beyond those that it had before. */
  readonly peakGrowth: number;
}

/** Linux forgets the peak on request; elsewhere it never falls, and what others had before hides what this one has. */
function startPeak(): () => number {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    const before = memory('VmRSS');
    return () => memory('VmHWM') - before;
  } catch {
    const before = process.resourceUsage().maxRSS;
    return () => (process.resourceUsage().maxRSS - before) * 1024;
  }
}

function memory(name: string): number {
  const line = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(
    readFileSync('/proc/self/status', 'utf8'),
  );
  return Number(line?.[1]) * 1024;
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { path, copy, seed, only } = JSON.parse(line) as Job;
    const file = copy ?? path;
    if (copy !== undefined && seed !== undefined)
      writeFileSync(copy, mutated(readFileSync(path), seed));
    globalThis.gc?.();
    const grown = startPeak();
    const before = process.cpuUsage();
    const outcome = await (only === 'open' ? openOnly(file) : openAll(file));
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1000;
    const answer: Answer = { ...outcome, cpuMs, peakGrowth: grown() };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

void main();
