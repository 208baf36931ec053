import type { BufferEdit } from '#shared/edit/bufferEdit.ts';
import type { EditState } from '#shared/protocol/bufferEditing.ts';
import type { BufferViewContract, BufferViewRequests } from '#shared/protocol/bufferView.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import { ok } from '#shared/result.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { answersFor } from './fakeBuffer.ts';
import type { FakeHost } from './fakeHost.ts';
import { fakeHost } from './fakeHost.ts';

export interface EditedHost extends FakeHost<BufferViewContract> {
  /** All bytes, with the edits. */
  bytes(): Uint8Array;
  /** What was asked, as an undo step is named. */
  readonly labels: string[];
}

/** A small file whose bytes are an array that edits splice. */
export function editedHost(
  file: FakeFile,
  state: Partial<EditState> = {},
  overrides: Partial<Answers<BufferViewRequests>> = {},
): EditedHost {
  const { byteLength } = file.description;
  let bytes = Uint8Array.from({ length: byteLength }, (_, k) => file.byteAt(k));
  let generation = file.description.generation;
  const changed: number[] = [];
  const labels: string[] = [];
  const now = (): FakeFile => ({
    byteAt: (byteOffset) => bytes[byteOffset] ?? 0,
    description: {
      ...file.description,
      byteLength: bytes.length,
      generation,
      edit: {
        readOnly: null,
        isDirty: labels.length > 0,
        conflict: false,
        changed: [...changed],
        isCut: false,
        ...state,
      },
    },
  });
  const apply = ({ start, end, bytes: pattern, length }: BufferEdit) => {
    const source = new Uint8Array(pattern);
    const written = Uint8Array.from({ length }, (_, k) => source[k % source.length] ?? 0);
    bytes = Uint8Array.from([...bytes.subarray(0, start), ...written, ...bytes.subarray(end)]);
    if (length > 0) changed.push(start, start + length);
  };
  const answers = answersFor(now());
  const forward = Object.fromEntries(
    Object.keys(answers).map((method) => [
      method,
      (params: unknown, signal: AbortSignal) =>
        (answersFor(now())[method as keyof BufferViewRequests] as (...all: unknown[]) => unknown)(
          params,
          signal,
        ),
    ]),
  ) as unknown as Answers<BufferViewRequests>;
  const host = fakeHost<BufferViewContract>({
    ...forward,
    edit({ edits, label }) {
      for (const edit of edits) apply(edit);
      labels.push(label);
      generation++;
      return ok(now().description);
    },
    ...overrides,
  });
  return Object.assign(host, { bytes: () => bytes, labels });
}
