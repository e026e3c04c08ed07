import type { Text } from './i18n/text.ts';

/** What went wrong while a file was read, and what to do about it, in both languages. */
export const READING_ERROR_TEXTS = {
  'file/not-found': {
    text: { en: '{file}: no such file', zh: '{file}：找不到该文件' },
    hint: { en: 'Check the path; the working folder is {folder}.', zh: '请检查路径；当前目录是 {folder}。' },
  },
  'file/not-readable': {
    text: { en: '{file}: cannot be read ({reason})', zh: '{file}：无法读取（{reason}）' },
    hint: { en: 'Name a file that you may read.', zh: '请指定一个有权限读取的文件。' },
  },
  'file/empty': {
    text: { en: '{file}: the file is empty', zh: '{file}：文件是空的' },
    hint: { en: 'Export the list again.', zh: '请重新导出。' },
  },
  'file/not-a-table': {
    text: { en: '{file}: this is {found}, not a table', zh: '{file}：这是 {found}，不是表格' },
    hint: { en: 'Export the list as CSV or XLSX.', zh: '请导出为 CSV 或 XLSX。' },
  },
  'file/misnamed-archive': {
    text: { en: '{file}: this is {found} under another name', zh: '{file}：这是改了名的 {found}' },
    hint: {
      en: 'Unpack it, or give it a name that ends in {extension}; or was the download cut short?',
      zh: '请解压，或把文件名改为以 {extension} 结尾；也可能是下载出错，请重新下载。',
    },
  },
  'file/binary': {
    text: {
      en: '{file}: this is binary data, not a table, from byte {byte} (line {line}) on',
      zh: '{file}：从第 {byte} 字节（第 {line} 行）起是二进制数据，不是表格',
    },
    hint: { en: 'Export the list again as CSV or XLSX.', zh: '请重新导出为 CSV 或 XLSX。' },
  },
  'file/damaged': {
    text: { en: '{file}: the workbook cannot be read ({reason})', zh: '{file}：无法读取工作簿（{reason}）' },
    hint: {
      en: 'Download it again, or open it in Excel and save it as XLSX.',
      zh: '请重新下载，或用 Excel 打开后另存为 XLSX。',
    },
  },
  'file/too-large': {
    text: { en: '{file}: the workbook is too large ({reason})', zh: '{file}：工作簿过大（{reason}）' },
    hint: {
      en: 'Save the sheet as CSV, which may be of any size, or leave out columns nobody needs.',
      zh: '请把该工作表另存为 CSV（大小不限），或去掉用不到的列。',
    },
  },
  'file/encoding': {
    text: { en: '{file}: unknown encoding “{encoding}”', zh: '{file}：未知的编码“{encoding}”' },
    hint: {
      en: 'Use utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, euc-kr, windows-1251, windows-1252 or another of the WHATWG list.',
      zh: '可用：utf-8、utf-16le、utf-16be、gb18030、big5、shift_jis、euc-kr、windows-1251、windows-1252 等 WHATWG 编码。',
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
  'table/no-header-in-sheet': {
    text: { en: '{file}: no header row found in sheet “{sheet}”', zh: '{file}：工作表“{sheet}”里没有找到表头' },
    hint: {
      en: 'Say which row it is with --header-row, or name the sheet with --sheet; there are: {sheets}.',
      zh: '请用 --header-row 指明表头在第几行，或用 --sheet 指定工作表；现有：{sheets}。',
    },
  },
  'table/too-wide': {
    text: {
      en: '{file}: line {line} has {columns} columns; a table has at most {most}',
      zh: '{file}：第 {line} 行有 {columns} 列，表格最多 {most} 列',
    },
    hint: { en: 'Is the delimiter right? Say it with --delimiter.', zh: '分隔符是否正确？可用 --delimiter 指定。' },
  },
  'table/no-such-row': {
    text: { en: '{file}: row {row} is blank or not in the file', zh: '{file}：第 {row} 行是空行或不存在' },
    hint: {
      en: 'Count rows from 1, as a spreadsheet shows them, or leave --header-row out.',
      zh: '行号从 1 开始，与表格软件显示的一致；也可以不写 --header-row。',
    },
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
  'table/endless-line': {
    text: { en: '{file}: line {line} is longer than {megabytes} MB', zh: '{file}：第 {line} 行超过 {megabytes} MB' },
    hint: { en: 'This is no list of deals; export again as CSV.', zh: '这不像商机列表，请重新导出为 CSV。' },
  },
  'table/rows-refused': {
    text: {
      en: '{file}:{line}: rows that cannot be read because their quotes do not pair or the file breaks off: {rows}, the first on line {line}',
      zh: '{file}:{line}：{rows} 行引号不配对或文件在此中断，无法读取，首行是第 {line} 行',
    },
    hint: {
      en: 'Export again, or mend the quotes on that line; an audit sets these rows aside and says so.',
      zh: '请重新导出，或修正该行的引号；体检会跳过这些行并说明。',
    },
  },
  'tables/no-key': {
    text: {
      en: '{file}: no column by which deals name a row of {table} (known headers: {known})',
      zh: '{file}：没有可供商机引用的 {table} 列（可识别的表头：{known}）',
    },
    hint: {
      en: 'Say which it is in the rules file: tables: {{table}: {key: "…"}}',
      zh: '请在规则文件中写明：tables: {{table}: {key: "…"}}',
    },
  },
  'tables/no-deal': {
    text: {
      en: '{file}: no column by which rows of {table} name what they belong to (known headers: {known})',
      zh: '{file}：{table} 表中没有指明所属对象的列（可识别的表头：{known}）',
    },
    hint: {
      en: 'Say which it is in the rules file: tables: {{table}: {fields: {{field}: {column: "…"}}}}',
      zh: '请在规则文件中写明：tables: {{table}: {fields: {{field}: {column: "…"}}}}',
    },
  },
  'tables/no-table': {
    text: { en: '--table: there is no table “{table}”', zh: '--table：没有名为“{table}”的表' },
    hint: {
      en: 'Write --table accounts=accounts.csv; there are: {known}. Name others under tables: in the rules file.',
      zh: '写法：--table accounts=accounts.csv；现有：{known}。其他表请在规则文件的 tables: 下声明。',
    },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly hint: Text }>>;
