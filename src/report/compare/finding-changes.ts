import type { Text } from '../../i18n/text.ts';
import { fingerprintsByRule } from '../kept-findings.ts';
import type { AuditReport, ReportRule } from '../report.ts';

/** What became of the findings of one rule, by their fingerprints. */
export interface FindingChange {
  readonly rule: string;
  readonly title: Text;
  readonly before: number;
  readonly after: number;
  readonly new: number;
  readonly gone: number;
  readonly kept: number;
  /** Null where the rule was no part of that report. */
  readonly verdictBefore: ReportRule['verdict'] | null;
  readonly verdictAfter: ReportRule['verdict'] | null;
  /** Both reports could look: otherwise a finding is not new, nor mended, but looked for on one side only. */
  readonly comparable: boolean;
  readonly newFingerprints: readonly string[];
  readonly goneFingerprints: readonly string[];
}

export interface FindingChanges {
  /** Over the rules that both reports could check. */
  readonly new: number;
  readonly gone: number;
  readonly kept: number;
  readonly rules: readonly FindingChange[];
}

/** Those of `fingerprints` that `others` do not hold; two findings with one fingerprint are two. */
function without(fingerprints: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const fingerprint of others) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  return fingerprints.filter((fingerprint) => {
    const count = left.get(fingerprint) ?? 0;
    if (count > 0) left.set(fingerprint, count - 1);
    return count === 0;
  });
}

const LOOKED: ReadonlySet<ReportRule['verdict']> = new Set(['pass', 'warn', 'fail', 'inconclusive']);

function hasLooked(rule: ReportRule | undefined): boolean {
  return rule !== undefined && LOOKED.has(rule.verdict);
}

/** The findings of two reports side by side: rules in order of the later report, those of the earlier one alone last. */
export function findingChanges(before: AuditReport, after: AuditReport): FindingChanges {
  const [earlier, later] = [fingerprintsByRule(before), fingerprintsByRule(after)];
  const [rulesBefore, rulesAfter] = [before, after].map(({ rules }) => new Map(rules.map((each) => [each.id, each])));
  const ids = [...new Set([...(rulesAfter?.keys() ?? []), ...(rulesBefore?.keys() ?? [])])];
  const rules = ids.map((id): FindingChange => {
    const [was, is] = [rulesBefore?.get(id), rulesAfter?.get(id)];
    const [findingsBefore, findingsAfter] = [earlier.get(id) ?? [], later.get(id) ?? []];
    const newFingerprints = without(findingsAfter, findingsBefore);
    const goneFingerprints = without(findingsBefore, findingsAfter);
    return {
      rule: id,
      title: (is ?? was)?.title ?? { en: id, zh: id },
      before: findingsBefore.length,
      after: findingsAfter.length,
      new: newFingerprints.length,
      gone: goneFingerprints.length,
      kept: findingsAfter.length - newFingerprints.length,
      verdictBefore: was?.verdict ?? null,
      verdictAfter: is?.verdict ?? null,
      comparable: hasLooked(was) && hasLooked(is),
      newFingerprints,
      goneFingerprints,
    };
  });
  const compared = rules.filter(({ comparable }) => comparable);
  const total = (count: (rule: FindingChange) => number): number =>
    compared.reduce((sum, rule) => sum + count(rule), 0);
  return { new: total((rule) => rule.new), gone: total((rule) => rule.gone), kept: total((rule) => rule.kept), rules };
}
