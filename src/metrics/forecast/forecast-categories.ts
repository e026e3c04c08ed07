import type { Dataset } from '../../dataset/dataset.ts';
import { PRESENT } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { type AmountGroup, amountsText, sumAmounts } from '../amounts.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { allRows, rowsWhere } from '../pipeline/pipeline-rows.ts';
import { type CategoryClass, categoryClass } from './forecast-category-words.ts';
import { DUE, rowsByDue } from './forecast-due.ts';
import { type RunningPeriod, runningPeriod } from './forecast-period.ts';

/** The open deals of one category, and those of them due in the period. */
export interface CategoryGroup extends AmountGroup {
  /** As the file has it; null for deals without one, or for all rarer categories together. */
  readonly category: string | null;
  readonly promises: CategoryClass | 'none' | 'rarer';
  readonly due: AmountGroup;
  readonly dealKeys?: readonly string[];
}

export interface CategoriesResult {
  readonly period: RunningPeriod;
  readonly openDeals: number;
  /** In order of what they promise, then of the most deals. */
  readonly categories: readonly CategoryGroup[];
}

const TITLE: Text = { en: 'Forecast categories', zh: '预测类别' };
/** Categories told apart; a column with more is no column of categories. */
const MOST_CATEGORIES = 20;
const ORDER: readonly CategoryGroup['promises'][] = [
  'commit',
  'bestCase',
  'pipeline',
  'omitted',
  'closed',
  'other',
  'rarer',
  'none',
];

interface Grouping {
  readonly names: readonly (string | null)[];
  /** One a row: index into the names, -1 for deals that are not open. */
  readonly groupOf: Int32Array;
}

/** The open deals by category: the most frequent ones, the rarer ones together, those without. */
function groupingOf(dataset: Dataset): Grouping {
  const column = dataset.columns.get('forecast_category')!;
  const { outcome } = currentState(dataset);
  const deals = new Int32Array(column.texts.length);
  for (let row = 0; row < outcome.length; row += 1) if (outcome[row] === OUTCOME.open) deals[column.codes[row]!]! += 1;
  const frequent = Array.from(deals.keys())
    .filter((code) => deals[code]! > 0 && column.state[code] === PRESENT)
    .toSorted((a, b) => deals[b]! - deals[a]! || (column.texts.at(a)! < column.texts.at(b)! ? -1 : 1))
    .slice(0, MOST_CATEGORIES);
  const [rarer, none] = [frequent.length, frequent.length + 1];
  const ofCode = Int32Array.from(column.texts, (_, code) => (column.state[code] === PRESENT ? rarer : none));
  for (const [index, code] of frequent.entries()) ofCode[code] = index;
  return {
    names: frequent.map((code) => column.texts.at(code)!),
    groupOf: Int32Array.from(outcome, (each, row) => (each === OUTCOME.open ? ofCode[column.codes[row]!]! : -1)),
  };
}

function compute({ dataset, period: asked, details }: MetricContext): CategoriesResult {
  const running = runningPeriod(dataset.asOfDay, asked);
  const { names, groupOf } = groupingOf(dataset);
  const groups = names.length + 2;
  const all = sumAmounts(dataset, groupOf, groups);
  const dueGroupOf = new Int32Array(dataset.rowCount).fill(-1);
  for (const row of rowsByDue(dataset, running)[DUE.inPeriod]!) dueGroupOf[row] = groupOf[row]!;
  const inPeriod = sumAmounts(dataset, dueGroupOf, groups);
  const categories = all.map((group, index): CategoryGroup => {
    const category = names[index] ?? null;
    const promises: CategoryGroup['promises'] =
      category === null ? (index === names.length ? 'rarer' : 'none') : categoryClass(category);
    const facts = { category, promises, ...group, due: inPeriod[index]! };
    const rows = () => rowsWhere(allRows(dataset.rowCount), (row) => groupOf[row] === index);
    return details ? { ...facts, dealKeys: keysOf(dataset, rows()) } : facts;
  });
  return {
    period: running.period,
    openDeals: all.reduce((sum, { deals }) => sum + deals, 0),
    categories: categories
      .filter(({ deals }) => deals > 0)
      .toSorted((a, b) => ORDER.indexOf(a.promises) - ORDER.indexOf(b.promises)),
  };
}

const COLUMNS = {
  category: { en: 'Category', zh: '类别' },
  promises: { en: 'Read as', zh: '视为' },
  deals: { en: 'Open deals', zh: '在途单' },
  amount: { en: 'Amount', zh: '金额' },
  dueDeals: { en: 'Due, deals', zh: '到期单数' },
  due: { en: 'Due in {period}', zh: '{period} 内到期' },
} as const satisfies Record<string, Text>;
const PROMISES: Readonly<Record<CategoryGroup['promises'], Text>> = {
  commit: { en: 'commit', zh: '承诺' },
  bestCase: { en: 'best case', zh: '最佳情况' },
  pipeline: { en: 'pipeline', zh: '管道' },
  omitted: { en: 'left out', zh: '不计入' },
  closed: { en: 'closed', zh: '已关闭' },
  other: { en: 'unknown word', zh: '未识别' },
  rarer: { en: 'rarer ones', zh: '其他较少的' },
  none: { en: 'none', zh: '未填' },
};
const NO_OPEN: Text = { en: 'No open deals.', zh: '没有在途单。' };

function blocks({ categories, period }: CategoriesResult, translator: Translator): Block[] {
  if (categories.length === 0) return [heading(2, translator.text(TITLE)), paragraph(translator.text(NO_OPEN))];
  const priorities = { category: 0, promises: 2, deals: 0, amount: 0, dueDeals: 3, due: 1 } as const;
  const amounts = (group: AmountGroup): string => amountsText(group.amounts, translator) || '–';
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column], column === 'due' ? { period: period.label } : {}),
      align: column === 'category' || column === 'promises' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: categories.map((group) => [
      group.category === null ? translator.text(PROMISES[group.promises]) : translator.value(group.category),
      translator.text(PROMISES[group.promises]),
      translator.number(group.deals),
      amounts(group),
      translator.number(group.due.deals),
      amounts(group.due),
    ]),
  };
  return [heading(2, translator.text(TITLE)), table];
}

export default defineMetric<CategoriesResult>({
  metric: 'forecastCategories',
  title: TITLE,
  definition: {
    en: 'Open deals and their amounts by the forecast category as written, all of them and those due in the running period.',
    zh: '在途单及其金额按所填预测类别汇总：全部，以及本期内到期的。',
  },
  formula: { en: 'Σ amount by category', zh: '按类别 Σ 金额' },
  place: 'further',
  needsStages: true,
  missing: ({ dataset }) =>
    dataset.columns.has('forecast_category') ? null : say('no column for the forecast category', '没有预测类别列'),
  compute,
  blocks,
});
