import { say, type Text } from '../i18n/text.ts';
import type { FigureCall } from './expression/expression.ts';
import { unitProblem } from './figure-units.ts';
import type { MergedRule } from './merge.ts';
import type { ProblemList } from './problem-list.ts';
import type { Threshold } from './ruleset.ts';

const PER_WITH_ANY: Text = say(
  'the figure is judged for any stage or field, one by one; it cannot be judged per segment as well',
  '指标已按每个阶段或字段（any）分别判断，不能再用 per 分组',
);
const POINTS_WANTED: Text = say(
  'the unit is pp: write percentage points, such as "< -5 pp"',
  '单位是 pp：请写百分点，例如 "< -5 pp"',
);
const THRESHOLD_WANTED: Text = say(
  'a figure is judged by a threshold: give the rule a warn or fail, such as warn: "< 30%"',
  '指标需要阈值才能判断：请写 warn 或 fail，例如 warn: "< 30%"',
);
const PP_WANTED: Text = say('percentage points need unit: pp beside the figure', '以百分点为阈值，指标需设置 unit: pp');

/** What does not go with a figure: thresholds in another unit than it is judged in, and `per` beside `any`. */
export function checkFigureRule(
  rule: MergedRule,
  {
    figure,
    options,
    thresholds,
  }: {
    readonly figure: FigureCall | null;
    readonly options: unknown;
    readonly thresholds: { readonly warn: Threshold | null; readonly fail: Threshold | null };
  },
  problems: ProblemList,
): void {
  const unit = typeof options === 'object' && options !== null && 'unit' in options ? options.unit : null;
  const report = (key: string, message: Text): void => {
    const placed = rule.keys.get(key);
    if (placed !== undefined) problems.add(placed.layer, { path: placed.path, message });
  };
  if (figure?.args[0]?.type === 'any') report('per', PER_WITH_ANY);
  if (
    figure !== null &&
    thresholds.warn === null &&
    thresholds.fail === null &&
    !rule.keys.has('warn') &&
    !rule.keys.has('fail')
  ) {
    report('metric', THRESHOLD_WANTED);
  }
  for (const key of ['warn', 'fail'] as const) {
    const threshold = thresholds[key];
    const problem = threshold === null ? null : thresholdProblem(threshold, figure, unit);
    if (problem !== null) report(key, problem);
  }
}

/** Why a threshold does not go with the unit of the rule or of its figure, null where it does. */
function thresholdProblem(threshold: Threshold, figure: FigureCall | null, unit: unknown): Text | null {
  const isPoints = threshold.unit === 'points';
  if (isPoints && unit !== 'pp') return PP_WANTED;
  if (!isPoints && unit === 'pp') return POINTS_WANTED;
  // Held against another number, it is the difference that is compared.
  if (figure === null || isPoints || unit !== null) return null;
  return unitProblem(figure.figure, threshold);
}
