import type { Text } from './i18n/text.ts';

/** What is wrong with files written and saved reports, and what to do about it, in both languages. */
export const OUTPUT_ERROR_TEXTS = {
  'output/not-writable': {
    text: { en: '{file}: cannot be written ({reason})', zh: '{file}：无法写入（{reason}）' },
    hint: { en: 'Check the folder and its permissions.', zh: '请检查目录及其权限。' },
  },
  'output/disk-full': {
    text: { en: '{file}: the disk is full', zh: '{file}：磁盘已满' },
    hint: { en: 'Make room, or write to another disk.', zh: '请清理空间，或写到其他磁盘。' },
  },
  'output/is-input': {
    text: { en: '{file}: the output would overwrite a file that is read', zh: '{file}：输出会覆盖正在读取的文件' },
    hint: { en: 'Write to another file.', zh: '请写到其他文件。' },
  },
  'output/twice': {
    text: { en: '{file}: two outputs go to this file', zh: '{file}：有两个输出写到同一文件' },
    hint: { en: 'Give each output a file of its own.', zh: '请为每个输出指定不同的文件。' },
  },
  'output/two-to-stdout': {
    text: { en: 'two documents for standard output: {formats}', zh: '标准输出只能有一份内容，却要求了：{formats}' },
    hint: { en: 'Send one of them to a file: -o report.json', zh: '请把其中一份写入文件：-o report.json' },
  },
  'output/no-path': {
    text: { en: '-o {value}: no file is named', zh: '-o {value}：没有指定文件' },
    hint: { en: 'Write for example: -o json=report.json', zh: '例如：-o json=report.json' },
  },
  'output/unknown-format': {
    text: { en: '{file}: no format for “{extension}”', zh: '{file}：没有与“{extension}”对应的格式' },
    hint: {
      en: 'Name the format, as in -o json=report.json; there are: {formats}.',
      zh: '请写明格式，如 -o json=report.json；可用：{formats}。',
    },
  },
  'output/bytes-to-terminal': {
    text: { en: '-f {format}: this is no text to show on a terminal', zh: '-f {format}：此格式不是可在终端显示的文本' },
    hint: { en: 'Write it to a file: -o report.{format}', zh: '请写入文件：-o report.{format}' },
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
  'output/not-for-this': {
    text: { en: '{file}: this cannot be written as {format}', zh: '{file}：此内容不能写成 {format} 格式' },
    hint: { en: 'There are: {formats}.', zh: '可用：{formats}。' },
  },
  'baseline/not-found': {
    text: { en: '{file}: no such baseline', zh: '{file}：找不到该基线' },
    hint: {
      en: 'Accept the findings of today first: funnelint baseline write deals.csv -o {file}',
      zh: '请先接受当前的问题：funnelint baseline write deals.csv -o {file}',
    },
  },
  'baseline/not-valid': {
    text: { en: '{file}:{line}: not an entry of a baseline: {text}', zh: '{file}:{line}：不是基线条目：{text}' },
    hint: {
      en: 'An entry reads 0f1e2d3c-0123456789abcdef. Write the file anew: funnelint baseline write deals.csv -o {file} --force',
      zh: '条目形如 0f1e2d3c-0123456789abcdef。可重新生成：funnelint baseline write deals.csv -o {file} --force',
    },
  },
  'baseline/exists': {
    text: { en: '{file}: there is a baseline already', zh: '{file}：已有基线' },
    hint: {
      en: 'Take in what is new and let go what is mended with funnelint baseline update, or write it anew with --force.',
      zh: '请用 funnelint baseline update 更新，或加 --force 重新生成。',
    },
  },
  'baseline/no-file': {
    text: { en: '-o {value}: a baseline needs a file', zh: '-o {value}：基线需要写入文件' },
    hint: { en: 'Write for example: -o funnelint-baseline.txt', zh: '例如：-o funnelint-baseline.txt' },
  },
  'compare/no-date': {
    text: {
      en: '{file}: nothing says on which day this earlier export was made',
      zh: '{file}：无法得知这份较早的导出是哪一天的',
    },
    hint: {
      en: 'Say it with --as-of-before 2026-10-25, or put the date into its name, as in deals-2026-10-25.csv.',
      zh: '请用 --as-of-before 2026-10-25 指明，或在文件名里写上日期，如 deals-2026-10-25.csv。',
    },
  },
  'trend/no-report': {
    text: { en: '{folder}: no saved report in this folder', zh: '{folder}：目录中没有保存的报告' },
    hint: {
      en: 'Save one each week with: funnelint audit deals.csv --save {folder}',
      zh: '可每周保存一份：funnelint audit deals.csv --save {folder}',
    },
  },
  'trend/not-a-report': {
    text: {
      en: '{file}: a trend is made of saved reports, not of exports',
      zh: '{file}：趋势由保存的报告得出，不能直接用导出文件',
    },
    hint: {
      en: 'Save a report of each export with: funnelint audit {file} --save reports',
      zh: '可为每份导出保存报告：funnelint audit {file} --save reports',
    },
  },
  'save/other-list': {
    text: {
      en: '{file}: holds the report of another list ({other}) for the same day',
      zh: '{file}：已保存同一天另一份列表（{other}）的报告',
    },
    hint: { en: 'Use a folder of its own for each list.', zh: '请为每份列表使用单独的目录。' },
  },
  'save/no-report': {
    text: {
      en: '{file}: the report would overwrite a file that is no saved report',
      zh: '{file}：报告会覆盖一个不是已保存报告的文件',
    },
    hint: {
      en: 'Save to another folder with --save, or move that file away.',
      zh: '请用 --save 指定其他目录，或先移走该文件。',
    },
  },
  'save/no-folder': {
    text: { en: '--save: no folder is named', zh: '--save：没有指定目录' },
    hint: { en: 'Write for example: --save reports', zh: '例如：--save reports' },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly hint: Text }>>;
