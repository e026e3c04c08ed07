import { say, type Text } from '../i18n/text.ts';
import type { Threshold } from './ruleset.ts';

/** The unit of figures that have one and the same whatever they are asked for. */
export const FIGURE_UNITS: ReadonlyMap<string, 'rate' | 'days' | 'count' | 'number'> = new Map([
  ['share', 'rate'],
  ['conversion', 'rate'],
  ['conversion_window', 'days'],
  ['pass_through', 'rate'],
  ['win_from', 'rate'],
  ['win_rate', 'rate'],
  ['win_value_rate', 'rate'],
  ['completeness', 'rate'],
  ['filled', 'rate'],
  ['dwell', 'days'],
  ['cycle', 'days'],
  ['data_age', 'days'],
  ['count', 'count'],
  ['lost_here', 'rate'],
  ['portion', 'rate'],
  ['probability_by_hand', 'rate'],
  ['top_share', 'rate'],
  ['concordance', 'rate'],
  ['forecast_spread', 'rate'],
  ['forecast_accuracy', 'rate'],
  ['attainment', 'rate'],
  ['slipped', 'rate'],
  ['vanished', 'rate'],
  ['flow', 'rate'],
  ['update_gap', 'days'],
  ['resolved', 'count'],
  ['entries', 'count'],
  ['decided', 'count'],
  ['known', 'count'],
  ['currencies', 'count'],
  ['correlation', 'number'],
  ['cliff', 'number'],
  ['velocity', 'number'],
  ['output_per_day', 'number'],
  ['won_amount', 'number'],
  ['weighted', 'number'],
  ['waterfall_gap', 'number'],
]);

const RATE: Text = say('is a share: write "< 30%"', '是比率：请写 "< 30%"');
const DAYS: Text = say('is a time: write "> 45d"', '是时长：请写 "> 45d"');
const COUNT: Text = say('is a number of deals: write "< 20"', '是商机数：请写 "< 20"');

const NUMBER: Text = say('is a number: write "< 2"', '是数值：请写 "< 2"');

function wantedOf(unit: 'rate' | 'days' | 'count' | 'number', threshold: Threshold): Text | null {
  const { unit: written, value, upper = value } = threshold;
  switch (unit) {
    case 'rate':
      return written === 'share' || (written === 'number' && value >= 0 && upper <= 1) ? null : RATE;
    case 'days':
      return written === 'days' || written === 'number' ? null : DAYS;
    case 'count':
      return written === 'number' || written === 'rows' ? null : COUNT;
    case 'number':
      return written === 'number' ? null : NUMBER;
  }
}

/** Why a figure cannot be compared with a threshold, null when it can or nothing is known of its unit. */
export function unitProblem(figure: string, threshold: Threshold): Text | null {
  const unit = FIGURE_UNITS.get(figure);
  const wanted = unit === undefined ? null : wantedOf(unit, threshold);
  return wanted === null ? null : say(`${figure} ${wanted.en}`, `${figure} ${wanted.zh}`);
}
