/** One a row: 1 counts and hits, 0 counts and misses, -1 does not count. */
export type Hits = Int8Array;

/** Groups of rows: one entry a row from 0 up to `size`, -1 for rows of no group. */
export interface RowGroups {
  readonly ofRow: Int32Array;
  readonly size: number;
}

/** Hits of each group; rows of no group are left out, of the sums too. */
export interface GroupCounts {
  readonly hits: Int32Array;
  readonly of: Int32Array;
  readonly allHits: number;
  readonly allOf: number;
}

/** Counts the hits of each group, in one pass. */
export function countGroups({ ofRow, size }: RowGroups, outcome: Hits): GroupCounts {
  const hits = new Int32Array(size);
  const of = new Int32Array(size);
  let allHits = 0;
  let allOf = 0;
  for (let row = 0; row < ofRow.length; row++) {
    const group = ofRow[row] as number;
    const hit = outcome[row] as number;
    if (hit < 0 || group < 0) continue;
    of[group]!++;
    allOf++;
    if (hit === 0) continue;
    hits[group]!++;
    allHits++;
  }
  return { hits, of, allHits, allOf };
}

/** Share of the hits that belong to a group minus that of the misses, −1–1; 0 where there are no hits, or no misses. */
function groupedShareDifference({ ofRow }: RowGroups, outcome: Hits): number {
  const grouped = [0, 0];
  const all = [0, 0];
  for (let row = 0; row < ofRow.length; row++) {
    const hit = outcome[row] as number;
    if (hit < 0) continue;
    all[hit]!++;
    if ((ofRow[row] as number) >= 0) grouped[hit]!++;
  }
  const [misses, hits] = all as [number, number];
  if (misses === 0 || hits === 0) return 0;
  return (grouped[1] as number) / hits - (grouped[0] as number) / misses;
}

/** A field filled so much more often for hits than for misses (or the other way) says itself how a row ended. */
const MOST_FILL_DIFFERENCE = 0.25;

/** Whether groups tell by being there at all what hit, so that rows of one group are not like rows. */
export function tellsOutcome(groups: RowGroups, outcome: Hits): boolean {
  return Math.abs(groupedShareDifference(groups, outcome)) > MOST_FILL_DIFFERENCE;
}

/** Hits and rows of each stratum. */
interface StrataCounts {
  readonly hits: Int32Array;
  readonly of: Int32Array;
}

function emptyCounts(size: number): StrataCounts {
  return { hits: new Int32Array(size), of: new Int32Array(size) };
}

/** The rows that count, by group: those of the nth group wanted are `rows[offsets[n] .. offsets[n + 1] - 1]`. */
function rowsByGroup({ ofRow }: RowGroups, { of }: GroupCounts, wanted: readonly number[], outcome: Hits) {
  const slotOf = new Int32Array(of.length).fill(-1);
  const offsets = new Int32Array(wanted.length + 1);
  for (const [slot, group] of wanted.entries()) {
    slotOf[group] = slot;
    offsets[slot + 1] = (offsets[slot] as number) + (of[group] as number);
  }
  const next = offsets.slice();
  const rows = new Int32Array(offsets[wanted.length] as number);
  for (let row = 0; row < outcome.length; row++) {
    const group = ofRow[row] as number;
    if (group < 0 || outcome[row] === -1) continue;
    const slot = slotOf[group] as number;
    if (slot >= 0) rows[next[slot]!++] = row;
  }
  return { offsets, rows };
}

function countAll(groups: RowGroups, outcome: Hits, { ofRow, size }: RowGroups): StrataCounts {
  const { hits, of } = emptyCounts(size);
  for (let row = 0; row < outcome.length; row++) {
    const stratum = ofRow[row] as number;
    if (outcome[row] === -1 || stratum < 0 || (groups.ofRow[row] as number) < 0) continue;
    of[stratum]!++;
    hits[stratum]! += outcome[row] as number;
  }
  return { hits, of };
}

/** The difference of some rows to all others, standardised; `own` is scratch, and left as it came. */
function differenceOf(
  rows: Int32Array,
  outcome: Hits,
  { ofRow }: RowGroups,
  all: StrataCounts,
  own: StrataCounts,
): number | null {
  const met: number[] = [];
  for (const row of rows) {
    const stratum = ofRow[row] as number;
    if (stratum < 0) continue;
    if (own.of[stratum] === 0) met.push(stratum);
    own.of[stratum]!++;
    own.hits[stratum]! += outcome[row] as number;
  }
  let weights = 0;
  let sum = 0;
  let shared = 0;
  for (const stratum of met) {
    const of = own.of[stratum] as number;
    const hits = own.hits[stratum] as number;
    const weight = all.of[stratum] as number;
    own.of[stratum] = 0;
    own.hits[stratum] = 0;
    if (weight === of) continue;
    sum += weight * (hits / of - ((all.hits[stratum] as number) - hits) / (weight - of));
    weights += weight;
    shared += of;
  }
  return shared * 2 < rows.length || weights === 0 ? null : sum / weights;
}

/**
 * For each group wanted the difference of its share of hits to the rest, if both had the mix of strata that all have
 * (direct standardisation), over the strata in which both have rows; null where these hold fewer than half of its rows.
 * A few passes over the rows, however many groups are asked for.
 */
export function standardisedDifferences(
  groups: RowGroups,
  counts: GroupCounts,
  wanted: readonly number[],
  outcome: Hits,
  strata: RowGroups,
): readonly (number | null)[] {
  const all = countAll(groups, outcome, strata);
  const own = emptyCounts(strata.size);
  const { offsets, rows } = rowsByGroup(groups, counts, wanted, outcome);
  return wanted.map((_, slot) =>
    differenceOf(rows.subarray(offsets[slot], offsets[slot + 1]), outcome, strata, all, own),
  );
}
