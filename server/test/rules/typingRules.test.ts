import { describe, expect, it } from 'vitest';
import { withDecoratorsMoved } from '../../src/oracle/pyright/amendments/decoratorColumns.ts';
import { nearestName } from '#shared/nearestName.ts';
import { findingsIn } from '../fixture.ts';

describe('decorator-indent', () => {
  it.each([
    ['class A:\n    x = 1\n@final\n    def f(self): ...\n', ['method "f"', 'by 4 spaces']],
    ['class A:\n  @final\n    def f(self): ...\n', ['by 2 spaces']],
    ['class A:\n      @final\n    def f(self): ...\n', ['2 to the left']],
    ['  @cache\ndef f(): ...\n', ['function "f"']],
    ['class A:\n@final\n\n    # why\n    async def f(self): ...\n', ['method "f"']],
    ['class A:\n@final\n    class B: ...\n', ['class "B"']],
  ])('finds %j', (source, texts) => {
    const [found, ...rest] = findingsIn(source);
    expect(rest).toEqual([]);
    expect(found?.source.startsWith('@')).toBe(true);
    for (const text of texts) expect(found?.message).toContain(text);
    expect(findingsIn(withDecoratorsMoved(source))).toEqual([]);
  });

  it.each([
    'class A:\n    @final\n    def f(self): ...\n',
    '@dataclass\nclass A:\n    x: int\n',
    'x = """\n@final\n    def f(): ...\n"""\n',
    'x = (\na\n@b\n)\n    \ndef f(): ...\n',
    '@unfinished\n',
    '@first\n@second\ndef f(): ...\n',
  ])('is silent in %j', (source) => {
    expect(findingsIn(source)).toEqual([]);
  });
});

describe('nearestName', () => {
  it.each([
    ['proces', ['process', 'close'], 'process'],
    ['colse', ['process', 'close'], 'close'],
    ['get', ['set', 'let'], undefined],
    ['size', ['seize', 'sized'], undefined],
    ['run', ['stop'], undefined],
    ['ab', ['ba'], undefined],
  ])('takes %j for one of %j', (name, names, meant) => {
    expect(nearestName(name, names)).toBe(meant);
  });
});
