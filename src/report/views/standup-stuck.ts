import { dayOfIso } from '../../dataset/values/calendar.ts';
import { type ArgValue, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { StalledResult } from '../../metrics/dwell/stalled.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../report.ts';

/** A deal that does not move. */
export interface StuckDeal {
  /** Where to find it: its cell in the list, else its key. */
  readonly place: string | null;
  readonly name: string | null;
  readonly owner: string | null;
  readonly stage: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  /** Days it has not moved; null where it never has, or nobody knows. */
  readonly days: number | null;
  /** The same for people. */
  readonly since: string;
}

export interface StuckDeals {
  /** What is counted, with its base. */
  readonly summary: string;
  /** The largest amounts of one currency first, else what has not moved for longest. */
  readonly deals: readonly StuckDeal[];
  /** Stuck deals in all. */
  readonly all: number;
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
const BY_RULE = say('not met by {share}{amount}: {title}', '不符 {share}{amount}：{title}');
const USUAL = say(', {expected} is usual', '（正常约 {expected}）');
const AMOUNT = say(' · {amount}', ' · {amount}');
const TIMES = say('{days}, {times}×', '{days}，{times} 倍');

const UNTOUCHED = say('untouched {days}', '{days}未跟进');
const NEVER = say('never', '从未跟进');

/** The largest amounts first; the oldest first where amounts are of several currencies, or there are none. */
function inOrder(deals: readonly StuckDeal[]): StuckDeal[] {
  const currencies = new Set(deals.filter(({ amount }) => amount !== null).map(({ currency }) => currency));
  return deals.toSorted(currencies.size > 1 ? byAge : byAmount);
}

function byAmount(a: StuckDeal, b: StuckDeal): number {
  const [left, right] = [a.amount ?? Number.NEGATIVE_INFINITY, b.amount ?? Number.NEGATIVE_INFINITY];
  return left === right ? byAge(a, b) : right - left;
}

function byAge(a: StuckDeal, b: StuckDeal): number {
  const [first, second] = [a.days ?? Number.POSITIVE_INFINITY, b.days ?? Number.POSITIVE_INFINITY];
  if (first !== second) return second > first ? 1 : -1;
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1;
}

/** The cell in the list itself, else the key of the deal. */
function placeOf(
  { deal, at }: Pick<ReportFinding, 'deal'> & { readonly at: Pick<ReportFinding['at'], 'file' | 'cell'> },
  { inputs }: AuditReport,
): string | null {
  const isInList = inputs.some(({ role, file }) => role === 'deals' && file === at.file);
  return isInList && at.cell !== null ? at.cell : deal;
}

function amountPart(amounts: Readonly<Record<string, number>>, translator: Translator): string {
  const amount = amountsText(amounts, translator);
  return amount === '' ? '' : translator.text(AMOUNT, { amount });
}

function fromHistory(result: StalledResult, report: AuditReport, translator: Translator): StuckDeals {
  const { stalled, factor, amounts, deals, expectedShare } = result;
  const expected = expectedShare === null ? null : translator.percent(expectedShare, 0);
  const usual = expected === null ? '' : translator.text(USUAL, { expected });
  const args = { usual, share: translator.share(stalled.count, stalled.of), amount: amountPart(amounts, translator) };
  const text: Text = factor === null ? BY_LIMIT : BY_HISTORY;
  const listed = deals.map(({ name, deal, at, owner, stage, amount, currency, ageDays, timesTypical }): StuckDeal => {
    const days = translator.days(Math.floor(ageDays));
    const times = timesTypical === null ? null : translator.number(timesTypical, 1);
    const since = times === null ? days : translator.text(TIMES, { days, times });
    const place = placeOf({ deal, at }, report);
    return { place, name: name ?? deal, owner, stage, amount, currency, days: ageDays, since };
  });
  return {
    summary: translator.text(text, { ...args, factor: factor ?? 0 }),
    deals: inOrder(listed),
    all: stalled.count,
    rule: null,
  };
}

function cellsOf(value: ArgValue | undefined): { readonly cellOf: string; readonly value: string | null }[] {
  if (value === null || typeof value !== 'object' || !('list' in value)) return [];
  return value.list.flatMap((each) => (each !== null && typeof each === 'object' && 'cellOf' in each ? [each] : []));
}

/** Fields that say when the deal came into being, not that somebody touched it. */
const BEGINNINGS = /(^|\.)created$/;

/** Days since the latest of the dates that a finding rests on; `never` where all of them are empty. */
function idleDays({ args, field, value }: ReportFinding, { asOf }: AuditReport): number | 'never' | null {
  const named = cellsOf(args['values']);
  const cells = named.length > 0 ? named : field === null ? [] : [{ cellOf: field, value }];
  const touches = cells.filter(({ cellOf }) => !BEGINNINGS.test(cellOf));
  if (touches.length > 0 && touches.every((touch) => touch.value === null)) return 'never';
  if (touches.length === 0) return cells.length > 0 ? 'never' : null;
  const dates = touches.flatMap((touch) => dayOfIso((touch.value ?? '').slice(0, 10)) ?? []);
  const today = dayOfIso(asOf.date);
  return today === null || dates.length === 0 ? null : Math.max(0, today - Math.max(...dates));
}

/** How long nobody has touched the deal, else what the finding says. */
function sinceText(
  idle: number | 'never' | null,
  { message, args }: ReportFinding,
  rule: ReportRule,
  translator: Translator,
): string {
  if (idle === 'never') return translator.text(NEVER);
  if (idle !== null) return translator.text(UNTOUCHED, { days: { days: idle } });
  const template = rule.messages[message];
  return template === undefined ? '' : translator.text(template, args);
}

function fromFinding(finding: ReportFinding, rule: ReportRule, report: AuditReport, translator: Translator): StuckDeal {
  const { name, deal, owner, amount } = finding;
  const idle = idleDays(finding, report);
  return {
    place: placeOf(finding, report),
    name: name ?? deal,
    owner,
    stage: null,
    amount: amount?.value ?? null,
    currency: amount?.currency ?? null,
    days: idle === 'never' ? null : idle,
    since: sinceText(idle, finding, rule, translator),
  };
}

function fromRules(report: AuditReport, translator: Translator): StuckDeals | null {
  const { rules, findings } = report;
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
    deals: inOrder(deals.map((finding) => fromFinding(finding, rule, report, translator))),
    all: rule.counts.violating,
    rule: rule.id,
  };
}

/** The deals that do not move: by their history, else by the rules; null where neither can tell. */
export function stuckDeals(report: AuditReport, translator: Translator): StuckDeals | null {
  const stalled = resultOf<StalledResult>(report, 'stalled');
  if (stalled !== null && stalled.stalled.of > 0) return fromHistory(stalled, report, translator);
  return fromRules(report, translator);
}
