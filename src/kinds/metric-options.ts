import type { z } from 'zod';
import type { FigureOptions } from '../ruleset/expression/expression.ts';
import { duration, fieldName, type Zod } from './option-types.ts';

/** Options of a rule on a figure, with null for what was left out. */
export interface MetricOptions extends FigureOptions {
  /** As written. */
  readonly figure: string;
  readonly against: 'benchmark' | 'history' | 'probability' | 'target' | 'rest' | null;
  /** Percentage points, or the difference divided by the reference. */
  readonly unit: 'pp' | 'relative' | null;
}

const figureText = (z: Zod) =>
  z.string().min(1).meta({
    description:
      'A figure, such as win_rate or conversion(lead, proposal); any stands for each stage or field / 指标，如 win_rate、conversion(lead, proposal)；any 表示每个阶段或字段',
  });

const written = (z: Zod) =>
  z.strictObject({
    figure: figureText(z),
    window: duration(z).optional().meta({
      description:
        'For conversion: how long each deal is given to move on, such as 90d / 用于 conversion：给每个商机多长推进时间，如 90d',
    }),
    quantile: z.number().gt(0).lt(1).optional().meta({
      description:
        'For dwell and cycle: which quantile (default 0.5, the median) / 用于 dwell、cycle：取哪个分位数，默认 0.5（中位数）',
    }),
    period: z.enum(['week', 'month', 'quarter', 'year']).optional().meta({
      description: 'Length of the periods that are compared (default month) / 按多长的周期比较，默认 month（月）',
    }),
    periods: z.int().min(1).max(120).optional().meta({
      description: 'How many earlier periods (default 3) / 取之前多少个周期，默认 3',
    }),
    across: fieldName(z).optional().meta({
      description: 'Field whose values the figure is spread over / 指标按哪个字段的取值展开',
    }),
    against: z.enum(['benchmark', 'history', 'probability', 'target', 'rest']).optional().meta({
      description:
        'What the figure is held against: benchmarks, its own history, the probability of the stage, targets, or the rest of the deals / 与什么比较：行业基准、自身历史、阶段赢率、目标，或其余商机',
    }),
    unit: z.enum(['pp', 'relative']).optional().meta({
      description:
        'With against: the difference in percentage points (pp), or in percent of the reference (relative) / 配合 against：相差百分点（pp），或占参照值的百分比（relative）',
    }),
  });

function completed(options: z.output<ReturnType<typeof written>>): MetricOptions {
  const { figure, window = null, quantile = null, period = null, periods = null, across = null } = options;
  const { against = null, unit = null } = options;
  return { figure, windowDays: window, quantile, period, periods, across, against, unit };
}

export const metricOptions = (z: Zod) =>
  z.union([
    figureText(z).transform((figure) => completed({ figure })),
    written(z)
      .refine(({ against, unit }) => against === undefined || unit !== undefined, {
        path: ['unit'],
        message: '"unit" is missing: pp or relative / 缺少“unit”：应为 pp 或 relative',
      })
      .transform(completed),
  ]);
