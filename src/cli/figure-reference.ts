import { say, type Text } from '../i18n/text.ts';
import { FIGURES } from '../ruleset/expression/figures.ts';
import type { ReferenceEntry } from './expression-reference.ts';

const MEANINGS: Readonly<Record<string, readonly [usage: string, meaning: Text]>> = {
  count: ['count', say('number of deals', '商机数')],
  share: [
    'share(amount > 0)',
    say('share of the deals for which it holds, of those for which it is known', '条件成立的商机占比（只计已知）'),
  ],
  sum: ['sum(amount)', say('the known values added up; unknown in several currencies', '合计；多币种为未知')],
  avg: ['avg(amount)', say('mean of the known values', '平均值')],
  median: [
    'median(amount)',
    say('median of the known values; `quantile` takes another one', '中位数；可用 quantile 取其他分位'),
  ],
  conversion: [
    'conversion(lead, won)',
    say(
      'share of the deals that reached the first stage and went on to the second; with one stage, to the next and beyond',
      '到达前一阶段的商机中推进到后一阶段的占比；只写一个阶段时指推进到下一阶段及以后',
    ),
  ],
  conversion_window: [
    'conversion_window(proposal)',
    say('days within which most deals go on from the stage', '多数商机从该阶段推进所需的天数'),
  ],
  pass_through: [
    'pass_through(proposal)',
    say('share of the deals that entered the stage and went on', '进入该阶段后继续推进的占比'),
  ],
  win_from: [
    'win_from(proposal)',
    say('share won of the deals that reached the stage', '到达该阶段的商机最终赢单的占比'),
  ],
  lost_here: [
    'lost_here(proposal)',
    say('share of the deals that entered the stage and were lost from it', '进入该阶段后在此输单的占比'),
  ],
  resolved: ['resolved(proposal)', say('deals that entered the stage and have left it', '进入后已离开该阶段的商机数')],
  entries: ['entries(proposal)', say('deals that entered the stage', '进入该阶段的商机数')],
  cliff: [
    'cliff(any)',
    say('loss of the stage against the median loss of the others', '该阶段流失率与其他阶段流失率中位数之比'),
  ],
  win_rate: ['win_rate', say('won, of won and lost', '赢单 ÷（赢单 + 输单）')],
  win_value_rate: ['win_value_rate', say('the same by amount', '按金额计算的赢单率')],
  dwell: [
    'dwell(proposal)',
    say(
      'usual days in the stage (Kaplan–Meier), deals still in it included',
      '在该阶段的常态停留天数（Kaplan–Meier，含仍在该阶段的商机）',
    ),
  ],
  cycle: ['cycle', say('days from creation to the win', '从创建到赢单的天数')],
  completeness: [
    'completeness(amount)',
    say(
      'filled, of where the field is required; without a field, of all that are',
      '必填处的填写率；不写字段时为全部必填字段',
    ),
  ],
  filled: ['filled(description)', say('filled, of all deals', '在全部商机中的填写率')],
  known: ['known(probability)', say('deals in which the field is filled', '该字段有值的商机数')],
  data_age: ['data_age', say('days since the last change in the file', '距文件中最近一次变更的天数')],
  portion: ['portion', say('with per: share of the deals that are in the segment', '配合 per：该分组占全部商机的比例')],
  decided: ['decided', say('deals that are won or lost', '已赢单或输单的商机数')],
  probability_by_hand: [
    'probability_by_hand',
    say(
      'share of the open deals whose probability is off the default of the stage',
      '赢率偏离阶段默认值的在途商机占比',
    ),
  ],
  volatility: [
    'volatility(win_rate)',
    say(
      'real swing of a figure between periods, beyond chance; across owners with across: owner',
      '指标在各期之间超出偶然的波动；across: owner 为各负责人之间',
    ),
  ],
  top_share: [
    'top_share(account, 5)',
    say('share of the open amount that the largest values carry', '最大的几个取值所占的在途金额比例'),
  ],
  concordance: [
    'concordance(score)',
    say(
      'how often a won deal has the higher value than a lost one; 50 % is chance',
      '赢单的取值高于输单的概率；50% 等于随机',
    ),
  ],
  correlation: [
    'correlation(amount, score)',
    say('rank correlation of two values, −1 to 1', '两个取值的秩相关，−1 到 1'),
  ],
  velocity: [
    'velocity',
    say('open deals × win rate × average won amount ÷ cycle, a day', '在途数 × 赢单率 × 平均赢单金额 ÷ 周期，每天'),
  ],
  output_per_day: ['output_per_day', say('amount won in the last 90 days, a day', '近 90 天平均每天的赢单金额')],
  won_amount: ['won_amount', say('amount won in the period', '本期赢单金额')],
  currencies: ['currencies', say('in how many currencies the amounts are', '金额涉及的币种数')],
  weighted: [
    'weighted(stage)',
    say(
      'open amount by a forecast model: stage, manual, commit or historical',
      '按预测模型加权的在途金额：stage、manual、commit、historical',
    ),
  ],
  forecast_spread: [
    'forecast_spread',
    say('how far the models lie apart, against their median', '各预测模型的差距，相对其中位数'),
  ],
  coverage: [
    'coverage',
    say('open amount due in the period, against what is left of the target', '本期到期的在途金额 ÷ 剩余目标'),
  ],
  expected_coverage: [
    'expected_coverage',
    say('coverage × win rate: 1 is just enough', '覆盖率 × 赢单率，1 表示刚好够'),
  ],
  attainment: ['attainment', say('won and weighted amount, against the target', '（已赢单 + 加权在途）÷ 目标')],
  slipped: [
    'slipped',
    say('deals that were due since the earlier export and are still open', '上期导出后应成交、至今仍在途的商机占比'),
  ],
  vanished: [
    'vanished',
    say('deals of the earlier export that are not in this one', '上期导出中有、本期没有的商机占比'),
  ],
  forecast_accuracy: [
    'forecast_accuracy',
    say('won since the earlier export, against what it promised', '上期导出以来的实际赢单 ÷ 当时的预测'),
  ],
  waterfall_gap: [
    'waterfall_gap',
    say('amount between two exports that no deal explains', '两期导出之间无法由商机解释的金额'),
  ],
  flow: [
    'flow(any)',
    say('entries or exits of the last week against the weeks before', '上一周进入或离开该阶段的商机数与此前各周之比'),
  ],
  update_gap: ['update_gap', say('usual days between two changes of a deal', '同一商机两次变更之间的常态天数')],
};

/** Every figure that a `metric:` rule can name. */
export function figureReference(): readonly ReferenceEntry[] {
  return [...FIGURES.keys()].map((name) => {
    const [usage, meaning] = MEANINGS[name] ?? [name, say(name, name)];
    return { usage, meaning };
  });
}
