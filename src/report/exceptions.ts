import type { Dataset } from '../dataset/dataset.ts';
import { isoOf } from '../dataset/values/calendar.ts';
import type { RuleResult } from '../kinds/result.ts';
import type { AuditReport } from './report.ts';

type Entry = Dataset['ruleset']['exceptions'][number];
type State = AuditReport['exceptions'][number]['state'];

/** An exception of a rule that was not judged is no less in force for having met nothing. */
function stateOf({ keys, untilDay }: Entry, result: RuleResult | undefined, asOfDay: number): State {
  if (untilDay !== null && untilDay < asOfDay) return 'expired';
  if (result === undefined || result.verdict === 'not-run') return 'active';
  return keys.some((key) => result.exceptionsMet.has(key)) ? 'active' : 'unmatched';
}

/** The exceptions of the rules file, and what became of each. */
export function exceptionsOf(dataset: Dataset, results: readonly RuleResult[]): AuditReport['exceptions'] {
  const ofRule = new Map(results.map((result) => [result.rule.id, result]));
  return dataset.ruleset.exceptions.map((entry) => {
    const { rule, keys, untilDay, reason } = entry;
    const until = untilDay === null ? null : isoOf(untilDay);
    return { rule, keys: [...keys], until, reason, state: stateOf(entry, ofRule.get(rule), dataset.asOfDay) };
  });
}
