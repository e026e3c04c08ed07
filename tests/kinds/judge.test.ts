import { describe, expect, it } from 'vitest';
import { judgeFigure, worstVerdict } from '../../src/kinds/judge.ts';
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
