import { fillTemplate } from './i18n/template.ts';
import type { Args, ArgValue, Lang, Text } from './i18n/text.ts';

/** What the user is told of each failure: what happened where, and in `hint` what to do next. */
const TEXTS = {
  'file/not-found': {
    text: { en: '{file}: no such file', zh: '{file}：找不到该文件' },
    hint: { en: 'Check the path; the working folder is {folder}.', zh: '请检查路径；当前目录是 {folder}。' },
  },
  'file/not-readable': {
    text: { en: '{file}: cannot be read ({reason})', zh: '{file}：无法读取（{reason}）' },
    hint: { en: 'Check the permissions, and that it is a file.', zh: '请检查权限，并确认它是一个文件。' },
  },
  'file/empty': {
    text: { en: '{file}: the file is empty', zh: '{file}：文件是空的' },
    hint: { en: 'Export the list again.', zh: '请重新导出。' },
  },
  'file/not-a-table': {
    text: { en: '{file}: this is {found}, not a table', zh: '{file}：这是 {found}，不是表格' },
    hint: { en: 'Export the list as CSV or XLSX.', zh: '请导出为 CSV 或 XLSX。' },
  },
  'file/damaged': {
    text: { en: '{file}: the workbook is damaged ({reason})', zh: '{file}：工作簿已损坏（{reason}）' },
    hint: {
      en: 'Download it again, or open it in Excel and save it as XLSX.',
      zh: '请重新下载，或用 Excel 打开后另存为 XLSX。',
    },
  },
  'file/encoding': {
    text: { en: '{file}: unknown encoding “{encoding}”', zh: '{file}：未知的编码“{encoding}”' },
    hint: {
      en: 'Use utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis or windows-1252.',
      zh: '可用：utf-8、utf-16le、utf-16be、gb18030、big5、shift_jis、windows-1252。',
    },
  },
  'file/undecodable': {
    text: {
      en: '{file}: byte {byte} (line {line}) is not {encoding}',
      zh: '{file}：第 {byte} 字节（第 {line} 行）不是 {encoding}',
    },
    hint: { en: 'Name the right encoding with --encoding.', zh: '请用 --encoding 指定正确的编码。' },
  },
  'table/no-header': {
    text: {
      en: '{file}: no header row found in the first 30 rows',
      zh: '{file}：前 30 行里没有找到表头',
    },
    hint: { en: 'Say which row it is with --header-row.', zh: '请用 --header-row 指明表头在第几行。' },
  },
  'table/no-sheet': {
    text: { en: '{file}: there is no sheet “{sheet}”', zh: '{file}：没有工作表“{sheet}”' },
    hint: { en: 'It has: {sheets}.', zh: '现有工作表：{sheets}。' },
  },
  'table/damaged-quotes': {
    text: {
      en: '{file}: more than {count} rows have unbalanced quotes, the first on line {line}',
      zh: '{file}：有 {count} 多行引号不配对，首行是第 {line} 行',
    },
    hint: {
      en: 'Is the delimiter right? Say it with --delimiter, or export again.',
      zh: '分隔符是否正确？用 --delimiter 指定，或重新导出。',
    },
  },
  'dates/ambiguous': {
    text: {
      en: '{file}: column “{header}”: day and month cannot be told apart (for example {example} in {cell})',
      zh: '{file}：列“{header}”无法区分日和月（例如 {cell} 的 {example}）',
    },
    hint: {
      en: 'Add to the rules file:  source: {dates: {<field>: DD/MM/YYYY}}  or MM/DD/YYYY.',
      zh: '请在规则文件中加上：source: {dates: {<field>: DD/MM/YYYY}}，或 MM/DD/YYYY。',
    },
  },
} as const satisfies Record<string, { text: Text; hint: Text }>;

export type ErrorCode = keyof typeof TEXTS;

/** A failure the user can mend: one line that says what, where and what to do next. Ends the run with exit code 2. */
export class FunnelintError extends Error {
  readonly code: ErrorCode;
  readonly args: Args;

  constructor(code: ErrorCode, args: Args = {}) {
    super(errorText(code, args, 'en'));
    this.name = 'FunnelintError';
    this.code = code;
    this.args = args;
  }
}

function plain(value: ArgValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value === null || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The message of a failure in one language, without its hint. */
export function errorText(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(TEXTS[code].text[lang], (slot) => plain(args[slot]));
}

/** What the user can do about a failure. */
export function errorHint(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(TEXTS[code].hint[lang], (slot) => plain(args[slot]));
}
