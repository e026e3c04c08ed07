import { describe, expect, it } from 'vitest';
import { isFurtherOut, parseThreshold } from '../../src/ruleset/threshold.ts';

describe('parseThreshold', () => {
  it.each([
    ['> 5%', '>', 0.05, 'share'],
    ['>=25 rows', '>=', 25, 'rows'],
    ['> 1 row', '>', 1, 'rows'],
    ['> 3 行', '>', 3, 'rows'],
    ['< 30%', '<', 0.3, 'share'],
    ['> 0', '>', 0, 'number'],
    ['<= 6w', '<=', 42, 'days'],
  ])('reads %s', (source, operator, value, unit) => {
    expect(parseThreshold(source)).toEqual({ source, operator, value, unit });
  });

  it.each(['', '5%', '> five', '> 5 %%', '=> 5', '> 5 deals'])('refuses %j', (source) => {
    expect(parseThreshold(source)).toBeNull();
  });
});

describe('isFurtherOut', () => {
  it.each([
    ['> 2%', '> 10%', true],
    ['> 10%', '> 2%', false],
    ['< 30%', '< 20%', true],
    ['< 20%', '< 30%', false],
    ['> 5%', '< 10%', false],
    ['> 5%', '> 25 rows', true],
  ])('warn %s, fail %s: %s', (warn, fail, expected) => {
    const [first, second] = [parseThreshold(warn), parseThreshold(fail)];
    if (first === null || second === null) throw new Error('not a threshold');
    expect(isFurtherOut(first, second)).toBe(expected);
  });
});
