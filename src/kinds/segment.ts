import type { Dataset } from '../dataset/dataset.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import type { ArgValue } from '../i18n/text.ts';
import type { Expression, FigureCall } from '../ruleset/expression/expression.ts';
import { type Hits, tellsOutcome } from '../stats/grouped-hits.ts';
import { defineKind, type Reference } from './define.ts';
import { figureName } from './figure-labels.ts';
import { fieldList, fieldName, type Zod } from './option-types.ts';
import { countValues, strataBy } from './segment-counts.ts';
import { type Outlier, testSegments } from './segment-tests.ts';

const options = (z: Zod) =>
  z
    .strictObject({
      by: fieldList(z).meta({
        description:
          'Fields whose values are compared, such as [owner, source]; those the file lacks are left out / 比较哪些字段的取值，如 [owner, source]；文件中没有的略过',
      }),
      figure: z
        .string()
        .regex(/^(win_rate|share\(.+\))$/s, 'expected win_rate or share(condition) / 应为 win_rate 或 share(条件)')
        .optional()
        .meta({ description: 'win_rate (default) or share(condition) / win_rate（默认）或 share(条件)' }),
      min_n: z.int().min(1).optional().meta({
        description: 'Deals a value needs to be judged (default 10) / 取值至少有多少个商机才判断，默认 10',
      }),
      min_difference: z
        .string()
        .regex(/^\d+(\.\d+)?\s*pp$/, 'expected percentage points such as 10 pp / 应为百分点，如 10 pp')
        .optional()
        .meta({
          description: 'Smaller differences are let be (default 10 pp) / 小于此差距不提示，默认 10 pp（百分点）',
        }),
      q: z.number().gt(0).lt(1).optional().meta({
        description:
          'Share of the values told of that may be chance (default 0.1) / 允许提示中有多大比例出于偶然，默认 0.1',
      }),
      mix: z.array(fieldName(z)).optional().meta({
        description:
          'Fields that are held equal to see whether it is mix alone (default: amount and the other fields of by) / 检查是否仅因结构不同：按哪些字段分层，默认为金额与 by 中的其他字段',
      }),
    })
    .transform(({ by, figure = 'win_rate', min_n = 10, min_difference = '10 pp', q = 0.1, mix }) => ({
      by,
      figure,
      limits: { minN: min_n, minDifference: Number.parseFloat(min_difference) / 100, q },
      mix: mix ?? [...new Set(['amount', ...by])],
    }));

/** Findings are read by people; a field with more outliers than this is told of by its worst. */
const MOST_FINDINGS = 100;

function winsOf(dataset: Dataset): Hits {
  const { outcome } = currentState(dataset);
  return Int8Array.from(outcome, (result) => (result === OUTCOME.won ? 1 : result === OUTCOME.lost ? 0 : -1));
}

function hitsOf(
  call: FigureCall,
  dataset: Dataset,
  selected: Uint8Array,
  evaluate: (predicate: Expression) => Int8Array,
): Hits {
  const [condition] = call.args;
  const hits = condition?.type === 'expression' ? evaluate(condition.expression).slice() : winsOf(dataset);
  for (let row = 0; row < hits.length; row++) if (selected[row] === 0) hits[row] = -1;
  return hits;
}

/** Points with one decimal, as people say them. */
function points(rate: number): number {
  return Math.round(rate * 1000) / 10;
}

function signedPoints(rate: number): string {
  return rate > 0 ? `+${points(rate)}` : String(points(rate));
}

function probabilityText(probability: number | null): string | null {
  if (probability === null) return null;
  return probability < 0.001 ? '< 0.001' : probability.toFixed(3);
}

function countArgs({ field, value, own, rest, probability }: Outlier, figure: ArgValue, tests: number) {
  return {
    field: { field },
    value,
    figure,
    rate: { rate: own.count / own.of },
    count: own.count,
    of: own.of,
    restRate: { rate: rest.count / rest.of },
    restCount: rest.count,
    restOf: rest.of,
    p: probabilityText(probability),
    tests,
  };
}

export default defineKind({
  kind: 'segment',
  title: { en: 'Segments that differ from the rest', zh: '与其余明显不同的细分' },
  why: {
    en: 'With twenty reps one looks bad by luck; only what luck does not explain is worth a talk.',
    zh: '二十个销售里总有一个只是运气差；只有运气解释不了的差距才值得谈。',
  },
  fix: {
    en: 'Look at what the segment does differently; where it is only its mix of deals, compare like with like.',
    zh: '看看该细分的做法有何不同；如果只是商机结构不同，请在同类商机之间比较。',
  },
  options,
  messages: {
    above: {
      en: '{field} {value}: {figure} {rate} ({count} of {of}), the rest {restRate} ({restCount} of {restOf}): {difference} points higher, likely {low} to {high}; hardly chance (p {p}, comparisons made: {tests}; all values together p {overall})',
      zh: '{field}“{value}”：{figure} {rate}（{count}/{of}），其余 {restRate}（{restCount}/{restOf}），高 {difference} 个百分点（95% 区间 {low} 到 {high}）；不像偶然（共比较 {tests} 次，校正后 p 值 {p}，各取值整体 p 值 {overall}）',
    },
    below: {
      en: '{field} {value}: {figure} {rate} ({count} of {of}), the rest {restRate} ({restCount} of {restOf}): {difference} points lower, likely {low} to {high}; hardly chance (p {p}, comparisons made: {tests}; all values together p {overall})',
      zh: '{field}“{value}”：{figure} {rate}（{count}/{of}），其余 {restRate}（{restCount}/{restOf}），低 {difference} 个百分点（95% 区间 {low} 到 {high}）；不像偶然（共比较 {tests} 次，校正后 p 值 {p}，各取值整体 p 值 {overall}）',
    },
    mix: {
      en: '{field} {value}: {figure} {rate} ({count} of {of}), the rest {restRate} ({restCount} of {restOf}): {difference} points, but {adjusted} with the same mix of {mix}: mix, not performance (p {p}, comparisons made: {tests})',
      zh: '{field}“{value}”：{figure} {rate}（{count}/{of}），其余 {restRate}（{restCount}/{restOf}），相差 {difference} 个百分点；按相同的{mix}结构比较则为 {adjusted} 个百分点：是结构不同，不是表现差异（共比较 {tests} 次，校正后 p 值 {p}）',
    },
  },
  example: {
    rule: 'segment: {by: owner}',
    bad: exampleOf(18, 2),
    good: exampleOf(10, 9),
  },
  references: ({ by, figure, mix }): Reference[] => [
    ...[...new Set([...by, ...mix])].map(
      (name) => ({ type: 'field', name, path: [by.includes(name) ? 'by' : 'mix'], optional: true }) as const,
    ),
    { type: 'figure', source: figure, path: ['figure'] },
  ],
  check({ options: { by, figure: source, limits, mix }, rule, dataset, selected, evaluate, violation }) {
    const columns = by.flatMap((field) => dataset.columns.get(field) ?? []);
    if (rule.figure === null || columns.length === 0) {
      return { type: 'not-run', reason: { en: 'none of the fields to compare', zh: '没有可供比较的字段' } };
    }
    const hits = hitsOf(rule.figure, dataset, selected, evaluate);
    // Amounts that lost deals lack would make all deals of one size won.
    const strata = mix.flatMap((field) => strataBy(dataset, field) ?? []).filter((each) => !tellsOutcome(each, hits));
    const isWinRate = rule.figure.args.length === 0;
    const everyone = isWinRate ? Int8Array.from(selected, (isSelected) => isSelected - 1) : null;
    const fields = columns.map((column) => countValues(column, hits, everyone));
    const { outliers, judged, tests } = testSegments(fields, hits, strata, limits);
    const figure = figureName(rule.figure, source, 'segment');
    const describe = (outlier: Outlier) => {
      const args = countArgs(outlier, figure, tests);
      const { difference, interval, overall } = outlier;
      if (outlier.mix !== null) {
        const adjusted = signedPoints(outlier.mix.difference);
        const more = { difference: signedPoints(difference), adjusted, mix: { field: outlier.mix.field } };
        return violation('mix', { ...args, ...more }, null);
      }
      const isAbove = difference > 0;
      const [low, high] = isAbove ? interval : [-interval[1], -interval[0]];
      const more = { difference: points(Math.abs(difference)), low: points(low), high: points(high) };
      return violation(isAbove ? 'above' : 'below', { ...args, ...more, overall: probabilityText(overall) }, null);
    };
    const places = outliers.slice(0, MOST_FINDINGS).map((each) => ({
      ...describe(each),
      about: [each.field, each.value, each.mix !== null ? 'mix' : each.difference > 0 ? 'above' : 'below'],
      ...(each.mix === null ? {} : { isRemark: true as const }),
      row: null,
      line: null,
    }));
    // Of one that only has other deals it is said so, and no more: nothing is wrong with it.
    const violating = outliers.filter((each) => each.mix === null).length;
    return { type: 'places', checked: judged, violating, places };
  },
});

/** Twenty closed deals of each of two owners, so many of them won. */
function exampleOf(firstWins: number, secondWins: number): string {
  const rows = [firstWins, secondWins].flatMap((wins, owner) =>
    Array.from(
      { length: 20 },
      (_, deal) => `${owner}-${deal},${deal < wins ? 'Won' : 'Lost'},${owner === 0 ? 'Ann' : 'Bo'}`,
    ),
  );
  return `id,stage,owner\n${rows.join('\n')}\n`;
}
