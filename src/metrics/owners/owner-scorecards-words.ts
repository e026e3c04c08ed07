import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { CardTable } from './owner-scorecards-cards.ts';
import {
  PRACTICES,
  type Practice,
  type PracticeComparison,
  type PracticeDifference,
} from './owner-scorecards-practices.ts';
import type { Ranking } from './owner-scorecards-ranks.ts';

const HABITS: Readonly<Record<Practice, Text>> = {
  completeness: say('required fields filled', '必填字段完整度'),
  firstStageDays: say('days in the first stage', '首阶段停留天数'),
  idleDays: say('follow-up gap (days since the last activity)', '跟进间隔（距上次活动天数）'),
  skipped: say('stages jumped over', '跳过阶段'),
  pastDue: say('open deals past due', '过期的在途单'),
};
/** What the input must have for a habit to be told. */
const NEEDS: Readonly<Record<Practice, Text>> = {
  completeness: say('required fields (in the rules file)', '必填字段（规则文件中）'),
  firstStageDays: say('time of change (--history)', '变更时间（--history）'),
  idleDays: say('last activity', '上次活动'),
  skipped: say('time of change (--history)', '变更时间（--history）'),
  pastDue: say('expected close date', '预计成交日期'),
};
const HABIT = say(
  '{habit}: {top} against {rest} (difference {low} to {high})',
  '{habit}：{top}，其他人 {rest}（相差 {low} 至 {high}）',
);
const TOO_FEW = say(
  'Too few reps to compare ({ranked}, needs {needed})',
  '可比的销售太少（{ranked} 位，至少 {needed} 位）',
);
const ALIKE = say(
  'Not ranked: the win rates of {ranked} reps differ no more than chance makes them.',
  '不排名：{ranked} 位销售的赢单率差异未超出随机波动。',
);
const NO_DIFFERENCE = say(
  'No difference beyond chance from the others in {habits}.',
  '与其他人相比，{habits}均无超出随机波动的差异。',
);
const NO_COLUMN = say('Nothing they do could be compared: no column for {needs}.', '无法比较做法：没有{needs}列。');
const ALL_ALIKE = say(
  'Nothing they do could be compared: too few deals of each, or all do alike ({habits}).',
  '无法比较做法：每人的单太少，或各人完全相同（{habits}）。',
);
const WHO = say('The top third by win rate: {top}', '赢单率前三分之一：{top}');

function habitNames(practices: readonly Practice[], translator: Translator): string {
  return translator.list(practices.map((practice) => translator.text(HABITS[practice])));
}

function amountOf(practice: PracticeDifference, value: number, translator: Translator): string {
  return practice.unit === 'days' ? translator.days(value) : translator.percent(value, 0);
}

/** One habit of the top third beside the rest. */
function habitText(practice: PracticeDifference, translator: Translator): string {
  const of = (value: number): string => amountOf(practice, value, translator);
  return translator.text(HABIT, {
    habit: translator.text(HABITS[practice.practice]),
    top: of(practice.top),
    rest: of(practice.rest),
    low: of(practice.interval[0]),
    high: of(practice.interval[1]),
  });
}

/** Why nobody is ranked; null where somebody is. */
export function unrankedText(comparison: PracticeComparison, translator: Translator): string | null {
  const { ranked, neededRanked, differ } = comparison;
  if (ranked < neededRanked) return translator.text(TOO_FEW, { ranked, needed: neededRanked });
  return differ ? null : translator.text(ALIKE, { ranked });
}

/** The habits that set the top third apart, a line each; or that none does, and which were compared. */
export function differenceLines({ practices, unknown }: PracticeComparison, translator: Translator): string[] {
  const line = (text: Text, args: Args): string => translator.text(text, args);
  const standing = practices.filter(({ stands }) => stands);
  if (standing.length > 0) return standing.map((practice) => habitText(practice, translator));
  const compared = practices.map(({ practice }) => practice);
  if (compared.length > 0) return [line(NO_DIFFERENCE, { habits: habitNames(compared, translator) })];
  if (unknown.length === 0) return [line(ALL_ALIKE, { habits: habitNames(PRACTICES, translator) })];
  const needs = new Set(unknown.map((practice) => translator.text(NEEDS[practice])));
  return [line(NO_COLUMN, { needs: translator.list([...needs]) })];
}

/** What the top third do differently, a line each; or why nothing is said. */
export function practiceLines(comparison: PracticeComparison, translator: Translator): string[] {
  const unranked = unrankedText(comparison, translator);
  if (unranked !== null) return [unranked];
  const who = translator.text(WHO, { top: { list: [...comparison.top] } });
  return [who, ...differenceLines(comparison, translator)];
}

const RATED = {
  matured: say(
    'Win rate: won within {window} of the deals created at least that long ago, so that all had the same time, with its 95% interval; beside it won of closed.',
    '赢单率：创建已满 {window}的单中在 {window}内赢单的比例，各人时间相同，附 95% 区间；旁列为赢单/已关闭。',
  ),
  closed: say(
    'Win rate: won of closed, for want of dates of creation, with its 95% interval; those with a different share of open deals are not ranked.',
    '赢单率：缺少创建日期，只计赢单/已关闭，附 95% 区间；在途占比明显不同者不排名。',
  ),
} as const satisfies Record<Ranking['basis'], Text>;
const RANKED = say(
  'Ranked from {least} such deals on; where two intervals overlap, the order of the two may be chance.',
  '满 {least} 单才排名；两人区间重叠时，先后可能只是随机波动。',
);

/** What the win rates of the table are, and who is ranked. */
export function ratingText({ ranking }: CardTable, least: number, translator: Translator): string {
  const { basis, windowDays, isRanked } = ranking;
  const rated = translator.text(RATED[basis], { window: { days: windowDays ?? 0 } });
  if (!isRanked) return rated;
  return `${rated}${translator.lang === 'zh' ? '' : ' '}${translator.text(RANKED, { least })}`;
}
