import { isPresent } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
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
  /** Whether anything is demanded of a deal. */
  readonly isAsked: (row: number) => boolean;
  readonly isSound: (row: number) => boolean;
  readonly faults: (row: number) => CellFaults;
}

type Cells = readonly (Column | undefined)[];

function filledIn(cells: Cells, row: number): number {
  let filled = 0;
  for (const column of cells) if (isPresent(column, row)) filled++;
  return filled;
}

/** Holds the columns of a dataset against the demands; a field without a column counts as empty. */
export function filledCells(demands: Demands, { columns, stage }: Dataset): FilledCells {
  const { fields, byStage } = demands;
  const cellsOf = (names: readonly string[]): Cells => names.map((field) => columns.get(field));
  const [required, any, together, none] = [fields, demands.any, demands.together, demands.none].map(cellsOf) as [
    Cells,
    Cells,
    Cells,
    Cells,
  ];
  const requiredByStage = byStage?.map(cellsOf) ?? [];
  const always = required.length + any.length + together.length + none.length > 0;
  const ofStage = (row: number): Cells => requiredByStage[stage[row] as number] ?? [];
  const isFilled = (row: number) => (field: string) => isPresent(columns.get(field), row);
  const lacksAny = (row: number): boolean => any.length > 0 && filledIn(any, row) === 0;
  const hasGaps = (row: number): boolean => {
    const filled = filledIn(together, row);
    return filled > 0 && filled < together.length;
  };
  return {
    isAsked: (row) => always || ofStage(row).length > 0,
    isSound: (row) =>
      filledIn(required, row) === required.length &&
      filledIn(ofStage(row), row) === ofStage(row).length &&
      !lacksAny(row) &&
      !hasGaps(row) &&
      filledIn(none, row) === 0,
    faults: (row) => {
      const filled = isFilled(row);
      const asked = [...fields, ...(byStage?.[stage[row] as number] ?? [])];
      return {
        missing: asked.filter((field) => !filled(field)),
        lacksAny: lacksAny(row),
        gaps: hasGaps(row) ? demands.together.filter((field) => !filled(field)) : [],
        surplus: demands.none.filter(filled),
      };
    },
  };
}
