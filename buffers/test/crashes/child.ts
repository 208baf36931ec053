/** Saves over and over, in place or anew, until it is killed; it says when it has begun. */
import { openEditable } from '#buffers/edit/editableBuffer.ts';
import { saveBuffer } from '#buffers/edit/saveBuffer.ts';
import { replaceBytes } from '#shared/edit/bufferEdit.ts';

const [path = '', how = ''] = process.argv.slice(2);
const STEP = 64 * 1024;
const PATCH = 4 * 1024;

async function main(): Promise<void> {
  const opened = await openEditable(path);
  if (!opened.ok) throw new Error(opened.error.message);
  const { source } = opened.value;
  const idle = new AbortController().signal;
  const save = async () => {
    const consent = { overwrite: false, splitLinks: false };
    const saved = await saveBuffer(source, path, consent, () => undefined, idle);
    if (!saved.ok) throw new Error(saved.error.message);
  };
  const places = Array.from({ length: Math.floor(source.byteLength / STEP) }, (_, k) => k * STEP);
  process.stdout.write('begun\n');
  for (let letter = 'b'; ; letter = letter === 'a' ? 'b' : 'a') {
    const bytes = Buffer.alloc(PATCH, letter);
    const edits = places.map((at) => replaceBytes(at, at + PATCH, bytes));
    if (how === 'anew')
      edits.push(replaceBytes(source.byteLength, source.byteLength, Buffer.from('+')));
    const applied = source.apply(edits);
    if (!applied.ok) throw new Error(applied.error.message);
    await save();
  }
}

void main();
