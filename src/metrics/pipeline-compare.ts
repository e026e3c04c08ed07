import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { currentState, OUTCOME } from '../dataset/journeys/visits.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import type { FigureFunction } from './define.ts';
import { countSelected } from './field-figures.ts';
import { closedDays, dealAmounts, wonBetween } from './pipeline-amounts.ts';
import { type EarlierExport, earlierExports, firstRows } from './pipeline-earlier.ts';
import { rateFigure, rateOf, unknownFigure } from './rate.ts';

function isOpenThen(dataset: Dataset, earlier: EarlierExport, row: number): boolean {
  return dataset.stages[earlier.stage[row]!]?.kind === 'open';
}

/** Of the deals that were due between the latest earlier export and today, the share still open. */
const slipped: FigureFunction = (_args, { dataset, select }) => {
  const earlier = earlierExports(dataset).at(-1);
  if (earlier === undefined) return unknownFigure('rate', 'snapshot');
  const close = earlier.columns.get('close');
  const { outcome } = currentState(dataset);
  let due = 0;
  let open = 0;
  for (const row of firstRows(earlier)) {
    const deal = earlier.dealOfRow[row]!;
    const day = numberAt(close, row);
    if (deal < 0 || select[deal] !== 1 || !isOpenThen(dataset, earlier, row)) continue;
    if (!(day >= earlier.day && day < dataset.asOfDay)) continue;
    due += 1;
    if (outcome[deal] === OUTCOME.open) open += 1;
  }
  return rateFigure(rateOf(open, due), 'snapshot');
};

/** Of the deals of the latest earlier export, the share that the list does not have any more. */
const vanished: FigureFunction = (_args, { dataset }) => {
  const earlier = earlierExports(dataset).at(-1);
  if (earlier === undefined) return unknownFigure('rate', 'snapshot');
  const rows = firstRows(earlier);
  const gone = rows.reduce((count, row) => count + Number(earlier.dealOfRow[row]! < 0), 0);
  // Every deal was looked at: there is no chance in this share.
  return { ...rateFigure(rateOf(gone, rows.length), 'snapshot'), interval: null };
};

/** What an earlier export promised up to the as-of day: amount × probability of the open deals due after it. */
function promisedThen(dataset: Dataset, earlier: EarlierExport, select: Uint8Array | null) {
  const { columns } = earlier;
  const sum = emptyMoneySum();
  const currencies = new Set<string>();
  let deals = 0;
  for (const row of firstRows(earlier)) {
    const deal = earlier.dealOfRow[row]!;
    if (!isOpenThen(dataset, earlier, row)) continue;
    if (select !== null && (deal < 0 || select[deal] !== 1)) continue;
    const day = numberAt(columns.get('close'), row);
    const own = numberAt(columns.get('probability'), row);
    const chance = Number.isNaN(own) ? (dataset.stages[earlier.stage[row]!]?.probability ?? Number.NaN) : own;
    const expected = numberAt(columns.get('amount'), row) * chance;
    if (Number.isNaN(expected) || !(day > earlier.day && day <= dataset.asOfDay)) continue;
    addMoney(sum, expected);
    currencies.add(earlier.currencies[earlier.currency[row]!] ?? '');
    deals += 1;
  }
  return { total: moneyTotal(sum), deals, currencies };
}

/**
 * What was won since the oldest earlier export ÷ what that export promised for the time up to today: amount ×
 * probability (its own, else that of its stage) of the open deals due in it.
 */
const forecastAccuracy: FigureFunction = (_args, { dataset, select }) => {
  const [earlier] = earlierExports(dataset);
  const figure = unknownFigure('rate', 'snapshot');
  if (earlier === undefined) return figure;
  // Deals that have vanished belong to no segment, but to the whole.
  const promised = promisedThen(dataset, earlier, countSelected(select) === select.length ? null : select);
  const { amounts, currency, isMixed } = dealAmounts(dataset, select);
  const [only = ''] = promised.currencies;
  if (isMixed || promised.currencies.size > 1 || promised.deals === 0 || !(promised.total > 0)) return figure;
  if (currency !== null && only !== '' && only !== currency) return figure;
  const range = { fromDay: earlier.day + 1, untilDay: dataset.asOfDay };
  const won = wonBetween(amounts, currentState(dataset).outcome, closedDays(dataset), range);
  return { ...figure, of: promised.deals, value: won.total / promised.total };
};

/** Figures of what has become of the deals of earlier exports. */
export const COMPARE_FIGURES: Readonly<Record<string, FigureFunction>> = {
  slipped,
  vanished,
  forecast_accuracy: forecastAccuracy,
};
