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
  for (const key of ['warn', 'fail'] as const) {
    const written = thresholds[key]?.unit;
    if (written === 'points' && unit !== 'pp') report(key, PP_WANTED);
    else if (written !== undefined && written !== 'points' && unit === 'pp') report(key, POINTS_WANTED);
    const threshold = thresholds[key];
    // Held against another number, it is the difference that is compared.
    if (figure === null || threshold === null || written === 'points' || unit !== null) continue;
    const problem = unitProblem(figure.figure, threshold);
    if (problem !== null) report(key, problem);
  }
}
