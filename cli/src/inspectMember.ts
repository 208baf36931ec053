/** What `--member` of `strata inspect` names in a file. */
import type { FileDescription, OpenBuffer } from '#buffers/inspect.ts';
import { openMember } from '#buffers/inspect.ts';
import type { ArrayDescription, BufferProblem } from '#shared/protocol/bufferView.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import { CannotRun } from './command.ts';
import type { InspectOptions } from './inspectOptions.ts';

export interface Part {
  readonly buffer: OpenBuffer;
  readonly description: FileDescription;
}

/** The file, or what `--member` names in it: an array where it lies, or all of the member as a file of its own. */
export async function selectMember(
  options: InspectOptions,
  buffer: OpenBuffer,
  description: FileDescription,
  signal: AbortSignal,
): Promise<Part> {
  const { member: name, dtype, struct, shape, order, offset, strides, find } = options;
  if (name === undefined) return { buffer, description };
  const { arrays, members = [] } = description;
  // As in NumPy, of the same name twice the last one counts.
  const member =
    members.findLast((entry) => entry.name === name) ??
    members.findLast((entry) => entry.name === `${name}.npy`);
  const array = member ? member.isInFile && member.array : arrays.find((one) => one.name === name);
  if (!member && !array) {
    const names =
      members.length > 0 ? members.map((one) => one.name) : arrays.map((one) => one.name);
    const known = names.filter((one) => one !== '').slice(0, 20);
    throw new CannotRun(
      known.length === 0
        ? `'${options.file}' has no members`
        : `'${options.file}' has no member '${name}'; it has ${known.map(printable).join(', ')}${names.length > known.length ? ', …' : ''}`,
    );
  }
  const label = member ? `member ${member.name}: ` : `tensor ${name}: `;
  const problems = description.problems.filter(({ message }) => message.startsWith(label));
  const isLaidAnew = dtype ?? struct ?? shape ?? order ?? offset ?? strides ?? find;
  if (array && (!member || isLaidAnew === undefined))
    return { buffer, description: { ...description, arrays: [array], problems, members: [] } };
  if (!member) return { buffer, description };
  const opened = await openMember(buffer.source, member, signal);
  if (!opened.ok) {
    const known = problems.some(({ severity }) => severity === 'error');
    const { kind, message } = opened.error;
    const refusal: BufferProblem = { kind, severity: 'error', message: `${label}${message}` };
    return {
      buffer,
      description: {
        ...description,
        arrays: [],
        members: [],
        problems: known ? problems : [...problems, refusal],
      },
    };
  }
  const inner = opened.value;
  const described = readable(options.file, await inner.describe(signal));
  return {
    buffer: {
      source: inner.source,
      describe: (aborted) => inner.describe(aborted),
      layRaw: (layout, aborted) => inner.layRaw(layout, aborted),
      readValue: (wanted, aborted) => inner.readValue(wanted, aborted),
      dispose() {
        inner.dispose();
        buffer.dispose();
      },
    },
    description: described,
  };
}

/** A name from a hostile file can't move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

export function layoutOf(array: ArrayDescription): StridedLayout {
  const { shape, strides, offset, dtype } = array;
  return { shape, strides, offset, itemsize: dtype.itemsize };
}

export function readable<T>(file: string, result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new CannotRun(`cannot read '${file}': ${result.error.message}`);
  return result.value;
}
