export interface DiffLine {
  /** `moved`: the same node at another depth. */
  readonly kind: 'same' | 'moved' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many lines on a side the quadratic table would be felt, and the sides are shown whole. */
const MAX_LINES = 800;

/** The node of a line, without the branches that lead to it. */
export const nodeOf = (line: string): string => line.replace(/^(?:[ :] {2})*(?:[:+]- )?/, '');

/** Lines of two plans, by their longest common subsequence of nodes; removed lines stand before added ones. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.replace(/\n$/, '').split('\n');
  const b = after.replace(/\n$/, '').split('\n');
  const [nodesA, nodesB] = [a.map(nodeOf), b.map(nodeOf)];
  const removed = (text: string): DiffLine => ({ kind: 'removed', text });
  const added = (text: string): DiffLine => ({ kind: 'added', text });
  if (a.length > MAX_LINES || b.length > MAX_LINES) return [...a.map(removed), ...b.map(added)];
  // common[i][j]: how many lines a[i…] and b[j…] have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const here = common[i];
      const below = common[i + 1];
      if (!here || !below) continue;
      here[j] =
        nodesA[i] === nodesB[j]
          ? (below[j + 1] ?? 0) + 1
          : Math.max(below[j] ?? 0, here[j + 1] ?? 0);
    }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined) return lines;
    if (left !== undefined && right !== undefined && nodesA[i] === nodesB[j]) {
      lines.push({ kind: left === right ? 'same' : 'moved', text: right });
      i++;
      j++;
    } else if (
      right === undefined ||
      (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))
    ) {
      lines.push(removed(left ?? ''));
      i++;
    } else {
      lines.push(added(right));
      j++;
    }
  }
}
