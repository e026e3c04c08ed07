import { isPresent } from '../dataset/cells.ts';
import { type Column, type Dataset, PRESENT } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import type { FieldsByStage } from './stage-fields.ts';

/** Which fields have to be filled, and which have to be empty. */
export interface Demands {
  /** All of them. */
  readonly fields: readonly string[];
  /** At least one of them. */
  readonly any: readonly string[];
  /** All or none of them. */
  readonly together: readonly string[];
  /** Not one of them. */
  readonly none: readonly string[];
  /** All of those of the deal's stage. */
  readonly byStage: FieldsByStage | null;
}

/** What is wrong with the cells of a deal. */
export interface CellFaults {
  readonly missing: readonly string[];
  readonly lacksAny: boolean;
  /** Empty fields of a group that is filled in part. */
  readonly gaps: readonly string[];
  readonly surplus: readonly string[];
}

/** The demands on the cells of a dataset. */
export interface FilledCells {
  /** Whether anything is demanded of the deals of a stage, by its index; -1 for those of no stage. */
  readonly isAsked: (stage: number) => boolean;
  /** One a row: 1 where a demand is not met. */
  readonly unsound: () => Uint8Array;
  readonly faults: (row: number) => CellFaults;
}

type Cells = readonly (Column | undefined)[];

/** How many of the cells of each row are filled. */
function countFilled(cells: Cells, rowCount: number): Uint16Array {
  const filled = new Uint16Array(rowCount);
  for (const column of cells) {
    if (column === undefined) continue;
    const { codes, state } = column;
    for (let row = 0; row < rowCount; row++) if (state[codes[row] as number] === PRESENT) filled[row]!++;
  }
  return filled;
}

/** Marks the rows that have not as many filled cells as they should; without cells there is no demand. */
function markByCount(
  cells: Cells,
  unsound: Uint8Array,
  { least, most, orNone }: { readonly least: number; readonly most: number; readonly orNone: boolean },
): void {
  if (cells.length === 0) return;
  const filled = countFilled(cells, unsound.length);
  for (let row = 0; row < unsound.length; row++) {
    const count = filled[row] as number;
    if ((count < least || count > most) && !(orNone && count === 0)) unsound[row] = 1;
  }
}

/** Marks the rows of some stages (1 at index + 1) that have no value in a column, all of them where there is none. */
function markEmpty(column: Column | undefined, asked: Uint8Array, stage: Int16Array, unsound: Uint8Array): void {
  visitBlocks(unsound.length, (from, to) => {
    if (column === undefined) {
      for (let row = from; row < to; row++) unsound[row]! |= asked[stage[row]! + 1]!;
      return;
    }
    const { codes, state } = column;
    for (let row = from; row < to; row++) {
      unsound[row]! |= asked[stage[row]! + 1]! & Number(state[codes[row]!] !== PRESENT);
    }
  });
}

/** Holds the columns of a dataset against the demands; a field without a column counts as empty. */
export function filledCells(demands: Demands, { columns, stage, stages, rowCount }: Dataset): FilledCells {
  const { fields, any, together, none, byStage } = demands;
  const cellsOf = (names: readonly string[]): Cells => names.map((field) => columns.get(field));
  const always = fields.length + any.length + together.length + none.length > 0;
  const isFilled = (row: number) => (field: string) => isPresent(columns.get(field), row);
  return {
    isAsked: (index) => always || (byStage?.[index] ?? []).length > 0,
    unsound: () => {
      const unsound = new Uint8Array(rowCount);
      const everyStage = new Uint8Array(stages.length + 1).fill(1);
      for (const column of cellsOf(fields)) markEmpty(column, everyStage, stage, unsound);
      for (const field of new Set(byStage?.flat())) {
        const asked = Uint8Array.of(0, ...stages.map((_, index) => Number(byStage?.[index]?.includes(field))));
        markEmpty(columns.get(field), asked, stage, unsound);
      }
      markByCount(cellsOf(any), unsound, { least: 1, most: any.length, orNone: false });
      markByCount(cellsOf(together), unsound, { least: together.length, most: together.length, orNone: true });
      markByCount(cellsOf(none), unsound, { least: 0, most: 0, orNone: false });
      return unsound;
    },
    faults: (row) => {
      const filled = isFilled(row);
      const asked = [...fields, ...(byStage?.[stage[row] as number] ?? [])];
      const gaps = together.filter((field) => !filled(field));
      return {
        missing: asked.filter((field) => !filled(field)),
        lacksAny: any.length > 0 && !any.some(filled),
        gaps: gaps.length < together.length ? gaps : [],
        surplus: none.filter(filled),
      };
    },
  };
}
