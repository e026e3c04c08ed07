import { judgeRows, worstVerdict } from './judge.ts';
import type { RuleFinding, RuleResult, SegmentResult } from './result.ts';
import { rowsBehind } from './run-figure.ts';

/** Whether a finding, by its number in the result, is known from before. */
type IsKnown = (finding: number) => boolean;

const HAS_KNOWN = 1;
const HAS_NEW = 2;

/** One a row up to the last that violates: 1 where it has findings and every one of them is known. */
function knownRows({ findings, rows }: RuleResult, isKnown: IsKnown): Uint8Array {
  const seen = new Uint8Array((rows.at(-1) ?? -1) + 1);
  findings.forEach(({ row }, index) => {
    if (row !== null) seen[row]! |= isKnown(index) ? HAS_KNOWN : HAS_NEW;
  });
  return seen.map((value) => Number(value === HAS_KNOWN));
}

type Counted = Pick<SegmentResult, 'counts' | 'rows'>;

/** Takes the rows that are known out of those that violate; what was checked stays what it was. */
function withoutRows<Result extends Counted>(result: Result, known: Uint8Array): Result {
  const rows = result.rows.filter((row) => known[row] === 0);
  const counts = { ...result.counts, violating: rows.length, known: result.rows.length - rows.length };
  return { ...result, rows, counts };
}

function rejudgeRows(result: RuleResult, isKnown: IsKnown): RuleResult {
  const { rule } = result;
  const known = knownRows(result, isKnown);
  const judge = ({ counts, expectedShare }: Pick<RuleResult, 'counts' | 'expectedShare'>) =>
    judgeRows(rule, { ...counts, expectedShare });
  const whole = withoutRows(result, known);
  const segments = result.segments.map((segment) => {
    const left = withoutRows(segment, known);
    return left.counts.known === 0 ? left : { ...left, verdict: judge(left) };
  });
  const verdict = segments.length === 0 ? judge(whole) : worstVerdict(segments.map((segment) => segment.verdict));
  return { ...whole, segments, verdict };
}

/** A figure that is known to be bad does not trip its part of the rule. */
function rejudgeFigure(result: RuleResult, isKnown: IsKnown): RuleResult {
  const known = result.findings.filter((_, index) => isKnown(index));
  const counts = { ...result.counts, known: known.length };
  if (result.segments.length === 0) return { ...result, counts, verdict: 'pass', rows: new Int32Array(0) };
  const names = new Set(known.map(({ segment }) => segment));
  const segments = result.segments.map((each): SegmentResult => {
    if (!names.has(each.segment)) return { ...each, counts: { ...each.counts, known: 0 } };
    return { ...each, counts: { ...each.counts, known: 1 }, verdict: 'pass' };
  });
  const verdict = worstVerdict(segments.map((segment) => segment.verdict));
  return { ...result, counts, segments, verdict, rows: rowsBehind(segments) };
}

function rejudgePlaces(result: RuleResult, isKnown: IsKnown): RuleResult {
  const violates = ({ isRemark }: RuleFinding): boolean => isRemark !== true;
  const known = result.findings.filter((finding, index) => violates(finding) && isKnown(index)).length;
  const counts = { ...result.counts, violating: result.counts.violating - known, known };
  return { ...result, counts, verdict: judgeRows(result.rule, counts) };
}

/**
 * What a rule says of what is left when some of its findings do not count: a row all of whose findings are known, a
 * segment whose figure is, or a place. Thresholds and the shares that are expected stay as they are. All findings of
 * the rule have to be described.
 */
export function withoutKnown(result: RuleResult, isKnown: IsKnown): RuleResult {
  if (!result.findings.some((_, index) => isKnown(index))) {
    return { ...result, counts: { ...result.counts, known: 0 } };
  }
  switch (result.judged) {
    case 'rows':
      return rejudgeRows(result, isKnown);
    case 'figure':
      return rejudgeFigure(result, isKnown);
    case 'places':
      return rejudgePlaces(result, isKnown);
    case 'not-run':
      return result;
  }
}
