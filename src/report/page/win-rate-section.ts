import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { rangeText } from '../../metrics/conversion/conversion-cells.ts';
import { shareOf } from '../../metrics/rate.ts';
import { closedText, type WinRateResult } from '../../metrics/win/win-rate.ts';
import { cohortText } from '../../metrics/win/win-rate-cohort.ts';
import type { WinRatePeriodsResult } from '../../metrics/win/win-rate-periods.ts';
import { START_UP, type SwingPeriod } from '../../metrics/win/win-rate-swing.ts';
import type { ControlPoint, IntervalRow } from '../chart.ts';
import type { Block, Inline } from '../document.ts';
import { chartBlock, describedRows, figureTable, sentences } from './page-parts.ts';
import { MOST_PERIODS, periodsUpTo } from './periods-shown.ts';

const CLOSED_IN: Text = say('Closed in', '关闭于');
const CREATED_IN: Text = say('Created in', '创建于');
const WON_RATE: Text = say('Won of closed', '赢单/已关闭');
const ODD_TITLE: Text = say(
  'Unusual periods: {odd}; all others vary as much as they usually do',
  '异常的周期：{odd}；其余属于通常波动',
);
const STEADY_TITLE: Text = say(
  'No period is unusual: the win rate stays within its limits',
  '没有异常的周期：赢单率都在界限内',
);
const PLAIN_TITLE: Text = say('Win rate by the period deals were closed in', '按关闭时间的赢单率');
const ODD: Text = say('{share}, unusual', '{share}，异常');
const LIMITS: Text = say('Limits', '界限');
const CENTRE: Text = say('{rate} of all closed deals judged', '参与判断的已关闭单合计 {rate}');
const NOT_JUDGED: Text = say(
  'Fewer than 8 complete periods to judge by: no single one can be called unusual.',
  '可供判断的完整周期不足 8 个，无法判断某个周期是否异常。',
);
const OUTSIDE: Text = say(
  'A period outside its limits is not explained by chance and the usual swing of this list.',
  '超出界限的周期，用偶然因素和此清单的通常波动都解释不了。',
);
const CURRENT: Text = say('{period} so far, not judged: {share}.', '{period} 尚未结束，不作判断：{share}。');
const NONE_CLOSED: Text = say('none closed', '无关闭');
const COHORT_TITLE: Text = say('Won within {days} of creation: {share}', '创建后 {days}内赢单：{share}');
const COHORT_LEAD: Text = say(
  'Won within {days}, by the period deals were created in',
  '创建后 {days}内赢单的比例，按创建时间',
);
const COHORT_REFERENCE: Text = say('all periods', '全部周期');
const TOO_RECENT: Text = say('Too recent to be told: {n} periods.', '时间未到、尚不能给出的周期：{n} 个。');
const ONE_TOO_RECENT: Text = say('Too recent to be told: 1 period.', '时间未到、尚不能给出的周期：1 个。');
const REST: Text = say(
  '“{all}” is {share}: the rows add up to {of}; {rest} of the deals are of periods that are not shown as not all of their deals have had the time.',
  '“{all}”为 {share}：各行合计 {of} 单，其余 {rest} 单属于尚未全部满期、未列出的周期。',
);
const REST_OLD: Text = say(
  '“{all}” is {share}: the rows add up to {of}; {rest} of the deals are of periods that are not shown, older ones or such as are not over for all of their deals.',
  '“{all}”为 {share}：各行合计 {of} 单，其余 {rest} 单属于未列出的周期（更早，或尚未全部满期）。',
);
const COHORT_NOTE: Text = say(
  'A period is told once all its deals have had {days}; lines are 95% intervals.',
  '周期内的单都已满 {days}才给出；横线为 95% 区间。',
);
const COHORT_COLUMNS = [
  CREATED_IN,
  say('Created', '创建'),
  say('Won', '赢单'),
  say('Lost', '输单'),
  say('Open', '未定'),
  say('Won within the time', '期限内赢单'),
] as const;
const LEAD_CLOSED: Text = say('Of closed deals {share} are won', '已关闭的单中赢单 {share}');
const LEAD_COHORT: Text = say('won within {days} of creation: {share}', '创建后 {days}内赢单：{share}');
const LATEST: Text = say('The latest {n} periods.', '最近 {n} 个周期。');

/** What the win rate is, of which deals. */
export function winRateLead({ closed, cohort = null }: WinRateResult, translator: Translator): Inline {
  const share = cohortText(cohort, translator);
  const windowDays = cohort?.windowDays ?? null;
  const parts = closed.of === 0 ? [] : [translator.text(LEAD_CLOSED, { share: closedText(closed, translator) })];
  if (share !== null && windowDays !== null) {
    parts.push(translator.text(LEAD_COHORT, { days: { days: windowDays }, share }));
  }
  return parts.join(' · ');
}

/** Won of closed over the periods that were judged: the middle of the chart. */
function centreOf(judged: readonly SwingPeriod[], translator: Translator) {
  const won = judged.reduce((sum, { count }) => sum + count, 0);
  const closed = judged.reduce((sum, { of }) => sum + of, 0);
  if (closed === 0) return null;
  const value = won / closed;
  return { value, label: translator.text(CENTRE, { rate: translator.percent(value) }) };
}

function pointOf(
  period: string,
  rate: WinRatePeriodsResult['closed'][number] | undefined,
  judged: SwingPeriod | undefined,
  translator: Translator,
): ControlPoint {
  const label = translator.value(period);
  if (rate === undefined || rate.of === 0) {
    const text = translator.text(NONE_CLOSED);
    return { label, value: null, low: null, high: null, isOutside: false, text };
  }
  const share = shareOf(rate, translator);
  return {
    label,
    value: rate.value,
    low: judged?.lowerLimit ?? null,
    high: judged?.upperLimit ?? null,
    isOutside: judged?.isOdd === true,
    text: judged?.isOdd === true ? translator.text(ODD, { share }) : share,
  };
}

function controlTitle(points: readonly ControlPoint[], isJudged: boolean, translator: Translator): string {
  if (!isJudged) return translator.text(PLAIN_TITLE);
  const odd = points.filter(({ isOutside }) => isOutside).map(({ label }) => label);
  return odd.length === 0 ? translator.text(STEADY_TITLE) : translator.text(ODD_TITLE, { odd: { list: odd } });
}

function controlBlock(result: WinRatePeriodsResult, translator: Translator): Block[] {
  const { closed, judged, startUpPeriods, current, length } = result;
  const periods = periodsUpTo(
    closed.map(({ period }) => period),
    length,
  );
  if (periods.length === 0) return [];
  const rateOf = new Map(closed.map((each) => [each.period, each]));
  const limitsOf = new Map((judged ?? []).map((each) => [each.period, each]));
  const points = periods.map((period) => pointOf(period, rateOf.get(period), limitsOf.get(period), translator));
  const table = figureTable(
    judged === null ? [CLOSED_IN, WON_RATE] : [CLOSED_IN, WON_RATE, LIMITS],
    points.map(({ label, text, low, high }) => {
      const limits = low === null || high === null ? '–' : rangeText([low, high], translator);
      return judged === null ? [label, text] : [label, text, limits];
    }),
    translator,
  );
  const notes = [
    translator.text(judged === null ? NOT_JUDGED : OUTSIDE),
    startUpPeriods > 0 ? translator.text(START_UP, { count: startUpPeriods }) : '',
    current.of > 0 ? translator.text(CURRENT, { period: current.period, share: shareOf(current, translator) }) : '',
    periods.length === MOST_PERIODS ? translator.text(LATEST, { n: MOST_PERIODS }) : '',
  ];
  const title = controlTitle(points, judged !== null, translator);
  const centre = judged === null ? null : centreOf(judged, translator);
  return [
    chartBlock({
      title,
      description: describedRows(translator.text(PLAIN_TITLE), points, translator),
      chart: { type: 'control', unit: 'rate', points, centre },
      table,
      caption: sentences(notes, translator),
    }),
  ];
}

/** A period of which every deal has had its time. */
type MaturedPeriod = WinRatePeriodsResult['created'][number] & {
  readonly matured: NonNullable<WinRatePeriodsResult['created'][number]['matured']>;
};

function isMatured(period: WinRatePeriodsResult['created'][number]): period is MaturedPeriod {
  return period.matured !== null;
}

function cohortRow({ period, matured }: MaturedPeriod, translator: Translator): IntervalRow {
  const [low, high] = matured.interval ?? [null, null];
  return { label: translator.value(period), value: matured.value, low, high, text: shareOf(matured, translator) };
}

function cohortTable(shown: readonly MaturedPeriod[], rows: readonly IntervalRow[], translator: Translator) {
  const cells = shown.map(({ created, won, lost, open }, index) => [
    rows[index]?.label ?? '',
    ...[created, won, lost, open].map((count) => translator.number(count)),
    rows[index]?.text ?? '',
  ]);
  return figureTable(COHORT_COLUMNS, cells, translator);
}

/** What all periods hold beyond those shown; empty where that is nothing. */
function restNote(
  cohort: WinRateResult['cohort'],
  shown: readonly MaturedPeriod[],
  hasOlder: boolean,
  translator: Translator,
): string {
  const all = cohort?.matured ?? null;
  const of = shown.reduce((sum, { matured }) => sum + matured.of, 0);
  if (all === null || !(all.of > of)) return '';
  const share = translator.share(all.count, all.of);
  const name = translator.text(COHORT_REFERENCE);
  return translator.text(hasOlder ? REST_OLD : REST, { all: name, share, of, rest: all.of - of });
}

function cohortBlock(
  { created, windowDays }: WinRatePeriodsResult,
  all: WinRateResult['cohort'],
  translator: Translator,
): Block[] {
  const latest = created.slice(-MOST_PERIODS);
  const shown = latest.filter(isMatured);
  if (windowDays === null || shown.length === 0) return [];
  const rows = shown.map((each) => cohortRow(each, translator));
  const days = { days: windowDays };
  const cohort = all?.windowDays === windowDays ? all : null;
  const share = cohortText(cohort, translator);
  const lead = translator.text(COHORT_LEAD, { days });
  const value = cohort?.headline === 'matured' ? (cohort.matured?.value ?? null) : null;
  const reference = value === null ? {} : { reference: { value, label: translator.text(COHORT_REFERENCE) } };
  const recent = latest.length - shown.length;
  const notes = [
    translator.text(COHORT_NOTE, { days }),
    recent === 0 ? '' : translator.text(recent === 1 ? ONE_TOO_RECENT : TOO_RECENT, { n: recent }),
    value === null ? '' : restNote(cohort, shown, created.length > latest.length, translator),
  ];
  return [
    chartBlock({
      title: share === null ? lead : translator.text(COHORT_TITLE, { days, share }),
      description: describedRows(lead, rows, translator),
      chart: { type: 'intervals', unit: 'rate', rows, ...reference },
      table: cohortTable(shown, rows, translator),
      caption: sentences(notes, translator),
    }),
  ];
}

/** The win rate from period to period, by the time deals were closed and by the time they were created. */
export function winRateBlocks(
  result: WinRatePeriodsResult,
  cohort: WinRateResult['cohort'],
  translator: Translator,
): Block[] {
  return [...controlBlock(result, translator), ...cohortBlock(result, cohort, translator)];
}
