import type { FigureFunction } from './define.ts';
import { concordanceFigure, correlationFigure } from './order-figures.ts';
import { topShare } from './top-share.ts';
import { volatility } from './volatility.ts';

/** Figures of swings, of concentration, and of what goes along with what. */
export const SPREAD_FIGURES: Readonly<Record<string, FigureFunction>> = {
  volatility,
  top_share: topShare,
  concordance: concordanceFigure,
  correlation: correlationFigure,
};
