/** The one of `names` that a misspelt name most likely means; undefined where none is near, or two are equally near. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const limit = Math.min(2, Math.floor(name.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  let isTie = false;
  for (const each of new Set(names)) {
    if (Math.abs(each.length - name.length) > limit) continue;
    const distance = editDistance(name, each);
    if (distance > limit || distance === 0) continue;
    isTie = distance === best?.distance;
    if (best === undefined || distance < best.distance) best = { name: each, distance };
  }
  return isTie ? undefined : best?.name;
}

/** Insertions, removals, replacements and swaps of neighbours that lead from one to the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (row[j - 1] ?? 0) + 1,
        (last[j] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
