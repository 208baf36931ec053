/** A process killed in the middle of saving: what is on disk is all old or all new. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEditable } from '#buffers/edit/editableBuffer.ts';
import { saveBuffer } from '#buffers/edit/saveBuffer.ts';
import { replaceBytes } from '#shared/edit/bufferEdit.ts';

const STEP = 64 * 1024;
const PATCH = 4 * 1024;
const BYTES = 256 * STEP;
let folder: string;
let script: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-crash-'));
  script = join(folder, 'child.js');
  const url = new URL('../../../scripts/build.mjs', import.meta.url).href;
  const { optionsFor } = (await import(/* @vite-ignore */ url)) as {
    optionsFor: (options: object) => object[];
  };
  const [node] = optionsFor({ outdir: folder });
  const child = fileURLToPath(new URL('child.ts', import.meta.url));
  await build({ ...node, entryPoints: { child }, sourcemap: false });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Which letters the patched places of the file have. */
function letters(path: string): Set<string> {
  const bytes = readFileSync(path);
  const found = new Set<string>();
  for (let at = 0; at + STEP <= BYTES; at += STEP)
    for (const byte of new Set(bytes.subarray(at, at + PATCH)))
      found.add(String.fromCharCode(byte));
  return found;
}

test.each(['in place', 'anew'])('a save %s that is killed is whole or not at all', async (how) => {
  const path = join(folder, `${how}.bin`);
  writeFileSync(path, Buffer.alloc(BYTES, 'a'));
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, [script, path, how], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    // Any moment will do: what is looked for holds at every one.
    await after(round * 7);
    child.kill('SIGKILL');
    await gone;
    const opened = await openEditable(path);
    if (!opened.ok) throw new Error(opened.error.message);
    expect(letters(path).size).toBe(1);
    expect(
      readFileSync(path)
        .subarray(PATCH, STEP)
        .every((byte) => byte === 97),
    ).toBe(true);
    expect(opened.value.source.byteLength).toBeGreaterThanOrEqual(BYTES);
    opened.value.dispose();
    const journals = readdirSync(folder).filter((name) => name.includes('journal'));
    expect(journals).toEqual([]);
  }
});

/** A disk of 17 MiB, where this user may mount one. */
function smallDisk(): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'strata-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=17m', 'tmpfs', disk]);
  if (mounted.status === 0) return disk;
  rmSync(disk, { recursive: true, force: true });
  return undefined;
}

test('a full disk is a message, and neither the file nor the edits are lost', async ({ skip }) => {
  const disk = smallDisk();
  if (disk === undefined) {
    skip('no disk can be mounted here');
    return;
  }
  try {
    const path = join(disk, 'data.bin');
    writeFileSync(path, Buffer.alloc(BYTES, 'a'));
    const opened = await openEditable(path);
    if (!opened.ok) throw new Error(opened.error.message);
    const { source } = opened.value;
    const save = () =>
      saveBuffer(
        source,
        path,
        { overwrite: false, splitLinks: false },
        () => undefined,
        new AbortController().signal,
      );
    const places = Array.from({ length: BYTES / STEP }, (_, k) => k * STEP);
    source.apply(places.map((at) => replaceBytes(at, at + PATCH, Buffer.alloc(PATCH, 'b'))));
    // Bytes in place need none, and their journal finds room elsewhere.
    expect(await save()).toMatchObject({ ok: true, value: { inPlace: true } });
    source.apply([replaceBytes(0, 0, Buffer.from('+'))]);
    expect(await save()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('bytes left') as string },
    });
    expect(letters(path)).toEqual(new Set('b'));
    expect(source.history.isDirty).toBe(true);
    const read = await source.read(0, 3);
    expect(read.ok && Buffer.from(read.value).toString()).toBe('+bb');
    expect(readdirSync(disk)).toEqual(['data.bin']);
    opened.value.dispose();
  } finally {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
