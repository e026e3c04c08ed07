import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { expectationOf } from '../forecast/forecast-figures.ts';
import { numbersOf, openRowsOf } from '../row-facts.ts';
import { activityDays, meaningfulClock } from './pipeline-clocks.ts';
import { dealsInCurrencies, pick, rowsInCurrency, rowsWhere } from './pipeline-rows.ts';

/** The open amounts of one currency, as they stand and by how long nothing happened. */
export interface DecayedAmount {
  readonly currency: string;
  /** Open deals with an amount and a date. */
  readonly deals: number;
  /** Open deals with an amount of which nobody knows how long they have been idle; in neither sum. */
  readonly unknown: number;
  readonly amount: number;
  /** Σ amount × 2^(−idle days ÷ half-life). */
  readonly decayedAmount: number;
  /** Decayed ÷ as it stands; null where nothing stands. */
  readonly share: number | null;
  readonly dealKeys?: readonly string[];
}

export interface DecayedResult {
  readonly halfLifeDays: number;
  /** Open deals whose idle days are those since the last activity, and since the last change of the record. */
  readonly byActivity: number;
  readonly byChange: number;
  /** In order of the currency codes. */
  readonly currencies: readonly DecayedAmount[];
}

const TITLE: Text = { en: 'Decayed pipeline', zh: '时间衰减后的管道' };
const FALLBACK_HALF_LIFE_DAYS = 30;

function missing({ dataset }: MetricContext): Text | null {
  if (!dataset.columns.has('amount')) return say('no column for the amount', '没有金额列');
  if (dealsInCurrencies(dataset).length === 0) return say('no readable amounts', '没有可识别的金额');
  const dates = ['activity', 'modified', 'created', 'stage_entered'];
  const hasDates = dataset.journeys !== null || dates.some((field) => dataset.columns.has(field));
  return hasDates ? null : say('no column that says when deals were changed', '没有修改日期列');
}

function compute({ dataset, details }: MetricContext): DecayedResult {
  const halfLifeDays = dataset.ruleset?.parameters?.halfLifeDays ?? FALLBACK_HALF_LIFE_DAYS;
  const byActivity = activityDays(dataset);
  const isIdleUnknown = openRowsOf(dataset).some((row) => Number.isNaN(byActivity[row]!));
  // To tell the last change of every deal takes a look at all exports: only where somebody asks.
  const byChange = isIdleUnknown ? meaningfulClock(dataset).days : byActivity;
  const idleOf = (row: number): number => (Number.isNaN(byActivity[row]!) ? byChange[row]! : byActivity[row]!);
  const amounts = numbersOf(dataset, 'amount');
  const used = { activity: 0, change: 0 };
  const currencies = dealsInCurrencies(dataset).map((group): DecayedAmount => {
    const { currency } = group;
    const all = rowsInCurrency(dataset, group, openRowsOf(dataset));
    const open = rowsWhere(all, (row) => !Number.isNaN(amounts[row]!));
    const dated = rowsWhere(open, (row) => !Number.isNaN(idleOf(row)));
    for (const row of dated) used[Number.isNaN(byActivity[row]!) ? 'change' : 'activity'] += 1;
    const weights = Float64Array.from(dated, (row) => 2 ** (-idleOf(row) / halfLifeDays));
    const { total, known, deals } = expectationOf(pick(amounts, dated), weights);
    const sums = { amount: known, decayedAmount: total, share: known > 0 ? total / known : null };
    const facts = { currency, deals, unknown: open.length - dated.length, ...sums };
    return details ? { ...facts, dealKeys: keysOf(dataset, dated) } : facts;
  });
  return { halfLifeDays, byActivity: used.activity, byChange: used.change, currencies };
}

const COLUMNS = {
  currency: { en: 'Currency', zh: '币种' },
  deals: { en: 'Open deals', zh: '在途单' },
  amount: { en: 'As it stands', zh: '账面金额' },
  decayed: { en: 'Decayed', zh: '衰减后' },
  share: { en: 'Left', zh: '剩余' },
  unknown: { en: 'Without a date', zh: '无日期' },
} as const satisfies Record<string, Text>;
const NOTE: Text = {
  en: 'Half of an amount counts after {days} without a sign of life, by {parts}.',
  zh: '每 {days}没有动静，金额折半：{parts}。',
};

const BY_ACTIVITY: Text = { en: 'the last activity of {deals} of {all} deals', zh: '{all} 单中 {deals} 单按上次跟进' };
const BY_CHANGE: Text = { en: 'the last change of {deals} of {all} deals', zh: '{all} 单中 {deals} 单按上次变动' };

function blocks({ halfLifeDays, byActivity, byChange, currencies }: DecayedResult, translator: Translator): Block[] {
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'currency' ? 'left' : 'right',
      priority: { currency: 0, deals: 1, amount: 0, decayed: 0, share: 0, unknown: 2 }[column],
    })),
    rows: currencies.map(({ currency, deals, unknown, amount, decayedAmount, share }) => {
      const named = currency === NO_CURRENCY ? null : currency;
      return [
        named ?? '–',
        translator.number(deals),
        translator.money(amount, named),
        translator.money(decayedAmount, named),
        translator.percent(share, 0),
        translator.number(unknown),
      ];
    }),
  };
  const all = byActivity + byChange;
  const parts = [
    ...(byActivity > 0 || all === 0 ? [translator.text(BY_ACTIVITY, { deals: byActivity, all })] : []),
    ...(byChange > 0 ? [translator.text(BY_CHANGE, { deals: byChange, all })] : []),
  ];
  const note = translator.text(NOTE, { days: { days: halfLifeDays }, parts: { list: parts } });
  return [heading(2, translator.text(TITLE)), table, paragraph(note)];
}

export default defineMetric<DecayedResult>({
  metric: 'decayedPipeline',
  title: TITLE,
  definition: {
    en: 'The open amounts, each halved for every half-life without a sign of life: the last activity, else the last change. No forecast: it shows how much of the pipeline is alive.',
    zh: '在途金额按距上次跟进（没有则按上次变动）的时间折半衰减。这不是预测，而是看管道里还有多少是活的。',
  },
  formula: { en: 'Σ amount × 2^(−idle days ÷ half-life)', zh: 'Σ 金额 × 2^(−无动静天数 ÷ 半衰期)' },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
