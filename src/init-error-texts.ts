import type { Text } from './i18n/text.ts';

/** What keeps `init` from drafting a rules file, and what to do about it, in both languages. */
export const INIT_ERROR_TEXTS = {
  'init/no-file': {
    text: { en: '{folder}: no CSV or XLSX in this folder', zh: '{folder}：目录中没有 CSV 或 XLSX' },
    hint: { en: 'Name the export: funnelint init deals.csv', zh: '请指定导出文件：funnelint init deals.csv' },
  },
  'init/several-files': {
    text: { en: '{folder}: more than one export ({files})', zh: '{folder}：有多个导出文件（{files}）' },
    hint: { en: 'Name the one to draft from: funnelint init {first}', zh: '请指定一个：funnelint init {first}' },
  },
  'init/exists': {
    text: { en: '{file}: is there already', zh: '{file}：已存在' },
    hint: {
      en: 'Overwrite it with --force, or write elsewhere with -o.',
      zh: '用 --force 覆盖，或用 -o 写到别处。',
    },
  },
  'init/other-spelling': {
    text: { en: '{file}: a rules file of this name is in the folder already', zh: '{file}：目录中已有同名的规则文件' },
    hint: {
      en: 'Delete it, or write elsewhere with -o; a folder has one rules file.',
      zh: '请删除它，或用 -o 写到别处；一个目录只能有一个规则文件。',
    },
  },
  'init/not-a-pipeline': {
    text: { en: '{file}: no column that a pipeline is known by', zh: '{file}：没有可识别为销售漏斗的列' },
    hint: {
      en: 'See what is in it with funnelint inspect, or say where the table is with --sheet and --header-row.',
      zh: '用 funnelint inspect 查看内容，或用 --sheet、--header-row 指明表格位置。',
    },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly hint: Text }>>;
