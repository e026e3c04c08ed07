import { say, type Text } from '../../i18n/text.ts';
import { defineMetric, type MetricContext, type ScorePart } from '../define.ts';
import { calibrationOf, countRecorded } from './calibration.ts';
import { amountAccuracyOf } from './forecast-accuracy-amounts.ts';
import { type ForecastAccuracyResult, forecastAccuracyBlocks } from './forecast-accuracy-blocks.ts';
import { pastExports } from './forecast-accuracy-exports.ts';

const NO_EXPORT = say('needs an earlier export (--previous)', '需要更早的导出（--previous）');
const NO_PROBABILITIES = say('no probabilities in the earlier exports', '更早的导出里没有赢率');
const NONE_CLOSED = say(
  'no deal has been won or lost since the earlier exports said how likely it was',
  '更早的导出记录赢率之后，还没有商机赢单或输单',
);

/** Below this number of decided deals a calibration is no evidence of anything. */
const FEWEST_RESOLVED = 5;

function missing({ dataset }: MetricContext): Text | null {
  if (pastExports(dataset).length === 0) return NO_EXPORT;
  const { recorded, resolved } = countRecorded(dataset);
  if (recorded === 0) return NO_PROBABILITIES;
  return resolved === 0 ? NONE_CLOSED : null;
}

function compute({ dataset, details }: MetricContext): ForecastAccuracyResult | null {
  if (countRecorded(dataset).resolved === 0) return null;
  return { calibration: calibrationOf(dataset, details), amounts: amountAccuracyOf(dataset) };
}

/** |z| of the wins: up to 1 is what chance does all the time, 3 it hardly ever does. */
function score(result: ForecastAccuracyResult | null): readonly ScorePart[] {
  const { resolved, z } = result?.calibration ?? { resolved: 0, z: null };
  return [
    {
      part: 'calibration',
      title: say('Forecast calibration (|z|)', '赢率校准（|z|）'),
      value: z === null || resolved < FEWEST_RESOLVED ? null : Math.abs(z),
      unit: 'number',
      floor: 3,
      target: 1,
      weight: 15,
    },
  ];
}

export default defineMetric<ForecastAccuracyResult>({
  metric: 'forecastAccuracy',
  title: say('Forecast accuracy', '预测准确度'),
  definition: say(
    'How well earlier exports foretold what happened: the first probability each of them recorded of a deal that was open, against whether it was won, and what was promised of the deals due, against what came in.',
    '更早的导出预测得准不准：商机在途时首次记录的赢率与实际输赢相比，到期商机当时的预测金额与实际赢单金额相比。',
  ),
  formula: say(
    '(won − Σ probability) ÷ √Σ p(1 − p); bias: Σ (forecast − won) ÷ Σ won',
    '（赢单数 − Σ 赢率）÷ √Σ p(1 − p)；偏差：Σ（预测 − 赢单额）÷ Σ 赢单额',
  ),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks: forecastAccuracyBlocks,
  score,
});
