/** The one of `names` that a misspelt name most likely means; undefined where none is near, or two are equally near. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const [best, next] = near(name, names);
  return best && best.distance === next?.distance ? undefined : best?.name;
}

/** Those that it may mean, the nearest first; of equally near ones in their order. */
export function nearestNames(name: string, names: Iterable<string>): readonly string[] {
  return near(name, names).map((each) => each.name);
}

function near(name: string, names: Iterable<string>) {
  const limit = Math.min(2, Math.floor(name.length / 3));
  return [...new Set(names)]
    .filter((each) => Math.abs(each.length - name.length) <= limit)
    .map((each) => ({ name: each, distance: editDistance(name, each) }))
    .filter(({ distance }) => 0 < distance && distance <= limit)
    .sort((a, b) => a.distance - b.distance);
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
