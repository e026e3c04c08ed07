import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { noticeText } from '../notice-texts.ts';
import { hasNoDeals, noDealsText, verdictLine } from '../overview.ts';
import { dateCell, linkCell, numberCell, proseCell, rateCell, textCell, wideCell } from './cells.ts';
import type { CopiedList, Frame } from './frame.ts';
import { mainFigures } from './main-figures.ts';
import { cellAt, FIRST_FINDING_ROW, type Marks, MOST_FOUND } from './marks.ts';
import { createSheetRows, type SheetRows, smallSheet } from './sheet-rows.ts';
import { addLeftOut } from './summary-left-out.ts';
import { addRules, ruleCurrencies } from './summary-rules.ts';
import { ROLE_WORDS } from './words.ts';
import type { Cell, Look, WorkbookSheet } from './workbook.ts';

const COUNT_WIDTHS = [34, 16, 12, 12, 11, 11, 12];
const AMOUNT_WIDTH = 15;
const TEXT_WIDTHS = [42, 20, 42];

const MISSING = {
  gone: say('no marked copy: the file is not where it was', '没有标注副本：原文件已不在原处'),
  changed: say('no marked copy: the file is another one now', '没有标注副本：原文件已变更'),
  stream: say('no marked copy: the list came through standard input', '没有标注副本：清单来自标准输入'),
} as const satisfies Record<string, Text>;
const NOT_ASKED = say('no marked copy', '没有标注副本');

/** The verdict has the look of what it means. */
const TONES: Readonly<Record<string, Look>> = { bad: 'error', warn: 'warn', good: 'good' };

function addVerdict(rows: SheetRows, { report, translator }: Frame): void {
  const { tone, text } = verdictLine(report, translator);
  rows.add(wideCell(text, TONES[tone] ?? 'strong'));
}

function addHead(rows: SheetRows, frame: Frame): void {
  const { report, translator } = frame;
  const { name, asOf, packs, rulesFile, tool } = report;
  rows.title(translator.text(name ?? say('Pipeline audit', '销售管道体检')));
  if (hasNoDeals(report)) rows.add(wideCell(noDealsText(report, translator), 'error'));
  else addVerdict(rows, frame);
  rows.skip();
  const label = (text: Text): Cell | null => textCell(translator.text(text), 'strong');
  rows.add(label(say('As of', '基准日')), dateCell(asOf.date, translator));
  const rules = translator.list(
    [...packs, ...(rulesFile === null ? [] : [rulesFile])].map((each) => translator.value(each)),
  );
  rows.add(label(say('Rules', '规则')), textCell(rules));
  rows.add(label(say('Made by', '生成工具')), textCell(`${tool.name} ${tool.version}`));
  if (report.baseline !== undefined) {
    const { file, known, new: fresh, gone } = report.baseline;
    const text = say(
      '{new} new, {known} known, {gone} gone ({file})',
      '新增 {new}，已知 {known}，已消失 {gone}（{file}）',
    );
    rows.add(label(say('Baseline', '基线')), textCell(translator.text(text, { new: fresh, known, gone, file })));
  }
  if (report.redacted !== undefined) {
    const fields = translator.list(report.redacted.fields.map((field) => translator.field(field)));
    rows.add(label(say('Redacted', '已脱敏')), textCell(fields));
  }
}

function addScore(rows: SheetRows, { report, translator }: Frame): void {
  const { value, coverage, parts } = report.score;
  if (parts.length === 0) return;
  rows.section(translator.text(say('Health score', '健康分')));
  rows.header(
    ...[
      say('Part', '组成'),
      say('Points', '得分'),
      say('Value', '实际值'),
      say('0 points at', '0 分线'),
      say('100 at', '满分线'),
      say('Weight', '权重'),
    ].map((title) => translator.text(title)),
  );
  for (const { title, points, value: measured, unit = 'rate', floor, target, weight } of parts) {
    const figure = unit === 'rate' ? rateCell : numberCell;
    rows.add(
      proseCell(translator.text(title)),
      numberCell(points === null ? null : Math.round(points * 10) / 10, translator),
      figure(measured, translator),
      figure(floor, translator),
      figure(target, translator),
      numberCell(weight, translator),
    );
  }
  const label = (text: Text): Cell | null => textCell(translator.text(text), 'strong');
  const total = value === null ? null : Math.round(value * 10) / 10;
  rows.add(label(say('Score, of 100', '总分（满分 100）')), numberCell(total, translator, 'strong'));
  rows.add(label(say('Measured of it', '已衡量的权重')), rateCell(coverage, translator));
}

function copyCell({ input, copy, sheet }: CopiedList, translator: Translator): Cell | null {
  if (sheet !== null) {
    const text = translator.text(say('marked copy', '标注副本'));
    return linkCell(text, sheet, `A${Math.max(1, input.headerRow)}`);
  }
  const why = copy?.missing ?? null;
  return proseCell(translator.text(why === null ? NOT_ASKED : MISSING[why]), why === null ? 'muted' : 'warn');
}

const SORT_NO_COPY = say(
  'Sort the findings as you like; a copy should be filtered rather than sorted, as links lead to its rows.',
  '问题清单可任意排序；标注副本请用筛选，勿排序，因为链接指向其行号。',
);
const SORT_NEITHER = say(
  'Filter the findings and the copies rather than sorting them: there are many findings, and links lead to row numbers.',
  '问题较多，链接按行号跳转：问题清单和标注副本请用筛选，勿排序。',
);

function addInputs(rows: SheetRows, { report, translator, lists }: Frame): void {
  rows.section(translator.text(say('What was read', '读取的文件')));
  rows.header(
    ...[
      say('File', '文件'),
      say('As', '用途'),
      say('Rows read', '读取行数'),
      say('Counted', '计入'),
      say('Set aside', '未计入'),
      say('Blank', '空行'),
      say('Header row', '表头行'),
      say('Sheet', '工作表'),
      say('Copy', '副本'),
      say('Encoding', '编码'),
      say('SHA-256', 'SHA-256'),
    ].map((title) => translator.text(title)),
  );
  for (const input of report.inputs) {
    const { file, role, rows: read, headerRow, sheet, encoding, sha256 } = input;
    const list = lists.find((each) => each.input === input);
    const counts = [read.read, read.audited, read.setAside, read.blank, headerRow];
    rows.add(
      proseCell(translator.value(file)),
      textCell(translator.text(ROLE_WORDS[role])),
      ...counts.map((count) => numberCell(count, translator)),
      textCell(sheet === null ? '' : translator.value(sheet)),
      list === undefined ? null : copyCell(list, translator),
      textCell(encoding ?? ''),
      wideCell(sha256, 'muted'),
    );
  }
  if (report.findings.length === 0 || lists.every(({ sheet }) => sheet === null)) return;
  const sort = report.findings.length > MOST_FOUND ? SORT_NEITHER : SORT_NO_COPY;
  rows.remark(translator.text(sort));
}

function addFigures(rows: SheetRows, frame: Frame): void {
  const { translator } = frame;
  const figures = mainFigures(frame);
  if (figures.length === 0) return;
  rows.section(translator.text(say('Main figures', '主要数字')));
  const titles = [
    say('Figure', '指标'),
    say('Value', '值'),
    say('Currency', '币种'),
    say('Count', '计数'),
    say('Of', '基数'),
    say('95% low', '95% 下限'),
    say('95% high', '95% 上限'),
    say('Definition', '定义'),
  ];
  rows.header(...titles.map((title) => translator.text(title)));
  for (const { title, value, currency, count, of, interval, definition } of figures) {
    rows.add(
      proseCell(title),
      value,
      textCell(currency),
      count,
      of,
      interval?.[0] ?? null,
      interval?.[1] ?? null,
      wideCell(definition, 'muted'),
    );
  }
}

/** What was noticed while reading, and rules that could not be judged for a fault. */
function addNotices(rows: SheetRows, { report, translator, lists }: Frame): void {
  const notices = report.inputs.flatMap((input) => input.notices.map((notice) => ({ input, notice })));
  if (notices.length + report.faults.length === 0) return;
  rows.section(translator.text(say('Notices', '说明')));
  for (const { input, notice } of notices) {
    const { cell, line, code, args } = notice;
    const sheet = lists.find((each) => each.input === input)?.sheet ?? null;
    const place = cell ?? (line === null ? '' : String(line));
    const where =
      sheet !== null && cell !== null && cellAt(cell) !== null ? linkCell(cell, sheet, cell) : textCell(place);
    rows.add(proseCell(translator.value(input.file)), where, wideCell(translator.text(noticeText(code), args)));
  }
  for (const { where, message } of report.faults) {
    const text = say('fault in {where}: {message}', '{where} 内部错误：{message}');
    rows.add(textCell(translator.text(text, { where, message }), 'error'));
  }
}

/** What people look at first: the verdict, the score, what was read, the main figures, and the rules by verdict. */
export function summarySheet(frame: Frame, marks: Marks): WorkbookSheet {
  const rows = createSheetRows();
  const isChecked = !hasNoDeals(frame.report);
  addHead(rows, frame);
  addLeftOut(rows, frame, marks);
  if (isChecked) {
    addScore(rows, frame);
    addFigures(rows, frame);
  }
  addInputs(rows, frame);
  if (isChecked) addRules(rows, frame, marks);
  addNotices(rows, frame);
  const { findings } = frame.report;
  if (findings.length > 0) {
    rows.skip();
    const text = frame.translator.text(say('All findings', '全部问题'));
    rows.add(linkCell(text, frame.names.findings, `A${FIRST_FINDING_ROW}`));
  }
  const amounts = new Array<number>(Math.max(1, ruleCurrencies(frame).length)).fill(AMOUNT_WIDTH);
  return smallSheet(frame.names.summary, [...COUNT_WIDTHS, ...amounts, ...TEXT_WIDTHS], rows);
}
