import type { Dataset } from '../dataset/dataset.ts';
import { isNeededAt } from '../dataset/needed-field.ts';
import { hasComeTo } from './outcome.ts';

/** For each stage, the fields a deal in it must have; of those, what the file has a column for. */
export type FieldsByStage = readonly (readonly string[])[];

/** Fields a deal must have at each stage: those of the stage, and of the open stages it has come through. */
export function requiredByStage(dataset: Dataset, except: readonly string[]): FieldsByStage {
  return dataset.stages.map((_, index) => {
    const fields = new Set<string>();
    for (const [from, earlier] of dataset.stages.entries()) {
      if (hasComeTo(dataset, index, from)) for (const field of earlier.require) fields.add(field);
    }
    const isAsked = (field: string): boolean => dataset.columns.has(field) && !except.includes(field);
    return [...fields].filter((field) => isAsked(field) && isNeededAt(dataset, index, field));
  });
}

/** Whether a deal in stage `index` has been in stage `from` and left it. */
export function hasLeft(dataset: Dataset, index: number, from: number): boolean {
  return index !== from && hasComeTo(dataset, index, from);
}

/** Fields that hold the output of some stage. */
export function deliverables({ stages }: Dataset): readonly string[] {
  return [...new Set(stages.flatMap(({ about }) => about?.deliverable ?? []))];
}

/** Outputs of the stages that a deal has left, at each stage. */
export function deliverablesByStage(dataset: Dataset, except: readonly string[]): FieldsByStage {
  return dataset.stages.map((_, index) => {
    const left = dataset.stages.filter((_stage, from) => hasLeft(dataset, index, from));
    const fields = new Set(left.flatMap(({ about }) => about?.deliverable ?? []));
    return [...fields].filter((field) => dataset.columns.has(field) && !except.includes(field));
  });
}
