import { numberAt } from '../../dataset/cells.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { differenceToRest } from '../../stats/against-rest.ts';
import { bandsBySize } from '../../stats/bands.ts';
import {
  type GroupCounts,
  type Hits,
  type RowGroups,
  standardisedDifferences,
  tellsOutcome,
} from '../../stats/grouped-hits.ts';
import type { AlikeTest } from '../../stats/proportions-alike.ts';
import type { Breakdown } from '../breakdown.ts';
import { winBase } from './win-base.ts';

/** A field whose values are held equal, to see whether a difference is of the mix of deals alone. */
export interface MixField extends RowGroups {
  /** A field id; `firstStage` for the stage in which the deal began. */
  readonly by: string;
}

/** The difference that is left with one mix of another field for all. */
export interface AdjustedDifference {
  readonly by: string;
  readonly difference: number;
  /** The difference turns round, or less than a quarter of it is left: it is the mix, not the performance. */
  readonly isMix: boolean;
}

const SIZE_BANDS = 3;
/** Of a difference that is real, more than this is left between like deals. */
const LEAST_LEFT = 0.25;

/** Thirds of the amounts above zero, each currency by itself; null without amounts. */
function sizeField(dataset: Dataset): MixField | null {
  const column = dataset.columns.get('amount');
  if (column === undefined) return null;
  const amounts = new Float64Array(dataset.rowCount);
  for (let row = 0; row < amounts.length; row += 1) {
    const amount = numberAt(column, row);
    amounts[row] = amount > 0 ? amount : Number.NaN;
  }
  const { currency, currencies } = dataset;
  const { ofRow, size } = bandsBySize(amounts, (row) => currency[row]! + 1, currencies.length + 1, SIZE_BANDS);
  return { by: 'amount', ofRow, size };
}

/**
 * The stage in which each deal began. How far it came says how it ended, so that among deals that came as far no
 * difference would be left; where it began was settled before anybody worked on it.
 */
function firstStageField({ journeys, rowCount, stages }: Dataset): MixField | null {
  if (journeys === null) return null;
  const ofRow = new Int32Array(rowCount).fill(-1);
  for (let row = 0; row < rowCount; row += 1) {
    const first = journeys.offsets[row]!;
    if (first < journeys.offsets[row + 1]!) ofRow[row] = journeys.stage[first]!;
  }
  return { by: 'firstStage', ofRow, size: stages.length };
}

/** A field with the test that its values win alike. */
export interface TestedBreakdown {
  readonly breakdown: Breakdown;
  readonly overall: AlikeTest | null;
}

function strongest(others: readonly TestedBreakdown[]): MixField | null {
  const [first] = others
    .flatMap(({ breakdown, overall }) => (overall === null ? [] : [{ breakdown, overall }]))
    .toSorted((a, b) => a.overall.probability - b.overall.probability || b.overall.statistic - a.overall.statistic);
  if (first === undefined) return null;
  const { field, groupOf, values } = first.breakdown;
  return { by: field, ofRow: groupOf, size: values.length };
}

/**
 * What is held equal for one field: the size of deals, the stage they began in, and the other field that says most; none
 * that is filled by how a deal ended, as amounts are where lost deals have none.
 */
export function mixFields(dataset: Dataset, field: string, tested: readonly TestedBreakdown[]): readonly MixField[] {
  const others = tested.filter(({ breakdown }) => breakdown.field !== field);
  const found = [field === 'amount' ? null : sizeField(dataset), firstStageField(dataset), strongest(others)];
  const { outcomes } = winBase(dataset);
  return found.filter((each) => each !== null).filter((each) => !tellsOutcome(each, outcomes));
}

/** For each group the adjustment that leaves least of its difference; null where none can be made. */
export function adjustedDifferences(
  groups: RowGroups,
  counts: GroupCounts,
  wanted: readonly number[],
  hits: Hits,
  fields: readonly MixField[],
): readonly (AdjustedDifference | null)[] {
  const least = wanted.map((): AdjustedDifference | null => null);
  for (const field of wanted.length === 0 ? [] : fields) {
    const differences = standardisedDifferences(groups, counts, wanted, hits, field);
    for (const [index, group] of wanted.entries()) {
      const difference = differences[index] ?? null;
      if (difference === null) continue;
      const raw = differenceToRest(counts, group);
      const left = difference / raw;
      const known = least[index] ?? null;
      if (known !== null && known.difference / raw <= left) continue;
      least[index] = { by: field.by, difference, isMix: left < LEAST_LEFT };
    }
  }
  return least;
}
