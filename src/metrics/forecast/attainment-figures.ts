import completeness from '../completeness/completeness.ts';
import conversion from '../conversion/conversion.ts';
import { STAGE_FIGURES } from '../conversion/stage-figures.ts';
import type { FigureFunction } from '../define.ts';
import dwell from '../dwell/dwell.ts';
import { DEAL_FIGURES } from '../figures/deal-figures.ts';
import { SPREAD_FIGURES } from '../figures/spread-figures.ts';
import cycle from '../pipeline/cycle.ts';
import freshness from '../pipeline/freshness.ts';
import funnel from '../pipeline/funnel.ts';
import { PIPELINE_FIGURES } from '../pipeline/pipeline-figures.ts';
import { UPDATE_FIGURES } from '../pipeline/update-gap.ts';
import winRate from '../win/win-rate.ts';

/** The figures a target can be about, but for those of metrics that themselves speak of targets. */
export const TARGET_FIGURES: Readonly<Record<string, FigureFunction>> = Object.assign(
  {},
  ...[funnel, conversion, dwell, winRate, cycle, completeness, freshness].map(({ figures }) => figures ?? {}),
  DEAL_FIGURES,
  STAGE_FIGURES,
  SPREAD_FIGURES,
  PIPELINE_FIGURES,
  UPDATE_FIGURES,
);
