import { describe, expect, it } from 'vitest';
import { atLevel, levelOf, nextLevel } from '../src/adoption/ladder.ts';

describe('the ladder of strictness', () => {
  it.each([
    ['x = 1\n', 'standard', 'standard'],
    ['# pyright: strict\nx = 1\n', 'standard', 'strict'],
    ['#!/usr/bin/env python\n"""Doc."""\n#pyright:basic\n', 'strict', 'basic'],
    ['# type: ignore\nx = 1\n', 'standard', 'off'],
    ['x = 1\n# type: ignore\n', 'basic', 'basic'],
    ['# pyright: reportFoo=true\n', 'basic', 'basic'],
  ] as const)('reads the rung of %j', (text, project, level) => {
    expect(levelOf(text, project)).toBe(level);
  });

  it.each([
    ['off', 'basic'],
    ['basic', 'standard'],
    ['standard', 'strict'],
    ['strict', undefined],
  ] as const)('leads from %s to %s', (level, next) => {
    expect(nextLevel(level)).toBe(next);
  });

  it.each([
    ['x = 1\n', 'strict', '# pyright: strict\nx = 1\n'],
    ['# pyright: basic\nx = 1\n', 'standard', '# pyright: standard\nx = 1\n'],
    ['#!/usr/bin/python\nx\n', 'basic', '#!/usr/bin/python\n# pyright: basic\nx\n'],
    ['# coding: utf-8\nx\n', 'basic', '# coding: utf-8\n# pyright: basic\nx\n'],
    ['# type: ignore\nx\n', 'basic', '# pyright: basic\nx\n'],
    ['', 'strict', '# pyright: strict\n'],
  ] as const)('puts %j on %s', (text, level, result) => {
    expect(atLevel(text, level)).toBe(result);
    expect(levelOf(result, 'off')).toBe(level);
  });
});
