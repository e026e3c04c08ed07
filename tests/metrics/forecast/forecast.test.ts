import { describe, expect, it } from 'vitest';
import { historicalForecast, shrunkRate } from '../../../src/metrics/forecast/forecast-historical.ts';
import { figureFunctions } from '../../../src/metrics/index.ts';
import type { FigureArgument, FigureOptions } from '../../../src/ruleset/expression/expression.ts';
import {
  datasetOf,
  MICRO12_DEALS,
  MICRO12_STAGES,
  micro12,
  micro12Snapshot,
  USUAL_OPTIONS,
} from '../dataset-fixture.ts';

const figures = figureFunctions();
const all = (rowCount: number) => new Uint8Array(rowCount).fill(1);
const word = (text: string): FigureArgument => ({ type: 'word', word: text });

function figure(
  name: string,
  args: readonly FigureArgument[] = [],
  dataset = micro12(),
  more: Partial<FigureOptions> = {},
) {
  const options = { ...USUAL_OPTIONS, ...more };
  return figures[name]!(args, { dataset, select: all(dataset.rowCount), all: all(dataset.rowCount), ...options });
}

/** Probabilities of the deals, stages and the category of the micro12 forecast fixture. */
const MANUAL: Readonly<Record<string, string>> = { D06: '0.2', D07: '0.6', D08: '0.9', D09: '0.05', D10: '0.3' };
const STAGE: Readonly<Record<string, number>> = { Lead: 0.1, Qualified: 0.25, Proposal: 0.5, Negotiation: 0.75 };

function forecastDeals(): string {
  const [header, ...rows] = MICRO12_DEALS.trim().split('\n');
  const extended = rows.map((row) => {
    const id = row.split(',')[0]!;
    return `${row},${MANUAL[id] ?? ''},${id === 'D08' ? 'Commit' : 'Pipeline'}`;
  });
  return [`${header},probability,forecast_category`, ...extended].join('\n');
}

function forecast(history = true) {
  const { journeys, ...rest } = micro12({ deals: forecastDeals() });
  const stages = rest.stages.map((stage) => ({ ...stage, probability: STAGE[stage.id] ?? null }));
  return { ...rest, stages, journeys: history ? journeys : null };
}

describe('forecasts of micro12 (reference: fixtures.json, forecast)', () => {
  it.each([
    ['stage', 34_900, 16_130.406070524077],
    ['manual', 40_400, 12_898.061869908983],
    ['historical', 31_368.36734693878, 18_010.145082865725],
  ])('are as expected by the model %s', (model, expected, deviation) => {
    const { value, interval, of, currency } = figure('weighted', [word(model)], forecast());
    expect(value).toBeCloseTo(expected, 8);
    expect(interval?.[1]).toBeCloseTo(expected + 1.959963984540054 * deviation, 6);
    expect([of, currency]).toEqual([5, 'USD']);
  });

  it('count what the sellers commit to as certain', () => {
    expect(figure('weighted', [word('commit')], forecast())).toMatchObject({ value: 30_000, interval: null });
  });

  it('lie (40,400 − 30,000) ÷ 33,134 apart', () => {
    const middle = (34_900 + 31_368.36734693878) / 2;
    expect(figure('forecast_spread', [], forecast()).value).toBeCloseTo(10_400 / middle, 10);
  });

  it('take the bare win rate without a log', () => {
    expect(figure('weighted', [word('historical')], forecast(false)).value).toBeCloseTo((67_000 * 3) / 7, 8);
  });

  it('are unknown where nothing says what a deal is worth of its amount', () => {
    expect(figure('weighted', [word('stage')]).value).toBeNull();
    expect(figure('weighted', [word('manual')]).value).toBeNull();
    expect(figure('weighted', [word('guess')]).value).toBeNull();
    expect(figure('forecast_spread')).toMatchObject({ value: null });
  });

  it('leave out what is not due in the period a rule names', () => {
    const deals =
      'id,stage,amount,close,probability\nA,Lead,100,2024-04-30,0.5\nB,Lead,1000,2024-05-01,0.5\nC,Lead,10000,2024-03-31,0.5';
    const dataset = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals, currency: 'USD' });
    expect(figure('weighted', [word('manual')], dataset, { period: 'month' }).value).toBe(50);
    expect(figure('weighted', [word('manual')], dataset, { period: 'quarter' }).value).toBe(550);
    expect(figure('weighted', [word('manual')], dataset).value).toBe(5550);
  });
});

describe('the chance of a deal by those before it', () => {
  /** Twelve deals won 10 days after they came, twelve lost after 30; one that came a while ago is open. */
  function aged(daysAgo: number) {
    const closed = Array.from({ length: 24 }, (_, index) => ({ id: `C${index}`, won: index < 12 }));
    const created = new Date(Date.UTC(2024, 3, 1 - daysAgo)).toISOString().slice(0, 10);
    return datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      currency: 'USD',
      deals: [
        'id,stage,amount',
        ...closed.map(({ id, won }) => `${id},${won ? 'Won' : 'Lost'},1`),
        'Open,Lead,1000',
      ].join('\n'),
      history: [
        'deal,stage,at',
        ...closed.flatMap(({ id, won }) => [
          `${id},Lead,2024-01-01`,
          won ? `${id},Won,2024-01-11` : `${id},Lost,2024-01-31`,
        ]),
        `Open,Lead,${created}`,
      ].join('\n'),
    });
  }

  it('falls with its age: of those still open on day 10 all were lost', () => {
    // New: 12 of 24 won. Ten days old it is itself among the 25 open on day 10, of which 12 were won: the usual rate is
    // 48 %; of the 12 decided later none was won, and four of the usual rate stand beside them.
    expect(figure('weighted', [word('historical')], aged(0)).value).toBeCloseTo(500, 9);
    expect(figure('weighted', [word('historical')], aged(10)).value).toBeCloseTo((1000 * 4 * 0.48) / 16, 9);
  });

  it('is not that of deals that had moved on by then: of 24 undecided after 20 days, the 12 that stayed were lost', () => {
    const closed = Array.from({ length: 24 }, (_, index) => ({ id: `C${index}`, won: index < 12 }));
    const dataset = datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      currency: 'USD',
      deals: ['id,stage,amount', ...closed.map(({ id, won }) => `${id},${won ? 'Won' : 'Lost'},1`), 'O,Lead,1000'].join(
        '\n',
      ),
      history: [
        'deal,stage,at',
        ...closed.flatMap(({ id, won }) => [
          `${id},Lead,2024-01-01`,
          ...(won ? [`${id},Proposal,2024-01-03`, `${id},Won,2024-02-10`] : [`${id},Lost,2024-01-31`]),
        ]),
        'O,Lead,2024-03-12',
      ].join('\n'),
    });
    // Of all deals: the open one is censored on day 20, before anything was decided. Lost on day 30: 12 of 24; then the
    // other 12 won. Of the 12 that stayed longer than 20 days none was won.
    const forecast = historicalForecast(dataset, Number.POSITIVE_INFINITY);
    const chance = (4 * 0.5) / 16;
    expect(forecast?.chanceOf(24)).toBeCloseTo(chance, 12);
    expect(forecast?.errors?.[24]).toBeCloseTo(Math.sqrt((chance * (1 - chance)) / 17), 12);
  });

  it('is that of its stage where too few were decided at its age', () => {
    expect(figure('weighted', [word('historical')], aged(40)).value).toBeCloseTo(480, 9);
  });

  it('is drawn towards the usual rate by four deals', () => {
    expect(shrunkRate(2 / 6, 6, 3 / 7)).toBeCloseTo(0.37142857142857144, 14);
    expect(shrunkRate(0, 0, 0.3)).toBe(0.3);
  });
});

describe('speed', () => {
  it('of micro12 is 755.10 a day by the formula, 411.11 as realised', () => {
    expect(figure('velocity')).toMatchObject({ currency: 'USD', of: 12 });
    expect(figure('velocity').value).toBeCloseTo(755.1020408163265, 9);
    expect(figure('velocity', [], micro12Snapshot()).value).toBeCloseTo(755.1020408163265, 9);
    expect(figure('output_per_day').value).toBeCloseTo(411.1111111111111, 9);
    expect(figure('output_per_day', [], micro12(), { windowDays: 30 }).value).toBeCloseTo(7000 / 30, 9);
    expect(figure('won_amount')).toMatchObject({ value: 37_000, of: 3 });
  });

  it('is unknown without wins and across currencies', () => {
    const lost = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals: 'id,stage,amount\nA,Lost,5' });
    expect(figure('velocity', [], lost).value).toBeNull();
    const deals =
      'id,stage,amount,currency,created,closed\nA,Won,1,USD,2024-01-01,2024-02-01\nB,Won,2,CNY,2024-01-01,2024-02-01';
    const mixed = datasetOf({ asOf: '2024-04-01', stages: MICRO12_STAGES, deals });
    for (const name of ['velocity', 'output_per_day', 'won_amount']) expect(figure(name, [], mixed).value).toBeNull();
    expect(figure('currencies', [], mixed)).toMatchObject({ value: 2, of: 2 });
    expect(figure('currencies')).toMatchObject({ value: 1, of: 12 });
  });
});

describe('the flow of a stage', () => {
  const WEEKS = ['2024-02-05', '2024-02-12', '2024-02-19', '2024-02-26', '2024-03-04', '2024-03-11', '2024-03-18'];

  /** Ten entries into Lead in each of the weeks before, some in the week of 25 March, which is the last complete one. */
  function weekly(last: number) {
    const entries = [...WEEKS.flatMap((day) => Array<string>(10).fill(day)), ...Array<string>(last).fill('2024-03-25')];
    return datasetOf({
      asOf: '2024-04-01',
      stages: MICRO12_STAGES,
      deals: ['id,stage', ...entries.map((_, index) => `D${index},Lead`)].join('\n'),
      history: ['deal,stage,at', ...entries.map((day, index) => `D${index},Lead,${day}`)].join('\n'),
    });
  }
  const stage: FigureArgument = { type: 'stage', stage: 'Lead' };

  it('is the last complete week as a share of the mean before it', () => {
    // The first week of a log is not known to be whole: six of the seven are compared.
    const { value, of, interval } = figure('flow', [stage], weekly(2));
    expect(value).toBeCloseTo(0.2, 12);
    expect(of).toBe(62);
    // Wilson for 2 of 62 at 95 %: 0.00888 … 0.11017; ratio 6p / (1 − p).
    expect(interval?.[0]).toBeCloseTo((6 * 0.0088801) / (1 - 0.0088801), 3);
    expect(interval?.[1]).toBeCloseTo((6 * 0.1101697) / (1 - 0.1101697), 3);
  });

  it('is as usual where nothing fell, and unknown where nothing is known', () => {
    expect(figure('flow', [stage], weekly(10)).value).toBeCloseTo(1, 12);
    expect(figure('flow', [stage], micro12Snapshot()).value).toBeNull();
  });
});
