import type { RuleResult } from '../kinds/result.ts';
import { withoutKnown } from '../kinds/without-known.ts';
import { severityOf } from './build-findings.ts';
import { fingerprint } from './fingerprint.ts';
import { fingerprintsByRule, foundOf } from './kept-findings.ts';
import type { AuditReport, ReportFinding, ReportRule } from './report.ts';

/** Findings known from before. */
export interface Baseline {
  /** As it was named. */
  readonly file: string;
  /** Entry → how many findings it stands for: two rows with one id are two findings with one entry. */
  readonly entries: ReadonlyMap<string, number>;
}

const MARK_LENGTH = 8;
const SEPARATOR = '-';
const ENTRY = /^[0-9a-f]{8}-[0-9a-f]{16}$/;

/** Whether a text is an entry of a baseline. */
export function isEntry(text: string): boolean {
  return ENTRY.test(text);
}

/** A hash of a rule: it tells of an entry whose rule did not run today that nothing is known of it, not that it is gone. */
function ruleMark(rule: string): string {
  return fingerprint([rule]).slice(0, MARK_LENGTH);
}

function entryOf(mark: string, print: string): string {
  return `${mark}${SEPARATOR}${print}`;
}

function markOf(entry: string): string {
  return entry.slice(0, MARK_LENGTH);
}

/** The findings of a report as entries, each as often as it was found. */
function entriesOf(report: AuditReport): ReadonlyMap<string, number> {
  const entries = new Map<string, number>();
  for (const [rule, fingerprints] of fingerprintsByRule(report)) {
    const mark = ruleMark(rule);
    for (const print of fingerprints) {
      const entry = entryOf(mark, print);
      entries.set(entry, (entries.get(entry) ?? 0) + 1);
    }
  }
  return entries;
}

/** How many findings entries stand for. */
export function countEntries(entries: ReadonlyMap<string, number>): number {
  let count = 0;
  for (const times of entries.values()) count += times;
  return count;
}

/** The entries of rules that could not be judged today: whether their findings are gone nobody knows. */
function uncheckedEntries({ baseline }: AuditReport, before: ReadonlyMap<string, number>): [string, number][] {
  const marks = new Set(baseline?.unchecked?.rules.map(ruleMark));
  return marks.size === 0 ? [] : [...before].filter(([entry]) => marks.has(markOf(entry)));
}

/** A baseline with what is found today, and nothing else that could be judged. */
export function entriesToday(report: AuditReport, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const entries = new Map(uncheckedEntries(report, before));
  for (const [entry, times] of entriesOf(report)) entries.set(entry, times);
  return entries;
}

/** A baseline without what is no longer found; nothing new comes in. */
export function entriesLeft(report: AuditReport, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return both(entriesToday(report, before), before);
}

/** What two baselines hold both. */
export function both(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const entries = new Map<string, number>();
  for (const [entry, times] of one) {
    const least = Math.min(times, other.get(entry) ?? 0);
    if (least > 0) entries.set(entry, least);
  }
  return entries;
}

/** What a report says once some of its findings are known. */
export interface HeldAgainstBaseline {
  readonly results: readonly RuleResult[];
  /** Those of each result, the new ones first; the known ones say so. No more than were asked for. */
  readonly findings: readonly (readonly ReportFinding[])[];
  /** What there was of each result, where not all of it was asked for. */
  readonly cut: readonly Pick<ReportRule, 'found'>[];
  readonly baseline: NonNullable<AuditReport['baseline']>;
}

/** Takes findings off the baseline as they are met. */
function createMatcher({ entries }: Baseline) {
  const left = new Map(entries);
  let known = 0;
  return {
    left,
    known: () => known,
    meets: (entry: string): boolean => {
      const times = left.get(entry) ?? 0;
      if (times === 0) return false;
      left.set(entry, times - 1);
      known += 1;
      return true;
    },
  };
}

/** New findings with the severity of the verdict on them alone, then the known ones as they were. */
function marked(findings: readonly ReportFinding[], isKnown: Uint8Array, judged: RuleResult): ReportFinding[] {
  const verdicts = new Map(judged.segments.map(({ segment, verdict }) => [segment, verdict]));
  const fresh: ReportFinding[] = [];
  const known: ReportFinding[] = [];
  findings.forEach((finding, index) => {
    const verdict = verdicts.get(judged.findings[index]?.segment ?? null) ?? judged.verdict;
    const severity = severityOf(verdict, judged.rule.severity);
    // A million findings are not copied for nothing.
    if (isKnown[index] === 1) known.push({ ...finding, known: true });
    else fresh.push(severity === finding.severity ? finding : { ...finding, severity });
  });
  return fresh.concat(known);
}

/** Rules in force that could not be judged today, for want of a column or a change log or as only some were to run. */
function uncheckedRules(rules: readonly RuleResult['rule'][], results: readonly RuleResult[]): readonly string[] {
  const judged = new Set(results.flatMap(({ rule, verdict }) => (verdict === 'not-run' ? [] : [rule.id])));
  return rules.filter(({ id, off }) => !off && !judged.has(id)).map(({ id }) => id);
}

/** What findings are held against a baseline with. */
export interface Holding {
  /** All findings of a result, in its order. They are taken a result at a time, and let go of. */
  readonly findingsOf: (result: RuleResult) => readonly ReportFinding[];
  /** How many of a result are kept. */
  readonly findingsPerRule: number;
  /** The rules in force, those among them that were not run. */
  readonly rules: readonly RuleResult['rule'][];
}

/**
 * Holds what was found against a baseline: what it knows does not count, and each rule is judged anew on what is left.
 */
export function holdAgainst(
  baseline: Baseline,
  results: readonly RuleResult[],
  { findingsOf, findingsPerRule, rules }: Holding,
): HeldAgainstBaseline {
  const matcher = createMatcher(baseline);
  let all = 0;
  const held = results.map((result) => {
    const own = findingsOf(result);
    all += own.length;
    const mark = ruleMark(result.rule.id);
    const isKnown = Uint8Array.from(own, (each) => Number(matcher.meets(entryOf(mark, each.fingerprint))));
    const judged = withoutKnown(result, (index) => isKnown[index] === 1);
    const findings = marked(own, isKnown, judged);
    if (findings.length <= findingsPerRule) return { judged, findings, cut: {} };
    return { judged, findings: findings.slice(0, findingsPerRule), cut: { found: foundOf(findings) } };
  });
  const unchecked = uncheckedRules(rules, results);
  const markOfRule = new Map(unchecked.map((rule) => [ruleMark(rule), rule]));
  const waiting = new Set<string>();
  let gone = 0;
  let waitingFindings = 0;
  for (const [entry, times] of matcher.left) {
    const rule = markOfRule.get(markOf(entry));
    if (rule === undefined) gone += times;
    else if (times > 0) waiting.add(rule);
    if (rule !== undefined) waitingFindings += times;
  }
  return {
    results: held.map(({ judged }) => judged),
    findings: held.map(({ findings }) => findings),
    cut: held.map(({ cut }) => cut),
    baseline: {
      file: baseline.file,
      known: matcher.known(),
      new: all - matcher.known(),
      gone,
      ...(waiting.size === 0 ? {} : { unchecked: { findings: waitingFindings, rules: [...waiting].sort() } }),
    },
  };
}
