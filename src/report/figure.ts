import type { RuleResult } from '../kinds/result.ts';
import type { ReportRule } from './report.ts';

type Figure = NonNullable<RuleResult['figure']>;
type ReportFigure = NonNullable<ReportRule['figure']>;

function plainFigure(figure: Figure): Omit<ReportFigure, 'note' | 'compared'> {
  const { value, count, of, interval, unit, currency, basis } = figure;
  // JSON has no infinity: an interval without an upper limit is as good as none.
  const known = interval?.every(Number.isFinite) === true ? interval : null;
  return { value, count, of, interval: known && [known[0], known[1]], unit, currency, basis };
}

/** A figure as the report holds it, without the rows behind it. */
export function figureOf(figure: Figure): ReportFigure {
  const { note, compared } = figure;
  return {
    ...plainFigure(figure),
    ...(note === undefined ? {} : { note: { ...note } }),
    ...(compared === undefined
      ? {}
      : {
          compared: {
            against: compared.against,
            figure: plainFigure(compared.figure),
            reference: plainFigure(compared.reference),
          },
        }),
  };
}
