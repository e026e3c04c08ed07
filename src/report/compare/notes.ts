import { type Args, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport } from '../report.ts';
import type { ComparisonNote, NamedReport } from './comparison.ts';
import type { DealChanges } from './deal-changes.ts';

/** What is to be known before reading a comparison. */
export const NOTES = {
  swapped: say(
    'The file named first is the later one; they were put in order of their dates.',
    '先写的文件日期较晚，已按日期先后调整顺序。',
  ),
  sameInput: say('Both are the same export: nothing can have changed.', '两次是同一份导出，不会有任何变化。'),
  sameDate: say('Both are as of {date}: no time lies between them.', '两次的基准日都是 {date}，中间没有间隔。'),
  noDeals: say(
    'The deals themselves are not in {files}: only figures and findings are compared. Reports made with --save or --details keep them.',
    '{files} 中没有保存商机明细，只能比较指标和问题。用 --save 或 --details 生成的报告会保留明细。',
  ),
  noKeys: say(
    'No deal in {files} has an id, so deals cannot be followed from one day to the other.',
    '{files} 中的商机都没有编号，无法逐单对照。',
  ),
  otherList: say(
    'Only {matched} of {before} deals are in the later list as well: are both exports of the same list?',
    '较早的 {before} 单中只有 {matched} 单也在较晚的列表里：两份导出是否出自同一列表？',
  ),
  unmatched: say(
    'Rows without an id, or with one that several unlike rows share: {before} before, {after} after. They are on lines of their own.',
    '没有编号、或同一编号有多行且内容不同的行：之前 {before} 行，之后 {after} 行，单独列出。',
  ),
  newButOlder: say(
    '{count} of the {deals} new deals were created before {date}: the earlier export did not have them.',
    '{deals} 个新出现的单中，有 {count} 个在 {date} 之前已创建，只是较早的导出里没有。',
  ),
  otherStages: say(
    'The stage lists differ ({stages}): figures by stage are compared where both have the stage.',
    '两次的阶段列表不同（{stages}）：只比较两次都有的阶段。',
  ),
  otherRules: say(
    'Rules in only one of the reports: {rules}. Their findings are neither new nor gone.',
    '只在其中一次报告里的规则：{rules}。它们的问题不算新增，也不算消失。',
  ),
  otherRates: say(
    'The exchange rates differ, so amounts also change with them.',
    '两次使用的汇率不同，金额变化中包含汇率影响。',
  ),
} as const satisfies Record<string, Text>;

type NoteCode = keyof typeof NOTES;

function note(code: NoteCode, args: Args = {}): ComparisonNote {
  return { code, args };
}

/** A note in words. */
export function noteText({ code, args }: ComparisonNote, translator: Translator): string {
  return translator.text(NOTES[code as NoteCode], args);
}

/** Those in one list and not in the other, in order. */
function onlyInOne(first: readonly string[], second: readonly string[]): readonly string[] {
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  return [...first.filter((each) => !inSecond.has(each)), ...second.filter((each) => !inFirst.has(each))];
}

function sameInput(before: AuditReport, after: AuditReport): boolean {
  const hashes = ({ inputs }: AuditReport): string =>
    inputs
      .filter(({ role }) => role === 'deals')
      .map(({ sha256 }) => sha256)
      .sort()
      .join();
  return hashes(before) === hashes(after);
}

function ruleNotes(before: AuditReport, after: AuditReport): ComparisonNote[] {
  const stages = onlyInOne(Object.keys(before.labels.stages), Object.keys(after.labels.stages));
  const rules = onlyInOne(
    before.rules.map(({ id }) => id),
    after.rules.map(({ id }) => id),
  );
  return [
    ...(stages.length === 0 ? [] : [note('otherStages', { stages: { list: stages.map((stage) => ({ stage })) } })]),
    ...(rules.length === 0 ? [] : [note('otherRules', { rules: { list: rules } })]),
    ...(JSON.stringify(before.rates) === JSON.stringify(after.rates) ? [] : [note('otherRates')]),
  ];
}

function dealNotes(before: NamedReport, after: NamedReport, deals: DealChanges | null): ComparisonNote[] {
  const filesWith = (test: (report: AuditReport) => boolean) => ({
    list: [before, after].filter(({ report }) => test(report)).map(({ file }) => file),
  });
  if (deals === null) return [note('noDeals', { files: filesWith((report) => report.deals === undefined) })];
  const keyless = filesWith(({ deals: kept }) => kept?.keys.every((key) => key === null) === true);
  if (keyless.list.length > 0) return [note('noKeys', { files: keyless })];
  const { matched, unmatchedBefore, unmatchedAfter, newButOlder } = deals;
  const joined = matched + deals.gone.deals;
  const list = deals.new;
  return [
    ...(matched * 2 < joined ? [note('otherList', { matched, before: joined })] : []),
    ...(unmatchedBefore + unmatchedAfter === 0
      ? []
      : [note('unmatched', { before: unmatchedBefore, after: unmatchedAfter })]),
    ...(newButOlder === 0
      ? []
      : [note('newButOlder', { count: newButOlder, deals: list.deals, date: { date: before.report.asOf.date } })]),
  ];
}

/** What is to be known of two reports before their differences are read. */
export function comparisonNotes(
  before: NamedReport,
  after: NamedReport,
  { swapped, deals }: { readonly swapped: boolean; readonly deals: DealChanges | null },
): ComparisonNote[] {
  const isSameDay = before.report.asOf.date === after.report.asOf.date;
  const isSame = sameInput(before.report, after.report);
  return [
    ...(swapped ? [note('swapped')] : []),
    ...(isSame ? [note('sameInput')] : []),
    ...(isSameDay && !isSame ? [note('sameDate', { date: { date: before.report.asOf.date } })] : []),
    ...dealNotes(before, after, deals),
    ...ruleNotes(before.report, after.report),
  ];
}
