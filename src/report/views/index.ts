import completeness from './completeness.ts';
import full from './full.ts';
import heatmap from './heatmap.ts';
import type { ViewName } from './names.ts';
import scorecard from './scorecard.ts';
import standup from './standup.ts';
import summary from './summary.ts';
import type { View } from './view.ts';
import whatif from './whatif.ts';

/** All views by name: one line a file. */
export const VIEWS: Readonly<Record<ViewName, View>> = {
  full,
  standup,
  completeness,
  scorecard,
  heatmap,
  summary,
  whatif,
};
