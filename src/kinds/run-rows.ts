import type { Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { HOLDS, type RowsResult, UNKNOWN, VIOLATES } from './define.ts';
import { rowsByGroup } from './grouped-rows.ts';
import { judgeRows, worstVerdict } from './judge.ts';
import { type Counts, emptyResult, type RuleFinding, type RuleResult, type SegmentResult } from './result.ts';
import { type Segments, segmentsOf } from './segments.ts';
import type { Selection } from './selections.ts';

/** An outcome of the runner's own: violates, but the rules file says to let it be. */
const EXCEPTED = 4;

function applyNulls(outcome: Uint8Array, nulls: Rule['nulls']): void {
  if (nulls === 'skip' || !outcome.includes(UNKNOWN)) return;
  const replacement = nulls === 'fail' ? VIOLATES : HOLDS;
  for (let row = 0; row < outcome.length; row++) if (outcome[row] === UNKNOWN) outcome[row] = replacement;
}

/** Deals that are excepted, and the keys of the exceptions that met a violation. */
interface Excepted {
  readonly deals: number;
  readonly met: ReadonlySet<string>;
}

/** Marks excepted deals. */
function applyExceptions(rule: Rule, dataset: Dataset, outcome: Uint8Array): Excepted {
  const met = new Set<string>();
  let deals = 0;
  const keys = new Set(
    dataset.ruleset.exceptions
      .filter(({ rule: id, untilDay }) => id === rule.id && (untilDay === null || untilDay >= dataset.asOfDay))
      .flatMap((exception) => exception.keys),
  );
  if (keys.size === 0) return { deals, met };
  const keyOf = dealKeys(dataset);
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== VIOLATES) continue;
    const key = keyOf(row);
    if (key === null || !keys.has(key)) continue;
    outcome[row] = EXCEPTED;
    deals++;
    met.add(key);
  }
  return { deals, met };
}

/** Rows counted in one sum. */
const MOST_SUMMED = 1023;
/** Where an outcome is counted in a sum: ten bits for each of HOLDS, VIOLATES and UNKNOWN. */
const COUNTED = Int32Array.of(0, 1, 1 << 10, 1 << 20, 0);

function sumOutcomes(outcome: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += COUNTED[outcome[row]!]!;
  return sum;
}

/** The same as `countOutcomes` for all rows at once. Counters in memory would have to wait for each other. */
function countAll(outcome: Uint8Array, excepted: number): Counts {
  let [holds, violating, unknown] = [0, 0, 0];
  for (let from = 0; from < outcome.length; from += MOST_SUMMED) {
    const sum = sumOutcomes(outcome, from, Math.min(outcome.length, from + MOST_SUMMED));
    holds += sum & MOST_SUMMED;
    violating += (sum >> 10) & MOST_SUMMED;
    unknown += sum >> 20;
  }
  return { checked: holds + violating, violating, unknown, filteredOut: 0, excepted };
}

/** Counts of each segment, in one pass. */
function countOutcomes(outcome: Uint8Array, ofRow: Int32Array, segments: number): Counts[] {
  const tally = new Int32Array(segments * 5);
  for (let row = 0; row < outcome.length; row++) tally[ofRow[row]! * 5 + outcome[row]!]! += 1;
  return Array.from({ length: segments }, (_, segment) => {
    const [holds, violating, unknown, excepted] = [HOLDS, VIOLATES, UNKNOWN, EXCEPTED].map(
      (value) => tally[segment * 5 + value] as number,
    ) as [number, number, number, number];
    return { checked: holds + violating, violating, unknown, filteredOut: 0, excepted };
  });
}

/** Mean over the rows checked of how likely they violate as things usually are; undefined where nothing is expected. */
function expectedShares(
  { outcome, expected }: RowsResult,
  ofRow: Int32Array | null,
  segments: number,
): readonly (number | undefined)[] {
  if (expected === undefined) return new Array<undefined>(segments).fill(undefined);
  const sums = new Float64Array(segments);
  const known = new Int32Array(segments);
  for (let row = 0; row < outcome.length; row++) {
    const likely = expected[row] as number;
    if ((outcome[row] !== HOLDS && outcome[row] !== VIOLATES) || Number.isNaN(likely)) continue;
    const segment = ofRow === null ? 0 : (ofRow[row] as number);
    sums[segment]! += likely;
    known[segment]!++;
  }
  return Array.from(sums, (sum, segment) => {
    const rows = known[segment] as number;
    // A mean of shares that are all 1 may come to a little more.
    return rows === 0 ? undefined : Math.min(1, sum / rows);
  });
}

function violatingRows(outcome: Uint8Array, count: number): Int32Array {
  const rows = new Int32Array(count);
  // A row that does not violate is overwritten by the next one that does: no branch to be guessed wrongly.
  for (let row = 0, next = 0; next < count; row++) {
    rows[next] = row;
    next += Number(outcome[row] === VIOLATES);
  }
  return rows;
}

function segmentResults(rule: Rule, result: RowsResult, rows: Int32Array, segments: Segments): SegmentResult[] {
  const counts = countOutcomes(result.outcome, segments.ofRow, segments.names.length);
  const expected = expectedShares(result, segments.ofRow, segments.names.length);
  const { offsets, rows: bySegment } = rowsByGroup(rows, segments.ofRow, segments.names.length);
  return segments.names.map((segment, number) => {
    const own = counts[number] as Counts;
    const ownRows = bySegment.subarray(offsets[number], offsets[number + 1]);
    const verdict = judgeRows(rule, { ...own, expectedShare: expected[number] });
    const told = expected[number] === undefined ? {} : { expectedShare: expected[number] };
    return { segment, verdict, counts: own, ...told, figure: null, rows: ownRows };
  });
}

function describe(
  rows: Int32Array,
  result: RowsResult,
  dataset: Dataset,
  segments: Segments | null,
  limit: number,
): RuleFinding[] {
  const findings: RuleFinding[] = [];
  for (const row of rows) {
    if (findings.length >= limit) break;
    const segment = segments === null ? null : (segments.names[segments.ofRow[row] as number] ?? null);
    const sheetRow = dataset.sheet.rows[row] ?? null;
    const line = dataset.sheet.lines[row] ?? null;
    for (const violation of result.describe(row)) findings.push({ ...violation, row, sheetRow, line, segment });
  }
  return findings;
}

/** Judges a kind that says of each deal whether it holds. At most about `limit` findings are described. */
export function runRows(
  rule: Rule,
  dataset: Dataset,
  { filteredOut }: Selection,
  result: RowsResult,
  limit: number,
): RuleResult {
  const { outcome } = result;
  applyNulls(outcome, rule.nulls);
  const excepted = applyExceptions(rule, dataset, outcome);
  const counts = { ...countAll(outcome, excepted.deals), filteredOut };
  const rows = violatingRows(outcome, counts.violating);
  const segments = segmentsOf(rule, dataset);
  const own = segments === null ? [] : segmentResults(rule, result, rows, segments);
  const [expectedShare] = expectedShares(result, null, 1);
  const whole = judgeRows(rule, { ...counts, expectedShare });
  const verdict = own.length === 0 ? whole : worstVerdict(own.map((segment) => segment.verdict));
  const findings = describe(rows, result, dataset, segments, limit);
  const told = expectedShare === undefined ? {} : { expectedShare };
  const empty = emptyResult(rule, verdict);
  return { ...empty, judged: 'rows', ...told, counts, rows, segments: own, findings, exceptionsMet: excepted.met };
}
