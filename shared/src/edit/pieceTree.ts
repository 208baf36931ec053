/**
 * The contents of an edited buffer as a sequence of pieces: bytes of a source, bytes that were typed, a pattern that
 * repeats. An immutable tree balanced by weight (Adams, "Efficient sets", 1993), so an edit costs O(log n) and every
 * earlier state stays what it was: undo is taking it back. Never touches the bytes of a source.
 */

export type Piece =
  /** Bytes of the source with this number, which only whoever reads knows. */
  | {
      readonly kind: 'source';
      readonly source: number;
      readonly start: number;
      readonly length: number;
    }
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly start: number;
      readonly length: number;
    }
  /** `pattern` again and again, `start` bytes into it first. */
  | {
      readonly kind: 'fill';
      readonly pattern: Uint8Array;
      readonly start: number;
      readonly length: number;
    };

export interface PlacedPiece {
  /** Where its first byte stands in the buffer. */
  readonly at: number;
  readonly piece: Piece;
}

interface Node {
  readonly left: PieceTree;
  readonly right: PieceTree;
  readonly piece: Piece;
  /** Bytes and pieces of the node and all below it. */
  readonly byteLength: number;
  readonly count: number;
}

export type PieceTree = Node | null;

export function wholeSource(source: number, length: number): PieceTree {
  return length === 0 ? null : leaf({ kind: 'source', source, start: 0, length });
}

export function byteLengthOf(tree: PieceTree): number {
  return tree?.byteLength ?? 0;
}

export function pieceCountOf(tree: PieceTree): number {
  return tree?.count ?? 0;
}

/** The bytes `[start, end)` give way to a piece, or to nothing; `start === end` inserts. */
export function replaceRange(
  tree: PieceTree,
  start: number,
  end: number,
  piece: Piece | undefined,
): PieceTree {
  if (!(0 <= start && start <= end && end <= byteLengthOf(tree)))
    throw new Error(`the bytes ${start} to ${end} of ${byteLengthOf(tree)} can't be replaced`);
  const [before, rest] = split(tree, start);
  const [, after] = split(rest, end - start);
  if (piece === undefined || piece.length === 0) return concat(before, after);
  return concat(append(before, piece), after);
}

/** The pieces that have bytes of `[start, end)`, cut to it, in order. */
export function* piecesIn(
  tree: PieceTree,
  start = 0,
  end = byteLengthOf(tree),
): Generator<PlacedPiece> {
  const above: { node: Node; at: number }[] = [];
  let node = tree;
  let at = 0;
  for (;;) {
    while (node) {
      above.push({ node, at });
      // What lies wholly before the range is stepped over.
      node = at + byteLengthOf(node.left) > start ? node.left : null;
    }
    const next = above.pop();
    if (!next) return;
    const from = next.at + byteLengthOf(next.node.left);
    const to = from + next.node.piece.length;
    if (from >= end) return;
    if (to > start) {
      const first = Math.max(from, start);
      yield { at: first, piece: cut(next.node.piece, first - from, Math.min(to, end) - from) };
    }
    node = next.node.right;
    at = to;
  }
}

/** The same bytes with every piece exchanged for others. */
export function mapPieces(tree: PieceTree, map: (piece: Piece) => readonly Piece[]): PieceTree {
  let mapped: PieceTree = null;
  for (const { piece } of piecesIn(tree))
    for (const next of map(piece)) mapped = append(mapped, next);
  return mapped;
}

export function cut(piece: Piece, from: number, to: number): Piece {
  if (from === 0 && to === piece.length) return piece;
  return { ...piece, start: piece.start + from, length: to - from };
}

/** How unequal two sides may be before they are turned. */
const MOST_UNEQUAL = 3;
const TURN_TWICE = 2;

function leaf(piece: Piece): Node {
  return { left: null, right: null, piece, byteLength: piece.length, count: 1 };
}

function node(left: PieceTree, piece: Piece, right: PieceTree): Node {
  return {
    left,
    right,
    piece,
    byteLength: byteLengthOf(left) + piece.length + byteLengthOf(right),
    count: pieceCountOf(left) + 1 + pieceCountOf(right),
  };
}

function weight(tree: PieceTree): number {
  return pieceCountOf(tree) + 1;
}

/** Two trees with a piece between them, however unequal they are. */
function join(left: PieceTree, piece: Piece, right: PieceTree): Node {
  if (left && weight(left) > MOST_UNEQUAL * weight(right))
    return balance(left.left, left.piece, join(left.right, piece, right));
  if (right && weight(right) > MOST_UNEQUAL * weight(left))
    return balance(join(left, piece, right.left), right.piece, right.right);
  return node(left, piece, right);
}

/** One side is at most a piece too heavy. */
function balance(left: PieceTree, piece: Piece, right: PieceTree): Node {
  if (right && weight(right) > MOST_UNEQUAL * weight(left)) {
    const { left: inner, right: outer } = right;
    if (!inner || weight(inner) < TURN_TWICE * weight(outer))
      return node(node(left, piece, inner), right.piece, outer);
    return node(node(left, piece, inner.left), inner.piece, node(inner.right, right.piece, outer));
  }
  if (left && weight(left) > MOST_UNEQUAL * weight(right)) {
    const { left: outer, right: inner } = left;
    if (!inner || weight(inner) < TURN_TWICE * weight(outer))
      return node(outer, left.piece, node(inner, piece, right));
    return node(node(outer, left.piece, inner.left), inner.piece, node(inner.right, piece, right));
  }
  return node(left, piece, right);
}

function split(tree: PieceTree, at: number): [PieceTree, PieceTree] {
  if (!tree) return [null, null];
  const from = byteLengthOf(tree.left);
  const to = from + tree.piece.length;
  if (at <= from) {
    if (at === from) return [tree.left, join(null, tree.piece, tree.right)];
    const [before, after] = split(tree.left, at);
    return [before, join(after, tree.piece, tree.right)];
  }
  if (at >= to) {
    if (at === to) return [join(tree.left, tree.piece, null), tree.right];
    const [before, after] = split(tree.right, at - to);
    return [join(tree.left, tree.piece, before), after];
  }
  return [
    join(tree.left, cut(tree.piece, 0, at - from), null),
    join(null, cut(tree.piece, at - from, tree.piece.length), tree.right),
  ];
}

function concat(left: PieceTree, right: PieceTree): PieceTree {
  if (!left) return right;
  if (!right) return left;
  const [first, rest] = takeFirst(right);
  // Typing goes on where it stopped, and an edit that is taken back leaves no seam.
  const last = lastPiece(left);
  const joined = joinPieces(last, first);
  if (joined) return concat(append(takeLast(left), joined), rest);
  return join(left, first, rest);
}

function append(tree: PieceTree, piece: Piece): PieceTree {
  if (!tree) return leaf(piece);
  const joined = joinPieces(lastPiece(tree), piece);
  if (joined) return append(takeLast(tree), joined);
  return join(tree, piece, null);
}

function takeFirst(tree: Node): [Piece, PieceTree] {
  if (!tree.left) return [tree.piece, tree.right];
  const [first, rest] = takeFirst(tree.left);
  return [first, join(rest, tree.piece, tree.right)];
}

function takeLast(tree: Node): PieceTree {
  return tree.right ? join(tree.left, tree.piece, takeLast(tree.right)) : tree.left;
}

function lastPiece(tree: Node): Piece {
  return tree.right ? lastPiece(tree.right) : tree.piece;
}

/** One piece for two that follow one another where they come from. */
function joinPieces(one: Piece, other: Piece): Piece | undefined {
  if (one.start + one.length !== other.start) return undefined;
  const same =
    (one.kind === 'source' && other.kind === 'source' && one.source === other.source) ||
    (one.kind === 'bytes' && other.kind === 'bytes' && one.bytes === other.bytes) ||
    (one.kind === 'fill' && other.kind === 'fill' && one.pattern === other.pattern);
  return same ? { ...one, length: one.length + other.length } : undefined;
}
