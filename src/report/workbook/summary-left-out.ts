import { say, type Text } from '../../i18n/text.ts';
import { leftOutOf } from './copy-sheet.ts';
import type { Frame } from './frame.ts';
import type { Marks } from './marks.ts';
import type { SheetRows } from './sheet-rows.ts';

const LEFT_OUT = {
  findings: say(
    '{n} findings have no room on their sheet, which ends with row 1,048,576; the csv and json formats hold them all',
    '问题清单最多 1,048,576 行，另有 {n} 个问题未列出；csv 和 json 格式包含全部问题',
  ),
  kept: say(
    'this saved report keeps {kept} of {all} findings; audit the export again for all of them',
    '该存档报告仅保留 {all} 个问题中的 {kept} 个；重新体检该导出文件可得到全部问题',
  ),
  notes: say(
    '{n} marked cells have no note, as a sheet holds 20,000 of them; the findings say the same',
    '每张工作表最多 20,000 条批注，另有 {n} 个标注的单元格没有批注；内容见问题清单',
  ),
  rows: say(
    '{n} rows of {sheet} are not in its copy, for a sheet ends with row 1,048,576',
    '{sheet} 有 {n} 行超出工作表的 1,048,576 行，未复制',
  ),
  columns: say(
    '{n} columns of {sheet} are not in its copy, for a sheet has 16,384',
    '{sheet} 有 {n} 列超出工作表的 16,384 列，未复制',
  ),
  redacted: say(
    'the copies show figures, dates and stages alone, as the report is redacted',
    '报告已脱敏，副本只保留数字、日期和阶段',
  ),
} as const satisfies Record<string, Text>;

const LEFT_OUT_ONE = {
  findings: say(
    '1 finding has no room on its sheet, which ends with row 1,048,576; the csv and json formats hold it',
    '问题清单最多 1,048,576 行，另有 1 个问题未列出；csv 和 json 格式包含全部问题',
  ),
  notes: say(
    '1 marked cell has no note, as a sheet holds 20,000 of them; the findings say the same',
    '每张工作表最多 20,000 条批注，另有 1 个标注的单元格没有批注；内容见问题清单',
  ),
  rows: say(
    '1 row of {sheet} is not in its copy, for a sheet ends with row 1,048,576',
    '{sheet} 有 1 行超出工作表的 1,048,576 行，未复制',
  ),
  columns: say(
    '1 column of {sheet} is not in its copy, for a sheet has 16,384',
    '{sheet} 有 1 列超出工作表的 16,384 列，未复制',
  ),
} as const satisfies Record<string, Text>;

function leftOutText(what: keyof typeof LEFT_OUT_ONE, n: number, { translator }: Frame, sheet?: string): string {
  const of = sheet === undefined ? {} : { sheet };
  return n === 1 ? translator.text(LEFT_OUT_ONE[what], of) : translator.text(LEFT_OUT[what], { n, ...of });
}

/** What the workbook does not hold, said where people look first. */
function leftOutTexts(frame: Frame, marks: Marks): string[] {
  const { report, translator, lists } = frame;
  const texts: string[] = [];
  if (marks.leftOut > 0) texts.push(leftOutText('findings', marks.leftOut, frame));
  const found = report.rules.flatMap((rule) => (rule.found === undefined ? [] : [rule.found]));
  if (found.length > 0) {
    const kept = new Set(report.rules.filter((rule) => rule.found !== undefined).map(({ id }) => id));
    const all = found.reduce((sum, { error, warn, info }) => sum + error + warn + info, 0);
    const n = report.findings.filter(({ rule }) => kept.has(rule)).length;
    texts.push(translator.text(LEFT_OUT.kept, { kept: n, all }));
  }
  if (marks.cellsWithoutNote > 0) texts.push(leftOutText('notes', marks.cellsWithoutNote, frame));
  for (const list of lists) {
    const { rows, columns } = leftOutOf(list);
    const sheet = list.sheet ?? '';
    if (rows > 0) texts.push(leftOutText('rows', rows, frame, sheet));
    if (columns > 0) texts.push(leftOutText('columns', columns, frame, sheet));
  }
  if (report.redacted !== undefined && lists.some(({ sheet }) => sheet !== null)) {
    texts.push(translator.text(LEFT_OUT.redacted));
  }
  return texts;
}

/** Says first what is missing, if anything is. */
export function addLeftOut(rows: SheetRows, frame: Frame, marks: Marks): void {
  const texts = leftOutTexts(frame, marks);
  if (texts.length === 0) return;
  rows.section(frame.translator.text(say('Not in this workbook', '未包含在本工作簿中')));
  for (const text of texts) rows.remark(text, 'warn');
}
