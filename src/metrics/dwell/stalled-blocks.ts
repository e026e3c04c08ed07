import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, type TableBlock } from '../../report/document.ts';
import { amountsText } from '../amounts.ts';
import { unknownStartBlocks } from '../first-export.ts';
import { shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { titleWithUnit } from './dwell-study.ts';
import type { StalledResult, StalledStage } from './stalled.ts';
import type { StalledDeal } from './stalled-deals.ts';

const TITLE = say('Stalled deals', '停滞商机');
const STAGE = say('Stage', '阶段');
const LIMIT = say('Limit', '上限');
const STALLED = say('Stalled', '停滞');
const USUAL = say('As usual', '平常约');
const TOO_MANY = say('So many by chance', '偶然出现的概率');
const OVER_P90 = say('Over the 90% mark', '超过 90% 分位');
const DEAL = say('Deal', '商机');
const OWNER = say('Owner', '负责人');
const AMOUNT = say('Amount', '金额');
const IN_STAGE = say('In stage', '已停留');
const TIMES = say('× median', '中位数倍数');
const SHARE = say('Stays longer', '更久者占比');
const NOT_JUDGED = say('not judged', '未判定');
const NOTHING_JUDGED = say(
  'No stage has enough visits to call a deal stalled.',
  '各阶段的停留记录都太少，无法判定停滞。',
);
const BESIDES = say(
  '{count} open deals are in stages without a limit: not judged.',
  '{count} 单在途单所在阶段没有上限：未判定。',
);
const MORE_THAN_USUAL = say(
  '{share} open deals are stalled{amount}. About {expected} would be when all is as usual, so this is more than chance explains.',
  '在途单停滞 {share}{amount}；平常约有 {expected}，现在多得无法用偶然解释。',
);
const AS_USUAL = say(
  '{share} open deals are stalled{amount}. About {expected} would be when all is as usual, so this is no more than chance explains.',
  '在途单停滞 {share}{amount}；平常约有 {expected}，现在的多少仍在偶然范围内。',
);
const OVER_LIMIT = say(
  '{share} open deals are over the limit of their stage{amount}.',
  '在途单超过所在阶段上限 {share}{amount}。',
);
const WITH_AMOUNT = say(', {amount} together', '，合计 {amount}');
const ODDEST = say('Most unusual first: {shown} of {all}', '最反常的在前：{shown}/{all}');
const FEW = say(
  'Over 1.5 times the median of fewer than 10 visits, so not judged',
  '停留记录不足 10 次，超过其中位数 1.5 倍，仅供参考、未判定',
);
/** Below this, chance alone seldom gives so many. */
const CHANCE = 0.05;
const SHOWN = 10;

function summaryOf({ judged, stalled, expectedShare, pValue }: StalledResult): Text {
  if (judged === 0) return NOTHING_JUDGED;
  if (expectedShare === null || pValue === null) return OVER_LIMIT;
  return pValue < CHANCE && stalled.count > 0 ? MORE_THAN_USUAL : AS_USUAL;
}

function summaryText(result: StalledResult, translator: Translator): string {
  const amount = amountsText(result.amounts, translator);
  return translator.text(summaryOf(result), {
    share: shareOf(result.stalled, translator),
    amount: amount === '' ? '' : translator.text(WITH_AMOUNT, { amount }),
    expected: translator.percent(result.expectedShare, 0),
  });
}

function stageRow(stage: StalledStage, isUsual: boolean, translator: Translator): string[] {
  const isJudged = stage.limitDays !== null;
  const usual = [
    translator.percent(stage.expectedShare, 0),
    stage.pValue === null ? translator.percent(null) : translator.percent(stage.pValue, 1),
    shareOf(stage.byP90, translator),
  ];
  return [
    translator.stage(stage.stage),
    translator.days(stage.limitDays),
    isJudged ? shareOf(stage.stalled, translator) : translator.text(NOT_JUDGED),
    ...(isUsual ? (isJudged ? usual : usual.map(() => translator.value(null))) : []),
  ];
}

function stageTable({ basis, stages }: StalledResult, translator: Translator): TableBlock {
  const isUsual = basis === 'history';
  return {
    type: 'table',
    columns: [
      wordColumn(STAGE, 0, translator),
      figureColumn(LIMIT, 1, translator),
      figureColumn(STALLED, 0, translator),
      ...(isUsual
        ? [
            figureColumn(USUAL, 1, translator),
            figureColumn(TOO_MANY, 2, translator),
            figureColumn(OVER_P90, 3, translator),
          ]
        : []),
    ],
    rows: stages.map((stage) => stageRow(stage, isUsual, translator)),
  };
}

function nameOf({ deal, name, at }: StalledDeal): string {
  return [deal, name].filter((part) => part !== null).join(' ') || at.cell;
}

function dealTable(deals: readonly StalledDeal[], caption: string, translator: Translator): TableBlock {
  const row = (deal: StalledDeal): Inline[] => [
    translator.value(nameOf(deal)),
    deal.stage === null ? translator.value(null) : translator.stage(deal.stage),
    translator.days(deal.ageDays),
    translator.number(deal.timesTypical, 1),
    translator.percent(deal.share, 0),
    translator.money(deal.amount, deal.currency),
    translator.value(deal.owner),
  ];
  return {
    type: 'table',
    caption,
    columns: [
      { ...wordColumn(DEAL, 0, translator), wrapTo: 28 },
      wordColumn(STAGE, 1, translator),
      figureColumn(IN_STAGE, 0, translator),
      figureColumn(TIMES, 2, translator),
      figureColumn(SHARE, 4, translator),
      figureColumn(AMOUNT, 1, translator),
      wordColumn(OWNER, 3, translator),
    ],
    rows: deals.slice(0, SHOWN).map(row),
  };
}

export function stalledBlocks(result: StalledResult, translator: Translator): Block[] {
  const { stalled, deals, indicative, notJudged, judged } = result;
  const shown = Math.min(SHOWN, deals.length);
  const oddest = translator.text(ODDEST, { shown, all: stalled.count });
  return [
    heading(2, titleWithUnit(TITLE, result, translator)),
    ...unknownStartBlocks(result.startUnknown, 'stays', translator),
    paragraph(summaryText(result, translator)),
    ...(judged + notJudged > 0 ? [stageTable(result, translator)] : []),
    ...(notJudged > 0 && judged > 0 ? [paragraph(translator.text(BESIDES, { count: notJudged }))] : []),
    ...(deals.length > 0 ? [dealTable(deals, oddest, translator)] : []),
    ...(indicative.length > 0 ? [dealTable(indicative, translator.text(FEW), translator)] : []),
  ];
}
