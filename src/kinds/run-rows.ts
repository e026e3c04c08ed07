import type { Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import { HOLDS, type RowsResult, UNKNOWN, VIOLATES } from './define.ts';
import { rowsByGroup } from './grouped-rows.ts';
import { judgeRows, worstVerdict } from './judge.ts';
import {
  type Counts,
  countFilteredOut,
  emptyResult,
  type RuleFinding,
  type RuleResult,
  type SegmentResult,
} from './result.ts';
import { type Segments, segmentsOf } from './segments.ts';

/** An outcome of the runner's own: violates, but the rules file says to let it be. */
const EXCEPTED = 4;

function applyNulls(outcome: Uint8Array, nulls: Rule['nulls']): void {
  if (nulls === 'skip') return;
  const replacement = nulls === 'fail' ? VIOLATES : HOLDS;
  for (let row = 0; row < outcome.length; row++) if (outcome[row] === UNKNOWN) outcome[row] = replacement;
}

/** Marks excepted deals; answers with the keys of exceptions that met a violation. */
function applyExceptions(rule: Rule, dataset: Dataset, outcome: Uint8Array): ReadonlySet<string> {
  const met = new Set<string>();
  const keys = new Set(
    dataset.ruleset.exceptions
      .filter(({ rule: id, untilDay }) => id === rule.id && (untilDay === null || untilDay >= dataset.asOfDay))
      .flatMap((exception) => exception.keys),
  );
  if (keys.size === 0) return met;
  const keyOf = dealKeys(dataset);
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== VIOLATES) continue;
    const key = keyOf(row);
    if (key === null || !keys.has(key)) continue;
    outcome[row] = EXCEPTED;
    met.add(key);
  }
  return met;
}

/** Counts of each segment (one segment of all rows where `ofRow` is null), in one pass. */
function countOutcomes(outcome: Uint8Array, ofRow: Int32Array | null, segments: number): Counts[] {
  const tally = new Int32Array(segments * 5);
  for (let row = 0; row < outcome.length; row++) {
    const base = ofRow === null ? 0 : (ofRow[row] as number) * 5;
    tally[base + (outcome[row] as number)]!++;
  }
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
  selected: Uint8Array,
  result: RowsResult,
  limit: number,
): RuleResult {
  const { outcome } = result;
  applyNulls(outcome, rule.nulls);
  const exceptionsMet = applyExceptions(rule, dataset, outcome);
  const counted = countOutcomes(outcome, null, 1)[0] as Counts;
  const counts = { ...counted, filteredOut: countFilteredOut(rule, selected) };
  const rows = violatingRows(outcome, counts.violating);
  const segments = segmentsOf(rule, dataset);
  const own = segments === null ? [] : segmentResults(rule, result, rows, segments);
  const [expectedShare] = expectedShares(result, null, 1);
  const whole = judgeRows(rule, { ...counts, expectedShare });
  const verdict = own.length === 0 ? whole : worstVerdict(own.map((segment) => segment.verdict));
  const findings = describe(rows, result, dataset, segments, limit);
  const told = expectedShare === undefined ? {} : { expectedShare };
  const empty = emptyResult(rule, verdict);
  return { ...empty, judged: 'rows', ...told, counts, rows, segments: own, findings, exceptionsMet };
}
