import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { GroupCounts, Hits } from '../../stats/grouped-hits.ts';
import { groupsOfUnequalTime, MOST_UNDECIDED_DIFFERENCE } from '../../stats/unequal-time.ts';
import { CAUSE } from '../conversion/conversion-cohorts.ts';
import { type CreatedCohort, createdCohort, winWindow } from './win-rate-cohort.ts';
import { winHits } from './win-rate-counts.ts';

/**
 * What win rates of several groups are compared on. `matured`: of the deals created at least the window ago those won
 * within it, so that all had the same time. `closed`: of won and lost those won, where dates of creation are lacking.
 */
export interface WinBase {
  readonly basis: 'matured' | 'closed';
  /** Null for closed deals. */
  readonly windowDays: number | null;
  /** One a row: 1 won, 0 not, -1 not in the base. */
  readonly hits: Hits;
  /** One a row: 1 won, 0 lost, -1 open. */
  readonly outcomes: Hits;
}

const bases = new WeakMap<Dataset, WinBase>();

/** The base of a file, the same for all comparisons. Further calls for the same dataset are free. */
export function winBase(dataset: Dataset): WinBase {
  const known = bases.get(dataset);
  if (known !== undefined) return known;
  const base = readBase(dataset);
  bases.set(dataset, base);
  return base;
}

function readBase(dataset: Dataset): WinBase {
  const outcomes = winHits(currentState(dataset).outcome);
  const cohort = createdCohort(dataset);
  const windowDays = winWindow(cohort);
  // Of a file in which most deals have no dates that fit, the few others need not be like them.
  if (windowDays === null || cohort.deal.length <= cohort.undatedDeals) {
    return { basis: 'closed', windowDays: null, hits: outcomes, outcomes };
  }
  return { basis: 'matured', windowDays, hits: maturedHits(cohort, windowDays, dataset.rowCount), outcomes };
}

function maturedHits(cohort: CreatedCohort, windowDays: number, rowCount: number): Hits {
  const hits = new Int8Array(rowCount).fill(-1);
  for (let member = 0; member < cohort.deal.length; member += 1) {
    if (cohort.followUpDays[member]! < windowDays) continue;
    const isWon = cohort.cause[member] === CAUSE.advanced && cohort.eventDays[member]! <= windowDays;
    hits[cohort.deal[member]!] = Number(isWon);
  }
  return hits;
}

/** The groups of which closed deals alone would mislead; none where all deals had the same time. */
export function unequalGroups(
  basis: WinBase['basis'],
  closed: GroupCounts,
  deals: Pick<GroupCounts, 'of' | 'allOf'>,
): ReadonlySet<number> {
  return basis === 'matured' ? new Set() : groupsOfUnequalTime(closed, deals);
}

const RATE = {
  matured: { en: 'Won within {window}', zh: '{window}内赢单' },
  closed: { en: 'Won of closed', zh: '赢单/已关闭' },
} as const satisfies Record<WinBase['basis'], Text>;
const MATURED_NOTE: Text = {
  en: 'Of the deals created at least {window} ago, so that all had the same time.',
  zh: '只计创建已满 {window}的商机，使各组时间相同。',
};
const CLOSED_NOTE: Text = {
  en: 'Of closed deals, for want of dates of creation; no verdict where the share of open deals differs by more than {points} points.',
  zh: '缺少创建日期，只计已关闭的商机；在途占比相差超过 {points} 个百分点的不作判断。',
};

/** Title of the column with the rate. */
export function baseTitle({ basis, windowDays }: Pick<WinBase, 'basis' | 'windowDays'>, translator: Translator): Text {
  const title = translator.text(RATE[basis], { window: { days: windowDays ?? 0 } });
  return { en: title, zh: title };
}

/** What the rates are of, in a sentence. */
export function baseNote({ basis, windowDays }: Pick<WinBase, 'basis' | 'windowDays'>, translator: Translator): string {
  if (basis === 'matured') return translator.text(MATURED_NOTE, { window: { days: windowDays ?? 0 } });
  return translator.text(CLOSED_NOTE, { points: MOST_UNDECIDED_DIFFERENCE * 100 });
}
