import type { Text } from './i18n/text.ts';

/** What is wrong with the command line, and what to do about it, in both languages. */
export const FLAG_ERROR_TEXTS = {
  'flag/no-file': {
    text: { en: 'no file is named', zh: '没有指定文件' },
    hint: { en: 'Write for example: funnelint audit deals.csv', zh: '例如：funnelint audit deals.csv' },
  },
  'flag/file-twice': {
    text: { en: '{file} is named twice', zh: '{file} 重复指定' },
    hint: {
      en: 'Name each file once; every one of them is part of the list.',
      zh: '每个文件只写一次，它们合起来是一份列表。',
    },
  },
  'flag/no-command': {
    text: { en: 'there is no command “{command}”', zh: '没有命令“{command}”' },
    hint: {
      en: 'Did you mean {suggestion}? See funnelint --help.',
      zh: '是否想用 {suggestion}？参见 funnelint --help。',
    },
  },
  'flag/command-first': {
    text: { en: '“{command}” stands behind an option', zh: '“{command}”写在了选项后面' },
    hint: { en: 'Write the command first: funnelint {command} …', zh: '请把命令写在最前：funnelint {command} …' },
  },
  'flag/same-file': {
    text: { en: '{file} is named twice: as the export and with {flag}', zh: '{file} 既是要体检的文件，又用于 {flag}' },
    hint: { en: 'Name another file with {flag}, or leave it out.', zh: '请为 {flag} 指定其他文件，或去掉它。' },
  },
  'flag/only-new-alone': {
    text: { en: '--only-new: nothing says which findings are known', zh: '--only-new：没有说明哪些是已知问题' },
    hint: {
      en: 'Name the baseline too: --baseline funnelint-baseline.txt',
      zh: '请同时指定基线：--baseline funnelint-baseline.txt',
    },
  },
  'flag/no-table': {
    text: { en: '--table: “{value}” names no list', zh: '--table：“{value}”没有指明列表' },
    hint: { en: 'Write it as accounts=accounts.csv.', zh: '请写成 accounts=accounts.csv 的形式。' },
  },
  'flag/no-delimiter': {
    text: { en: '--delimiter: “{value}” cannot part cells', zh: '--delimiter：“{value}”不能作为分隔符' },
    hint: {
      en: 'Name one character: ";", "|" or "\\t" for a tab.',
      zh: '请指定一个字符，如 ";"、"|"，制表符写作 "\\t"。',
    },
  },
  'flag/not-for-file': {
    text: { en: '{flag} says nothing about {file}: it is {format}', zh: '{flag} 对 {file} 不适用：它是{format}' },
    hint: { en: 'Leave {flag} out.', zh: '请去掉 {flag}。' },
  },
  'flag/no-date': {
    text: { en: '{flag}: “{value}” is not a date', zh: '{flag}：“{value}”不是日期' },
    hint: { en: 'Write it as 2026-11-01.', zh: '请写成 2026-11-01 的形式。' },
  },
  'flag/no-duration': {
    text: { en: '{flag}: “{value}” is not a duration', zh: '{flag}：“{value}”不是时长' },
    hint: { en: 'Write it as 60d or 8w.', zh: '请写成 60d 或 8w 的形式。' },
  },
  'flag/no-field': {
    text: { en: '{flag}: there is no field “{value}”{hint}', zh: '{flag}：没有字段“{value}”{hint}' },
    hint: { en: 'Fields of these rules: {fields}.', zh: '这些规则的字段：{fields}。' },
  },
  'flag/no-as-of': {
    text: { en: 'no day is given that the audit takes as today', zh: '没有给出体检基准日' },
    hint: { en: 'Give asOf, or today.', zh: '请给出 asOf 或 today。' },
  },
  'flag/no-timezone': {
    text: { en: '--timezone {value}: there is no such time zone', zh: '--timezone {value}：没有这个时区' },
    hint: { en: 'Write it as Asia/Shanghai.', zh: '请写成 Asia/Shanghai 的形式。' },
  },
  'flag/not-allowed': {
    text: { en: '{flag}: “{value}” is not one of {allowed}', zh: '{flag}：“{value}”不在可选值 {allowed} 中' },
    hint: { en: 'See funnelint audit --help.', zh: '参见 funnelint audit --help。' },
  },
  'option/wrong': {
    text: { en: '{option}: {value} is not allowed; give {allowed}', zh: '{option}：不能是 {value}，应为{allowed}' },
    hint: {
      en: 'The types AuditOptions and RenderOptions of the library say what each option is.',
      zh: '各选项的说明见库的类型 AuditOptions 和 RenderOptions。',
    },
  },
  'option/unknown': {
    text: { en: 'there is no option “{option}”{hint}', zh: '没有选项“{option}”{hint}' },
    hint: { en: 'Options: {known}.', zh: '可用选项：{known}。' },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly hint: Text }>>;
