import { numberAt } from '../../dataset/cells.ts';
import { type Column, type Dataset, PRESENT, UNREADABLE } from '../../dataset/dataset.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline } from '../../report/document.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { cellStates, openRowsOf } from '../row-facts.ts';
import { dataAge } from './data-age.ts';

/** A rate over the open deals, with those that cannot be judged for want of a date. */
export interface OpenDealRate extends Rate {
  readonly unknown: number;
}

export interface FreshnessResult {
  readonly openDeals: number;
  /** Open deals whose close date lies before the as-of day; null without a column `close`. */
  readonly pastDue: OpenDealRate | null;
  /** Open deals last touched more than `dormantAfterDays` days ago; null without `activity` and `modified`. */
  readonly dormant: OpenDealRate | null;
  readonly dormantAfterDays: number;
  /** Cells of number, money, percent, date and boolean columns that could be read, of those that hold something. */
  readonly readable: Rate;
}

const DORMANT_AFTER_DAYS = 30;

/** Share of the open deals whose latest known date among the columns lies before `day`. */
function shareBefore(dataset: Dataset, columns: readonly Column[], day: number): OpenDealRate | null {
  if (columns.length === 0) return null;
  let before = 0;
  let known = 0;
  let unknown = 0;
  const open = openRowsOf(dataset);
  for (let index = 0; index < open.length; index += 1) {
    const row = open[index]!;
    let latest = Number.NaN;
    for (let column = 0; column < columns.length; column += 1) {
      const date = numberAt(columns[column], row);
      if (Number.isNaN(latest) || date > latest) latest = date;
    }
    if (Number.isNaN(latest)) unknown += 1;
    else known += 1;
    if (latest < day) before += 1;
  }
  return { ...rateOf(before, known), unknown };
}

function readableShare(dataset: Dataset): Rate {
  let readable = 0;
  let held = 0;
  for (const column of dataset.columns.values()) {
    if (column.type === 'text') continue;
    const cells = cellStates(column);
    readable += cells[PRESENT]!;
    held += cells[PRESENT]! + cells[UNREADABLE]!;
  }
  return rateOf(readable, held);
}

function compute({ dataset }: MetricContext): FreshnessResult {
  const columns = (fields: readonly string[]) =>
    fields.flatMap((field) => {
      const column = dataset.columns.get(field);
      return column?.type === 'date' ? [column] : [];
    });
  return {
    openDeals: openRowsOf(dataset).length,
    pastDue: shareBefore(dataset, columns(['close']), dataset.asOfDay),
    dormant: shareBefore(dataset, columns(['activity', 'modified']), dataset.asOfDay - DORMANT_AFTER_DAYS),
    dormantAfterDays: DORMANT_AFTER_DAYS,
    readable: readableShare(dataset),
  };
}

const TITLE: Text = { en: 'Freshness', zh: '数据时效' };
const PAST_DUE: Text = { en: 'Open deals past their close date: {share}', zh: '在途单中预计成交日已过：{share}' };
const DORMANT: Text = {
  en: 'Open deals untouched for more than {days}: {share}',
  zh: '在途单中超过 {days}无更新：{share}',
};
const UNKNOWN: Text = { en: ' · {count} more without a date', zh: '，另有 {count} 单无日期' };
const READABLE: Text = { en: 'Numbers and dates that can be read: {share}', zh: '可识别的数字和日期：{share}' };

function openDealText(text: Text, rate: OpenDealRate, translator: Translator, days: number): string {
  const line = translator.text(text, { share: shareOf(rate, translator), days: { days } });
  return rate.unknown > 0 ? line + translator.text(UNKNOWN, { count: rate.unknown }) : line;
}

function blocks(result: FreshnessResult, translator: Translator): Block[] {
  const days = result.dormantAfterDays;
  const items: Inline[] = [];
  if (result.pastDue !== null) items.push(openDealText(PAST_DUE, result.pastDue, translator, days));
  if (result.dormant !== null) items.push(openDealText(DORMANT, result.dormant, translator, days));
  items.push(translator.text(READABLE, { share: shareOf(result.readable, translator) }));
  return [heading(2, translator.text(TITLE)), { type: 'list', items }];
}

export default defineMetric<FreshnessResult>({
  metric: 'freshness',
  title: TITLE,
  definition: {
    en: 'Open deals past their close date, open deals without activity or change for 30 days, and cells that can be read as their type.',
    zh: '预计成交日已过的在途单、30 天内无活动也无修改的在途单，以及能按类型识别的单元格，各占的比例。',
  },
  formula: {
    en: 'open deals past their close date ÷ open deals with one',
    zh: '预计成交日已过的在途单 ÷ 有预计成交日的在途单',
  },
  place: 'main',
  needsStages: true,
  compute,
  blocks,
  figures: { data_age: dataAge },
  score: (result) => [
    {
      part: 'pastDue',
      title: { en: 'Open deals past their close date', zh: '预计成交日已过的在途单' },
      value: result?.pastDue?.value ?? null,
      floor: 0.5,
      target: 0,
      weight: 15,
    },
    {
      part: 'readable',
      title: { en: 'Readable cells', zh: '可识别的单元格' },
      value: result?.readable.value ?? null,
      floor: 0.9,
      target: 1,
      weight: 15,
    },
  ],
});
