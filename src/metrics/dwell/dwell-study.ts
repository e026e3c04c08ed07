import type { Dataset, Journeys } from '../../dataset/dataset.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type StageStudy, studyStage } from './dwell-stages.ts';
import { collectVisits, stayMeasureOf, visitsByLength } from './dwell-visits.ts';

/** In which days stays are counted, and what counts as one. */
export interface DwellUnit {
  readonly unit: 'calendar days' | 'working days';
  /** Each visit to a stage, or all visits of a deal to a stage together. */
  readonly per: 'visit' | 'stage-total';
}

const TITLES: Readonly<Record<DwellUnit['unit'], Readonly<Record<DwellUnit['per'], Text>>>> = {
  'calendar days': {
    visit: { en: '{title}', zh: '{title}' },
    'stage-total': { en: '{title}, all visits of a deal added up', zh: '{title}（同一商机多次进入合计）' },
  },
  'working days': {
    visit: { en: '{title}, working days', zh: '{title}（工作日）' },
    'stage-total': {
      en: '{title}, working days, all visits of a deal added up',
      zh: '{title}（工作日，同一商机多次进入合计）',
    },
  },
};

/** Studies of the open stages, in funnel order. */
interface NamedStudy extends StageStudy {
  readonly stage: string;
}

// Several metrics read the same visits, and millions of them take a second to put in order.
const studies = new WeakMap<Dataset, readonly NamedStudy[]>();

export function dwellUnitOf({ ruleset }: Dataset): DwellUnit {
  const { dwell, workingDays } = ruleset.report;
  return { unit: workingDays === null ? 'calendar days' : 'working days', per: dwell };
}

/** The title of a metric with the unit of its days, where that is not the usual one. */
export function titleWithUnit(title: Text, { unit, per }: DwellUnit, translator: Translator): string {
  return translator.text(TITLES[unit][per], { title: translator.text(title) });
}

export function openStageIds(dataset: Dataset): string[] {
  return dataset.stages.filter((stage) => stage.kind === 'open').map((stage) => stage.id);
}

/** Studies each open stage once; further calls for the same dataset are free. */
export function dwellStudies(dataset: Dataset, journeys: Journeys): readonly NamedStudy[] {
  const known = studies.get(dataset);
  if (known !== undefined) return known;
  const ids = openStageIds(dataset);
  const visits = collectVisits(dataset, journeys, null, stayMeasureOf(dataset));
  const byLength = visitsByLength(dataset, journeys);
  const found = visits.map((each, openStage) => ({
    stage: ids[openStage]!,
    ...studyStage(each, byLength[openStage]!),
  }));
  studies.set(dataset, found);
  return found;
}
