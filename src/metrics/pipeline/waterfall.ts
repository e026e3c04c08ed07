import type { Dataset } from '../../dataset/dataset.ts';
import { quarterOf } from '../../dataset/targets.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { moneyTotal } from '../../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { currencyOrder, MOST_CURRENCIES, moreCurrenciesText } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type RunningPeriod, runningPeriod } from '../forecast/forecast-period.ts';
import { type BridgeSums, bridgeOf, remainderOf, STEPS, type Step, type StepSum } from './pipeline-bridge.ts';
import { earlierExports } from './pipeline-earlier.ts';

/** What one step moved: signed, so that start + all steps + other = end. */
export interface BridgeStep {
  readonly step: Step;
  readonly amount: number;
  readonly deals: number;
  readonly dealKeys?: readonly string[];
}

export interface BridgeView {
  readonly startAmount: number;
  readonly startDeals: number;
  readonly steps: readonly BridgeStep[];
  /** What no deal explains: rows without an id or a known stage, deals in two rows, changed currencies. */
  readonly otherAmount: number;
  readonly endAmount: number;
  readonly endDeals: number;
}

export interface WaterfallResult {
  /** ISO days of the earlier export and of the list. */
  readonly from: string;
  readonly until: string;
  /** The running quarter. */
  readonly quarter: RunningPeriod;
  readonly currencies: readonly {
    readonly currency: string;
    /** All open deals. */
    readonly whole: BridgeView;
    /** The open deals due in the running quarter; null where there were and are none. */
    readonly inQuarter: BridgeView | null;
  }[];
}

const TITLE: Text = { en: 'Pipeline bridge', zh: '管道变动桥' };

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('amount')) return say('no column for the amount', '没有金额列');
  if (earlierExports(dataset).length > 0) return null;
  return say('needs an earlier export (--previous)', '需要更早的导出（--previous）');
}

function stepOf(dataset: Dataset, step: Step, { sum, deals, rows }: StepSum, details: boolean): BridgeStep {
  const known = { step, amount: moneyTotal(sum), deals };
  return details ? { ...known, dealKeys: keysOf(dataset, Int32Array.from(rows)) } : known;
}

function viewOf(dataset: Dataset, sums: BridgeSums, details: boolean): BridgeView {
  return {
    startAmount: moneyTotal(sums.start.sum),
    startDeals: sums.start.deals,
    steps: STEPS.map((step) => stepOf(dataset, step, sums.steps[step], details)),
    otherAmount: moneyTotal(remainderOf(sums)),
    endAmount: moneyTotal(sums.end.sum),
    endDeals: sums.end.deals,
  };
}

function compute({ dataset, details }: MetricContext): WaterfallResult | null {
  const earlier = earlierExports(dataset).at(-1);
  if (earlier === undefined) return null;
  const bridge = bridgeOf(dataset, earlier, quarterOf(dataset.asOfDay), details);
  const order = currencyOrder(dataset);
  const currencies = [...bridge.whole]
    .map(([number, sums]) => {
      const inQuarter = bridge.period.get(number);
      return {
        currency: bridge.names[number] ?? NO_CURRENCY,
        whole: viewOf(dataset, sums, details),
        inQuarter: inQuarter === undefined ? null : viewOf(dataset, inQuarter, details),
      };
    })
    .toSorted((a, b) => order(a.currency, b.currency));
  return {
    from: isoOf(earlier.day),
    until: isoOf(dataset.asOfDay),
    quarter: runningPeriod(dataset.asOfDay, 'quarter').period,
    currencies,
  };
}

const COLUMNS = {
  step: { en: 'Step', zh: '变动' },
  whole: { en: 'All open', zh: '全部在途' },
  wholeDeals: { en: 'Deals', zh: '单数' },
  quarter: { en: 'Due in {quarter}', zh: '{quarter} 内到期' },
  quarterDeals: { en: 'Deals', zh: '单数' },
} as const satisfies Record<string, Text>;
const NAMES: Readonly<Record<Step | 'start' | 'other' | 'end', Text>> = {
  start: { en: 'On {date}', zh: '{date}' },
  new: { en: 'New', zh: '新增' },
  reopened: { en: 'Reopened', zh: '重新打开' },
  pulledIn: { en: 'Pulled in', zh: '提前到本季' },
  rolledIn: { en: 'Moved in from an earlier date or none', zh: '由更早或无日期移入本季' },
  raised: { en: 'Raised', zh: '金额调高' },
  lowered: { en: 'Lowered', zh: '金额调低' },
  pushedOut: { en: 'Pushed out', zh: '推迟出本季' },
  movedOut: { en: 'Moved out to an earlier date or none', zh: '移到更早或清空日期' },
  won: { en: 'Won', zh: '赢单' },
  lost: { en: 'Lost', zh: '输单' },
  dormant: { en: 'Laid to rest', zh: '搁置' },
  gone: { en: 'Gone from the list', zh: '从清单中消失' },
  relabelled: { en: 'Currency named or dropped', zh: '币种补填或清空' },
  other: { en: 'Unexplained', zh: '无法解释' },
  end: { en: 'On {date}', zh: '{date}' },
};
const CURRENCY: Text = { en: 'Amounts in {currency}', zh: '币种 {currency}' };
const MORE: Text = { en: 'Not shown: {more}.', zh: '未列出：{more}。' };

type Shown = WaterfallResult['currencies'][number];

/** Amount and deals of one line in one scope; empty where nothing moved. */
function cells(view: BridgeView | null, line: Step | 'other', currency: string | null, translator: Translator) {
  const step = view?.steps.find(({ step: name }) => name === line);
  const amount = line === 'other' ? (view?.otherAmount ?? 0) : (step?.amount ?? 0);
  const deals = step?.deals ?? 0;
  if (amount === 0 && deals === 0) return ['–', '–'];
  return [signed(amount, currency, translator), line === 'other' ? '–' : translator.number(deals)];
}

function signed(amount: number, currency: string | null, translator: Translator): string {
  return `${amount > 0 ? '+' : ''}${translator.money(amount, currency)}`;
}

function tableOf(result: WaterfallResult, shown: Shown, translator: Translator): TableBlock {
  const currency = shown.currency === NO_CURRENCY ? null : shown.currency;
  const { whole, inQuarter } = shown;
  const edge = (side: 'start' | 'end', date: string): Inline[] => {
    const of = (view: BridgeView | null) => [
      [span(translator.money(view?.[`${side}Amount`] ?? 0, currency), 'strong')],
      translator.number(view?.[`${side}Deals`] ?? 0),
    ];
    return [[span(translator.text(NAMES[side], { date: { date } }), 'strong')], ...of(whole), ...of(inQuarter)];
  };
  const lines = [...STEPS, 'other' as const].flatMap((line): Inline[][] => {
    const row = [...cells(whole, line, currency, translator), ...cells(inQuarter, line, currency, translator)];
    return row.every((cell) => cell === '–') ? [] : [[translator.text(NAMES[line]), ...row]];
  });
  const column = (title: keyof typeof COLUMNS, priority: number, align: 'left' | 'right' = 'right') => ({
    title: translator.text(COLUMNS[title], title === 'quarter' ? { quarter: result.quarter.label } : {}),
    align,
    priority,
  });
  return {
    type: 'table',
    columns: [
      column('step', 0, 'left'),
      column('whole', 0),
      column('wholeDeals', 1),
      column('quarter', 0),
      column('quarterDeals', 2),
    ],
    rows: [edge('start', result.from), ...lines, edge('end', result.until)],
    ...(currency === null || result.currencies.length === 1
      ? {}
      : { caption: translator.text(CURRENCY, { currency }) }),
  };
}

function blocks(result: WaterfallResult, translator: Translator): Block[] {
  const rest = result.currencies.length - MOST_CURRENCIES;
  return [
    heading(2, translator.text(TITLE)),
    ...result.currencies.slice(0, MOST_CURRENCIES).map((shown) => tableOf(result, shown, translator)),
    ...(rest > 0 ? [paragraph(translator.text(MORE, { more: moreCurrenciesText(rest, translator) }))] : []),
  ];
}

export default defineMetric<WaterfallResult>({
  metric: 'waterfall',
  title: TITLE,
  definition: {
    en: 'What lies between the open amounts of the latest earlier export and those of today, deal by deal, for all open deals and for those due in the running quarter.',
    zh: '从最近一次更早的导出到现在，在途金额逐单的变动：全部在途单，以及本季度到期的单。',
  },
  formula: {
    en: 'start + new + reopened + pulled in + raised − lowered − pushed out − won − lost − dormant − gone ± unexplained = end',
    zh: '期初 + 新增 + 重新打开 + 提前 + 调高 − 调低 − 推迟 − 赢单 − 输单 − 搁置 − 消失 ± 无法解释 = 期末',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
