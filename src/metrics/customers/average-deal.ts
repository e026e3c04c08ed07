import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { periodStart, shiftPeriods } from '../../dataset/values/periods.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import type { Period } from '../../ruleset/expression/expression.ts';
import { breakdownsOf } from '../breakdown.ts';
import { closedDays } from '../closing-days.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { wholeAmount } from '../pipeline/pipeline-amounts.ts';
import { wonRowsOf } from '../row-facts.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import {
  type AmountSpread,
  type AverageAmount,
  amountSpreads,
  averagesByGroup,
  wonSlots,
} from './average-deal-counts.ts';

export interface AverageDealResult extends DealsBehind {
  readonly byCurrency: readonly AmountSpread[];
  readonly wonWithoutAmount: number;
  readonly period: Period;
  /** By the period deals were won in, oldest first; the last one is running. */
  readonly periods: readonly {
    readonly from: string;
    readonly isComplete: boolean;
    readonly byCurrency: readonly AverageAmount[];
  }[];
  readonly by: readonly {
    readonly field: string;
    readonly groups: number;
    /** Groups with the greatest number of won deals first. */
    readonly rows: readonly { readonly value: string; readonly byCurrency: readonly AverageAmount[] }[];
  }[];
}

const SHOWN_PERIODS = 12;
const LISTED_GROUPS = 50;
const SHOWN_GROUPS = 10;
const NO_AMOUNT_COLUMN: Text = say('no column for the amount', '没有金额列');
const NO_AMOUNT: Text = say('no won deal with an amount', '没有带金额的赢单');

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('amount')) return NO_AMOUNT_COLUMN;
  const column = dataset.columns.get('amount');
  return wonRowsOf(dataset).some((row) => numberAt(column, row) > 0) ? null : NO_AMOUNT;
}

function periodsOf(dataset: Dataset, slots: Int32Array, period: Period): AverageDealResult['periods'] {
  const running = periodStart(dataset.asOfDay, period);
  const starts = Array.from({ length: SHOWN_PERIODS + 1 }, (_, index) =>
    shiftPeriods(running, period, index - SHOWN_PERIODS),
  );
  const first = starts[0]!;
  const periodOfDay = new Int32Array(dataset.asOfDay + 1 - first);
  for (const [index, start] of starts.entries()) periodOfDay.fill(index, start - first);
  const closed = closedDays(dataset);
  const groupOf = new Int32Array(dataset.rowCount).fill(-1);
  for (let row = 0; row < dataset.rowCount; row += 1) {
    const day = slots[row]! < 0 ? Number.NaN : closed[row]!;
    if (day >= first && day <= dataset.asOfDay) groupOf[row] = periodOfDay[day - first]!;
  }
  const averages = averagesByGroup(dataset, slots, groupOf, starts.length);
  const firstFilled = averages.findIndex((each) => each.length > 0);
  return starts
    .map((start, index) => ({
      from: isoOf(start),
      isComplete: index < SHOWN_PERIODS,
      byCurrency: averages[index]!,
    }))
    .slice(firstFilled < 0 ? SHOWN_PERIODS : firstFilled);
}

function groupsOf(context: MetricContext, slots: Int32Array): AverageDealResult['by'] {
  return breakdownsOf(context).map(({ field, values, groupOf }) => {
    const averages = averagesByGroup(context.dataset, slots, groupOf, values.length);
    const dealsOf = averages.map((each) => each.reduce((total, { deals }) => total + deals, 0));
    const groups = Array.from(values.keys()).filter((group) => dealsOf[group]! > 0);
    groups.sort((a, b) => dealsOf[b]! - dealsOf[a]! || (values[a]! < values[b]! ? -1 : 1));
    return {
      field,
      groups: groups.length,
      rows: groups.slice(0, LISTED_GROUPS).map((group) => ({ value: values[group]!, byCurrency: averages[group]! })),
    };
  });
}

function wonRows(slots: Int32Array): number[] {
  return Array.from(slots.keys()).filter((row) => slots[row]! >= 0);
}

function compute(context: MetricContext): AverageDealResult {
  const { dataset, period, details } = context;
  const slots = wonSlots(dataset);
  const byCurrency = amountSpreads(dataset, slots);
  const known = byCurrency.reduce((total, { deals }) => total + deals, 0);
  return {
    byCurrency,
    wonWithoutAmount: countOutcomes(currentState(dataset).outcome, null).won - known,
    period,
    periods: periodsOf(dataset, slots, period),
    by: groupsOf(context, slots),
    ...dealsBehind(dataset, details, () => wonRows(slots)),
  };
}

const TITLE: Text = say('Average deal', '平均客单价');
const SPREAD = say(
  'Average {average} (median {median}, one in ten above {p90}; {deals} won deals)',
  '平均 {average}（中位数 {median}，十分之一高于 {p90}；赢单 {deals} 个）',
);
const WITH_INTERVAL = say(' · 95% interval of the average {low} to {high}', ' · 平均值的 95% 区间 {low} 至 {high}');
const WITHOUT = say(
  'Won deals without an amount above 0, left out: {count}',
  '未计入没有金额或金额为 0 的赢单：{count} 单',
);
const FROM = say('Won from', '赢单期间起');
const DEALS = say('Won deals', '赢单数');
const AVERAGE = say('Average', '平均');
const SUM = say('Won amount', '赢单金额');
const RUNNING = say('{from} (running)', '{from}（进行中）');
const FACT = say(
  'A few large deals move an average; where it lies far from the median, speak of the median.',
  '少数大单会拉高平均值；与中位数差距大时，请以中位数为准。',
);

function spreadText(spread: AmountSpread, translator: Translator): string {
  const { currency, interval } = spread;
  const line = translator.text(SPREAD, {
    average: { money: wholeAmount(spread.averageAmount), currency },
    median: { money: wholeAmount(spread.medianAmount), currency },
    p90: { money: wholeAmount(spread.p90Amount), currency },
    deals: spread.deals,
  });
  if (interval === null) return line;
  const [low, high] = interval;
  return (
    line +
    translator.text(WITH_INTERVAL, {
      low: { money: wholeAmount(low), currency },
      high: { money: wholeAmount(high), currency },
    })
  );
}

/** One row a group and currency; only the first of a group bears its name. */
function rowsOf(name: string, averages: readonly AverageAmount[], translator: Translator): Inline[][] {
  return averages.map(({ currency, deals, averageAmount, wonAmount }, index) => [
    index === 0 ? name : '',
    translator.number(deals),
    translator.money(wholeAmount(averageAmount), currency),
    translator.money(wonAmount, currency),
  ]);
}

function tableOf(first: TableBlock['columns'][number], rows: Inline[][], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      first,
      figureColumn(DEALS, 0, translator),
      figureColumn(AVERAGE, 0, translator),
      figureColumn(SUM, 1, translator),
    ],
    rows,
  };
}

function blocks(result: AverageDealResult, translator: Translator): Block[] {
  const items: Inline[] = result.byCurrency.map((spread) => spreadText(spread, translator));
  if (result.wonWithoutAmount > 0) items.push(translator.text(WITHOUT, { count: result.wonWithoutAmount }));
  const periods = result.periods.flatMap(({ from, isComplete, byCurrency }) =>
    rowsOf(
      isComplete ? translator.date(from) : translator.text(RUNNING, { from: { date: from } }),
      byCurrency,
      translator,
    ),
  );
  return [
    heading(2, translator.text(TITLE)),
    { type: 'list', items },
    tableOf(wordColumn(FROM, 0, translator), periods, translator),
    ...result.by.map(({ field, rows }) =>
      tableOf(
        { title: translator.field(field), align: 'left', priority: 0 },
        rows
          .slice(0, SHOWN_GROUPS)
          .flatMap(({ value, byCurrency }) => rowsOf(translator.value(value), byCurrency, translator)),
        translator,
      ),
    ),
    paragraph([span(translator.text(FACT), 'muted')]),
  ];
}

export default defineMetric<AverageDealResult>({
  metric: 'averageDeal',
  title: TITLE,
  definition: say(
    'What a won deal is worth on average, by currency, by period and by owner, source, product or region; the interval of the average (± 1.96 standard errors) stands from 30 deals on.',
    '赢单的平均金额，按币种、期间以及负责人、来源、产品、区域列出；满 30 单才给出平均值的区间（± 1.96 个标准误）。',
  ),
  formula: say('won amount ÷ won deals with an amount above 0', '赢单金额 ÷ 金额大于 0 的赢单数'),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
