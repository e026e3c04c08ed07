import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, type Inline } from '../../report/document.ts';
import { shareOf } from '../rate.ts';
import type { HeapedDates } from './dwell-heaping.ts';
import type { BulkEdit, DwellReliability } from './dwell-reliability.ts';

const WEEKDAYS: readonly Text[] = [
  say('Mondays', '周一'),
  say('Tuesdays', '周二'),
  say('Wednesdays', '周三'),
  say('Thursdays', '周四'),
  say('Fridays', '周五'),
  say('Saturdays', '周六'),
  say('Sundays', '周日'),
];
const MONTH_ENDS = say('the last three days of a month', '月末最后三天');
const QUARTER_ENDS = say('the last three days of a quarter', '季末最后三天');
const NOT_REAL = say(
  'Time in stage before {date} is not real: {changes} stages were changed {span}{user}{more}.',
  '{date} 之前的停留时长不可信：{span}集中改了 {changes} 个阶段{user}{more}。',
);
const IN_MINUTES = say('in {minutes} min from {from}', '{from} 起 {minutes} 分钟内');
const ON_DAY = say('on {from}', '{from} 一天内');
const BY = say(' by {user}', '（{user}）');
const MORE = say(', and there were {count} more such bulk edits', '，此外还有 {count} 次批量修改');
const NOTED = say(
  '{changes} stages were changed {span}{user}{more}; {share} of the visits begin or end in such an edit',
  '{span}集中改了 {changes} 个阶段{user}{more}；{share} 的停留起止于批量修改',
);
const HEAPED = say(
  '{share} of the changes of stage are dated on {where}, {expected} would be even: they tell when people update, so stays are blurred',
  '{share} 的阶段变更集中在{where}（均匀分布应为 {expected}）：这是录入的日子，停留天数会有偏差',
);

function whereText({ where, weekday }: HeapedDates): Text {
  if (where === 'weekday') return WEEKDAYS[(weekday ?? 1) - 1] as Text;
  return where === 'month-end' ? MONTH_ENDS : QUARTER_ENDS;
}

function heapedText(heaped: HeapedDates, translator: Translator): string {
  const share = shareOf(heaped.changes, translator);
  const expected = translator.percent(heaped.expectedShare, 0);
  return translator.text(HEAPED, { share, where: { text: whereText(heaped) }, expected });
}

function largestOf(edits: readonly BulkEdit[]): BulkEdit | undefined {
  return edits.toSorted((a, b) => b.changes - a.changes)[0];
}

/** When and by whom so many stages were changed, as slots of a text. */
function editArgs({ from, minutes, changes, user }: BulkEdit, editCount: number, translator: Translator): Args {
  return {
    changes,
    span: translator.text(minutes === null ? ON_DAY : IN_MINUTES, { minutes, from: { date: from } }),
    user: user === null ? '' : translator.text(BY, { user }),
    more: editCount === 1 ? '' : translator.text(MORE, { count: editCount - 1 }),
  };
}

/** What makes the figures untrustworthy, to stand before them; nothing where they can be trusted. */
export function reliabilityBlocks(reliability: DwellReliability | null, translator: Translator): Block[] {
  if (reliability === null || reliability.isReliable) return [];
  const blocks: Block[] = reliability.heaping
    .filter(({ isMost }) => isMost)
    .map((heaped) => callout('warn', heapedText(heaped, translator)));
  const { notRealUntil, bulkEdits, bulkEditCount } = reliability;
  const largest = largestOf(bulkEdits);
  if (notRealUntil === null || largest === undefined) return blocks;
  const args = { date: { date: notRealUntil }, ...editArgs(largest, bulkEditCount, translator) };
  return [callout('warn', translator.text(NOT_REAL, args)), ...blocks];
}

/** What blurs the figures without making them worthless. */
export function reliabilityNotes(reliability: DwellReliability | null, translator: Translator): Inline[] {
  if (reliability === null) return [];
  const { heaping, bulkEdits, bulkEditCount, notRealUntil, touchedVisits } = reliability;
  const mild = heaping.filter(({ isMost }) => !isMost).map((heaped) => heapedText(heaped, translator));
  const largest = largestOf(bulkEdits);
  if (notRealUntil !== null || largest === undefined) return mild;
  const share = shareOf(touchedVisits, translator);
  return [translator.text(NOTED, { share, ...editArgs(largest, bulkEditCount, translator) }), ...mild];
}
