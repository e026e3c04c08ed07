import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../../src/audit.ts';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import { createTranslator } from '../../../src/i18n/translator.ts';
import forecastAccuracy from '../../../src/metrics/forecast/forecast-accuracy.ts';
import type { ForecastAccuracyResult } from '../../../src/metrics/forecast/forecast-accuracy-blocks.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../../audit-request.ts';
import { contextOf, type DatasetFixture, datasetOf, dayOf } from '../dataset-fixture.ts';

const STAGES = [{ id: 'Lead' }, { id: 'Offer' }, { id: 'Won', kind: 'won' }, { id: 'Lost', kind: 'lost' }] as const;
const STAGE_CHANCE: Readonly<Record<string, number>> = { Lead: 0.1, Offer: 0.5 };

interface Exports {
  /** The list as it is on the as-of day. */
  readonly now: string;
  /** ISO day → the list as it was then. */
  readonly past?: Readonly<Record<string, string>>;
  readonly currency?: string;
  readonly stageChances?: boolean;
}

function withStageChances(dataset: Dataset): Dataset {
  const stages = dataset.stages.map((stage) => ({ ...stage, probability: STAGE_CHANCE[stage.id] ?? null }));
  return { ...dataset, stages };
}

function datasetWith({ now, past, currency = 'USD', stageChances = false }: Exports): Dataset {
  const fixture = (deals: string): DatasetFixture => ({ asOf: '2026-06-01', stages: STAGES, deals, currency });
  const current = datasetOf(fixture(now));
  const dataset = {
    ...current,
    ruleset: { ...current.ruleset, source: { ...current.ruleset?.source, currency } },
    ...(past === undefined
      ? {}
      : {
          earlier: Object.entries(past).map(([day, deals]) => {
            const { columns, rowCount } = datasetOf(fixture(deals));
            return { day: dayOf(day), columns, rowCount };
          }),
        }),
  } as Dataset;
  return stageChances ? withStageChances(dataset) : dataset;
}

function resultOf(exports: Exports, details = false): ForecastAccuracyResult {
  return forecastAccuracy.compute(contextOf(datasetWith(exports), { details })) as ForecastAccuracyResult;
}

function missingOf(exports: Exports): string | null {
  return forecastAccuracy.missing?.(contextOf(datasetWith(exports)))?.en ?? null;
}

const partOf = (result: ForecastAccuracyResult) => forecastAccuracy.score?.(result)[0];

/** Twenty deals of which the reference knows the calibration (values of scikit-learn and numpy). */
const { twentyDeals } = JSON.parse(
  readFileSync(new URL('../../fixtures/reference/calibration.json', import.meta.url), 'utf8'),
) as { twentyDeals: { y: number[]; p: number[]; amount: number[] } };
const TWENTY: Exports = {
  now: `id,stage,probability\n${twentyDeals.y.map((y, index) => `${index},${y === 1 ? 'Won,1' : 'Lost,0'}`).join('\n')}`,
  past: {
    '2026-03-01': `id,stage,probability\n${twentyDeals.p.map((p, index) => `${index},Lead,${p}`).join('\n')}`,
  },
};

describe('the calibration of recorded probabilities', () => {
  const result = resultOf(TWENTY);
  const { calibration } = result;

  it('equals the reference: 8 won, 9.2 expected, z −.669, P(≤ 8) .3483', () => {
    expect(calibration).toMatchObject({ resolved: 20, won: 8, ownProbabilities: 20, stageProbabilities: 0 });
    expect(calibration.expectedWins).toBeCloseTo(9.2, 12);
    expect(calibration.z).toBeCloseTo(-0.6687338550904239, 9);
    expect(calibration.atMost).toBeCloseTo(0.348263310479107, 9);
    expect(calibration.atLeast).toBeCloseTo(0.8305953015015032, 9);
  });

  it('has a Brier score of .2340 = .0232 − .0292 + .2400', () => {
    expect(calibration.brier?.score).toBeCloseTo(0.234, 12);
    expect(calibration.brier?.reliability).toBeCloseTo(0.02316666666666667, 12);
    expect(calibration.brier?.resolution).toBeCloseTo(0.029166666666666664, 12);
    expect(calibration.brier?.uncertainty).toBeCloseTo(0.24, 12);
  });

  it('shows the deals by fifths', () => {
    expect(calibration.ranges.map(({ won: { count, of } }) => [count, of])).toEqual([
      [1, 5],
      [1, 4],
      [2, 4],
      [2, 4],
      [2, 3],
    ]);
    expect(calibration.ranges.map(({ meanProbability }) => meanProbability)).toEqual([
      expect.closeTo(0.1, 12),
      0.25,
      0.5,
      0.75,
      expect.closeTo(0.9, 12),
    ]);
  });

  it('is part of the score, by |z|', () => {
    expect(partOf(result)).toMatchObject({ part: 'calibration', floor: 3, target: 1, weight: 15, unit: 'number' });
    expect(partOf(result)?.value).toBeCloseTo(0.6687338550904239, 9);
    const few = resultOf({
      now: 'id,stage\n1,Won\n2,Lost\n3,Won\n4,Won',
      past: { '2026-03-01': 'id,stage,probability\n1,Lead,.5\n2,Lead,.5\n3,Lead,.5\n4,Lead,.5' },
    });
    expect(few.calibration).toMatchObject({ resolved: 4, won: 3 });
    expect(partOf(few)?.value).toBeNull();
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = fc.shuffledSubarray([...twentyDeals.p.keys()], { minLength: 20 });
    fc.assert(
      fc.property(shuffled, shuffled, (now, past) => {
        const list = (order: readonly number[], row: (index: number) => string) =>
          `id,stage,probability\n${order.map(row).join('\n')}`;
        const other = resultOf({
          now: list(now, (index) => `${index},${twentyDeals.y[index] === 1 ? 'Won' : 'Lost'},`),
          past: { '2026-03-01': list(past, (index) => `${index},Lead,${twentyDeals.p[index]}`) },
        });
        expect(other.calibration).toEqual(calibration);
      }),
      { numRuns: 25 },
    );
  });

  it('takes the first probability of a deal while it was open, and that of its stage where it has none', () => {
    const { calibration: taken } = resultOf({
      stageChances: true,
      now: 'id,stage,closed\nA,Won,2026-05-01\nB,Lost,2026-05-01\nC,Lead,\nD,Won,2026-01-15\nE,Lost,2026-05-02\nF,Won,2026-05-02\nH,Lost,2026-05-02\n',
      past: {
        // D had been closed before; E and H have no probability at all; G is not there any more; F is closed in the first export.
        '2026-02-01':
          'id,stage,probability\nA,Lead,0.3\nB,Offer,\nC,Lead,0.7\nD,Offer,0.9\nE,Lead,1.5\nF,Won,1\nG,Lead,0.2\n',
        '2026-04-01': 'id,stage,probability\nA,Offer,0.9\nB,Offer,0.8\nC,Lead,0.6\nF,Offer,0.4\nG,Lead,0.2\nH,Lead,2\n',
      },
    });
    expect(taken).toMatchObject({
      resolved: 3,
      won: 2,
      ownProbabilities: 2,
      stageProbabilities: 1,
      undecided: 1,
      gone: 1,
      closedBefore: 1,
      notAProbability: 2,
    });
    // A .3, B .5 of its stage, F .4.
    expect(taken.expectedWins).toBeCloseTo(1.2, 12);
  });

  it('waits until four in five of the deals of an export are decided: those decided first are mostly lost', () => {
    // Ten deals at 50 %: 3 lost early and 5 won later, 2 still open. A month ago all ten were given to a young export too.
    const list = (stages: readonly string[], chance: string) =>
      `id,stage,probability\n${stages.map((stage, index) => `${index},${stage},${chance}`).join('\n')}`;
    const stagesOf = (lost: number, won: number) =>
      Array.from({ length: 10 }, (_, index) => (index < lost ? 'Lost' : index < lost + won ? 'Won' : 'Lead'));
    const past = { '2026-02-01': list(Array<string>(10).fill('Lead'), '.5') };
    const early = resultOf({ now: list(stagesOf(3, 0), ''), past });
    expect(early.calibration).toMatchObject({ isTooEarly: true, resolved: 0, z: null, brier: null, inYoungExports: 3 });
    expect(early.calibration.stillOpen).toMatchObject({ count: 7, of: 10 });
    expect(partOf(early)?.value).toBeNull();
    const text = JSON.stringify(forecastAccuracy.blocks(early, createTranslator('en', { fields: {}, stages: {} })));
    expect(text).toContain('7 of the 10 deals');
    expect(text).not.toContain('That fits');
    const late = resultOf({ now: list(stagesOf(3, 5), ''), past });
    expect(late.calibration).toMatchObject({ isTooEarly: false, resolved: 8, won: 5, undecided: 2 });
  });

  it('names the deals where it is asked to', () => {
    const detailed = resultOf(
      {
        now: 'id,stage\nA,Won\nB,Lost\n',
        past: { '2026-02-01': 'id,stage,probability\nA,Lead,0.3\nB,Lead,0.9\n' },
      },
      true,
    );
    expect(detailed.calibration.ranges.map(({ deals }) => deals)).toEqual([[], ['A'], [], [], ['B']]);
    expect(result.calibration.ranges[0]).not.toHaveProperty('deals');
  });
});

/** Four months that forecast 100, 120, 90 and 150 and brought 80, 130, 60 and 150, each from two deals of one chance. */
function fourMonths(): Exports {
  const months = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'];
  const forecast = [100, 120, 90, 150];
  const came = [80, 130, 60, 150];
  // Of each month: one deal that is won for what came in, and one that is lost, at a chance of 50 %.
  const rows = forecast.flatMap((amount, month) => [
    { id: `W${month}`, month, amount: came[month]!, end: 'Won' },
    { id: `L${month}`, month, amount: 2 * amount - came[month]!, end: 'Lost' },
  ]);
  const list = (asOfMonth: number) =>
    `id,stage,amount,close,closed,probability,owner,forecast_category\n${rows
      .map(({ id, month, amount, end }) => {
        const isOver = month < asOfMonth;
        const day = `${months[month + 1]!.slice(0, 8)}15`;
        return `${id},${isOver ? end : 'Offer'},${amount},${day},${isOver ? day : ''},0.5,Ann,${end === 'Won' ? 'Commit' : 'Pipeline'}`;
      })
      .join('\n')}`;
  return {
    now: list(4),
    past: Object.fromEntries(months.slice(0, 4).map((month, index) => [month, list(index)])),
  };
}

describe('the amounts that were forecast', () => {
  const { amounts } = resultOf(fourMonths());
  const model = (name: string) => amounts?.models.find((each) => each.model === name);

  it('are held against what came in: bias +9.5 %, WAPE 14.3 %, MAPE 20.7 %', () => {
    const manual = model('manual');
    expect(manual?.periods.map(({ forecastAmount, wonAmount }) => [forecastAmount, wonAmount])).toEqual([
      [100, 80],
      [120, 130],
      [90, 60],
      [150, 150],
    ]);
    expect(manual?.periods[0]).toMatchObject({ from: '2026-01-31', until: '2026-02-28', deals: 2 });
    expect(manual?.periods[3]).toMatchObject({ from: '2026-04-30', until: '2026-06-01' });
    expect(manual?.bias).toBeCloseTo(40 / 420, 12);
    expect(manual?.weightedError).toBeCloseTo(60 / 420, 12);
    expect(manual?.meanPercentageError).toBeCloseTo(0.20673076923076922, 12);
    expect(amounts).toMatchObject({ currency: 'USD', withheld: null, withoutAmount: 0 });
  });

  it('are those of each way to forecast', () => {
    // What was committed to came in, to the cent; the stages have no probability.
    expect(model('commit')).toMatchObject({ deals: 8, bias: 0, weightedError: 0 });
    expect(model('stage')).toBeUndefined();
  });

  it('are told of owners with five closed deals', () => {
    expect(amounts?.owners).toEqual([
      { owner: 'Ann', closedDeals: 8, forecastAmount: 460, wonAmount: 420, bias: expect.closeTo(40 / 420, 12) },
    ]);
    const few = fourMonths();
    const now = few.now.replaceAll(/^([WL][23],.*),Ann/gm, '$1,Bo');
    const past = Object.fromEntries(
      Object.entries(few.past ?? {}).map(([day, list]) => [day, list.replaceAll(/^([WL][23],.*),Ann/gm, '$1,Bo')]),
    );
    expect(resultOf({ now, past }).amounts?.owners).toEqual([]);
  });

  it('come in only by the end of the period: a deal that slipped brought nothing then', () => {
    const list = (stage: string, closed: string) =>
      `id,stage,amount,close,closed,probability\nA,${stage},1000,2026-03-15,${closed},0.5\nB,${stage === 'Won' ? 'Lost' : stage},1000,2026-05-15,,0.4`;
    const { amounts: slipped } = resultOf({
      now: list('Won', '2026-05-20'),
      past: { '2026-03-01': list('Offer', ''), '2026-04-01': list('Offer', '') },
    });
    // A is due in March and won in May: 500 promised, nothing by April. From April on it is past due and promised no more.
    expect(slipped?.models[0]?.periods.map(({ forecastAmount, wonAmount }) => [forecastAmount, wonAmount])).toEqual([
      [500, 0],
      [400, 0],
    ]);
    expect(slipped?.models[0]?.bias).toBeNull();
  });

  it('look at the list of today where an export holds the open deals alone', () => {
    const { amounts: open } = resultOf({
      now: 'id,stage,amount,close,closed,probability\nA,Won,900,2026-03-15,2026-03-20,1\nB,Won,500,2026-05-15,2026-05-20,1',
      past: {
        '2026-03-01': 'id,stage,amount,close,probability\nA,Offer,1000,2026-03-15,0.5\nC,Offer,300,2026-03-20,0.5',
        '2026-04-01': 'id,stage,amount,close,probability\nB,Offer,500,2026-05-15,0.5',
      },
    });
    // A came in for 900; C has vanished and brought nothing.
    expect(open?.models[0]?.periods.map(({ forecastAmount, wonAmount }) => [forecastAmount, wonAmount])).toEqual([
      [650, 900],
      [250, 500],
    ]);
  });

  it('are withheld in several currencies, and counted where unknown', () => {
    const list = (stage: string) =>
      `id,stage,amount,close,probability,currency\nA,${stage},1000,2026-03-15,0.5,USD\nB,${stage},1000,2026-03-15,0.5,EUR\nC,${stage},,2026-03-15,0.5,EUR`;
    const { amounts: mixed, calibration } = resultOf({ now: list('Won'), past: { '2026-03-01': list('Offer') } });
    expect(mixed).toMatchObject({ currency: null, models: [], owners: [], withoutAmount: 1 });
    expect(mixed?.withheld?.en).toMatch(/several currencies/);
    expect(calibration.resolved).toBe(3);
  });
});

describe('what is missing', () => {
  const past = { '2026-03-01': 'id,stage\nA,Lead\nB,Lead\n' };
  const told = { '2026-03-01': 'id,stage,probability\nA,Lead,.5\nB,Lead,.5\n' };

  it.each<[string, Exports, string | null]>([
    ['no earlier export', { now: 'id,stage\nA,Won' }, 'needs an earlier export (--previous)'],
    ['an export without probabilities', { now: 'id,stage\nA,Won', past }, 'no probabilities in the earlier exports'],
    ['nothing decided since', { now: 'id,stage\nA,Lead', past: told }, 'no deal has been won or lost since'],
    ['enough', { now: 'id,stage\nA,Won', past: told }, null],
    ['stages with probabilities', { now: 'id,stage\nA,Won', past, stageChances: true }, null],
    ['an export of the same day', { now: 'id,stage\nA,Won', past: { '2026-06-01': told['2026-03-01'] } }, 'needs an'],
  ])('is said: %s', (_, exports, expected) => {
    if (expected === null) expect(missingOf(exports)).toBeNull();
    else expect(missingOf(exports)).toContain(expected);
    const result = forecastAccuracy.compute(contextOf(datasetWith(exports)));
    expect(result === null).toBe(expected !== null);
  });
});

describe('what people see', () => {
  const texts = (exports: Exports) =>
    (['en', 'zh'] as const).map((lang) =>
      JSON.stringify(
        forecastAccuracy.blocks(resultOf(exports), createTranslator(lang, { fields: {}, stages: {} })),
        (_, each) => (each === null ? undefined : each),
      ),
    );

  it('is a verdict in both languages', () => {
    const [en, zh] = texts(TWENTY) as [string, string];
    expect(en).toContain('gave 20 deals a probability');
    expect(en).toContain('8 were won, 9.2 were to be expected');
    expect(en).toContain('chance alone explains the difference (z -0.67');
    expect(zh).toContain('差异可由偶然解释');
    for (const text of [en, zh]) expect(text).not.toMatch(/NaN|undefined|Infinity|\{\w+\}/);
  });

  it('calls probabilities that are far off too high', () => {
    const ids = Array.from({ length: 12 }, (_, index) => index);
    const [en] = texts({
      now: `id,stage\n${ids.map((id) => `${id},Lost`).join('\n')}`,
      past: { '2026-03-01': `id,stage,probability\n${ids.map((id) => `${id},Lead,0.8`).join('\n')}` },
    });
    expect(en).toContain('too high');
    // .2 to the twelfth.
    expect(en).toContain('<0.1%');
  });

  it('has the amounts with their errors', () => {
    const [en, zh] = texts(fourMonths()) as [string, string];
    for (const text of [en, zh]) {
      expect(text).toContain('+9.5%');
      expect(text).toContain('14.3%');
      expect(text).toContain('20.7%');
      expect(text).toContain('Ann');
    }
  });
});

describe('an audit with earlier exports', () => {
  it('reads them from files, and counts the calibration in the score', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnelint-accuracy-'));
    const write = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const ids = [1, 2, 3, 4, 5, 6];
    const list = (row: (id: number) => string) =>
      `id,stage,amount,close,closed,probability,owner\n${ids.map((id) => `${id},${row(id)}`).join('\n')}\n`;
    try {
      const report = await runAudit({
        ...PLAIN_REQUEST,
        file: write(
          'deals.csv',
          list((id) => `${id < 3 ? 'Won,$100' : 'Lost,$100'},2026-05-01,2026-05-01,${id < 3 ? 100 : 0}%,Ann`),
        ),
        previous: [
          write(
            'deals-2026-04-01.csv',
            list(() => 'Proposal,$100,2026-05-01,,50%,Ann'),
          ),
        ],
        ruleset: loadRuleset({ file: null, packs: [] }),
        asOf: '2026-06-01',
      });
      expect(report.faults).toEqual([]);
      const { calibration, amounts } = report.metrics['forecastAccuracy']!.result as ForecastAccuracyResult;
      // (2 − 3) / √(6 · ½ · ½).
      expect(calibration).toMatchObject({ resolved: 6, won: 2, expectedWins: 3, ownProbabilities: 6 });
      expect(calibration.z).toBeCloseTo(-1 / Math.sqrt(1.5), 12);
      expect(amounts?.models[0]).toMatchObject({ model: 'manual', deals: 6, bias: 0.5, weightedError: 0.5 });
      expect(amounts).toMatchObject({ currency: 'USD' });
      expect(amounts?.owners).toMatchObject([{ owner: 'Ann', closedDeals: 6, forecastAmount: 300, wonAmount: 200 }]);
      const part = report.score.parts.find((each) => each.part === 'calibration');
      expect(part?.value).toBeCloseTo(1 / Math.sqrt(1.5), 12);
      expect(part?.points).toBe(100);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
