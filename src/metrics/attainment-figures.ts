import completeness from './completeness.ts';
import conversion from './conversion.ts';
import cycle from './cycle.ts';
import { DEAL_FIGURES } from './deal-figures.ts';
import type { FigureFunction } from './define.ts';
import dwell from './dwell.ts';
import freshness from './freshness.ts';
import funnel from './funnel.ts';
import { PIPELINE_FIGURES } from './pipeline-figures.ts';
import { SPREAD_FIGURES } from './spread-figures.ts';
import { STAGE_FIGURES } from './stage-figures.ts';
import { UPDATE_FIGURES } from './update-gap.ts';
import winRate from './win-rate.ts';

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
