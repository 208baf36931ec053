/** Damages a file at random but repeatably, mostly where formats keep their numbers: at both ends. */

/** Mulberry32: small, and the same everywhere. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Lengths, counts and offsets that readers get wrong. */
const numbers = [
  0n,
  1n,
  2n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x10000n,
  0xff_ffffn,
  0x0fff_ffffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fffen,
  0xffff_ffffn,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** What stands in a textual header in the place of a number or a type. */
const words = [
  '-1',
  '0',
  '99999999999999999999',
  '1e400',
  '2147483648',
  '9007199254740993',
  'None',
  'True',
  '()',
  '(,)',
  '[[[[[[[[',
  '{',
  "'",
  '"',
  '|O8',
  '<f17',
  '<U999999999',
  '|S0',
  '|V4294967296',
  "__import__('os')",
  '1+1',
  '\\x00',
  'null',
  '{"a":',
];

/** The same bytes for the same seed. */
export function mutated(original: Uint8Array, seed: number): Uint8Array {
  const pick = random(seed);
  let bytes = Buffer.from(original);
  for (let changes = 1 + pick(pick(4) === 0 ? 12 : 3); changes > 0; changes--)
    bytes = mutations[pick(mutations.length)]!(bytes, pick);
  return bytes;
}

type Mutation = (
  bytes: Buffer<ArrayBuffer>,
  pick: (below: number) => number,
) => Buffer<ArrayBuffer>;

/** Mostly near the start or the end. */
function place(length: number, pick: (below: number) => number): number {
  if (length === 0) return 0;
  const near = pick(Math.min(length, 1 + pick(512)));
  return [near, length - 1 - near, near, length - 1 - near, pick(length)][pick(5)]!;
}

const setNumber: Mutation = (bytes, pick) => {
  const value = pick(3) === 0 ? BigInt(bytes.length + pick(9) - 4) : numbers[pick(numbers.length)]!;
  const width = [1, 2, 4, 8][pick(4)]!;
  const at = place(bytes.length, pick);
  const isLittle = pick(2) === 0;
  for (let k = 0; k < width; k++)
    bytes[at + (isLittle ? k : width - 1 - k)] = Number((value >> BigInt(8 * k)) & 0xffn);
  return bytes;
};

const mutations: readonly Mutation[] = [
  setNumber,
  setNumber,
  setNumber,
  // A bit.
  (bytes, pick) => {
    const at = place(bytes.length, pick);
    bytes[at] = bytes[at]! ^ (1 << pick(8));
    return bytes;
  },
  // A byte.
  (bytes, pick) => {
    bytes[place(bytes.length, pick)] = pick(256);
    return bytes;
  },
  // Cut at the end, or at the start.
  (bytes, pick) => bytes.subarray(0, pick(bytes.length + 1)),
  (bytes, pick) => (pick(4) === 0 ? bytes.subarray(pick(bytes.length + 1)) : bytes),
  // A piece twice, or left out: pages, chunks, members and batches come again or are missing.
  (bytes, pick) => {
    const [at, length] = [place(bytes.length, pick), 1 + pick(256)];
    return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  },
  (bytes, pick) => {
    const [at, length] = [place(bytes.length, pick), 1 + pick(64)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  },
  // A piece of zeros, of ones or of chance.
  (bytes, pick) => {
    const at = place(bytes.length, pick);
    bytes.fill([0, 0xff, pick(256)][pick(3)]!, at, Math.min(bytes.length, at + 1 + pick(32)));
    return bytes;
  },
  // A number, a name or a bracket of a text.
  (bytes, pick) => {
    const text = bytes.subarray(0, 4096).toString('latin1');
    const tokens = [...text.matchAll(/-?\d+|[<>|=][a-zA-Z]\d+|[()[\]{}'",:]|True|False/g)];
    const token = tokens[pick(Math.max(tokens.length, 1))];
    if (!token) return bytes;
    const word = Buffer.from(words[pick(words.length)]!, 'latin1');
    const rest = bytes.subarray(token.index + token[0].length);
    // The length of the header stays true half of the time, for those that end in padding.
    const padded = pick(2) === 0 ? rest : rest.subarray(Math.max(0, word.length - token[0].length));
    return Buffer.concat([bytes.subarray(0, token.index), word, padded]);
  },
  // A word of four bytes from elsewhere in the file: offsets that lead to each other.
  (bytes, pick) => {
    const [from, to] = [place(bytes.length, pick), place(bytes.length, pick)];
    bytes.copy(bytes, to, from, from + [4, 8, 16][pick(3)]!);
    return bytes;
  },
];
