import { sumMoney } from '../../dataset/values/money-sum.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span } from '../../report/document.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { Calibration } from './calibration.ts';
import { calibrationBlocks } from './calibration-blocks.ts';
import type { AmountAccuracy, ModelAccuracy, OwnerBias, PastModel } from './forecast-accuracy-amounts.ts';

export interface ForecastAccuracyResult {
  readonly calibration: Calibration;
  /** Null where no deal with an amount was due between the exports. */
  readonly amounts: AmountAccuracy | null;
}

/** Below this there are only counts. */
const FEW = 5;
const SHOWN_PERIODS = 12;
const SHOWN_OWNERS = 20;

const MODELS: Readonly<Record<PastModel, Text>> = {
  manual: say('Probability of the deal', '商机自身赢率'),
  stage: say('Probability of its stage', '阶段赢率'),
  commit: say('Commit', '承诺'),
};
const COLUMNS = {
  model: say('Forecast by', '预测方式'),
  forecast: say('Forecast', '预测金额'),
  came: say('Won amount', '赢单金额'),
  bias: say('Bias', '偏差'),
  wape: say('Error', '误差'),
  mape: say('Mean error', '平均误差'),
  deals: say('Deals due', '到期商机'),
  from: say('From', '自'),
  until: say('Until', '至'),
  owner: say('Owner', '负责人'),
  closed: say('Closed', '已关闭'),
} as const satisfies Record<string, Text>;
const BIAS_NOTE = say('above 0: promised too much', '大于 0：预测过高');
const WAPE_NOTE = say('misses in both directions ÷ what came in (WAPE)', '正负偏离之和 ÷ 实际金额（WAPE）');
const MAPE_NOTE = say(
  'mean of the misses of each period (MAPE); unreliable where little came in',
  '各期误差率的平均（MAPE），实际金额小时不可靠',
);
const AMOUNTS = say('What was forecast of the deals due, and what came in', '到期商机：预测金额与赢单金额');
const PERIODS = say('From export to export: {model}', '逐次导出：{model}');
const OWNERS = say('By owner', '按负责人');
const WITHHELD = say('No amounts: {reason}.', '不给出金额：{reason}。');
const MORE_OWNERS = say('{n} more owners are in the JSON report.', '另有 {n} 位负责人见 JSON 报告。');
const NOTHING_DUE = say(
  'No deal with an amount was due between the exports, so there are no amounts to compare.',
  '各次导出之间没有带金额的商机到期，因此没有可比较的金额。',
);

function signedPercent(value: number | null, translator: Translator): string {
  if (value === null) return translator.value(null);
  return `${value > 0 ? '+' : ''}${translator.percent(value)}`;
}

/** Bias and error, where enough deals bear them. */
function errorCells(model: ModelAccuracy, translator: Translator): string[] {
  const isFew = model.deals < FEW;
  return [
    signedPercent(isFew ? null : model.bias, translator),
    translator.percent(isFew ? null : model.weightedError),
    translator.percent(isFew ? null : model.meanPercentageError),
  ];
}

function modelsTable({ models, currency }: AmountAccuracy, translator: Translator): Block {
  const total = ({ periods }: ModelAccuracy, key: 'forecastAmount' | 'wonAmount') =>
    translator.money(sumMoney(periods.map((period) => period[key])), currency);
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.model, 0, translator),
      figureColumn(COLUMNS.deals, 1, translator),
      figureColumn(COLUMNS.forecast, 0, translator),
      figureColumn(COLUMNS.came, 0, translator),
      figureColumn(COLUMNS.bias, 0, translator, BIAS_NOTE),
      figureColumn(COLUMNS.wape, 1, translator, WAPE_NOTE),
      figureColumn(COLUMNS.mape, 2, translator, MAPE_NOTE),
    ],
    rows: models.map((model) => [
      translator.text(MODELS[model.model]),
      translator.number(model.deals),
      total(model, 'forecastAmount'),
      total(model, 'wonAmount'),
      ...errorCells(model, translator),
    ]),
  };
}

function periodsTable({ model, periods }: ModelAccuracy, currency: string | null, translator: Translator): Block[] {
  return [
    heading(3, translator.text(PERIODS, { model: { text: MODELS[model] } })),
    {
      type: 'table',
      columns: [
        wordColumn(COLUMNS.from, 0, translator),
        wordColumn(COLUMNS.until, 1, translator),
        figureColumn(COLUMNS.deals, 1, translator),
        figureColumn(COLUMNS.forecast, 0, translator),
        figureColumn(COLUMNS.came, 0, translator),
      ],
      rows: periods
        .slice(-SHOWN_PERIODS)
        .map(({ from, until, deals, forecastAmount, wonAmount }) => [
          translator.date(from),
          translator.date(until),
          translator.number(deals),
          translator.money(forecastAmount, currency),
          translator.money(wonAmount, currency),
        ]),
    },
  ];
}

/** The owners that are furthest off first; those who won nothing of what they promised before all others. */
function furthestOff(owners: readonly OwnerBias[]): readonly OwnerBias[] {
  const off = ({ bias }: OwnerBias): number => (bias === null ? Number.MAX_VALUE : Math.abs(bias));
  return owners.toSorted((a, b) => off(b) - off(a) || (a.owner < b.owner ? -1 : 1));
}

function ownersTable(owners: readonly OwnerBias[], currency: string | null, translator: Translator): Block[] {
  if (owners.length === 0) return [];
  const table: Block = {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.owner, 0, translator),
      figureColumn(COLUMNS.closed, 1, translator),
      figureColumn(COLUMNS.forecast, 0, translator),
      figureColumn(COLUMNS.came, 0, translator),
      figureColumn(COLUMNS.bias, 0, translator, BIAS_NOTE),
    ],
    rows: furthestOff(owners)
      .slice(0, SHOWN_OWNERS)
      .map(({ owner, closedDeals, forecastAmount, wonAmount, bias }) => [
        translator.value(owner),
        translator.number(closedDeals),
        translator.money(forecastAmount, currency),
        translator.money(wonAmount, currency),
        signedPercent(bias, translator),
      ]),
  };
  const hidden = owners.length - SHOWN_OWNERS;
  const captioned = hidden > 0 ? { ...table, caption: translator.text(MORE_OWNERS, { n: hidden }) } : table;
  return [heading(3, translator.text(OWNERS)), captioned];
}

function amountBlocks(amounts: AmountAccuracy | null, translator: Translator): Block[] {
  if (amounts === null) return [paragraph([span(translator.text(NOTHING_DUE), 'muted')])];
  const { withheld, models, owners, currency } = amounts;
  if (withheld !== null) return [paragraph(translator.text(WITHHELD, { reason: { text: withheld } }))];
  const [first] = models;
  return [
    heading(3, translator.text(AMOUNTS)),
    modelsTable(amounts, translator),
    ...(first === undefined || first.periods.length < 2 ? [] : periodsTable(first, currency, translator)),
    ...ownersTable(owners, currency, translator),
  ];
}

/** What earlier exports foretold and what happened, for people. */
export function forecastAccuracyBlocks({ calibration, amounts }: ForecastAccuracyResult, translator: Translator) {
  const blocks: Block[] = [
    heading(2, translator.text(say('Forecast accuracy', '预测准确度'))),
    ...calibrationBlocks(calibration, translator),
    ...amountBlocks(amounts, translator),
  ];
  return blocks;
}
