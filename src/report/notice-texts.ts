import type { Text } from '../i18n/text.ts';

/** What people are told of how a file was read, by the code of the notice. */
const NOTICES: Readonly<Record<string, Text>> = {
  'file/encoding-guessed': {
    en: 'not UTF-8; read as {encoding} (name another with --encoding)',
    zh: '不是 UTF-8，按 {encoding} 读取（可用 --encoding 指定）',
  },
  'file/nul-byte': {
    en: 'a NUL byte in the text; export again if the row looks cut',
    zh: '文本中有 NUL 字节；若该行内容不全，请重新导出',
  },
  'file/lost-characters': {
    en: 'from here on “�” stands for characters lost before the export was saved; export again as UTF-8',
    zh: '此处起有“�”，说明保存前已有字符丢失；请以 UTF-8 重新导出',
  },
  'file/mark-inside': {
    en: 'a byte order mark inside the file ({rows} rows): another file was appended here',
    zh: '文件中部有字节顺序标记（{rows} 行），说明此处拼接了另一个文件',
  },
  'file/stray-return': {
    en: 'rows with a carriage return inside a cell: {rows}; read as part of the cell',
    zh: '{rows} 行的单元格内有单独的回车符，按单元格内容读取',
  },
  'file/entries-not-tables': {
    en: 'files in the archive that are no tables: {entries}',
    zh: '压缩包中不是表格的文件：{entries}',
  },
  'file/entries-left-out': {
    en: 'not read, because they are other tables than the deals: {entries} (name one with --sheet)',
    zh: '以下内容不是商机表，未读取：{entries}（可用 --sheet 指定）',
  },
  'table/not-understood': { en: '{problem}', zh: '{problem}' },
  'list/no-key': {
    en: 'the files were put together without looking for deals that stand in several: no column for the deal id',
    zh: '多个文件直接拼接，未按商机编号去重：没有编号列',
  },
  'table/preamble': { en: 'rows above the header, left out: {rows}', zh: '表头上方的 {rows} 行未计入' },
  'table/duplicate-header': {
    en: 'header “{header}” stands twice; the first one counts',
    zh: '表头“{header}”重复，以第一个为准',
  },
  'table/blank-header': { en: 'a column without a header', zh: '有一列没有表头' },
  'table/sheets-left-out': {
    en: 'other sheets hold such columns too and were not read: {sheets} (name one with --sheet)',
    zh: '以下工作表也有同类列，未读取：{sheets}（可用 --sheet 指定）',
  },
  'table/looks-like-log': {
    en: 'these are the columns of a change log ({columns}), one row a change; if so, name the list of deals and give this file with --history',
    zh: '这些列像是阶段变更记录（{columns}），每行是一次变更；若是如此，请指定商机列表，并用 --history 传入此文件',
  },
  'list/rounded-ids': {
    en: 'deal ids such as {id} were rounded by a spreadsheet; deals were not joined by them: export the column as text',
    zh: '商机编号（如 {id}）已被表格软件取整，未按其合并；请将该列导出为文本',
  },
  'table/hidden-sheet': { en: 'sheet “{sheet}” is hidden and was read', zh: '读取的是隐藏工作表“{sheet}”' },
  'table/formula-without-result': {
    en: '{cells} formulas without a saved result count as empty; open and save the file in Excel',
    zh: '{cells} 个公式没有保存结果，按空值处理；请用 Excel 打开并保存一次',
  },
  'table/cell-twice': {
    en: 'cells that hold two values: {cells}; the last one counts',
    zh: '{cells} 个单元格有两个值，以后一个为准',
  },
  'table/odd-cell': {
    en: 'cells whose value is not of their type: {cells}; read as written',
    zh: '{cells} 个单元格的值与类型不符，按原样读取',
  },
  'table/format-missing': {
    en: 'numbers without the format they name: {cells}; dates among them show as numbers',
    zh: '{cells} 个数字的格式缺失，其中的日期会显示为数字',
  },
  'table/hidden-rows': { en: 'hidden rows, read like the others: {rows}', zh: '{rows} 行处于隐藏状态，已照常读取' },
  'table/hidden-columns': {
    en: 'hidden columns, read like the others: {columns}, the first is {first}',
    zh: '{columns} 列处于隐藏状态（首列为 {first}），已照常读取',
  },
  'table/short-rows': {
    en: 'rows shorter than the header: {rows}; their missing cells count as empty',
    zh: '{rows} 行的单元格少于表头，缺少的按空值处理',
  },
  'tables/by-name': {
    en: '“{header}” holds names of deals, not ids; deals were joined by their names',
    zh: '“{header}”列是商机名称而不是编号，已按名称关联商机',
  },
  'tables/no-match': {
    en: 'not one row of “{header}” names a deal of the list: nothing was joined; export the ids of the deals',
    zh: '“{header}”列没有一行能对上列表中的商机，未关联任何记录；请导出商机编号',
  },
  'table/surplus-cells': {
    en: 'rows that end with more delimiters than the header: {rows}; nothing stands between them',
    zh: '{rows} 行末尾的分隔符多于表头，多出的单元格都是空的',
  },
  'table/header-wider': {
    en: 'the header ends with {columns} delimiters more than any row',
    zh: '表头末尾比任何一行都多 {columns} 个分隔符',
  },
  'table/better-table': {
    en: 'another table stands above; this one was read, which has more known columns',
    zh: '上方还有另一张表；读取的是可识别列更多的这一张',
  },
  'table/mended-quotes': {
    en: 'rows with a quote inside a plain cell: {rows}; read as written',
    zh: '{rows} 行的普通单元格内有引号，按原样读取',
  },
  'table/no-end': {
    en: 'the page ends before its table does; is the download complete?',
    zh: '网页在表格结束前中断，请确认下载是否完整',
  },
  'table/merges-not-followed': {
    en: 'merged ranges not followed: {merges}; only the first cell of each has its value',
    zh: '合并区域过多（{merges} 个），未展开；只有左上角单元格有值',
  },
  'stage/won-by-status': {
    en: '“{header}” tells which deals are won, since no stage does: {deals}',
    zh: '阶段里没有赢单，按“{header}”判断赢单：{deals} 条',
  },
  'stage/lost-by-status': {
    en: '“{header}” tells which deals are lost, since no stage does: {deals}',
    zh: '阶段里没有输单，按“{header}”判断输单：{deals} 条',
  },
  'stage-dates/time-unit': {
    en: 'times as in “{header}” are in {unit}, by the dates of {deals} deals',
    zh: '“{header}”等停留时长的单位是{unit}（由 {deals} 条商机的日期判断）',
  },
  'stage-dates/time-unit-unknown': {
    en: 'times as in “{header}” are not used: no dates tell their unit',
    zh: '“{header}”等停留时长无法由日期判断单位，未使用',
  },
  'stage-dates/hidden-re-entries': {
    en: 'deals that were in a stage more than once, which its dates hide: {deals}',
    zh: '{deals} 条商机曾再次进入同一阶段，阶段日期里看不出来',
  },
  'history/other-fields': {
    en: 'rows of the change log about other fields than the stage, left out: {rows} (column “{header}”)',
    zh: '变更记录中有 {rows} 行是其他字段的变更，未计入（“{header}”列）',
  },
  'columns/by-content': {
    en: 'column “{header}” is taken for {field} by what it holds: {matched} of {filled} cells fit (confidence {confidence})',
    zh: '按内容把“{header}”列识别为「{field}」：{filled} 个单元格中有 {matched} 个符合（置信度 {confidence}）',
  },
  'columns/ambiguous': {
    en: 'which column? {choices}; add to the rules file, with the right header: {yaml}',
    zh: '无法确定列：{choices}；请在规则文件中写明（换成正确的表头）：{yaml}',
  },
  'columns/ambiguous-unnamed': {
    en: 'which column? {choices}; give the right one a header',
    zh: '无法确定列：{choices}；请给正确的列加上表头',
  },
  'columns/unit': {
    en: 'the header “{header}” gives a unit: its numbers are multiplied by {factor}',
    zh: '表头“{header}”带单位，其数值已乘以 {factor}',
  },
  'rates/missing': {
    en: 'no exchange rate for {currency}: {deals} deals stay as they are and are not added to {to}; add it under `rates`',
    zh: '没有 {currency} 的汇率：{deals} 单保持原币种，不与 {to} 相加；请在 rates 中补充',
  },
  'table/beside-table': {
    en: 'rows with cells beside the table, not read: {rows}',
    zh: '{rows} 行在表格旁边还有内容，未读取',
  },
  'table/two-row-header': {
    en: 'the header has two rows, the lower one is row {row}; names that repeat read “Group / Name”',
    zh: '表头占两行（下一行为第 {row} 行），同名列写作“分组 / 列名”',
  },
  'table/header-assumed': {
    en: 'no row looks like a header; row {row} was taken for it (name another with --header-row)',
    zh: '没有像表头的行，以第 {row} 行作为表头（可用 --header-row 指定）',
  },
  'table/filled-down': {
    en: 'a grouped report: {cells} cells take the value of their group, in {columns}',
    zh: '分组报表：{columns} 共 {cells} 个单元格按所在分组补值',
  },
  'table/another-table': {
    en: 'another table starts in row {row}; its rows are left out: {rows} (read it with --header-row {row})',
    zh: '第 {row} 行起是另一张表，共 {rows} 行未计入（可用 --header-row {row} 读取）',
  },
};

/** Text of a notice; one without a text of its own shows its code. */
export function noticeText(code: string): Text {
  return NOTICES[code] ?? { en: code, zh: code };
}

/** Codes that have a text. */
export const NOTICE_CODES: readonly string[] = Object.keys(NOTICES);
