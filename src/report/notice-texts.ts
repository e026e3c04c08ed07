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
  'table/preamble': { en: 'rows above the header, left out: {rows}', zh: '表头上方的 {rows} 行未计入' },
  'table/duplicate-header': {
    en: 'header “{header}” stands twice; the first one counts',
    zh: '表头“{header}”重复，以第一个为准',
  },
  'table/blank-header': { en: 'a column without a header', zh: '有一列没有表头' },
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
  'table/mended-quotes': {
    en: 'rows with a quote inside a plain cell: {rows}; read as written',
    zh: '{rows} 行的普通单元格内有引号，按原样读取',
  },
  'table/merges-not-followed': {
    en: 'merged ranges not followed: {merges}; only the first cell of each has its value',
    zh: '合并区域过多（{merges} 个），未展开；只有左上角单元格有值',
  },
  'table/beside-table': { en: 'rows with cells beside the table: {rows}', zh: '{rows} 行在表格右侧还有内容' },
};

/** Text of a notice; one without a text of its own shows its code. */
export function noticeText(code: string): Text {
  return NOTICES[code] ?? { en: code, zh: code };
}

/** Codes that have a text. */
export const NOTICE_CODES: readonly string[] = Object.keys(NOTICES);
