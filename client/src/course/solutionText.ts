/** What the text of a solution tells and no checker does: something left out, silenced, compared or copied. */
import { allCallsOf, blockOf, callsOf, codeOf, reachedFrom, silencedLine } from './pythonText.ts';

export function lostFunction(source: string, names: readonly string[]): string | undefined {
  const code = codeOf(source);
  const lost = names.find((name) => blockOf(code, 'def', name) === undefined);
  return lost === undefined ? undefined : `There is no function ${lost} in it any more.`;
}

export function annotatedAny(source: string): string | undefined {
  const line = codeOf(source)
    .split('\n')
    .findIndex((text) => /(:|->)\s*(typing\.)?Any\s*([,)=:]|$)/.test(text));
  return line < 0
    ? undefined
    : `Line ${line + 1}: Any takes everything, so that nothing is checked; say what comes in and goes out.`;
}

export function silenced(source: string): string | undefined {
  const line = silencedLine(source);
  return line === undefined
    ? undefined
    : `Line ${line}: the comment silences the checker and leaves the mistake; take it out.`;
}

/** Entries of a heap, or of a sorted list, that compare their items where priorities are equal. */
export function comparesItems(source: string): string | undefined {
  const code = codeOf(source);
  const isOrdered = /\bheap(push|pushpop|replace|ify)\b/.test(code) || sortsWithoutKey(code);
  if (!isOrdered || /\bdef __lt__\b/.test(code)) return undefined;
  const item = /\bdef add\s*\(\s*self\s*,\s*(\w+)/.exec(code)?.[1];
  const pair = new RegExp(`(?<!\\w)\\(\\s*-?\\w+\\s*,\\s*${item ?? '-'}\\s*,?\\s*\\)`);
  return pair.test(code) || orderedClasses(code).some(comparesSecond)
    ? 'Two entries of one priority compare their items, which may have no order: put a counter between, or leave the item out of the comparison.'
    : undefined;

  function comparesSecond(name: string): boolean {
    const fields = [...(blockOf(code, 'class', name) ?? '').matchAll(/^\s+\w+\s*:\s*(.+)$/gm)];
    const second = fields[1]?.[1] ?? '';
    return !/^(int|float)\b/.test(second) && second !== '' && !second.includes('compare=False');
  }
}

function sortsWithoutKey(code: string): boolean {
  const calls = ['insort', 'insort_left', 'insort_right', 'sort', 'sorted', 'min', 'max'];
  return calls.some((name) => allCallsOf(code, name).some((given) => !hasKey(given)));
}

const hasKey = (given: readonly string[]) => given.some((argument) => /^key\s*=/.test(argument));

/** Classes that compare field by field. */
function orderedClasses(code: string): readonly string[] {
  const ordered =
    /@(?:dataclasses\.)?dataclass\([^)]*\border\s*=\s*True[^)]*\)\s*class (\w+)|class (\w+)[^\n]*\bNamedTuple\b/g;
  return [...code.matchAll(ordered)].map(([, data, tuple]) => data ?? tuple ?? '');
}

/** Why `memoryview` of the matrix is not a view of its memory with format and shape. */
export function sharesNoMatrix(source: string): string | undefined {
  const code = codeOf(source);
  const reached = reachedFrom(code, '__buffer__');
  if (reached === undefined) return 'The matrix has no __buffer__ yet.';
  const copy = COPIES.find(({ call }) => call.test(reached));
  if (copy)
    return `__buffer__ copies: ${copy.name} makes new memory, and what is written there never reaches the matrix.`;
  if (/\.toreadonly\s*\(/.test(reached))
    return 'The view is read-only: matrix_uses.py writes through it.';
  const casts = callsOf(code, 'cast');
  if (casts.length === 0 && /\b(np|numpy)\.\w/.test(code)) return otherNumbers(code);
  const shaped = casts.find((given) => given.length > 1);
  if (!shaped)
    return 'The view has neither format nor shape: memoryview(…).cast("i", shape=…) gives both.';
  const format = /^(?:format\s*=\s*)?["'](.*)["']$/.exec(shaped[0] ?? '')?.[1] ?? 'i';
  if (format !== 'i') return `The view has the format '${format}', not 'i'.`;
  return /\bcolumns\s*,\s*(self\.)?_?rows\b/.test(shaped[1] ?? '')
    ? 'The shape of the view is columns by rows: rows come first.'
    : undefined;
}

/** What an array of NumPy holds that is no 32-bit integer, as the matrix is made of. */
function otherNumbers(code: string): string | undefined {
  const made = ['zeros', 'empty', 'ones', 'full', 'ndarray', 'arange']
    .flatMap((name) => allCallsOf(code, name))
    .find(
      (given) =>
        !given.some((argument) => /\b(intc|int32|c_int)\b|["'][<=@]?i4?["']/.test(argument)),
    );
  return made
    ? "The array holds no 32-bit integers, so that the view has another format than 'i': say dtype=np.intc."
    : undefined;
}

interface Copying {
  readonly name: string;
  readonly call: RegExp;
}

const COPIES: readonly Copying[] = [
  { name: 'bytes(…)', call: /(?<![\w.])bytes\s*\(/ },
  { name: 'bytearray(…)', call: /(?<![\w.])bytearray\s*\(/ },
  { name: 'np.array(…)', call: /\b(np|numpy)\.array\s*\((?![^\n]*copy\s*=\s*(False|None))/ },
  { name: 'copy(…)', call: /\.copy\s*\(/ },
  { name: 'tobytes()', call: /\.tobytes\s*\(/ },
  { name: 'tolist()', call: /\.tolist\s*\(/ },
  { name: 'astype(…)', call: /\.astype\s*\((?![^\n]*copy\s*=\s*False)/ },
];

const OF_NUMBERS: readonly Copying[] = [
  { name: 'list(…)', call: /(?<![\w.])(list|tuple)\s*\(/ },
  { name: 'the comprehension', call: /[[(][^[\]()]*[^\n]*\sfor\s+\w+[^\n]*\sin\s/ },
  { name: 'struct.unpack', call: /\bunpack(_from)?\s*\(\s*f["']/ },
  { name: 'iter_unpack', call: /\biter_unpack\s*\(/ },
  { name: 'fromiter', call: /\bfromiter\s*\(/ },
];

const VIEWS = /\bfrombuffer\s*\(|\bndarray\s*\(|\bmemoryview\s*\(|\.cast\s*\(/;

/** Why `unpacked` copies the numbers of a message, in whatever way it makes its array. */
export function copiesMessage(source: string): string | undefined {
  const reached = reachedFrom(codeOf(source), 'unpacked');
  if (reached === undefined) return 'There is no function unpacked in it any more.';
  const numbers = OF_NUMBERS.find(({ call }) => call.test(reached));
  if (numbers)
    return `unpacked still builds a list of numbers and copies it (${numbers.name}): np.frombuffer makes a view of the bytes.`;
  const copy = COPIES.find(({ call }) => call.test(reached));
  if (copy) return `unpacked copies the numbers: ${copy.name} makes new memory.`;
  const slice = copyingSlice(reached);
  if (slice !== undefined)
    return `unpacked copies the numbers: ${slice} of bytes is a copy. An offset, or a slice of memoryview(…), is none.`;
  return VIEWS.test(reached)
    ? undefined
    : 'unpacked makes no view of the message yet: np.frombuffer does.';
}

/** A slice of the message itself from somewhere behind its header. */
function copyingSlice(code: string): string | undefined {
  const [, message, type = ''] =
    /\bdef unpacked\s*\(\s*(\w+)\s*(?::\s*([^,)=]+))?/.exec(code) ?? [];
  if (message === undefined || type.includes('memoryview')) return undefined;
  if (new RegExp(`\\b${message}\\s*=\\s*memoryview\\b`).test(code)) return undefined;
  const slices = code.matchAll(
    new RegExp(`(?<![\\w.])${message}\\[\\s*([^\\]:]*):[^\\]]*\\]`, 'g'),
  );
  return [...slices].find(([, start = '']) => !/^0?$/.test(start.trim()))?.[0];
}
