import { quarterOf } from '../../dataset/targets.ts';
import { moneyTotal } from '../../dataset/values/money-sum.ts';
import type { FigureFunction } from '../define.ts';
import { countSelected } from '../figures/field-figures.ts';
import { unknownFigure } from '../rate.ts';
import { bridgeOf, outsideRemainder, remainderOf } from './pipeline-bridge.ts';
import { earlierExports } from './pipeline-earlier.ts';

/**
 * What two exports differ by that no deal explains: the open amounts of the latest earlier export, plus what was
 * created, pulled into this quarter or raised, less what was lowered, pushed out, won or lost, against the open amounts
 * of the list; the largest gap of any currency, this quarter and later apart. The amounts are added up row by row, the
 * moves deal by deal, so that deals in two rows, without an id, or in another currency than before leave a gap.
 */
const waterfallGap: FigureFunction = (_args, { dataset, select }) => {
  const earlier = earlierExports(dataset).at(-1);
  const isWhole = countSelected(select) === dataset.rowCount;
  if (earlier === undefined || !isWhole || !dataset.columns.has('amount')) return unknownFigure('money', 'snapshot');
  const bridge = bridgeOf(dataset, earlier, quarterOf(dataset.asOfDay));
  let worst = { gap: 0, currency: null as string | null };
  for (const currency of new Set([...bridge.whole.keys(), ...bridge.period.keys()])) {
    const inside = bridge.period.get(currency);
    const gaps = [inside === undefined ? 0 : moneyTotal(remainderOf(inside)), outsideRemainder(bridge, currency)];
    const gap = Math.max(...gaps.map(Math.abs));
    if (gap > worst.gap) worst = { gap, currency: bridge.names[currency] ?? null };
  }
  const figure = unknownFigure('money', 'snapshot', earlier.rowCount + dataset.rowCount);
  return { ...figure, value: Math.round(worst.gap * 100) / 100, currency: worst.currency };
};

/** Figures of how two exports add up. */
export const WATERFALL_FIGURES: Readonly<Record<string, FigureFunction>> = { waterfall_gap: waterfallGap };
