import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import { HOLDS, UNKNOWN, VIOLATES } from './define.ts';

/** An outcome for each deal, all not checked: NOT_CHECKED is 0. */
export function blankOutcome(dataset: Dataset): Uint8Array {
  return new Uint8Array(dataset.rowCount);
}

/** An outcome for each deal, the same for all that are selected. */
export function outcomeOfAll(selected: Uint8Array, sound: number): Uint8Array {
  const outcome = new Uint8Array(selected.length);
  visitBlocks(selected.length, (from, to) => {
    for (let row = from; row < to; row++) outcome[row] = selected[row]! * sound;
  });
  return outcome;
}

/**
 * What a column says of the selected deals, judged once for each distinct text; deals that an earlier column has found
 * to violate stay so.
 * @param outcomeOf of a distinct text, by its code
 */
export function judgeColumn(
  { codes, texts }: Column,
  selected: Uint8Array,
  outcome: Uint8Array,
  outcomeOf: (code: number) => number,
): void {
  const ofCode = new Uint8Array(texts.length);
  visitBlocks(ofCode.length, (from, to) => {
    for (let code = from; code < to; code++) ofCode[code] = outcomeOf(code);
  });
  visitBlocks(outcome.length, (from, to) => {
    for (let row = from; row < to; row++) {
      if (selected[row] === 1 && outcome[row] !== VIOLATES) outcome[row] = ofCode[codes[row]!]!;
    }
  });
}

/** What the texts of one column say of the selected deals; nobody knows of deals without a text. */
export function outcomeOfTexts(column: Column, selected: Uint8Array, holds: (text: string) => boolean): Uint8Array {
  const outcome = new Uint8Array(column.codes.length);
  judgeColumn(column, selected, outcome, (code) => {
    if (column.state[code] !== PRESENT) return UNKNOWN;
    return holds(column.texts.at(code) as string) ? HOLDS : VIOLATES;
  });
  return outcome;
}

/** Position of a stage in the funnel, -1 when the list has no such stage. */
export function stageIndexOf(dataset: Dataset, stageId: string): number {
  return dataset.stages.findIndex((stage) => stage.id === stageId);
}

/**
 * Whether a deal in stage `index` counts as having come to stage `from`: an open deal at or beyond it, and a won deal.
 * A lost or dormant deal does so only for its own stage, since where it was lost is not in its current stage.
 */
export function hasComeTo(dataset: Dataset, index: number, from: number): boolean {
  if (index === from) return true;
  const kind = dataset.stages[index]?.kind;
  const fromKind = dataset.stages[from]?.kind;
  if (fromKind !== 'open') return false;
  return kind === 'won' || (kind === 'open' && index > from);
}
