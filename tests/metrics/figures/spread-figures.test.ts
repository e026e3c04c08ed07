import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { figureFunctions } from '../../../src/metrics/index.ts';
import { swingBlocks, winRateSwing } from '../../../src/metrics/win/win-rate-swing.ts';
import type { Expression, FigureArgument, FigureOptions } from '../../../src/ruleset/expression/expression.ts';
import type { Figure } from '../../../src/stats/figure.ts';
import { fixture } from '../../stats/reference.ts';
import { datasetOf } from '../dataset-fixture.ts';

const figures = figureFunctions();
const STAGES = [{ id: 'Lead' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
const at = { start: 0, end: 0 };
const word = (text: string): FigureArgument => ({ type: 'word', word: text });
const literal = (value: number): FigureArgument => ({
  type: 'expression',
  expression: { at, type: 'number', op: 'literal', value },
});
const field = (name: string): Expression => ({ at, type: 'number', op: 'field', field: name });
const number = (name: string): FigureArgument => ({ type: 'expression', expression: field(name) });

function run(
  name: string,
  args: readonly FigureArgument[],
  dataset: Dataset,
  options: Partial<FigureOptions> = {},
): Figure {
  const select = new Uint8Array(dataset.rowCount).fill(1);
  const usual = { windowDays: null, quantile: null, period: null, periods: null, across: null };
  return figures[name]!(args, { ...usual, ...options, dataset, select });
}

function dataset(deals: string, asOf = '2026-06-01'): Dataset {
  return datasetOf({ asOf, stages: STAGES, deals, types: { score: 'number', calls: 'number' } });
}

/** Rows of so many won and lost deals, closed in the months given one after the other. */
function monthsOf(won: readonly number[], n: readonly number[], firstMonth: number): string {
  const rows = won.flatMap((wins, index) => {
    const month = firstMonth + index;
    const date = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`;
    return Array.from({ length: n[index]! }, (_, deal) => `${index}-${deal},${deal < wins ? 'Won' : 'Lost'},${date}`);
  });
  return ['id,stage,closed', ...rows].join('\n');
}

interface Series {
  won: number[];
  n: number[];
  excessSd: number;
}
const series = fixture<Record<'pStableSmall' | 'pRealShift' | 'pOverdispersed', Series>>('control-charts.json');

describe('volatility', () => {
  it.each(['pStableSmall', 'pRealShift', 'pOverdispersed'] as const)('is the excess SD of %s', (name) => {
    const { won, n, excessSd } = series[name];
    const figure = run('volatility', [word('win_rate')], dataset(monthsOf(won, n, 12)), { period: 'month' });
    expect(figure.value).toBeCloseTo(excessSd, 9);
    expect(figure.unit).toBe('points');
    expect(figure.of).toBe(n.reduce((sum, each) => sum + each, 0));
  });

  it('leaves out the period that is not over, and takes quarters unless told otherwise', () => {
    // 2025-01 … 2026-05: five complete quarters, and two months of the quarter of the as-of day.
    const rows = monthsOf(Array(17).fill(5), Array(17).fill(10), 12);
    expect(run('volatility', [word('win_rate')], dataset(rows))).toMatchObject({ value: 0, of: 150 });
    expect(run('volatility', [word('win_rate')], dataset(rows), { period: 'month' }).of).toBe(170);
    expect(run('volatility', [word('win_rate')], dataset(rows, '2026-07-01')).of).toBe(170);
    expect(run('volatility', [word('win_rate')], dataset(rows), { periods: 4 }).of).toBe(120);
  });

  it('says why it is unknown with too few periods of a size', () => {
    const rows = monthsOf([5, 5, 5, 5], [10, 10, 10, 30], 12);
    const figure = run('volatility', [word('win_rate'), literal(20)], dataset(rows), { period: 'month' });
    expect(figure).toMatchObject({ value: null, of: 30 });
    expect(figure.note?.en).toBe('complete months with at least 20 closed deals: 1, needed: 4');
    expect(run('volatility', [word('win_rate')], dataset('id,stage\n1,Won')).value).toBeNull();
  });

  it('holds the values of a field against each other', () => {
    const rows = ['Ann', 'Bo', 'Cy', 'Di'].flatMap((owner, index) =>
      Array.from({ length: 100 }, (_, deal) => `${owner}${deal},${deal < 20 + 20 * index ? 'Won' : 'Lost'},${owner}`),
    );
    const table = dataset(['id,stage,owner', ...rows, 'x,Won,', 'y,Lead,Ann'].join('\n'));
    const figure = run('volatility', [word('win_rate')], table, { across: 'owner' });
    // p̄ 0.5, χ² = Σ 100·(0.3² + 0.1² + 0.1² + 0.3²)/0.25 = 80; τ² = (80 − 3)/300 · 0.25.
    expect(figure.value).toBeCloseTo(Math.sqrt((77 / 300) * 0.25), 12);
    expect(figure.of).toBe(400);
    expect(figure.interval?.[0]).toBeGreaterThan(0.1);
  });
});

describe('volatility of dwell', () => {
  /** Ten deals of each owner, lost after so many days in the first stage. */
  const HISTORY = [
    ['Ann', 5],
    ['Bo', 5],
    ['Cy', 40],
    ['Di', 40],
  ] as const;
  const DAY = 86_400_000;
  const dateAfter = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * DAY).toISOString().slice(0, 10);

  function paceOf(daysOf: readonly (readonly [string, number])[]): Figure {
    const ids = daysOf.flatMap(([owner, days]) => Array.from({ length: 10 }, (_, deal) => ({ owner, days, deal })));
    const table = datasetOf({
      asOf: '2026-06-01',
      stages: STAGES,
      deals: ['id,stage,owner', ...ids.map(({ owner, deal }) => `${owner}${deal},Lost,${owner}`)].join('\n'),
      history: [
        'id,stage,at',
        ...ids.flatMap(({ owner, days, deal }) => [
          `${owner}${deal},Lead,2026-01-01`,
          `${owner}${deal},Lost,${dateAfter(days)}`,
        ]),
      ].join('\n'),
    });
    return run('volatility', [word('dwell')], table, { across: 'owner' });
  }

  it('is by how much the paces differ', () => {
    // 40 stays in 900 days: 2.22 expected of the fast ones and 17.78 of the slow ones, ten seen of each.
    // ln 4.5 and ln 0.5625 are 1.0397 from their mean: Q = 4·1.0397²/0.1, τ² = (Q − 3)/30.
    const q = (4 * (Math.log(8) / 2) ** 2) / 0.1;
    const figure = paceOf(HISTORY);
    expect(figure.value).toBeCloseTo(Math.sqrt(Math.expm1((q - 3) / 30)), 9);
    expect(figure).toMatchObject({ unit: 'rate', of: 40, basis: 'history' });
    // Q(τ²) = 9.3484, the 97.5 % quantile with three degrees of freedom.
    expect(figure.interval?.[0]).toBeCloseTo(Math.sqrt(Math.expm1((q * 0.1) / 9.348_404 - 0.1)), 5);
  });

  it('is nothing where all are as fast, and unknown without a log or a field', () => {
    expect(paceOf(HISTORY.map(([owner]) => [owner, 10])).value).toBe(0);
    const table = dataset('id,stage,owner\n1,Lost,Ann');
    expect(run('volatility', [word('dwell')], table, { across: 'owner' }).note?.en).toBe(
      'needs the change log (--history)',
    );
    expect(run('volatility', [word('dwell')], table).value).toBeNull();
    expect(run('volatility', [word('cycle')], table).note?.zh).toContain('volatility(win_rate)');
  });
});

describe('the win rate by period', () => {
  it('finds the odd month, and the smallest base that could alarm', () => {
    const { won, n } = series.pRealShift;
    const swing = winRateSwing(dataset(monthsOf(won, n, 12)), 'month');
    expect(swing?.length).toBe('month');
    expect(swing?.periods.filter(({ isOdd }) => isOdd).map(({ period }) => period)).toEqual(['2025-08']);
    expect(swing?.periods[7]).toMatchObject({ count: 3, of: 41 });
    expect(swing?.periods[7]?.lowerLimit).toBeCloseTo(0.0818775612151776, 12);
    // p̄ 0.2957: (1 − p̄)¹⁸ is 0.0018, (1 − p̄)¹⁹ 0.00128.
    expect(swing?.smallestAlarmingBase).toBe(19);
    const words = JSON.stringify(swingBlocks(swing, createTranslator('zh', { fields: {}, stages: {} })));
    expect(words).toContain('2025-08');
    expect(words).toContain('异常');
  });

  it('takes periods of the length asked for, and says nothing of a few', () => {
    const swing = winRateSwing(dataset(monthsOf(Array(24).fill(3), Array(24).fill(10), 0)), 'quarter');
    expect(swing?.periods.map(({ of }) => of)).toEqual(Array(8).fill(30));
    expect(winRateSwing(dataset(monthsOf(Array(7).fill(3), Array(7).fill(10), 12)), 'month')).toBeNull();
    expect(swingBlocks(null, createTranslator('en', { fields: {}, stages: {} }))).toEqual([]);
  });
});

describe('top_share', () => {
  const accounts = 'id,stage,account,amount\n1,Lead,A,60\n2,Lead,A,\n3,Lead,B,30\n4,Lead,C,10\n5,Lead,,900';
  const top = (count: number, ...more: FigureArgument[]) =>
    run('top_share', [{ type: 'field', field: 'account' }, literal(count), ...more], dataset(accounts));

  it('is the share of the amount that the largest carry', () => {
    expect(top(1)).toMatchObject({ value: 0.6, of: 3, unit: 'rate' });
    expect(top(2).value).toBe(0.9);
    expect(top(9).value).toBe(1);
  });

  it('counts deals where it is asked to, and where amounts cannot be added up', () => {
    expect(top(1, word('deals'))).toMatchObject({ value: 0.5, count: 2, of: 4 });
    const mixed = 'id,stage,account,amount,currency\n1,Lead,A,9,USD\n2,Lead,B,1,CNY\n3,Lead,B,1,CNY';
    const share = run('top_share', [{ type: 'field', field: 'account' }, literal(1)], dataset(mixed));
    expect(share).toMatchObject({ count: 2, of: 3 });
    const nobody = run('top_share', [{ type: 'field', field: 'account' }, literal(1)], dataset('id,stage\n1,Lead'));
    expect(nobody.value).toBeNull();
  });
});

describe('concordance', () => {
  it('holds the values of won deals against those of lost ones', () => {
    const rows = 'id,stage,score\n1,Won,90\n2,Won,50\n3,Lost,50\n4,Lost,20\n5,Lead,99\n6,Won,';
    // Pairs: 90>50, 90>20, 50=50, 50>20.
    expect(run('concordance', [number('score')], dataset(rows))).toMatchObject({ value: 3.5 / 4, of: 4, unit: 'rate' });
  });

  it('takes another condition for what is good', () => {
    const isHot: FigureArgument = {
      type: 'expression',
      expression: {
        at,
        type: 'boolean',
        op: 'compare',
        operator: '>',
        left: field('calls'),
        right: { at, type: 'number', op: 'literal', value: 1 },
      },
    };
    const rows = 'id,stage,score,calls\n1,Lead,10,5\n2,Lead,20,0\n3,Lead,30,';
    expect(run('concordance', [number('score'), isHot], dataset(rows))).toMatchObject({ value: 0, of: 2 });
    expect(run('concordance', [number('score')], dataset(rows))).toMatchObject({ value: null, of: 0 });
  });
});

describe('correlation', () => {
  it('is that of the deals that have both numbers, whatever their order', () => {
    const pairs = [
      [1, 2],
      [2, 1],
      [3, 4],
      [4, 3],
      [5, 5],
    ];
    const rows = pairs.map(([score, calls], index) => `${index},Lead,${score},${calls}`);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 5, maxLength: 5 }), (order) => {
        const table = dataset(['id,stage,score,calls', ...order, '9,Lead,7,', '8,Lead,,1'].join('\n'));
        const figure = run('correlation', [number('score'), number('calls')], table);
        expect(figure).toMatchObject({ of: 5, unit: 'number' });
        expect(figure.value).toBeCloseTo(0.8, 12);
      }),
    );
  });
});
