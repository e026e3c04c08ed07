import type { Dataset } from '../../dataset/dataset.ts';
import { summarizeJourneys } from '../../dataset/journeys/visits.ts';
import { isNeededAt } from '../../dataset/needed-field.ts';

/** Which fields each deal must have filled, as one of a few profiles. */
export interface RequiredFields {
  /** Required fields that the file has a column for, in order of first mention. */
  readonly fields: readonly string[];
  /** Required fields that the file has no column for; they cannot be measured. */
  readonly fieldsWithoutColumn: readonly string[];
  /** One a deal: index into `profiles`, -1 for deals without a known stage. */
  readonly profileOf: Int32Array;
  /** Indexes into `fields`. */
  readonly profiles: readonly Int32Array[];
}

// A rule judged for a thousand owners asks for these a thousand times; datasets never change once they are built.
const known = new WeakMap<Dataset, RequiredFields>();

/**
 * A deal in an open stage needs the fields of that stage and of all open stages before it; a won deal those of all open
 * stages and of its own; a lost or dormant deal those of its own stage and, where its history is known, of the open
 * stages it reached.
 */
export function requiredFields(dataset: Dataset): RequiredFields {
  const required = known.get(dataset) ?? readRequiredFields(dataset);
  known.set(dataset, required);
  return required;
}

function readRequiredFields(dataset: Dataset): RequiredFields {
  const mentioned = [...new Set(dataset.stages.flatMap((stage) => stage.require))];
  const fields = mentioned.filter((field) => dataset.columns.has(field));
  const openStages = dataset.stages.flatMap((stage, position) => (stage.kind === 'open' ? [position] : []));
  // Per stage one profile for each number of open stages passed, 0 to all of them.
  const width = openStages.length + 1;
  const profiles = dataset.stages.flatMap((_, stage) =>
    Array.from({ length: width }, (_unused, passed) => {
      const stages = [...openStages.slice(0, passed), stage];
      const required = new Set(stages.flatMap((position) => dataset.stages[position]!.require));
      const isAsked = (field: string): boolean => required.has(field) && isNeededAt(dataset, stage, field);
      return Int32Array.from(fields.flatMap((field, index) => (isAsked(field) ? [index] : [])));
    }),
  );
  return {
    fields,
    fieldsWithoutColumn: mentioned.filter((field) => !dataset.columns.has(field)),
    profileOf: profilesOfDeals(dataset, openStages, width),
    profiles,
  };
}

function profilesOfDeals(dataset: Dataset, openStages: readonly number[], width: number): Int32Array {
  const furthest = dataset.journeys === null ? null : summarizeJourneys(dataset.journeys, dataset.stages).furthest;
  const passedAt = dataset.stages.map((stage, position) => {
    if (stage.kind === 'open') return openStages.indexOf(position);
    return stage.kind === 'won' ? openStages.length : -1;
  });
  // Without journeys a deal that is not open or won has reached nothing that is known.
  const profileOfStage = Int32Array.from(passedAt, (passed, position) => position * width + Math.max(0, passed));
  const profileOf = new Int32Array(dataset.rowCount);
  for (let deal = 0; deal < profileOf.length; deal += 1) {
    const stage = dataset.stage[deal]!;
    if (stage < 0) profileOf[deal] = -1;
    else if (furthest === null || passedAt[stage]! >= 0) profileOf[deal] = profileOfStage[stage]!;
    else profileOf[deal] = profileOfStage[stage]! + furthest[deal]! + 1;
  }
  return profileOf;
}
