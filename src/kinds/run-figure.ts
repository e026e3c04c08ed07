import type { Dataset } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import type { FigureResult, PlacesResult } from './define.ts';
import { figureFinding, type JudgedFigure } from './figure-finding.ts';
import { markedRows, rowsByGroup } from './grouped-rows.ts';
import { judgeFigure, judgeRows, type Verdict, worstVerdict } from './judge.ts';
import {
  type Counts,
  emptyResult,
  NO_COUNTS,
  type RuleFinding,
  type RuleResult,
  type SegmentResult,
} from './result.ts';
import { type Segments, segmentsOf } from './segments.ts';
import type { Selection } from './selections.ts';

const NO_ROWS = new Int32Array(0);

/** Whether a figure with this verdict is a finding. */
function isBad(verdict: Verdict): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

function judgeSegments(rule: Rule, segments: Segments, all: Uint8Array, result: FigureResult): JudgedFigure[] {
  const { offsets, rows } = rowsByGroup(markedRows(all), segments.ofRow, segments.names.length);
  const select = new Uint8Array(all.length);
  return segments.names.map((segment, number) => {
    const own = rows.subarray(offsets[number], offsets[number + 1]);
    for (let at = 0; at < own.length; at++) select[own[at] as number] = 1;
    const figure = result.figureOf({ select, all });
    for (let at = 0; at < own.length; at++) select[own[at] as number] = 0;
    return { part: null, segment, verdict: judgeFigure(rule, figure), figure };
  });
}

/** One judgement a segment or part; the whole is one without a name. */
function judge(rule: Rule, dataset: Dataset, selected: Uint8Array, result: FigureResult): JudgedFigure[] {
  const whole = { select: selected, all: selected };
  if (result.parts !== null) {
    return result.parts.map((part) => {
      const figure = part.figureOf(whole);
      return { part, segment: null, verdict: judgeFigure(rule, figure), figure };
    });
  }
  const segments = segmentsOf(rule, dataset);
  if (segments !== null && segments.names.length > 0) return judgeSegments(rule, segments, selected, result);
  const figure = result.figureOf(whole);
  return [{ part: null, segment: null, verdict: judgeFigure(rule, figure), figure }];
}

function segmentOf({ part, segment, verdict, figure }: JudgedFigure): SegmentResult {
  const counts = { ...NO_COUNTS, checked: figure.of };
  return { segment: part?.id ?? segment, verdict, counts, figure, rows: figure.rows ?? NO_ROWS };
}

/** Rows behind the figures that are bad, each once, in order. */
export function rowsBehind(judged: readonly Pick<SegmentResult, 'verdict' | 'figure'>[]): Int32Array {
  const bad = judged.filter(({ verdict }) => isBad(verdict)).flatMap(({ figure }) => figure?.rows ?? []);
  if (bad.length < 2) return bad[0] ?? NO_ROWS;
  const all = new Int32Array(bad.reduce((sum, rows) => sum + rows.length, 0));
  let next = 0;
  for (const rows of bad) {
    all.set(rows, next);
    next += rows.length;
  }
  return all.sort().filter((row, at) => at === 0 || row !== all[at - 1]);
}

/** Why nothing could be judged, such as a benchmark that nobody gave; null where something was, or for many reasons. */
function noteOf(judged: readonly JudgedFigure[]): Text | null {
  const [first] = judged;
  const note = first?.figure.note;
  const isSame = judged.every(({ figure, verdict }) => verdict === 'no-data' && figure.note?.en === note?.en);
  return note !== undefined && isSame ? note : null;
}

/** The figure of all deals picked; null where parts are judged, which make no whole. */
function wholeOf(judged: readonly JudgedFigure[], selected: Uint8Array, result: FigureResult): Figure | null {
  if (result.parts !== null) return null;
  const [first] = judged;
  if (judged.length === 1 && first !== undefined && first.segment === null) return first.figure;
  return result.figureOf({ select: selected, all: selected });
}

function countsOf(judged: readonly JudgedFigure[], whole: Figure | null, filteredOut: number): Counts {
  const checked = whole === null ? judged.reduce((sum, { figure }) => sum + figure.of, 0) : whole.of;
  const unknown = whole === null ? judged.reduce((sum, { figure }) => sum + (figure.unknown ?? 0), 0) : whole.unknown;
  return { ...NO_COUNTS, checked, unknown: unknown ?? 0, filteredOut };
}

/** Judges a kind that computes a figure: over all deals picked, for each segment, or for each part. */
export function runFigure(
  rule: Rule,
  dataset: Dataset,
  { selected, filteredOut }: Selection,
  result: FigureResult,
): RuleResult {
  const { figure: call } = rule;
  const judged = judge(rule, dataset, selected, result);
  const whole = wholeOf(judged, selected, result);
  const note = noteOf(judged);
  const isNotRun = result.needsReference && note !== null && judged.every(({ figure }) => figure.of === 0);
  const bad = judged.filter(({ verdict }) => isBad(verdict));
  return {
    ...emptyResult(rule, isNotRun ? 'not-run' : worstVerdict(judged.map(({ verdict }) => verdict))),
    judged: 'figure',
    reason: note,
    counts: countsOf(judged, whole, filteredOut),
    figure: whole,
    rows: rowsBehind(judged),
    segments: result.parts === null && rule.per === null ? [] : judged.map(segmentOf),
    findings: call === null ? [] : bad.map((each) => figureFinding(rule, call, each, dataset)),
  };
}

/** Judges a kind that looks at the file itself. */
export function runPlaces(rule: Rule, { checked, violating, places }: PlacesResult): RuleResult {
  const counts = { ...NO_COUNTS, checked, violating: violating ?? places.length };
  const findings = places.map(
    ({ row, line, ...violation }): RuleFinding => ({
      ...violation,
      field: null,
      row: null,
      sheetRow: row,
      line,
      segment: null,
    }),
  );
  return { ...emptyResult(rule, judgeRows(rule, counts)), judged: 'places', counts, findings };
}
