import type { FigureArgument } from '../ruleset/expression/expression.ts';
import { defineKind, type FigureScope } from './define.ts';
import { judgedFigure } from './figure-against.ts';
import { partsOf } from './figure-parts.ts';
import { metricOptions } from './metric-options.ts';

export default defineKind({
  kind: 'metric',
  title: { en: 'A figure against a threshold', zh: '指标与阈值' },
  why: {
    en: 'A figure is judged with its interval: it fails only when it is bad beyond what chance does with so few deals.',
    zh: '指标按置信区间判断：只有差到样本量无法解释时才算不通过。',
  },
  fix: { en: 'Look at the deals behind the figure.', zh: '查看该指标背后的商机。' },
  options: metricOptions,
  messages: {
    beyond: {
      en: '{figure} is {value} ({base}); bad is {threshold}',
      zh: '{figure}：{value}（{base}），触发阈值 {threshold}',
    },
    part: {
      en: '{part}: {figure} is {value} ({base}); bad is {threshold}',
      zh: '{part}：{figure} {value}（{base}），触发阈值 {threshold}',
    },
    compared: {
      en: '{figure} is {value} ({base}) against {reference}, {difference}; bad is {threshold}',
      zh: '{figure}：{value}（{base}），参照值 {reference}，相差 {difference}，触发阈值 {threshold}',
    },
    part_compared: {
      en: '{part}: {figure} is {value} ({base}) against {reference}, {difference}; bad is {threshold}',
      zh: '{part}：{figure} {value}（{base}），参照值 {reference}，相差 {difference}，触发阈值 {threshold}',
    },
    at_stake: {
      en: '{part}: {figure} is {value} ({base}), worth {amount}; bad is {threshold}',
      zh: '{part}：{figure} {value}（{base}），金额 {amount}，触发阈值 {threshold}',
    },
  },
  example: {
    rule: "metric: win_rate\n    fail: '< 90%'",
    bad: `id,stage\n${Array.from({ length: 20 }, (_, index) => `${index},Lost`).join('\n')}\n`,
    good: `id,stage\n0,Lost\n${Array.from({ length: 99 }, (_, index) => `${index + 1},Won`).join('\n')}\n`,
  },
  references: ({ figure, across }) => [
    { type: 'figure', source: figure, path: [] },
    ...(across === null ? [] : [{ type: 'field', name: across, path: ['across'] } as const]),
  ],
  check({ options, rule, dataset, figure }) {
    const call = rule.figure;
    if (call === null) return { type: 'not-run', reason: { en: 'no figure named', zh: '未指定指标' } };
    if (options.against === 'rest' && rule.per === null) {
      return { type: 'not-run', reason: { en: 'needs segments (per) to set apart', zh: '需要用 per 指定分组' } };
    }
    const parts = partsOf(call, dataset);
    const judged = (args: readonly FigureArgument[]) => (scope: FigureScope) =>
      judgedFigure({ figure: call.figure, args }, scope, { options, dataset, figure });
    const { against } = options;
    return {
      type: 'figure',
      needsReference: against === 'benchmark' || against === 'probability' || against === 'target',
      figureOf: judged(call.args),
      parts: parts === null ? null : parts.map(({ type, id, args }) => ({ type, id, figureOf: judged(args) })),
    };
  },
});
