import { describe, expect, it } from 'vitest';
import { logOfSnapshots } from '../../src/dataset/journeys/snapshots.ts';
import { companyName } from '../../src/i18n/company-name.ts';
import { jaroWinkler, likeness, nameShape } from '../../src/kinds/near-likeness.ts';
import { countFilled, meanScore, pooled, weightedScores } from '../../src/metrics/completeness/completeness-counts.ts';
import { requiredFields } from '../../src/metrics/completeness/required-fields.ts';
import { expectationOf } from '../../src/metrics/forecast/forecast-figures.ts';
import { shrunkRate } from '../../src/metrics/forecast/forecast-historical.ts';
import { velocityPerDay } from '../../src/metrics/pipeline/velocity-figures.ts';
import { valueWinRates } from '../../src/metrics/win/win-rate-counts.ts';
import { healthScore } from '../../src/report/score.ts';
import {
  aalenJohansen,
  atRiskAfter,
  conditionalIncidence,
  incidenceAt,
  openAt,
} from '../../src/stats/competing-risks.ts';
import { upperGamma } from '../../src/stats/gamma.ts';
import { normalAbove } from '../../src/stats/normal.ts';
import { datasetOf, dayOf, micro12 } from '../metrics/dataset-fixture.ts';
import { hasReference, type ReferenceFile, referenceFile } from './reference-file.ts';

type ByName = Readonly<Record<string, number>>;

function compareForecast(file: ReferenceFile): void {
  const stageChance = file.input<ByName>('forecast', 'stageProb');
  const manual = file.input<ByName>('forecast', 'manualProb');
  const commit = file.input<string[]>('forecast', 'commit');
  const amountOf = file.input<ByName>('forecast', 'amounts');
  const stageOf = file.input<Readonly<Record<string, string>>>('forecast', 'stages');
  const { p0 } = file.input<{ p0: number; strength: number }>('forecast', 'prior');
  const empirical = file.input<Readonly<Record<string, { won: number; resolved: number }>>>('forecast', 'empirical');
  const deals = Object.keys(amountOf);
  const amounts = Float64Array.from(deals, (deal) => amountOf[deal]!);
  const raw = Object.fromEntries(
    Object.entries(empirical).map(([stage, { won, resolved }]) => [stage, won / resolved]),
  );
  const shrunk = Object.fromEntries(
    Object.entries(empirical).map(([stage, { won, resolved }]) => [stage, shrunkRate(won / resolved, resolved, p0)]),
  );
  for (const stage of Object.keys(empirical)) {
    file.compare({ raw: raw[stage], shrunk: shrunk[stage] }, ['forecast', 'empirical', stage]);
  }
  const model = (chanceOf: (deal: string) => number) => {
    const chances = Float64Array.from(deals, chanceOf);
    const { total, standardDeviation } = expectationOf(amounts, chances);
    return { expected: total, sd: standardDeviation, expectedWins: chances.reduce((sum, chance) => sum + chance, 0) };
  };
  file.compare(
    {
      historical: model((deal) => shrunk[stageOf[deal]!]!),
      historicalRaw: model((deal) => raw[stageOf[deal]!]!),
      commit: { expected: model((deal) => Number(commit.includes(deal))).expected },
      stageWeighted: model((deal) => stageChance[stageOf[deal]!]!),
      manual: model((deal) => manual[deal]!),
    },
    ['forecast', 'models'],
  );
}

function compareLandmarks(file: ReferenceFile): void {
  const rows = file.input<[string, number, 0 | 1 | 2][]>('forecast', 'conditionalWin_Proposal', 'rows');
  const curvesOf = (from: number) => {
    const later = rows.filter(([, time]) => time > from);
    return aalenJohansen(
      Float64Array.from(later, ([, time]) => time),
      Uint8Array.from(later, ([, , cause]) => cause),
    );
  };
  const all = curvesOf(0);
  for (const age of [0, 25, 35]) {
    const path = ['forecast', 'conditionalWin_Proposal', `age${age}`];
    const [won, lost] = [conditionalIncidence(all, 1, age, 1000), conditionalIncidence(all, 2, age, 1000)];
    file.compare(
      { nAtRisk: atRiskAfter(all, age), pWin: won, pLost: lost, pOpen: openAt(all, 1000) / openAt(all, age) },
      path,
    );
    // The same from those alone that are still there at that age; the reference rounds to ten digits.
    const left = curvesOf(age);
    const curve = Array.from(left.times, (time, index) => [
      time,
      left.atRisk[index]!,
      left.ended[0][index]!,
      left.ended[1][index]!,
      incidenceAt(left, 1, time),
      incidenceAt(left, 2, time),
      openAt(left, time),
    ]).filter(([, , won, lost]) => won! + lost! > 0);
    file.compare(curve, [...path, 'curve'], 1e-9);
  }
}

type FixtureDeal = Readonly<Record<'id' | 'stage' | 'next_step' | 'amount' | 'contact' | 'close_date', string>> & {
  readonly value: number;
};

function compareCompleteness(file: ReferenceFile): void {
  const fields = file.input<Readonly<Record<string, { weight: number; requiredFrom: string }>>>(
    'completeness',
    'fields',
  );
  const deals = file.input<FixtureDeal[]>('completeness', 'deals');
  const stages = ['Lead', 'Qualified', 'Proposal', 'Negotiation'].map((id) => ({
    id,
    require: Object.keys(fields).filter((field) => fields[field]!.requiredFrom === id),
  }));
  const columns = ['id', 'stage', ...Object.keys(fields)] as (keyof FixtureDeal)[];
  const dataset = datasetOf({
    asOf: '2024-04-01',
    stages,
    deals: [columns.join(','), ...deals.map((deal) => columns.map((column) => deal[column]).join(','))].join('\n'),
  });
  const required = requiredFields(dataset);
  const counts = countFilled({
    required,
    columns: required.fields.map((field) => dataset.columns.get(field)!),
    weights: required.fields.map((field) => fields[field]!.weight),
  });
  const scores = deals.map(({ id }, deal) => {
    const pattern = counts.patterns.patternOf[deal]!;
    return [id, counts.filledWeight[pattern]! / counts.requiredWeight[pattern]!];
  });
  const values = Float64Array.from(deals, ({ value }) => value);
  file.compare(
    {
      perDeal: Object.fromEntries(scores),
      meanOfDeals: meanScore(counts).value,
      pooledCells: pooled(counts).value,
      valueWeighted: weightedScores(counts, values, new Int16Array(values.length), 1)[1]?.value,
    },
    ['completeness'],
  );
  file.notOurs(/^completeness\/perField/, 'completeness.test.ts compares it with the metric');
  file.notOurs(/^completeness\/(placeholders|naiveNonBlankAllCells)/, 'what is blank is decided where cells are read');
}

function compareScore(file: ReferenceFile): void {
  interface Component {
    id: string;
    value: number | null;
    floor: number;
    target: number;
    weight: number;
  }
  const components = file.input<Component[]>('health', 'components');
  const score = healthScore(
    components.map((each) => ({ ...each, part: each.id, title: { en: each.id, zh: each.id } })),
  );
  file.compare(
    { score: score.value, coverage: score.coverage, components: score.parts.map(({ points }) => ({ score: points })) },
    ['health'],
  );
}

/** S(1.5 × median) of distributions with a known curve, by the tails of the statistics module. */
function compareStallBases(file: ReferenceFile): void {
  const k = file.input<number>('stallBaseRate', 'k');
  const sigmas = Object.keys(file.input<ByName>('stallBaseRate', 'lognormal'));
  const shapes = Object.keys(file.input<ByName>('stallBaseRate', 'weibull'));
  const byName = (names: readonly string[], value: (parameter: number) => number) =>
    Object.fromEntries(names.map((name) => [name, value(Number(name))]));
  file.compare(
    {
      exponential_overMedian: upperGamma(1, k * Math.LN2),
      exponential_overMean: upperGamma(1, k),
      lognormal: byName(sigmas, (sigma) => normalAbove(Math.log(k) / sigma)),
      weibull: byName(shapes, (shape) => upperGamma(1, Math.LN2 * k ** shape)),
    },
    ['stallBaseRate'],
  );
}

function compareVelocity(file: ReferenceFile): void {
  const [n, w, a] = ['N', 'W', 'A'].map((name) => file.input<number>('velocity', name)) as [number, number, number];
  file.input('velocity', 'note');
  const cycle = (meanDays: number) => ({ deals: 1, meanDays });
  const parts = { open: n, won: 100 * w, lost: 100 - 100 * w, averageWonAmount: a, wonWithAmount: 100 * w };
  const [won, all] = [file.input<number>('velocity', 'L_wonMean'), file.input<number>('velocity', 'L_allMean')];
  const whole = { ...parts, wonCycle: cycle(won), closedCycle: cycle(all) } as unknown as Parameters<
    typeof velocityPerDay
  >[0];
  const perDay = (meanDays: number) =>
    velocityPerDay(whole, cycle(meanDays) as unknown as Parameters<typeof velocityPerDay>[1]);
  file.compare({ standard: perDay(won), littleConsistent: perDay(all) }, ['velocity']);
  file.notOurs(/^stockRatioTrap\//, 'the ratio of two stocks is never computed');
}

function compareValueRate(file: ReferenceFile): void {
  const amounts = file.input<number[]>('valueWinRate', 'amounts');
  const won = file.input<(0 | 1)[]>('valueWinRate', 'won');
  const rows = amounts.map((amount, index) => `${index},${won[index] === 1 ? 'Won' : 'Lost'},${amount}`);
  const dataset = micro12({ deals: `id,stage,amount\n${rows.join('\n')}`, history: 'id,stage,at' });
  const outcome = Uint8Array.from(won, (isWon) => (isWon === 1 ? 2 : 3));
  const [rate] = valueWinRates(dataset, outcome, null).byCurrency;
  file.compare({ p: rate?.value, nEff: rate?.effectiveDeals }, ['valueWinRate']);
}

function compareNames(file: ReferenceFile): void {
  const names =
    file.input<{ a: string; b: string; na: string; nb: string; dice: number; duplicate: boolean | null }[]>('names');
  for (const [index, { a, b, na, nb, dice, duplicate }] of names.entries()) {
    const [one, other] = [companyName(a), companyName(b)];
    // The reference leaves traditional characters to an option; two names are equal where its own are.
    expect(one === other, a).toBe(na === nb);
    const [first, second] = [nameShape(one), nameShape(other)];
    const alike = likeness(first, second);
    if (duplicate === true) expect(alike).toBe(1);
    // Names that differ in a number are none, however alike they look: .9375 of Acme Renewal 2023 and 2024.
    else if (first.numbers !== second.numbers) expect(alike, a).toBeLessThan(dice);
    else if (first.isIdeographic) file.compare({ dice: alike }, ['names', index]);
  }
  const pairs = file.input<[string, string, number][]>('jaroWinkler');
  file.compare(
    pairs.map(([one, other]) => [one, other, jaroWinkler(one, other)]),
    ['jaroWinkler'],
  );
}

interface Move {
  deal: string;
  frm: string;
  to: string;
  mid: string;
  possiblyUnobserved: string[];
}

function compareSnapshots(file: ReferenceFile): void {
  const snapshots = file.input<Readonly<Record<string, Readonly<Record<string, string>>>>>('snapshotDiff', 'snapshots');
  const expected = file.input<Move[]>('snapshotDiff', 'expected');
  file.input('snapshotDiff', 'disappeared');
  const stages = ['Lead', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'];
  const deals = ['X', 'Y', 'Z'];
  const exports = Object.entries(snapshots).map(([day, list]) => ({
    day: dayOf(day),
    dealOfRow: Int32Array.from(Object.keys(list), (deal) => deals.indexOf(deal)),
    stageOfRow: Int16Array.from(Object.values(list), (stage) => stages.indexOf(stage)),
  }));
  const { log, possiblyUnobserved } = logOfSnapshots(exports, deals.length, null);
  const moves = Array.from(log.dealOfRow, (deal, row) => ({
    deal: deals[deal],
    to: stages[log.stageOfRow[row]!],
    millis: log.millisOfRow[row]!,
  }));
  for (const { deal, to, mid } of expected) {
    expect(moves).toContainEqual({ deal, to, millis: Date.parse(mid) });
  }
  // Each deal begins with a row of its own.
  expect(moves.length).toBe(expected.length + deals.length);
  expect(possiblyUnobserved).toBe(expected.filter((move) => move.possiblyUnobserved.length > 0).length);
  const [proposal, won] = ['Proposal', 'Won'].map((to) => moves.find((move) => move.deal === 'X' && move.to === to)!);
  file.compare((won!.millis - proposal!.millis) / 86_400_000, ['snapshotDiff', 'proposalDwellX', 'midpoint']);
  file.notOurs(/^snapshotDiff\/proposalDwellX\/(lower|upper)/, 'the days of the exports say how exact the middle is');
}

describe.skipIf(!hasReference)('fixtures.json', () => {
  const file = hasReference ? referenceFile('fixtures') : null;

  it.each([
    ['forecasts', compareForecast],
    ['chances from an age on', compareLandmarks],
    ['completeness', compareCompleteness],
    ['health score', compareScore],
    ['base rates of long stays', compareStallBases],
    ['velocity', compareVelocity],
    ['win rate by value', compareValueRate],
    ['names', compareNames],
    ['moves between exports', compareSnapshots],
  ] as const)('has the %s', (_, compare) => compare(file!));

  it('has nothing that was not compared', () => expect(file!.rest()).toEqual([]));
});
