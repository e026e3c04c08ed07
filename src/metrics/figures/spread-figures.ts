import { topShare } from '../customers/top-share.ts';
import type { FigureFunction } from '../define.ts';
import { volatility } from '../win/volatility.ts';
import { concordanceFigure, correlationFigure } from './order-figures.ts';

/** Figures of swings, of concentration, and of what goes along with what. */
export const SPREAD_FIGURES: Readonly<Record<string, FigureFunction>> = {
  volatility,
  top_share: topShare,
  concordance: concordanceFigure,
  correlation: correlationFigure,
};
