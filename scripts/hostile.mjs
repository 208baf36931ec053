// Opens damaged files as the inspector does, in processes that may be killed: none may crash, hang, throw or take
// memory because of what a file claims. `node scripts/hostile.mjs --count 20000 --seed 7 [--only zstd] [FILE…]`
// damages the samples of every format, or these files, and keeps what went wrong in out/hostile.
import { spawn } from 'node:child_process';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { optionsFor, root } from './build.mjs';

/** What a damaged file may take of memory, beyond what the sound ones took. */
export const MOST_GROWTH = 20 * 2 ** 20;
/** One that has not answered by then hangs, however busy the machine is. */
const MOST_MS = Number(process.env.HOSTILE_MS ?? 60_000);
/** Memory that is only let go with the process would add up. */
const JOBS_A_PROCESS = 300;

const fixtures = (name) => join(root, 'test-fixtures', name);
const isSound = (name) => !/^(?:bad_|cut|bomb|expect)|\.(?:md|json|bin|dat)$/.test(name);

/** One sound file or more of every format that is opened. */
export const samples = [fixtures('formats'), fixtures('buffers')].flatMap((folder) =>
  readdirSync(folder)
    .filter(isSound)
    .map((name) => join(folder, name)),
);

/** Builds the process into `outdir`, from where it is started. */
export async function buildHostile(outdir) {
  const [node] = optionsFor({ outdir });
  const entryPoints = {
    hostile: join(root, 'buffers/test/hostile/child.ts'),
    hdf5: node.entryPoints.hdf5,
  };
  await build({ ...node, entryPoints, sourcemap: 'inline' });
}

/** A process that does one job at a time; `null` is the answer of one that died or hung. */
class Child {
  #process;
  #lines;

  constructor(outdir) {
    const flags = ['--expose-gc', '--max-semi-space-size=2', '--enable-source-maps'];
    this.#process = spawn(
      process.execPath,
      [...flags, '--disallow-code-generation-from-strings', join(outdir, 'hostile.js')],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.#process.stdin.on('error', () => undefined);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async run(job) {
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), MOST_MS);
    this.#process.stdin.write(`${JSON.stringify(job)}\n`);
    const line = await this.#lines.next();
    clearTimeout(timer);
    return line.done ? null : JSON.parse(line.value);
  }

  stop() {
    this.#process.kill('SIGKILL');
  }
}

/** Answers to jobs one after another, each a fault where it has to be one. */
export class Hostile {
  #outdir;
  #warm;
  #child;
  #left = 0;

  /** `warm` are sound files, read first, so that loading and compiling what reads them is no growth. */
  constructor(outdir, warm) {
    this.#outdir = outdir;
    this.#warm = warm;
  }

  async run(job) {
    const first = await this.#try(job);
    if (!isFault(first)) return first;
    // Once more in a new process: memory that others had left behind is not of this file.
    this.stop();
    return this.#try(job);
  }

  async #try(job) {
    if (this.#left === 0) this.stop();
    if (!this.#child) {
      this.#child = new Child(this.#outdir);
      this.#left = JOBS_A_PROCESS;
      for (const path of this.#warm) await this.#child.run({ path });
    }
    this.#left -= 1;
    const answer = await this.#child.run(job);
    if (!answer) this.stop();
    return answer ?? { faults: ['it crashed the process or hung it'], kinds: [], cpuMs: MOST_MS };
  }

  stop() {
    this.#child?.stop();
    this.#child = undefined;
  }
}

const isFault = ({ faults, peakGrowth = 0 }) => faults.length > 0 || peakGrowth > MOST_GROWTH;

/** Damages samples in turn, `count` times; resolves with what went wrong and how often each problem was told. */
export async function damage({ outdir, files, count, seed, keep, each = () => undefined }) {
  const hostile = new Hostile(outdir, samples);
  const folder = mkdtempSync(join(tmpdir(), 'strata-hostile-'));
  const faults = [];
  const told = new Map();
  let slowest = { cpuMs: 0 };
  for (let at = 0; at < count; at++) {
    const path = files[at % files.length];
    const copy = join(folder, `damaged${extname(path)}`);
    const answer = await hostile.run({ path, copy, seed: seed + at });
    for (const kind of answer.kinds) told.set(kind, (told.get(kind) ?? 0) + 1);
    const name = `${basename(path)}, seed ${seed + at}`;
    if (answer.cpuMs > slowest.cpuMs) slowest = { name, cpuMs: answer.cpuMs };
    if (isFault(answer)) {
      faults.push({ name, faults: answer.faults, peakGrowth: answer.peakGrowth });
      if (keep && existsSync(copy)) {
        mkdirSync(keep, { recursive: true });
        cpSync(copy, join(keep, `${seed + at}-${basename(path)}`));
      }
    }
    each(at, answer, name);
  }
  hostile.stop();
  rmSync(folder, { recursive: true, force: true });
  return { faults, told, slowest };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  });
  mkdirSync(join(root, 'out'), { recursive: true });
  const outdir = mkdtempSync(join(root, 'out/hostile-build-'));
  await buildHostile(outdir);
  const files = (positionals.length > 0 ? positionals : samples).filter((name) =>
    name.includes(values.only),
  );
  const { faults, told, slowest } = await damage({
    outdir,
    files,
    count: Number(values.count),
    seed: Number(values.seed),
    keep: join(root, 'out/hostile'),
    each(at, answer, name) {
      for (const fault of answer.faults)
        console.log(`${name}: ${fault.split('\n').slice(0, 4).join('\n')}`);
      if (answer.peakGrowth > MOST_GROWTH)
        console.log(`${name}: ${Math.round(answer.peakGrowth / 2 ** 20)} MiB of memory`);
    },
  });
  rmSync(outdir, { recursive: true, force: true });
  const kinds = [...told].sort(([, one], [, other]) => other - one);
  console.log(kinds.map(([kind, times]) => `${times} ${kind}`).join(', '));
  console.log(`slowest: ${slowest.name}, ${Math.round(slowest.cpuMs)} ms of CPU`);
  console.log(`${values.count} damaged files, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
