/** What an editor is shown of a document while it is edited: `line rule` a finding, ours in capitals. */
import { expect, test } from 'vitest';
import type { LineEdit, LineSpan } from '../../src/session/publications.ts';
import { Publications } from '../../src/session/publications.ts';

interface Placed {
  readonly code: string;
  readonly range: { readonly start: Place; readonly end: Place };
}
interface Place {
  readonly line: number;
  readonly character: number;
}

const uri = 'file:///a.py';

function found(...texts: readonly string[]): readonly Placed[] {
  return texts.map((text) => {
    const [line = '', code = ''] = text.split(' ');
    const place = { line: Number(line), character: 0 };
    return { code, range: { start: place, end: place } };
  });
}

function shown() {
  const log: string[] = [];
  const publications = new Publications<Placed>((_uri, version, findings) => {
    const texts = findings.map(({ code, range }) => `${range.start.line} ${code}`);
    log.push(`v${version ?? '-'}: ${texts.sort().join(', ')}`);
  });
  return { log, publications };
}

/** A document with findings of both kinds, edited as `edit` says; then some lines of it are checked. */
function check(edit: LineEdit, scopes: readonly LineSpan[], fresh: readonly string[]): string[] {
  const { log, publications } = shown();
  publications.setOwn(uri, 1, found('3 OURS'), []);
  publications.setChecked(uri, 1, found('1 return', '5 name', '6 override', '9 call'));
  publications.setOwn(uri, 2, found('3 OURS'), [edit]);
  publications.setScopes(uri, 2, scopes, found(...fresh), ({ code }) => code === 'override');
  return log.slice(2);
}

test('findings of an edited function are replaced, those of the rest move along', () => {
  const edit = { start: 5, end: 6, lineCount: 2 };
  expect(check(edit, [{ start: 4, end: 9 }], ['6 type'])).toEqual([
    'v2: 1 return, 10 call, 3 OURS, 7 override',
    'v2: 1 return, 10 call, 3 OURS, 6 type, 7 override',
  ]);
});

test('what a part of a class can not tell stays until the whole is checked', () => {
  const edit = { start: 8, end: 9, lineCount: 1 };
  expect(check(edit, [{ start: 4, end: 9 }], [])).toEqual([
    'v2: 1 return, 3 OURS, 5 name, 6 override, 9 call',
    'v2: 1 return, 3 OURS, 6 override, 9 call',
  ]);
});

test('what is found again is not doubled, and nothing is published when nothing changed', () => {
  const edit = { start: 8, end: 9, lineCount: 1 };
  expect(check(edit, [{ start: 5, end: 7 }], ['6 override', '5 name'])).toEqual([
    'v2: 1 return, 3 OURS, 5 name, 6 override, 9 call',
  ]);
});

test('a part of another version, or after the whole, is dropped', () => {
  const { log, publications } = shown();
  publications.setOwn(uri, 3, [], []);
  publications.setChecked(uri, 3, found('1 whole'));
  publications.setScopes(uri, 2, [{ start: 0, end: 9 }], found('1 stale'), () => false);
  publications.setScopes(uri, 3, [{ start: 0, end: 9 }], found('1 late'), () => false);
  expect(log).toEqual(['v3: ', 'v3: 1 whole']);
});
