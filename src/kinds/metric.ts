import { z } from 'zod';
import { defineKind } from './define.ts';
import { duration } from './option-types.ts';

const figureText = z.string().min(1).meta({
  description:
    'A figure, such as win_rate or conversion(lead, proposal) / 指标，如 win_rate、conversion(lead, proposal)',
});

const options = z.union([
  figureText.transform((figure) => ({ figure, windowDays: null as number | null, quantile: null as number | null })),
  z
    .strictObject({
      figure: figureText,
      window: duration.optional().meta({
        description:
          'For conversion: how long each deal is given to move on, such as 90d / 用于 conversion：给每个商机多长推进时间，如 90d',
      }),
      quantile: z.number().gt(0).lt(1).optional().meta({
        description:
          'For dwell and cycle: which quantile (default 0.5, the median) / 用于 dwell、cycle：取哪个分位数，默认 0.5（中位数）',
      }),
    })
    .transform(({ figure, window, quantile }) => ({ figure, windowDays: window ?? null, quantile: quantile ?? null })),
]);

export default defineKind({
  kind: 'metric',
  title: { en: 'A figure against a threshold', zh: '指标与阈值' },
  why: {
    en: 'A figure is judged with its interval: it fails only when it is bad beyond what chance does with so few deals.',
    zh: '指标按置信区间判断：只有差到样本量无法解释时才算不通过。',
  },
  fix: { en: 'Look at the deals behind the figure.', zh: '查看该指标背后的商机。' },
  options,
  messages: {
    beyond: { en: '{figure} is {value}; bad is {threshold}', zh: '{figure} 为 {value}，触发阈值 {threshold}' },
  },
  example: {
    rule: "metric: win_rate\n    fail: '< 90%'",
    bad: `id,stage\n${Array.from({ length: 20 }, (_, index) => `${index},Lost`).join('\n')}\n`,
    good: `id,stage\n${Array.from({ length: 20 }, (_, index) => `${index},Won`).join('\n')}\n`,
  },
  references: ({ figure }) => [{ type: 'figure', source: figure, path: [] }],
  check({ options: { windowDays, quantile }, rule, figure }) {
    const call = rule.figure;
    if (call === null) return { type: 'not-run', reason: { en: 'no figure named', zh: '未指定指标' } };
    return {
      type: 'figure',
      message: 'beyond',
      figureOf: (select) => figure(call.figure, call.args, select, { windowDays, quantile }),
    };
  },
});
