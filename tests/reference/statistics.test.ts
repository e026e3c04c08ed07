import { sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { expectationOf } from '../../src/metrics/forecast/forecast-figures.ts';
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.ts';
import { binomialAtMost, binomialLimits, binomialTest } from '../../src/stats/binomial.ts';
import { brierParts, calibrationBins, calibrationTest } from '../../src/stats/calibration.ts';
import { chiSquareAbove, chiSquareOfProportions } from '../../src/stats/chi-square.ts';
import { ALARM_TAIL, controlChart, proportionLimits, standardisedProportions } from '../../src/stats/control-chart.ts';
import { dispersionOf } from '../../src/stats/dispersion.ts';
import { fisherExact } from '../../src/stats/fisher-exact.ts';
import { forecastErrors } from '../../src/stats/forecast-errors.ts';
import { clopperPearson, newcombe, wilson } from '../../src/stats/intervals.ts';
import { mean } from '../../src/stats/mean.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { poissonBinomial, poissonBinomialAtLeast, poissonBinomialAtMost } from '../../src/stats/poisson-binomial.ts';
import { median, quantile } from '../../src/stats/quantile.ts';
import { ewmaChart, ewmaHalfWidth, individualsChart } from '../../src/stats/series-chart.ts';
import { hasReference, type ReferenceFile, referenceFile } from './reference-file.ts';

const groupsOf = (counts: readonly number[], bases: readonly number[]) =>
  counts.map((count, index) => ({ count, of: bases[index] as number }));
const listOf = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? [value] : value);

/** One file: its sections in order, and at last that nothing in it was passed over. */
function describeReference(name: string, sections: (file: () => ReferenceFile) => void): void {
  describe.skipIf(!hasReference)(`${name}.json`, () => {
    let read: ReferenceFile | undefined;
    const file = (): ReferenceFile => {
      read ??= referenceFile(name);
      return read;
    };
    sections(file);
    it('has nothing that was not compared', () => expect(file().rest()).toEqual([]));
  });
}

describeReference('quantiles', (file) => {
  it('has the quantiles of type 7', () => {
    const probs = file().input<number[]>('probs');
    for (const name of ['x10', 'x11', 'x5', 'x4', 'x1', 'ties', 'issue353']) {
      const x = listOf(file().input<number | number[]>(name, 'x'));
      const type7 = probs.map((probability) => quantile(x, probability));
      file().compare({ type7, median: median(x), mean: mean(x) }, [name], 1e-12);
    }
  });

  it('has other definitions that are not ours', () => {
    file().notOurs(/\/type[1-689]\//, 'type 7 is the one definition of a quantile');
  });
});

describeReference('proportions-ci', (file) => {
  it.each(['newcombe1998', 'scipyDoc', 'vassarstats', 'funnel', 'conf90', 'conf99'])(
    'has the intervals of %s',
    (section) => {
      const cases = file().input<{ x: number; n: number; conf: number }[]>(section);
      const result = cases.map(({ x, n, conf }) => {
        const [wilsonLower, wilsonUpper] = wilson(x, n, normalQuantile((1 + conf) / 2)) as readonly [number, number];
        const [clopperLower, clopperUpper] = clopperPearson(x, n, conf) as readonly [number, number];
        return { p: x / n, wilsonLower, wilsonUpper, clopperLower, clopperUpper };
      });
      file().compare(result, [section]);
    },
  );

  it('has the differences', () => {
    const cases = file().input<{ a: number; m: number; b: number; n: number }[]>('newcombeDiff');
    const result = cases.map(({ a, m, b, n }) => {
      const difference = newcombe({ count: a, of: m }, { count: b, of: n });
      return { d: difference?.difference, lower: difference?.lower, upper: difference?.upper };
    });
    file().compare(result, ['newcombeDiff']);
  });
});

describeReference('tests', (file) => {
  it('has the adjusted p values', () => {
    const p = file().input<number[]>('bh1995', 'p');
    const BH = [...benjaminiHochberg(p)];
    const rejected = BH.filter((adjusted) => adjusted <= 0.05).length;
    file().compare({ BH, rejectBH05: rejected }, ['bh1995'], 1e-12);
    file().notOurs(/^bh1995\/(holm|bonferroni|BY|rejectBonf05)/, 'Benjamini–Hochberg is the one adjustment');
  });

  it('has the test of several proportions', () => {
    const groups = groupsOf(file().input<number[]>('smokers', 'x'), file().input<number[]>('smokers', 'n'));
    const test = chiSquareOfProportions(groups);
    file().compare({ chisq: test?.statistic, df: test?.degrees, p: test?.probability }, ['smokers']);
  });

  it('has each segment against the rest', () => {
    file().input('segmentVsRest', 'names');
    const won = file().input<number[]>('segmentVsRest', 'won');
    const n = file().input<number[]>('segmentVsRest', 'n');
    const [allWon, all] = [won.reduce((sum, each) => sum + each, 0), n.reduce((sum, each) => sum + each, 0)];
    const own = groupsOf(won, n);
    const rest = own.map(({ count, of }) => ({ count: allWon - count, of: all - of }));
    const pairs = own.map((each, index) => [each, rest[index] as { count: number; of: number }] as const);
    const fisherP = pairs.map(([a, b]) => fisherExact(a, b));
    const scoreP = pairs.map(([a, b]) => chiSquareOfProportions([a, b])?.probability as number);
    const differences = pairs.map(([a, b]) => newcombe(a, b));
    const overall = chiSquareOfProportions(own);
    file().compare(
      {
        fisherP,
        scoreP,
        fisherBH: [...benjaminiHochberg(fisherP)],
        scoreBH: [...benjaminiHochberg(scoreP)],
        diff: differences.map((each) => each?.difference),
        lower: differences.map((each) => each?.lower),
        upper: differences.map((each) => each?.upper),
        overallChisq: overall?.statistic,
        overallP: overall?.probability,
      },
      ['segmentVsRest'],
    );
  });

  it('has the exact tests of two groups', () => {
    const [a, b, c, d] = file().input<[number, number, number, number]>('fisherTea', 'table');
    const test = ([hits, misses, others, rest]: readonly [number, number, number, number]) =>
      fisherExact({ count: hits, of: hits + misses }, { count: others, of: others + rest });
    file().compare({ pTwoSided: test([a, b, c, d]) }, ['fisherTea']);
    file().notOurs(/^fisherTea\/pGreater/, 'segments are tested in both directions');
    const cases = file().input<{ table: [number, number, number, number] }[]>('fisherCases');
    file().compare(
      cases.map(({ table }) => ({ p: test(table) })),
      ['fisherCases'],
    );
  });

  it('has the distributions', () => {
    const p = file().input<number[]>('special', 'qnorm', 'p');
    file().compare(p.map(normalQuantile), ['special', 'qnorm', 'z']);
    const chiSquares = file().input<{ x: number; df: number }[]>('special', 'pchisq_upper');
    file().compare(
      chiSquares.map(({ x, df }) => ({ p: chiSquareAbove(x, df) })),
      ['special', 'pchisq_upper'],
    );
    const binomials = file().input<{ k: number; n: number; p: number }[]>('special', 'pbinom');
    file().compare(
      binomials.map(({ k, n, p: chance }) => ({ v: binomialAtMost(k, n, chance) })),
      ['special', 'pbinom'],
    );
    // A quantile of the beta distribution is a limit of Clopper and Pearson: of 7 of 50 each.
    const [lower, upper] = clopperPearson(7, 50) as readonly [number, number];
    file().input('special', 'qbeta');
    file().compare([{ v: lower }, { v: upper }], ['special', 'qbeta']);
  });
});

describeReference('control-charts', (file) => {
  it('has the chart of single values', () => {
    const chart = individualsChart(file().input<number[]>('nistIndividuals', 'x'));
    const limits = chart?.points[0];
    const half = 2.66 * (chart?.meanMovingRange ?? Number.NaN);
    file().compare(
      {
        mean: chart?.mean,
        mrBar: chart?.meanMovingRange,
        ucl_d2: limits?.upper,
        lcl_d2: limits?.lower,
        ucl_266: (chart?.mean ?? 0) + half,
        lcl_266: (chart?.mean ?? 0) - half,
        mrUcl_3267: chart?.movingRangeLimit,
      },
      ['nistIndividuals'],
    );
  });

  it('has the moving average', () => {
    const x = file().input<number[]>('nistEwma', 'x');
    const lambda = file().input<number>('nistEwma', 'lambda');
    const target = file().input<number>('nistEwma', 'target');
    const sigma = file().input<number>('nistEwma', 's');
    const values = ewmaChart(x, { lambda, target, sigma }).map(({ value }) => value);
    const half = ewmaHalfWidth(lambda, sigma);
    file().compare({ ewma: [target, ...values], ucl: target + half, lcl: target - half }, ['nistEwma']);
  });

  it.each(['pStableSmall', 'pRealShift', 'pOverdispersed'])('has the chart of proportions %s', (name) => {
    const won = file().input<number[]>(name, 'won');
    const n = file().input<number[]>(name, 'n');
    const groups = groupsOf(won, n);
    const chart = controlChart(groups);
    const dispersion = dispersionOf(groups);
    const [pooled, sigmaZ] = [chart?.pooled as number, chart?.sigmaZ as number];
    const rates = groups.map(({ count, of }) => count / of);
    const plain = n.map((base) => proportionLimits(base, pooled, 1));
    const laney = n.map((base) => proportionLimits(base, pooled, sigmaZ));
    const exact = n.map((base) => binomialLimits(base, pooled, ALARM_TAIL).map((limit) => limit / base));
    const test = chiSquareOfProportions(groups);
    const { mean: middle = 0, meanMovingRange = 0 } = individualsChart(rates) ?? {};
    // The reference rounds 3 / 1.128 to 2.66 here.
    const half = 2.66 * meanMovingRange;
    file().compare(
      {
        pBar: pooled,
        p: rates,
        z: standardisedProportions(groups, pooled),
        pLcl: plain.map(([lower]) => lower),
        pUcl: plain.map(([, upper]) => upper),
        sigmaZ,
        laneyLcl: laney.map(([lower]) => lower),
        laneyUcl: laney.map(([, upper]) => upper),
        chisq: test?.statistic,
        df: test?.degrees,
        dispersion: dispersion?.phi,
        chisqP: dispersion?.probability,
        exactLcl: exact.map(([lower]) => lower),
        exactUcl: exact.map(([, upper]) => upper),
        binomTestP: groups.map(({ count, of }) => binomialTest(count, of, pooled)),
        rawSdOfRates: sampleStandardDeviation(rates),
        xmrUcl: middle + half,
        xmrLcl: middle - half,
        excessSd: dispersion?.excess,
      },
      [name],
    );
  });
});

describeReference('calibration', (file) => {
  const forecasts = (name: string) => ({
    probabilities: Float64Array.from(file().input<number[]>(name, 'p')),
    outcomes: Uint8Array.from(file().input<number[]>(name, 'y')),
  });

  it('has the score of four forecasts', () => {
    file().compare({ brier: brierParts(forecasts('sklearnDoc'))?.score }, ['sklearnDoc']);
  });

  it('has the parts, the ranges and the test of twenty', () => {
    const twenty = forecasts('twentyDeals');
    const parts = brierParts(twenty);
    const { expected, actual, z } = calibrationTest(twenty);
    const base = actual / twenty.outcomes.length;
    const bins = calibrationBins(twenty, 5);
    const gap = bins.reduce((sum, bin) => sum + Math.abs(bin.happened - bin.forecasts * (bin.meanProbability ?? 0)), 0);
    file().compare(
      {
        brier: parts?.score,
        baseRate: base,
        reliability: parts?.reliability,
        resolution: parts?.resolution,
        uncertainty: parts?.uncertainty,
        brierSkill: 1 - (parts?.score ?? Number.NaN) / (parts?.uncertainty ?? Number.NaN),
        bins: bins.map(({ meanProbability: p, forecasts: n, happened: won }) => ({ p, n, won, observed: won / n })),
        ece: gap / twenty.outcomes.length,
        expectedWins: expected,
        actualWins: actual,
        calibrationZ: z,
      },
      ['twentyDeals'],
    );
  });

  it('has the number of wins and the amounts of twenty', () => {
    const { probabilities, outcomes } = forecasts('twentyDeals');
    const amounts = Float64Array.from(file().input<number[]>('twentyDeals', 'amount'));
    const wins = outcomes.reduce((sum, outcome) => sum + outcome, 0);
    const { total, standardDeviation } = expectationOf(amounts, probabilities);
    const { total: came } = expectationOf(amounts, Float64Array.from(outcomes));
    file().compare(
      {
        forecastAmount: total,
        forecastSd: standardDeviation,
        actualAmount: came,
        poissonBinomial: {
          pmf: [...poissonBinomial(probabilities)],
          pAtMostActual: poissonBinomialAtMost(probabilities, wins),
          pAtLeastActual: poissonBinomialAtLeast(probabilities, wins),
        },
      },
      ['twentyDeals'],
    );
  });

  it('has the errors of four periods', () => {
    const forecast = file().input<number[]>('periodAccuracy', 'forecast');
    const errors = forecastErrors(forecast, file().input<number[]>('periodAccuracy', 'actual'));
    const { bias, weightedError, meanPercentageError, meanError, rootMeanSquare } = errors;
    file().compare({ bias, wape: weightedError, mape: meanPercentageError, mae: meanError, rmse: rootMeanSquare }, [
      'periodAccuracy',
    ]);
  });

  it('has a score that is not ours', () => {
    file().notOurs(/\/logLoss$/, 'one lost deal with a probability of 100 % makes it infinite');
  });
});
