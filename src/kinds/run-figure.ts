import type { Dataset } from '../dataset/dataset.ts';
import type { Args } from '../i18n/text.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import type { FigureResult, PlacesResult } from './define.ts';
import { judgeFigure, judgeRows, type Verdict, worstVerdict } from './judge.ts';
import { emptyResult, NO_COUNTS, type RuleFinding, type RuleResult, type SegmentResult } from './result.ts';
import { segmentsOf } from './segments.ts';

function figureArg({ value, unit, currency }: Figure): Args[string] {
  if (value === null) return null;
  if (unit === 'rate') return { rate: value };
  if (unit === 'days') return { days: value };
  return unit === 'money' ? { money: value, currency } : value;
}

function figureName({ options, id }: Rule): string {
  const named = typeof options === 'object' && options !== null && 'figure' in options ? options.figure : id;
  return String(named);
}

function findingOf(rule: Rule, figure: Figure, segment: string | null, message: string, verdict: Verdict): RuleFinding {
  const threshold = (verdict === 'fail' ? rule.fail : (rule.warn ?? rule.fail))?.source ?? '';
  const args: Args = { figure: figureName(rule), value: figureArg(figure), threshold };
  return { message, args, field: null, row: null, sheetRow: null, line: null, segment };
}

function isBad(verdict: Verdict): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

function segmentResults(rule: Rule, dataset: Dataset, selected: Uint8Array, result: FigureResult): SegmentResult[] {
  const segments = segmentsOf(rule, dataset);
  if (segments === null) return [];
  return segments.names.map((segment, number) => {
    const mask = selected.map((value, row) => (segments.ofRow[row] === number ? value : 0));
    const figure = result.figureOf(mask);
    const counts = { ...NO_COUNTS, checked: figure.of };
    return { segment, verdict: judgeFigure(rule, figure), counts, figure, rows: new Int32Array(0) };
  });
}

/** Judges a kind that computes a figure, over all deals picked or for each segment. */
export function runFigure(rule: Rule, dataset: Dataset, selected: Uint8Array, result: FigureResult): RuleResult {
  const figure = result.figureOf(selected);
  const segments = segmentResults(rule, dataset, selected, result);
  const own = judgeFigure(rule, figure);
  const verdict = segments.length === 0 ? own : worstVerdict(segments.map((segment) => segment.verdict));
  const judged = segments.length === 0 ? [{ segment: null, verdict: own, figure }] : segments;
  const findings = judged
    .filter((each) => isBad(each.verdict))
    .map((each) => findingOf(rule, each.figure ?? figure, each.segment, result.message, each.verdict));
  const filteredOut = selected.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  return {
    ...emptyResult(rule, verdict),
    counts: { ...NO_COUNTS, checked: figure.of, filteredOut },
    figure,
    segments,
    findings,
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
  return { ...emptyResult(rule, judgeRows(rule, counts)), counts, findings };
}
