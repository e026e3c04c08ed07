import { describe, expect, it } from 'vitest';
import { judgeFigure, judgeRows, worstVerdict } from '../../src/kinds/judge.ts';
import type { Rule } from '../../src/ruleset/ruleset.ts';
import { parseThreshold } from '../../src/ruleset/threshold.ts';
import type { Figure } from '../../src/stats/figure.ts';

function ruleWith(fail: string, more: Partial<Rule> = {}): Rule {
  const rule: Partial<Rule> = {
    severity: 'error',
    minRows: 0,
    onEmpty: null,
    mode: 'interval',
    strict: false,
    ...more,
  };
  // Only what judging looks at.
  return { ...rule, warn: null, fail: parseThreshold(fail) } as Rule;
}

function figureOf(value: number | null, interval: readonly [number, number] | null, of = 100): Figure {
  return { value, count: null, of, interval, unit: 'rate', currency: null, basis: 'history' };
}

describe('a figure and a band', () => {
  const rule = ruleWith('outside -10%..10%');

  it.each([
    ['wholly below', -0.3, [-0.4, -0.2], 'fail'],
    ['wholly above', 0.3, [0.2, 0.4], 'fail'],
    ['wholly within', 0.02, [-0.05, 0.09], 'pass'],
    ['within, and beyond an end by its interval alone', 0.05, [-0.02, 0.12], 'pass'],
    ['beyond an end, with an interval that crosses it', 0.15, [0.05, 0.25], 'inconclusive'],
    ['beyond an end, with an interval over the whole band', 0.15, [-0.2, 0.5], 'inconclusive'],
    ['known by bounds alone that span the band', null, [-0.5, 0.5], 'inconclusive'],
    ['without an interval, within', 0.1, null, 'pass'],
    ['without an interval, beyond', -0.11, null, 'fail'],
  ] as const)('%s', (_, value, interval, verdict) => {
    expect(judgeFigure(rule, figureOf(value, interval))).toBe(verdict);
  });

  it('fails what is inconclusive where the rule is strict, and looks at the figure alone where told', () => {
    expect(judgeFigure(ruleWith('outside -10%..10%', { strict: true }), figureOf(0.15, [-0.2, 0.5]))).toBe('fail');
    expect(judgeFigure(ruleWith('outside -10%..10%', { mode: 'point' }), figureOf(0.15, [-0.2, 0.5]))).toBe('fail');
  });
});

describe('a figure and one limit', () => {
  it.each([
    ['> 25%', 0.5, [0.3, Number.POSITIVE_INFINITY], 'fail'],
    ['> 25%', 0.5, [0.1, Number.POSITIVE_INFINITY], 'inconclusive'],
    ['< 30%', 0.2, [0.1, 0.29], 'fail'],
    ['< 30%', 0.2, [0.1, 0.4], 'inconclusive'],
    ['< 30%', 0.31, [0.1, 0.4], 'pass'],
  ] as const)('%s: %d in %j', (threshold, value, interval, verdict) => {
    expect(judgeFigure(ruleWith(threshold), figureOf(value, interval))).toBe(verdict);
  });
});

describe('too few deals', () => {
  it('are those of the figure, or of what it is compared with where that is computed', () => {
    const rule = ruleWith('> 25%', { minRows: 20 });
    const figure = figureOf(0.5, null, 30);
    const against = (of: number): Figure => ({
      ...figure,
      compared: { against: 'history', figure, reference: figureOf(0.2, null, of) },
    });
    expect(judgeFigure(rule, figureOf(0.5, null, 19))).toBe('no-data');
    expect(judgeFigure(rule, against(19))).toBe('no-data');
    expect(judgeFigure(rule, against(20))).toBe('fail');
    // A number that is given rests on no deals of ours.
    expect(judgeFigure(rule, against(0))).toBe('fail');
  });
});

describe('the worst of several verdicts', () => {
  it.each([
    [['pass', 'no-data'], 'pass'],
    [['no-data', 'no-data'], 'no-data'],
    [['warn', 'pass', 'inconclusive'], 'warn'],
    [['fail', 'warn'], 'fail'],
  ] as const)('%j: %s', (verdicts, worst) => {
    expect(worstVerdict(verdicts)).toBe(worst);
  });
});

describe('a figure of which pending deals may yet become part', () => {
  const upTo = (end: number): Figure => ({ ...figureOf(0.82, [0.52, 0.98]), reach: [0.82, end] });

  it('passes only if all it may become does', () => {
    expect(judgeFigure(ruleWith('> 90%'), upTo(0.91))).toBe('inconclusive');
    expect(judgeFigure(ruleWith('> 90%'), upTo(0.89))).toBe('pass');
    expect(judgeFigure(ruleWith('< 40%'), upTo(0.91))).toBe('pass');
  });

  it('is judged by its bounds where there is no value between them, even by the point', () => {
    expect(judgeFigure(ruleWith('< 40%', { mode: 'point' }), figureOf(null, [0.1, 0.6]))).toBe('inconclusive');
    expect(judgeFigure(ruleWith('< 40%', { mode: 'point' }), figureOf(null, [0.1, 0.3]))).toBe('fail');
  });
});

describe('rows of which some violate at the best of times', () => {
  const rule: Rule = { ...ruleWith('> 0%'), fail: null };

  it('are judged by what exceeds it beyond chance', () => {
    // P(X ≥ 22) of 55 at 35 % is 0.260, P(X ≥ 27) is 0.022.
    expect(judgeRows(rule, { checked: 55, violating: 22, expectedShare: 0.35 })).toBe('pass');
    expect(judgeRows(rule, { checked: 55, violating: 27, expectedShare: 0.35 })).toBe('fail');
    expect(judgeRows(rule, { checked: 55, violating: 22 })).toBe('fail');
  });

  it('trip a threshold only if they exceed it as well', () => {
    const half = ruleWith('> 50%');
    expect(judgeRows(half, { checked: 55, violating: 27, expectedShare: 0.35 })).toBe('pass');
    expect(judgeRows(half, { checked: 55, violating: 28, expectedShare: 0.35 })).toBe('fail');
    expect(judgeRows(half, { checked: 55, violating: 28, expectedShare: 0.5 })).toBe('pass');
  });
});
