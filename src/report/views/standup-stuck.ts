import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { StalledResult } from '../../metrics/dwell/stalled.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../report.ts';
import { resultOf } from './view-parts.ts';

/** A deal that does not move. */
export interface StuckDeal {
  readonly name: string | null;
  readonly owner: string | null;
  readonly stage: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  /** How long it has not moved, for people. */
  readonly since: string;
}

export interface StuckDeals {
  /** What is counted, with its base. */
  readonly summary: string;
  /** The largest amounts first. */
  readonly deals: readonly StuckDeal[];
  /** Rule that tells of them; null where their history does. */
  readonly rule: string | null;
}

/** Rules that tell of stuck deals where there is no history. */
const STUCK_RULES = ['deal/stalled', 'deal/dormant', 'lead/status-stale', 'lead/dormant'] as const;

const BY_HISTORY = say(
  '{share} over {factor}× typical{usual}{amount}',
  '{share}超过典型时长的 {factor} 倍{usual}{amount}',
);
const BY_LIMIT = say('{share} beyond the limit of their stage{usual}{amount}', '{share}超过阶段上限{usual}{amount}');
const BY_RULE = say('{share}{amount}, against “{title}”', '{share}{amount}，不符合“{title}”');
const USUAL = say(', {expected} is usual', '（正常约 {expected}）');
const AMOUNT = say(' · {amount}', ' · {amount}');
const TIMES = say('{days}, {times}×', '{days}，{times} 倍');

function byAmount(a: StuckDeal, b: StuckDeal): number {
  const [left, right] = [a.amount ?? Number.NEGATIVE_INFINITY, b.amount ?? Number.NEGATIVE_INFINITY];
  if (left !== right) return right - left;
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1;
}

function amountPart(amounts: Readonly<Record<string, number>>, translator: Translator): string {
  const amount = amountsText(amounts, translator);
  return amount === '' ? '' : translator.text(AMOUNT, { amount });
}

function fromHistory(result: StalledResult, translator: Translator): StuckDeals {
  const { stalled, factor, amounts, deals, expectedShare } = result;
  const expected = expectedShare === null ? null : translator.percent(expectedShare, 0);
  const usual = expected === null ? '' : translator.text(USUAL, { expected });
  const args = { usual, share: translator.share(stalled.count, stalled.of), amount: amountPart(amounts, translator) };
  const text: Text = factor === null ? BY_LIMIT : BY_HISTORY;
  const listed = deals.map(({ name, deal, owner, stage, amount, currency, ageDays, timesTypical }): StuckDeal => {
    const days = translator.days(Math.floor(ageDays));
    const times = timesTypical === null ? null : translator.number(timesTypical, 1);
    const since = times === null ? days : translator.text(TIMES, { days, times });
    return { name: name ?? deal, owner, stage, amount, currency, since };
  });
  return {
    summary: translator.text(text, { ...args, factor: factor ?? 0 }),
    deals: listed.toSorted(byAmount),
    rule: null,
  };
}

/** What the finding rests on, such as the date of the last activity; else what it says. */
function evidenceOf({ field, value, message, args }: ReportFinding, rule: ReportRule, translator: Translator): string {
  if (field !== null && value !== null) return `${translator.field(field)} ${translator.value(value)}`;
  const template = rule.messages[message];
  return template === undefined ? '' : translator.text(template, args);
}

function fromFinding(finding: ReportFinding, rule: ReportRule, translator: Translator): StuckDeal {
  const { name, deal, owner, amount } = finding;
  return {
    name: name ?? deal,
    owner,
    stage: null,
    amount: amount?.value ?? null,
    currency: amount?.currency ?? null,
    since: evidenceOf(finding, rule, translator),
  };
}

function fromRules({ rules, findings }: AuditReport, translator: Translator): StuckDeals | null {
  const rule = STUCK_RULES.flatMap((id) => rules.find((each) => each.id === id) ?? []).find(
    ({ counts }) => counts.checked > 0,
  );
  if (rule === undefined) return null;
  const share = translator.share(rule.counts.violating, rule.counts.checked);
  const deals = findings.filter((finding) => finding.rule === rule.id);
  return {
    summary: translator.text(BY_RULE, {
      share,
      title: { text: rule.title },
      amount: amountPart(rule.amount, translator),
    }),
    deals: deals.map((finding) => fromFinding(finding, rule, translator)).toSorted(byAmount),
    rule: rule.id,
  };
}

/** The deals that do not move: by their history, else by the rules; null where neither can tell. */
export function stuckDeals(report: AuditReport, translator: Translator): StuckDeals | null {
  const stalled = resultOf<StalledResult>(report, 'stalled');
  if (stalled !== null && stalled.stalled.of > 0) return fromHistory(stalled, translator);
  return fromRules(report, translator);
}
