/** What stands below tables and nowhere else, in a cell of its own or with a value beside it. */
const REPORT_LINE = new RegExp(
  `^\\s*(?:${[
    'copyright (?:\\(c\\)|©).*',
    '©.*',
    '版权所有.*',
    'confidential information - do not distribute',
    '(?:strictly confidential|(?:for )?internal use only|do not distribute)[\\s.!]*',
    'confidential\\s*[-–—:：].*',
    '(?:generated|exported|prepared|printed|downloaded) (?:by|on|at|from)\\s*[:：].*',
    'report generated (?:on|by)\\b.*',
    '(?:export|report) (?:date|time|name)\\s*[:：].*',
    '(?:data )?source\\s*[:：].*',
    'notes?\\s*[:：].*',
    '数据(?:来源|截止|口径|更新)[^:：]{0,6}[:：].*',
    '(?:导出|制表|统计|生成|打印|审核|复核|填表|填报|更新)(?:人|员|者|时间|日期|部门|单位|口径|范围)\\s*(?:[:：].*)?',
    'page \\d+ of \\d+',
    '第\\s*\\d+\\s*页.{0,20}',
    '\\W*(?:end|end of report|结束|完)\\W*',
    'report run (?:by|on)\\b.*',
    '数据截[至止].{0,40}',
    '\\W*(?:金额)?单位\\s*[:：].*',
    '本(?:报表|表).{0,60}(?:生成|导出)。?',
    '(?:内部|机密)(?:资料|文件).*',
    '(?:制表|审核|复核|来源|备注|说明|注|附注)\\s*[:：].*',
  ].join('|')})\\s*$`,
  'iu',
);

/** How those in English begin. */
const LINE_STARTS = new Set('co|st|fo|in|do|ge|ex|pr|re|da|so|no|pa|en'.split('|'));
const WORD = /^\w/;

/** A remark in the way of programmers, alone in its row. */
const COMMENT = /^\s*#(?:#|\s|$)/u;

/** True for a line that a report writer puts under its table. */
export function isReportLine(cells: readonly string[], firstFilled: number): boolean {
  const text = cells[firstFilled] ?? '';
  if (!mayBeReportLine(text)) return false;
  if (!REPORT_LINE.test(text)) return COMMENT.test(text) && filledCells(cells) === 1;
  const filled = filledCells(cells);
  if (filled <= 2) return true;
  // Several of them in one row, each with its value: who made the sheet, who checked it.
  const labels = cells.filter((cell) => cell !== '' && REPORT_LINE.test(cell)).length;
  return labels >= 2 && filled <= labels * 2;
}

/** A cheap look that most cells do not survive. */
function mayBeReportLine(text: string): boolean {
  const start = text.trimStart().slice(0, 2);
  return start !== '' && (!WORD.test(start) || LINE_STARTS.has(start.toLowerCase()));
}

export function filledCells(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') count++;
  return count;
}

/** Index of the first cell that is not blank, -1 for a blank row. */
export function firstFilledCell(cells: readonly string[]): number {
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index];
    if (cell !== undefined && cell !== '' && cell.trim() !== '') return index;
  }
  return -1;
}
