/** The code of a chain, run in a Python: it makes the array that is on screen. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPart, type OpenBuffer } from '#buffers/inspect.ts';
import { openLive } from '#buffers/live/liveBuffer.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { runChain, firstView } from '#shared/layout/viewChain.ts';
import { chainCode, timingCode, type ArrayOrigin } from '#shared/layout/viewCode.ts';
import { parseStep } from '#shared/layout/viewStepText.ts';
import { fullPython, startPython, type PythonProcess } from './pythonProcess.ts';

const { signal } = new AbortController();

describe.runIf(fullPython !== undefined)('code of a chain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strata-code-'));
  const names = join(folder, 'names.py');
  let process: PythonProcess;
  beforeAll(() => {
    writeFileSync(
      names,
      [
        'import numpy as np, pandas as pd',
        "w = np.arange(24, dtype='>f4').reshape(4, 6)[::-1, ::2]",
        'text = memoryview(b"some bytes")[::3]',
        'frame = pd.DataFrame({"x": [1.5, 2.5, 3.5]})',
        `np.savez_compressed(${JSON.stringify(join(folder, 'z.npz'))}, x=np.arange(12).reshape(3, 4))`,
      ].join('\n'),
    );
    process = startPython(fullPython ?? '', names);
  });
  afterAll(async () => {
    await process.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (code: string) =>
    execFileSync(fullPython ?? '', ['-c', code], { cwd: folder, encoding: 'utf8' }).trim();

  /** The chain `[::-1]` of the first array: as Python makes it, and as it is shown. */
  async function check(buffer: OpenBuffer, before: string) {
    const described = await buffer.describe(signal);
    if (!described.ok) throw new Error(JSON.stringify(described.error));
    const { fileName, format, live, partOf, byteLength, arrays } = described.value;
    const [array] = arrays;
    if (!array) throw new Error('there is no array');
    const origin: ArrayOrigin = { ...array, fileName, format, live, partOf };
    const first = firstView(array, byteLength);
    const step = parseStep('slice', '::-1');
    if (!step.ok) throw new Error(step.error.message);
    const outcomes = runChain(first, [step.value]);
    const code = chainCode(origin, first, [step.value], outcomes);
    const [made] = outcomes;
    if (!made?.ok) throw new Error('the step has no result');
    const { shape, strides } = made.value.state.layout;
    const told = JSON.parse(
      run(`${before}${code}import json; print(json.dumps([b.shape, b.strides, b.dtype.str]))`),
    ) as unknown;
    expect(told).toEqual([shape, strides, array.dtypeText]);
    buffer.dispose();
    return timingCode(origin, first, [step.value]);
  }

  /** Importing NumPy and pandas alone takes seconds on a busy machine. */
  const patience = { timeout: 60_000 };

  it.each(['w', 'text', 'frame'])('of %s of a program', patience, async (expression) => {
    const memory = new PythonMemory(process, expression, { allow: false });
    const opened = await openLive({ name: expression, memory, onChange: () => undefined }, signal);
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    await check(opened.value, `import runpy; globals().update(runpy.run_path('names.py'))\n`);
  });

  it('of a packed member of an archive', patience, async () => {
    // The answer says that the file was written.
    await process.evaluate('w.shape');
    const part = await openPart(join(folder, 'z.npz'), ['x.npy'], {}, signal);
    if (!part.ok) throw new Error(JSON.stringify(part.error));
    const timing = await check(part.value, '');
    expect(run(timing)).toMatch(/^view: .*\ncopy: .* bytes$/);
  });
});
