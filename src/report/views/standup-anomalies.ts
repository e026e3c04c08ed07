import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import { type Inline, span } from '../document.ts';
import { figureText } from '../figure-text.ts';
import type { AuditReport, ReportRule } from '../report.ts';
import { cut } from './view-parts.ts';

export const MOST_ANOMALIES = 5;
const MARK = { fail: '✖', warn: '!' } as const;
/** A title never takes more, however wide the screen. */
const LONGEST = 60;
/** A rule is called by what should hold, so a bare count would read as that of the deals that are right. */
const NOT_MET = say('not met by {share}', '不符 {share}');

function atStake({ amount }: ReportRule): number {
  return Math.max(0, ...Object.values(amount));
}

function isAnomaly({ verdict, severity }: ReportRule): boolean {
  return verdict === 'fail' || (verdict === 'warn' && severity !== 'info');
}

/**
 * The first of the rules that the verdict counts as failing or warning, and how many these are: failing ones first, then
 * by the amount of the deals, then by count.
 */
export function anomaliesOf({ rules }: AuditReport): { readonly rules: readonly ReportRule[]; readonly all: number } {
  const anomalies = rules
    .filter(isAnomaly)
    .toSorted(
      (a, b) =>
        Number(a.verdict === 'warn') - Number(b.verdict === 'warn') ||
        atStake(b) - atStake(a) ||
        b.counts.violating - a.counts.violating ||
        (a.id < b.id ? -1 : 1),
    );
  return { rules: anomalies.slice(0, MOST_ANOMALIES), all: anomalies.length };
}

function factsOf({ figure, counts }: ReportRule, translator: Translator): string {
  if (figure !== null) return figureText(figure, translator);
  return translator.text(NOT_MET, { share: translator.share(counts.violating, counts.checked) });
}

/** Mark, title, count and money of one rule. */
export function anomalyRow(rule: ReportRule, translator: Translator): Inline[] {
  const isFailing = rule.verdict === 'fail';
  return [
    [span(isFailing ? MARK.fail : MARK.warn, isFailing ? 'bad' : 'warn')],
    cut(translator.text(rule.title), LONGEST, translator),
    cut(factsOf(rule, translator), LONGEST, translator),
    amountsText(rule.amount, translator),
  ];
}
