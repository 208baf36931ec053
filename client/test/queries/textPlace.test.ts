import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextPlace, WholePlace } from '#client/queries/textPlace.ts';
import type { Edit, Piece } from '#client/queries/sourcePlace.ts';

function apply(text: string, { rangeOffset, rangeLength, text: more }: Edit): string {
  return text.slice(0, rangeOffset) + more + text.slice(rangeOffset + rangeLength);
}

const insert = (rangeOffset: number, text: string): Edit => ({ rangeOffset, rangeLength: 0, text });

/** Counts how often the whole of a document is read. */
function reader(document: () => string) {
  let searches = 0;
  const read = ({ start, end }: Piece) => {
    if (end === Infinity) searches++;
    return document().slice(start, end);
  };
  return { read, searches: () => searches };
}

describe('the text of a run while its document is edited', () => {
  test('is searched for once, and not again at the keys that follow', () => {
    let document = '-- new\nSELECT 1; SELECT 2';
    const place = new TextPlace('SELECT 2', 10);
    const { read, searches } = reader(() => document);
    const type = (edit: Edit) => {
      document = apply(document, edit);
      place.edit([edit]);
      return place.start(read);
    };
    expect(place.start(read)).toBe(17);
    expect(type(insert(0, '-- newer\n'))).toBe(26);
    expect(type(insert(document.length, ' '))).toBe(26);
    // Within the text: it is another one until the key is taken back.
    expect(type(insert(28, 'x'))).toBeUndefined();
    expect(type(insert(0, ' '))).toBeUndefined();
    expect(type({ rangeOffset: 29, rangeLength: 1, text: '' })).toBe(27);
    expect(searches()).toBe(1);
  });

  test('is searched for again where its beginning was overwritten, and where somebody lost sight', () => {
    let document = 'a; SELECT 1; b';
    const place = new TextPlace('SELECT 1', 3);
    const { read } = reader(() => document);
    expect(place.start(read)).toBe(3);
    place.edit([{ rangeOffset: 0, rangeLength: 14, text: 'b; a; SELECT 1' }]);
    document = 'b; a; SELECT 1';
    expect(place.start(read)).toBe(6);
    document = 'SELECT 1; b';
    expect(place.start(read)).toBeUndefined();
    place.lose();
    expect(place.start(read)).toBe(0);
  });

  test('is where a search would find it, whatever is edited around it', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', ' ', '\n'), maxLength: 6 });
    const edits = fc.array(fc.record({ at: fc.nat(40), length: fc.nat(4), text: letters }));
    fc.assert(
      fc.property(letters, letters, edits, (before, after, all) => {
        let document = `${before}SELECT${after}`;
        const place = new TextPlace('SELECT', 0);
        place.start(reader(() => document).read);
        for (const { at, length, text } of all) {
          const rangeOffset = Math.min(at, document.length);
          const rangeLength = Math.min(length, document.length - rangeOffset);
          const edit = { rangeOffset, rangeLength, text };
          document = apply(document, edit);
          place.edit([edit]);
        }
        const found = document.indexOf('SELECT');
        expect(place.start(reader(() => document).read)).toBe(found < 0 ? undefined : found);
      }),
    );
  });
});

describe('a script, all of which ran,', () => {
  const before = 'import x\na = 1\nb = 2\n';
  const a = { start: 9, end: 14 };

  test('is followed past edits that are all on one side of a piece', () => {
    const of = (document: string) => new WholePlace(before).toDocument(a, () => document);
    expect(of(`${before}c = 3\n`)).toEqual(a);
    expect(of(`# new\n${before}`)).toEqual({ start: 15, end: 20 });
    expect(of(before.replace('a = 1', 'a = 9'))).toBeUndefined();
  });

  test('is compared once, and by the edits after that, in both directions', () => {
    const place = new WholePlace(before);
    let comparisons = 0;
    let document = before;
    const read = () => {
      comparisons++;
      return document;
    };
    const type = (edit: Edit) => {
      document = apply(document, edit);
      place.edit([edit]);
    };
    expect(place.toDocument(a, read)).toEqual(a);
    type(insert(0, '# new\n'));
    expect(place.toDocument(a, read)).toEqual({ start: 15, end: 20 });
    expect(place.toWritten({ start: 16, end: 16 }, read)).toEqual({ start: 10, end: 10 });
    expect(place.toWritten({ start: 3, end: 3 }, read)).toBeUndefined();
    type(insert(17, 'x'));
    expect(place.toDocument(a, read)).toBeUndefined();
    expect(place.toDocument({ start: 15, end: 20 }, read)).toEqual({ start: 22, end: 27 });
    expect(comparisons).toBe(1);
  });
});
