import { say, type Text } from '../../i18n/text.ts';
import type { DwellResult, HistoryDwell, SnapshotDwell } from '../../metrics/dwell/dwell.ts';
import { unknownStartBlocks } from '../../metrics/first-export.ts';
import { daysCell, numberCell, rateCell, textCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { addCautions, metricSheet } from './metric-sheet.ts';
import type { SheetRows } from './sheet-rows.ts';
import type { Cell, WorkbookSheet } from './workbook.ts';

const UNITS = {
  'calendar days': say('Calendar days', '自然日'),
  'working days': say('Working days', '工作日'),
} as const;
const PER = {
  visit: say('each visit by itself', '逐次计算'),
  'stage-total': say('all visits of a deal to a stage together', '同一商机多次进入合计'),
} as const;
const BASIS = say('{unit}, {per}', '{unit}，{per}');

const HISTORY_TITLES: readonly Text[] = [
  say('Stage', '阶段'),
  say('Visits that ended', '已结束的停留'),
  say('Still in the stage', '仍在阶段中'),
  say('Median, days', '中位数（天）'),
  say('95% low', '95% 下限'),
  say('95% high', '95% 上限'),
  say('75% leave within, days', '75% 在此天数内离开'),
  say('90% leave within, days', '90% 在此天数内离开'),
  say('Stalled beyond, days', '超过此天数为停滞'),
  say('Stalled', '停滞'),
  say('Of', '基数'),
  say('Share stalled', '停滞占比'),
  say('Usual share', '通常占比'),
  say('Open deals: median age, days', '在途单已停留中位数（天）'),
  say('Open deals: oldest, days', '在途单最长（天）'),
  say('Re-entries', '再次进入'),
];
const SNAPSHOT_TITLES: readonly Text[] = [
  say('Stage', '阶段'),
  say('Open deals', '在途单'),
  say('Median age, days', '已停留中位数（天）'),
  say('90% are younger, days', '90% 不超过（天）'),
  say('Oldest, days', '最长（天）'),
];

function drawHistory({ stages, stalled, startUnknown }: HistoryDwell, rows: SheetRows, { translator }: Frame): void {
  addCautions(rows, unknownStartBlocks(startUnknown, 'stays', translator));
  rows.header(...HISTORY_TITLES.map((title) => translator.text(title)));
  const days = (value: number | null): Cell => daysCell(value, translator);
  for (const each of stages) {
    rows.add(
      textCell(translator.stage(each.stage)),
      numberCell(each.closedVisits, translator),
      numberCell(each.openVisits, translator),
      days(each.medianDays),
      days(each.medianInterval[0]),
      days(each.medianInterval[1]),
      days(each.p75Days),
      days(each.p90Days),
      days(each.thresholdDays),
      numberCell(each.stalled.count, translator, each.stalled.count > 0 ? 'warn' : undefined),
      numberCell(each.stalled.of, translator),
      rateCell(each.stalled.value, translator),
      rateCell(each.expectedShare, translator),
      days(each.openAges.medianDays),
      days(each.openAges.maxDays),
      numberCell(each.reEntries, translator),
    );
  }
  const all = textCell(translator.text(say('All stages', '全部阶段')), 'strong');
  const blanks = new Array<null>(8).fill(null);
  const { count, of, value, expectedShare } = stalled;
  const figures = [numberCell(count, translator), numberCell(of, translator), rateCell(value, translator)];
  rows.add(all, ...blanks, ...figures, rateCell(expectedShare, translator));
}

function drawSnapshot({ stages, caveat, unknown }: SnapshotDwell, rows: SheetRows, { translator }: Frame): void {
  rows.remark(translator.text(caveat));
  rows.header(...SNAPSHOT_TITLES.map((title) => translator.text(title)));
  for (const { stage, openAges } of stages) {
    const { deals, medianDays, p90Days, maxDays } = openAges;
    const ages = [medianDays, p90Days, maxDays].map((days) => daysCell(days, translator));
    rows.add(textCell(translator.stage(stage)), numberCell(deals, translator), ...ages);
  }
  const title = translator.text(say('No usable date of entry', '进入日期不可用'));
  rows.add(textCell(title, 'muted'), numberCell(unknown, translator));
}

/** How long deals stay in each stage. */
export function dwellSheet(frame: Frame): WorkbookSheet {
  const { translator } = frame;
  return metricSheet<DwellResult>(frame, {
    metric: 'dwell',
    name: frame.names.dwell,
    widths: [24, ...new Array<number>(15).fill(14)],
    draw: (dwell, rows) => {
      const { unit = 'calendar days', per = 'visit' } = dwell;
      rows.remark(translator.text(BASIS, { unit: { text: UNITS[unit] }, per: { text: PER[per] } }));
      rows.skip();
      if (dwell.basis === 'history') drawHistory(dwell, rows, frame);
      else drawSnapshot(dwell, rows, frame);
    },
  });
}
