import { type ArgValue, say, type Text } from '../i18n/text.ts';
import type { FigureArgument, FigureCall } from '../ruleset/expression/expression.ts';

/** What people call a figure: alone, and with the slot `{of}` for its arguments. */
export interface FigureLabel {
  readonly alone: Text;
  readonly with?: Text;
}

function label(en: string, zh: string, withEn?: string, withZh?: string): FigureLabel {
  const alone = say(en, zh);
  return withEn === undefined || withZh === undefined ? { alone } : { alone, with: say(withEn, withZh) };
}

/** Every figure that rules can name. */
export const FIGURE_LABELS: Readonly<Record<string, FigureLabel>> = {
  count: label('Number of deals', '商机数'),
  share: label('Share of deals', '商机占比', 'Share of deals with {of}', '符合 {of} 的商机占比'),
  sum: label('Sum', '合计', 'Sum of {of}', '{of}合计'),
  avg: label('Average', '平均值', 'Average of {of}', '{of}平均值'),
  median: label('Median', '中位数', 'Median of {of}', '{of}中位数'),
  conversion: label('Conversion', '转化率', 'Conversion {of}', '转化率 {of}'),
  conversion_window: label('Time given to move on', '转化观察期'),
  pass_through: label('Share that goes on', '通过率', 'Share that goes on from {of}', '{of}的通过率'),
  win_from: label('Win rate from here', '由此赢单率', 'Win rate from {of}', '从{of}起的赢单率'),
  lost_here: label('Share lost here', '在此流失的比例', 'Share lost in {of}', '在{of}流失的比例'),
  resolved: label('Deals decided', '已有结果的商机数', 'Deals decided of {of}', '{of}已有结果的商机数'),
  entries: label('Entries', '进入数', 'Entries to {of}', '{of}的进入数'),
  cliff: label(
    'Loss in times of the median stage',
    '流失相当于各阶段中位数的倍数',
    'Loss in {of}, in times of the median stage',
    '{of}的流失相当于各阶段中位数的倍数',
  ),
  win_rate: label('Win rate', '赢单率'),
  win_value_rate: label('Win rate by amount', '金额赢单率'),
  dwell: label('Time in stage', '停留时长', 'Time in stage {of}', '在{of}的停留时长'),
  cycle: label('Sales cycle', '销售周期'),
  completeness: label(
    'Share filled where required',
    '必填完整度',
    '{of}: share filled where required',
    '{of}的必填完整度',
  ),
  filled: label('Share filled', '填写率', '{of}: share filled', '{of}的填写率'),
  known: label('Number of known values', '有值的条数', '{of}: number of known values', '{of}有值的条数'),
  data_age: label('Age of the data', '数据距今天数'),
  portion: label('Share of the deals', '商机占比', 'Share of the deals in {of}', '{of}的商机占比'),
  decided: label('Deals won or lost', '已赢单或输单的商机数'),
  probability_by_hand: label('Share of probabilities set by hand', '手工改动赢率的占比'),
  volatility: label('Spread', '波动幅度', 'Spread of {of}', '{of}的波动幅度'),
  top_share: label('Share of the largest', '头部占比', 'Share of the largest ({of})', '头部占比（{of}）'),
  concordance: label(
    'Agreement with the outcome',
    '与结果的一致度',
    '{of}: agreement with the outcome',
    '{of}与结果的一致度',
  ),
  correlation: label('Correlation', '相关系数'),
  velocity: label('Pipeline velocity', '漏斗流速'),
  output_per_day: label('Amount won per day', '日均赢单金额'),
  won_amount: label('Amount won', '赢单金额'),
  currencies: label('Number of currencies', '币种数'),
  weighted: label('Weighted pipeline', '加权漏斗金额'),
  forecast_spread: label('Spread of the forecasts', '各预测之间的差距'),
  coverage: label('Pipeline coverage', '管道覆盖率'),
  expected_coverage: label('Pipeline coverage after win rate', '按赢单率折算的管道覆盖率'),
  attainment: label('Share of the target in sight', '目标预计达成率'),
  slipped: label('Share of deals that slipped', '推迟成交的商机占比'),
  vanished: label('Share of deals that vanished', '从列表消失的商机占比'),
  forecast_accuracy: label('Forecast accuracy', '预测准确度'),
  waterfall_gap: label('Gap in the pipeline waterfall', '漏斗变动的对账差额'),
  flow: label(
    'Flow against the periods before',
    '流量与此前各期之比',
    '{of}: flow against the periods before',
    '{of}的流量与此前各期之比',
  ),
  update_gap: label('Time between updates', '更新间隔'),
};

const OF_STAGES: Text = say('{name} {of}', '{name} {of}');
const OF_OTHERS: Text = say('{name} ({of})', '{name}（{of}）');
const FROM_TO: Text = say('{from} → {to}', '{from} → {to}');

function argumentOf(argument: FigureArgument, source: string): ArgValue {
  switch (argument.type) {
    case 'stage':
      return { stage: argument.stage };
    case 'field':
      return { field: argument.field };
    case 'expression':
      return source.slice(argument.expression.at.start, argument.expression.at.end);
    case 'word': {
      const named = Object.hasOwn(FIGURE_LABELS, argument.word) ? FIGURE_LABELS[argument.word] : undefined;
      return named === undefined ? argument.word : { text: inSentence(named.alone) };
    }
    case 'any':
      return null;
  }
}

/** A label as it stands within a sentence. */
function inSentence({ en, zh }: Text): Text {
  return say(en.charAt(0).toLowerCase() + en.slice(1), zh);
}

const NEXT: ArgValue = { text: say('next stage', '下一阶段') };

function argumentsOf(args: readonly FigureArgument[], source: string): ArgValue | null {
  const told = args.filter(({ type }) => type !== 'any').map((argument) => argumentOf(argument, source));
  const [from, to] = told;
  if (from === undefined) return null;
  if (to !== undefined && args.every(({ type }) => type === 'stage')) return { text: FROM_TO, args: { from, to } };
  return told.length === 1 ? from : { list: told };
}

/**
 * What a figure is called in a message, with its arguments by their labels.
 * @param source how the rule writes it, for the conditions among its arguments
 * @param part the figure follows the stage, field or segment it is of
 */
export function figureName({ figure, args }: FigureCall, source: string, part: 'stage' | 'segment' | null): ArgValue {
  const known = Object.hasOwn(FIGURE_LABELS, figure) ? FIGURE_LABELS[figure] : undefined;
  if (known === undefined) return source;
  const cased = part === null ? (text: Text) => text : inSentence;
  const alone: ArgValue = { text: cased(known.alone) };
  const own = part === 'stage' ? null : argumentsOf(args, source);
  const leadsOn = own !== null && figure === 'conversion' && args.length === 1;
  const of = leadsOn ? { text: FROM_TO, args: { from: own, to: NEXT } } : own;
  if (of === null) return alone;
  if (known.with !== undefined) return { text: cased(known.with), args: { of } };
  const text = args.every(({ type }) => type === 'stage') ? OF_STAGES : OF_OTHERS;
  return { text, args: { name: alone, of } };
}
