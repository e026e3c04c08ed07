import { say, type Text } from '../../i18n/text.ts';
import type { ConversionResult, HistoryConversion, SnapshotConversion } from '../../metrics/conversion/conversion.ts';
import { unknownStartBlocks } from '../../metrics/first-export.ts';
import type { FunnelResult } from '../../metrics/pipeline/funnel.ts';
import { resultOf } from '../metric-result.ts';
import { amountCell, numberCell, rateCell, textCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { addCautions, drawInto, metricSheet } from './metric-sheet.ts';
import type { SheetRows } from './sheet-rows.ts';
import { amountTitle, sortedCurrencies } from './words.ts';
import type { Cell, WorkbookSheet } from './workbook.ts';

const KINDS: Readonly<Record<keyof FunnelResult['kinds'], Text>> = {
  open: say('open', '在途'),
  won: say('won', '赢单'),
  lost: say('lost', '输单'),
  dormant: say('dormant', '休眠'),
  unknown: say('unknown', '阶段不明'),
};

const CONVERSION = say('Conversion', '阶段转化');
const HISTORY_TITLES: readonly Text[] = [
  say('Stage', '阶段'),
  say('Entered', '进入'),
  say('Went on', '推进'),
  say('Lost here', '在此输单'),
  say('Pending', '未定'),
  say('Went on to date', '至今转化率'),
  say('If all undecided went on', '未定的全部推进时'),
  say('Window, days', '观察期（天）'),
  say('Had their time', '观察期满'),
  say('Of them went on in time', '其中按期推进'),
  say('Rate of those', '期满转化率'),
  say('95% low', '95% 下限'),
  say('95% high', '95% 上限'),
  say('Estimate of all', '整体估计'),
  say('Rests on', '样本数'),
];
const SNAPSHOT_TITLES: readonly Text[] = [
  say('Stage', '阶段'),
  say('Still here', '仍在此阶段'),
  say('Reached, at least', '到达（至少）'),
  say('Reached, at most', '到达（至多）'),
  say('Went on, at least', '转化率（至少）'),
  say('Counts', '计数'),
  say('Of', '基数'),
  say('Went on, at most', '转化率（至多）'),
  say('Counts', '计数'),
  say('Of', '基数'),
];

function drawFunnel(funnel: FunnelResult, rows: SheetRows, { translator }: Frame): void {
  const { stages, kinds } = funnel;
  const groups = [...stages, ...Object.values(kinds)];
  const currencies = sortedCurrencies(groups.flatMap(({ amounts }) => Object.keys(amounts)));
  const titles = [say('Stage', '阶段'), say('Kind', '类别'), say('Deals', '商机数'), say('With amount', '有金额的')];
  const amountsOf = (amounts: Readonly<Record<string, number>>): (Cell | null)[] =>
    currencies.map((currency) => amountCell(amounts[currency]));
  rows.skip();
  rows.header(...[...titles, ...currencies.map(amountTitle)].map((title) => translator.text(title)));
  for (const { stage, kind, deals, dealsWithAmount, amounts } of stages) {
    const name = textCell(translator.stage(stage));
    const counts = [numberCell(deals, translator), numberCell(dealsWithAmount, translator)];
    rows.add(name, textCell(translator.text(KINDS[kind])), ...counts, ...amountsOf(amounts));
  }
  for (const [kind, text] of Object.entries(KINDS)) {
    const group = kinds[kind as keyof FunnelResult['kinds']];
    if (group.deals === 0) continue;
    const name = translator.text(say('All: {kind}', '合计：{kind}'), { kind: { text } });
    const counts = [numberCell(group.deals, translator), numberCell(group.dealsWithAmount, translator)];
    rows.add(textCell(name, 'strong'), null, ...counts, ...amountsOf(group.amounts));
  }
}

function drawHistory({ stages, startUnknown }: HistoryConversion, rows: SheetRows, { translator }: Frame): void {
  addCautions(rows, unknownStartBlocks(startUnknown, 'entries', translator));
  rows.header(...HISTORY_TITLES.map((title) => translator.text(title)));
  const number = (value: number | null | undefined): Cell => numberCell(value, translator);
  const rate = (value: number | null | undefined): Cell => rateCell(value, translator);
  for (const each of stages) {
    const { matured, estimated } = each;
    rows.add(
      textCell(translator.stage(each.stage)),
      number(each.entries),
      number(each.advanced),
      number(each.lostHere),
      number(each.pending),
      rate(each.toDate.value),
      rate(each.upperBound.value),
      number(each.windowDays),
      number(matured?.of),
      number(matured?.count),
      rate(matured?.value),
      rate(matured?.interval?.[0]),
      rate(matured?.interval?.[1]),
      rate(estimated?.value),
      number(estimated?.of),
    );
  }
}

function drawSnapshot({ stages, caveat, remedy }: SnapshotConversion, rows: SheetRows, { translator }: Frame): void {
  rows.remark(translator.text(caveat));
  rows.remark(translator.text(remedy));
  rows.header(...SNAPSHOT_TITLES.map((title) => translator.text(title)));
  for (const { stage, stillHere, reachedLow, reachedHigh, stepLow, stepHigh, step } of stages) {
    rows.add(
      textCell(translator.stage(stage)),
      numberCell(stillHere, translator),
      numberCell(reachedLow, translator),
      numberCell(reachedHigh, translator),
      rateCell(stepLow, translator),
      numberCell(step?.low.count, translator),
      numberCell(step?.low.of, translator),
      rateCell(stepHigh, translator),
      numberCell(step?.high.count, translator),
      numberCell(step?.high.of, translator),
    );
  }
}

function drawConversion(rows: SheetRows, frame: Frame): void {
  const { report, translator } = frame;
  const conversion = resultOf<ConversionResult>(report, 'conversion');
  const { definition, missing } = report.metrics['conversion'] ?? {};
  rows.section(translator.text(CONVERSION));
  if (definition !== undefined) rows.remark(translator.text(definition));
  if (conversion === null) {
    if (missing !== undefined) rows.remark(translator.text(missing), 'warn');
  } else if (conversion.basis === 'history') drawHistory(conversion, rows, frame);
  else drawSnapshot(conversion, rows, frame);
}

/** Deals and amounts by stage, and what share goes on from each. */
export function funnelSheet(frame: Frame): WorkbookSheet {
  return metricSheet<FunnelResult>(frame, {
    metric: 'funnel',
    name: frame.names.funnel,
    widths: [24, 13, 13, 14, 18, 18, 24, 14, 15, 14, 15, 11, 11, 17, 11],
    draw: (funnel, rows) => {
      drawFunnel(funnel, rows, frame);
      drawInto(rows, CONVERSION, frame, () => drawConversion(rows, frame));
    },
  });
}
