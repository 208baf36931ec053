/** Texts that are put together, with the place of each character in the source. */
import type { Text } from './values.ts';

export class TextPlaces {
  private value = '';
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** A text that stands for itself, or else comes from the whole of a place. */
  add(
    { value, literal }: Pick<Text, 'value' | 'literal'>,
    place: { readonly from: number; readonly to: number },
  ): void {
    const isWhole = literal?.value === value;
    for (let at = 0; at < value.length; at++) {
      this.starts.push(isWhole ? (literal.starts[at] ?? place.from) : place.from);
      this.ends.push(isWhole ? (literal.ends[at] ?? place.to) : place.to);
    }
    this.value += value;
  }

  get text(): Text {
    const { value, starts, ends } = this;
    return { kind: 'str', value, literal: { kind: 'str', value, starts, ends } };
  }
}
