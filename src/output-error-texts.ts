import type { Text } from './i18n/text.ts';

/** What is wrong with files written and saved reports, and what to do about it, in both languages. */
export const OUTPUT_ERROR_TEXTS = {
  'output/not-writable': {
    text: { en: '{file}: cannot be written ({reason})', zh: '{file}：无法写入（{reason}）' },
    hint: { en: 'Check the folder and its permissions.', zh: '请检查目录及其权限。' },
  },
  'output/is-input': {
    text: { en: '{file}: the output would overwrite a file that is read', zh: '{file}：输出会覆盖正在读取的文件' },
    hint: { en: 'Write to another file.', zh: '请写到其他文件。' },
  },
  'output/twice': {
    text: { en: '{file}: two outputs go to this file', zh: '{file}：有两个输出写到同一文件' },
    hint: { en: 'Give each output a file of its own.', zh: '请为每个输出指定不同的文件。' },
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
