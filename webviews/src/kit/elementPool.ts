/** Something with an element of its own, that can stand for one index after another. */
export interface Pooled {
  readonly element: HTMLElement;
}

/** Kept out of the document, for a window that shows now a row more and now one less. */
const MOST_SPARE = 4;

/**
 * Elements of one parent that stand for indexes, in their order, so that screen readers read them in it. One whose
 * index goes out of sight stands for another from then on: to make elements anew is most of what a frame costs.
 */
export class ElementPool<T extends Pooled> {
  private indexes: readonly number[] = [];
  private items: readonly T[] = [];
  private spare: readonly T[] = [];
  private readonly parent: HTMLElement;
  private readonly make: () => T;

  constructor(parent: HTMLElement, make: () => T) {
    this.parent = parent;
    this.make = make;
  }

  /**
   * Shows exactly these indexes, which ascend; what stands for them is given in the same order. Each keeps the element
   * that it has, or only one does: to write into many that stay is sooner done than to move a few.
   */
  show(indexes: readonly number[], keeps: 'all' | number = 'all'): readonly T[] {
    const before = this.indexes;
    if (indexes.length === before.length && indexes.every((index, at) => index === before[at]))
      return this.items;
    const wanted =
      keeps === 'all' ? new Set(indexes) : new Set(indexes.includes(keeps) ? [keeps] : []);
    const kept = new Map<number, T>();
    // In the order of the document: after a jump, what is first in it stands for the first index, and nothing moves.
    const free: T[] = [];
    this.items.forEach((item, at) => {
      const index = before[at] ?? -1;
      if (wanted.has(index)) kept.set(index, item);
      else free.push(item);
    });
    free.push(...this.spare);
    let taken = 0;
    const items = indexes.map((index) => kept.get(index) ?? free[taken++] ?? this.make());
    const rest = free.slice(taken);
    for (const { element } of rest) element.remove();
    this.spare = rest.slice(0, MOST_SPARE);
    this.indexes = indexes;
    this.items = items;
    // What is kept stays where it is, since moving what has the focus would take it away.
    let next = this.parent.firstChild;
    items.forEach(({ element }, at) => {
      if (kept.has(indexes[at] ?? -1) || element === next) next = element.nextSibling;
      else this.parent.insertBefore(element, next);
    });
    return items;
  }
}
