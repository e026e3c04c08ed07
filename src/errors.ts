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
  'file/encoding-guessed': {
    text: { en: 'the encoding was guessed: {encoding}', zh: '文件编码是猜测的：{encoding}' },
    hint: { en: 'If names look garbled, say it with --encoding.', zh: '如果出现乱码，请用 --encoding 指定编码。' },
  },
  'file/nul-byte': {
    text: { en: 'there is a NUL byte in the text (byte {byte})', zh: '文本中有 NUL 字节（第 {byte} 字节）' },
    hint: { en: 'The file may be damaged: export it again.', zh: '文件可能已损坏，请重新导出。' },
  },
  'table/preamble': {
    text: { en: 'rows above the header were skipped: {rows}', zh: '表头上方有 {rows} 行已跳过' },
    hint: {
      en: 'If the header is another row, say it with --header-row.',
      zh: '如果表头不对，请用 --header-row 指定。',
    },
  },
  'table/duplicate-header': {
    text: { en: 'the header “{header}” is already in {first}', zh: '表头“{header}”与 {first} 重复' },
    hint: { en: 'The first one is used; rename or remove the other.', zh: '以第一个为准；请改名或删除另一列。' },
  },
  'table/blank-header': {
    text: { en: 'a column has no header', zh: '有一列没有表头' },
    hint: { en: 'Give it a name, or leave the column out of the export.', zh: '请补上表头，或在导出时去掉该列。' },
  },
  'table/short-rows': {
    text: { en: 'rows with fewer cells than the header: {rows}', zh: '有 {rows} 行的单元格比表头少' },
    hint: {
      en: 'Their missing cells count as empty; check the first one in the file.',
      zh: '缺少的单元格按空值处理；请核对文件中的首行。',
    },
  },
  'table/mended-quotes': {
    text: { en: 'rows with a stray quote inside a cell: {rows}', zh: '有 {rows} 行的单元格里有多余的引号' },
    hint: {
      en: 'They were read with the quote as text; a correct CSV doubles it and quotes the cell.',
      zh: '引号已按文字读入；规范的 CSV 应将其双写并给单元格加引号。',
    },
  },
  'table/beside-table': {
    text: { en: 'rows with cells to the right of the table: {rows}', zh: '有 {rows} 行在表格右侧还有内容' },
    hint: { en: 'Those cells are not read.', zh: '表格以外的单元格不读取。' },
  },
  'table/hidden-sheet': {
    text: { en: 'the hidden sheet “{sheet}” was read', zh: '读取的是隐藏工作表“{sheet}”' },
    hint: { en: 'Name another one with --sheet.', zh: '如需其他工作表，请用 --sheet 指定。' },
  },
  'table/formula-without-result': {
    text: { en: 'formulas without a saved result: {cells}', zh: '有 {cells} 个公式没有保存结果' },
    hint: { en: 'Open the file in Excel and save it again.', zh: '请用 Excel 打开后重新保存。' },
  },
  'dates/ambiguous': {
    text: {
      en: '{file}: column “{header}”: day and month cannot be told apart (for example {example} in {cell})',
      zh: '{file}：列“{header}”无法区分日和月（例如 {cell} 的 {example}）',
    },
    hint: {
      en: 'Add to the rules file:  source: {dates: {{field}: DD/MM/YYYY}}  or MM/DD/YYYY.',
      zh: '请在规则文件中加上：source: {dates: {{field}: DD/MM/YYYY}}，或 MM/DD/YYYY。',
    },
  },
  'flag/no-date': {
    text: { en: '{flag}: “{value}” is not a date', zh: '{flag}：“{value}”不是日期' },
    hint: { en: 'Write it as 2026-11-01.', zh: '请写成 2026-11-01 的形式。' },
  },
  'flag/no-duration': {
    text: { en: '{flag}: “{value}” is not a duration', zh: '{flag}：“{value}”不是时长' },
    hint: { en: 'Write it as 60d or 8w.', zh: '请写成 60d 或 8w 的形式。' },
  },
  'flag/no-as-of': {
    text: { en: 'no day is given that the audit takes as today', zh: '没有给出体检基准日' },
    hint: { en: 'Give asOf, or today.', zh: '请给出 asOf 或 today。' },
  },
  'flag/not-allowed': {
    text: { en: '{flag}: “{value}” is not one of {allowed}', zh: '{flag}：“{value}”不在可选值 {allowed} 中' },
    hint: { en: 'See funnelint audit --help.', zh: '参见 funnelint audit --help。' },
  },
  'output/not-writable': {
    text: { en: '{file}: cannot be written ({reason})', zh: '{file}：无法写入（{reason}）' },
    hint: { en: 'Check the folder and its permissions.', zh: '请检查目录及其权限。' },
  },
  'output/unknown-format': {
    text: { en: '{file}: no format for “{extension}”', zh: '{file}：没有与“{extension}”对应的格式' },
    hint: {
      en: 'Name the format, as in -o json=report.json; there are: {formats}.',
      zh: '请写明格式，如 -o json=report.json；可用：{formats}。',
    },
  },
  'report/not-valid': {
    text: { en: '{file}: not a saved report ({reason})', zh: '{file}：不是保存的报告（{reason}）' },
    hint: {
      en: 'Make one with: funnelint audit deals.csv -f json -o report.json',
      zh: '可用此命令生成：funnelint audit deals.csv -f json -o report.json',
    },
  },
  'report/newer': {
    text: {
      en: '{file}: the report has schema {schema}; this funnelint reads schema 1',
      zh: '{file}：报告的 schema 为 {schema}，当前 funnelint 只能读取 schema 1',
    },
    hint: { en: 'Update funnelint.', zh: '请升级 funnelint。' },
  },
  'rules/no-rule': {
    text: { en: 'there is no rule or kind “{rule}”', zh: '没有规则或动词“{rule}”' },
    hint: {
      en: 'Did you mean {suggestion}? `funnelint rules` lists them all.',
      zh: '是否想用 {suggestion}？`funnelint rules` 可列出全部。',
    },
  },
  'history/no-column': {
    text: { en: '{file}: the change log has no column for {field}', zh: '{file}：变更记录缺少“{field}”列' },
    hint: {
      en: 'Known headers are {known}; name yours under `history:` in the rules file.',
      zh: '可识别的表头有 {known}；也可在规则文件的 `history:` 里写明。',
    },
  },
  'history/no-key': {
    text: {
      en: '{file}: no column for the deal id, so the change log cannot be joined',
      zh: '{file}：没有商机编号列，无法与变更记录关联',
    },
    hint: {
      en: 'Add the id to the export, or name its header under `fields:`.',
      zh: '导出时加上编号，或在 `fields:` 里写明表头。',
    },
  },
  'rules/two-files': {
    text: {
      en: '{folder}: has both funnelint.yaml and funnelint.yml',
      zh: '{folder}：同时有 funnelint.yaml 和 funnelint.yml',
    },
    hint: {
      en: 'Delete one of them, or name the one you mean with --config.',
      zh: '请删除其中一个，或用 --config 指定。',
    },
  },
  'rules/no-pack': {
    text: { en: 'there is no pack “{pack}”', zh: '没有规则包“{pack}”' },
    hint: { en: 'Did you mean {suggestion}? There are: {packs}.', zh: '是否想用 {suggestion}？现有：{packs}。' },
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

function plain(value: ArgValue | undefined, lang: Lang): string | undefined {
  if (value === undefined) return undefined;
  if (value !== null && typeof value === 'object' && 'text' in value) return value.text[lang];
  return value === null || typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The message of a failure in one language, without its hint. */
export function errorText(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(TEXTS[code].text[lang], (slot) => plain(args[slot], lang));
}

/** What the user can do about a failure. */
export function errorHint(code: ErrorCode, args: Args, lang: Lang): string {
  return fillTemplate(TEXTS[code].hint[lang], (slot) => plain(args[slot], lang));
}
