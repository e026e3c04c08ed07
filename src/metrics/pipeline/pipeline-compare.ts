import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { currentState, OUTCOME } from '../../dataset/journeys/visits.ts';
import { addMoney, emptyMoneySum, moneyTotal } from '../../dataset/values/money-sum.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import type { FigureFunction } from '../define.ts';
import { countSelected } from '../figures/field-figures.ts';
import { rateFigure, rateOf, unknownFigure } from '../rate.ts';
import { SEVERAL_CURRENCIES } from './pipeline-amounts.ts';
import { type EarlierExport, earlierExports, firstRows } from './pipeline-earlier.ts';

function isOpenThen(dataset: Dataset, earlier: EarlierExport, row: number): boolean {
  return dataset.stages[earlier.stage[row]!]?.kind === 'open';
}

/** The deals that were open and due between an earlier export and today, and those of them still open. */
export interface SlippedDeals {
  readonly due: Int32Array;
  readonly open: Int32Array;
}

/** Rows of the deals due since the latest earlier export; null without one. */
export function slippedDeals(dataset: Dataset, select: Uint8Array | null): SlippedDeals | null {
  const earlier = earlierExports(dataset).at(-1);
  if (earlier === undefined) return null;
  const close = earlier.columns.get('close');
  const { outcome } = currentState(dataset);
  const due: number[] = [];
  for (const row of firstRows(earlier)) {
    const deal = earlier.dealOfRow[row]!;
    const day = numberAt(close, row);
    if (deal < 0 || (select !== null && select[deal] !== 1) || !isOpenThen(dataset, earlier, row)) continue;
    if (day >= earlier.day && day < dataset.asOfDay) due.push(deal);
  }
  const rows = Int32Array.from(due).sort();
  return { due: rows, open: rows.filter((deal) => outcome[deal] === OUTCOME.open) };
}

/** Of the deals that were due between the latest earlier export and today, the share still open. */
const slipped: FigureFunction = (_args, { dataset, select }) => {
  const deals = slippedDeals(dataset, select);
  if (deals === null) return unknownFigure('rate', 'snapshot');
  return rateFigure(rateOf(deals.open.length, deals.due.length), 'snapshot');
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

/** Deals of an earlier export that were due by now, what they promised then, and what was won of them. */
interface DueThen {
  readonly promised: number;
  readonly won: number;
  readonly deals: number;
  /** Currencies of the amounts, then and now; an empty one for unknown. */
  readonly currencies: ReadonlySet<string>;
}

function isDueSince(dataset: Dataset, earlier: EarlierExport, row: number): boolean {
  const day = numberAt(earlier.columns.get('close'), row);
  return isOpenThen(dataset, earlier, row) && day > earlier.day && day <= dataset.asOfDay;
}

/** The probability the export gave a deal, else that of the stage it was in. */
function chanceThen({ stages }: Dataset, earlier: EarlierExport, row: number): number {
  const own = numberAt(earlier.columns.get('probability'), row);
  return Number.isNaN(own) ? (stages[earlier.stage[row]!]?.probability ?? Number.NaN) : own;
}

/** Amount × probability of the open deals due after an export and up to the as-of day, with what became of them. */
function dueThen(dataset: Dataset, earlier: EarlierExport, select: Uint8Array | null): DueThen {
  const { outcome } = currentState(dataset);
  const amountNow = dataset.columns.get('amount');
  const [promised, won] = [emptyMoneySum(), emptyMoneySum()];
  const currencies = new Set<string>();
  let deals = 0;
  for (const row of firstRows(earlier)) {
    const deal = earlier.dealOfRow[row]!;
    if (select !== null && (deal < 0 || select[deal] !== 1)) continue;
    const amount = numberAt(earlier.columns.get('amount'), row);
    const expected = amount * chanceThen(dataset, earlier, row);
    if (Number.isNaN(expected) || !isDueSince(dataset, earlier, row)) continue;
    addMoney(promised, expected);
    currencies.add(earlier.currencies[earlier.currency[row]!] ?? '');
    deals += 1;
    if (deal < 0 || outcome[deal] !== OUTCOME.won) continue;
    const brought = numberAt(amountNow, deal);
    addMoney(won, Number.isNaN(brought) ? amount : brought);
    currencies.add(dataset.currencies[dataset.currency[deal]!] ?? '');
  }
  return { promised: moneyTotal(promised), won: moneyTotal(won), deals, currencies };
}

/**
 * What was won of the deals that the oldest earlier export said were due by now ÷ what it promised of them: amount ×
 * probability (its own, else that of its stage). Deals it did not speak of, or without an amount, are in neither.
 */
const forecastAccuracy: FigureFunction = (_args, { dataset, select }) => {
  const [earlier] = earlierExports(dataset);
  const figure = unknownFigure('rate', 'snapshot');
  if (earlier === undefined) return figure;
  // Deals that have vanished belong to no segment, but to the whole.
  const due = dueThen(dataset, earlier, countSelected(select) === select.length ? null : select);
  const named = [...due.currencies].filter((currency) => currency !== '' && currency !== NO_CURRENCY);
  if (named.length > 1) return { ...figure, note: SEVERAL_CURRENCIES };
  if (due.deals === 0 || !(due.promised > 0)) return figure;
  return { ...figure, of: due.deals, value: due.won / due.promised };
};

/** Figures of what has become of the deals of earlier exports. */
export const COMPARE_FIGURES: Readonly<Record<string, FigureFunction>> = {
  slipped,
  vanished,
  forecast_accuracy: forecastAccuracy,
};
