import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import { findingsByRule, findingText } from '../finding-rows.ts';
import { clipped, countText } from '../findings-view.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../report.ts';
import { isBad, worstFirst } from '../rule-order.ts';
import type { PageReason, PageReasons } from './page.ts';

/** Rules named at once; failing ones beyond that push out the warnings. */
const MOST_REASONS = 8;
const MOST_FAILING = 12;

const AT_STAKE: Text = say('amount {amount}', '涉及金额 {amount}');
const MORE: Text = say('… {n} more rules fail or warn', '… 另有 {n} 条规则不通过或警告');
const ONE_MORE: Text = say('… 1 more rule fails or warns', '… 另有 1 条规则不通过或警告');

/** What is wrong, where that is one thing; else nothing. */
function onlyText(rule: ReportRule, findings: readonly ReportFinding[], translator: Translator): string {
  const [only] = findings;
  const isOne = findings.length === 1 && only !== undefined && rule.figure === null && rule.counts.violating === 1;
  return isOne ? clipped(findingText(only, rule, translator)) : '';
}

function reasonOf(rule: ReportRule, findings: readonly ReportFinding[], translator: Translator): PageReason {
  const hasAmount = Object.values(rule.amount).some((sum) => sum !== 0);
  const amount = hasAmount ? translator.text(AT_STAKE, { amount: amountsText(rule.amount, translator) }) : '';
  return {
    rule: rule.id,
    tone: rule.verdict === 'fail' ? 'bad' : 'warn',
    title: clipped(translator.text(rule.title)),
    facts: [countText(rule, translator), amount, onlyText(rule, findings, translator)].filter((fact) => fact !== ''),
    advice: rule.advice === null ? '' : clipped(translator.text(rule.advice)),
  };
}

/** Why the verdict is what it is: the rules that fail, the worst first, and warnings as far as there is room. */
export function pageReasons(report: AuditReport, translator: Translator): PageReasons {
  const bad = report.rules.filter(isBad).sort(worstFirst);
  const failing = bad.filter(({ verdict }) => verdict === 'fail').length;
  const shown = bad.slice(0, Math.max(MOST_REASONS, Math.min(failing, MOST_FAILING)));
  const byRule = findingsByRule(report);
  const more = bad.length - shown.length;
  return {
    rules: shown.map((rule) => reasonOf(rule, byRule.get(rule.id) ?? [], translator)),
    more: more === 0 ? '' : more === 1 ? translator.text(ONE_MORE) : translator.text(MORE, { n: more }),
  };
}
