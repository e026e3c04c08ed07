import type { Text } from './i18n/text.ts';
import { INIT_ERROR_TEXTS } from './init-error-texts.ts';
import { READING_ERROR_TEXTS } from './reading-error-texts.ts';

/** What the user is told of each failure: what happened where, and in `hint` what to do next. */
export const ERROR_TEXTS = {
  ...READING_ERROR_TEXTS,
  ...INIT_ERROR_TEXTS,
  'dates/ambiguous': {
    text: {
      en: '{file}: column “{header}”: day and month cannot be told apart (for example {example} in {cell})',
      zh: '{file}：列“{header}”无法区分日和月（例如 {cell} 的 {example}）',
    },
    hint: {
      en: `Say it in the rules file (or in a new funnelint.yaml that starts with “version: 1”):
    source: {dates: {{field}: DD/MM/YYYY}}
  or MM/DD/YYYY where the month comes first.`,
      zh: `请在规则文件里写明（没有时新建 funnelint.yaml，首行写“version: 1”）：
    source: {dates: {{field}: DD/MM/YYYY}}
  月份在前时写 MM/DD/YYYY。`,
    },
  },
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
    hint: {
      en: 'Name a field of the rules file, such as owner or source.',
      zh: '请写规则文件中的字段名，如 owner 或 source。',
    },
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
  'rules/no-rule': {
    text: { en: 'there is no rule or kind “{rule}”', zh: '没有规则或动词“{rule}”' },
    hint: { en: '`funnelint rules` lists them all.', zh: '`funnelint rules` 可列出全部。' },
  },
  'rules/no-rule-but': {
    text: { en: 'there is no rule or kind “{rule}”', zh: '没有规则或动词“{rule}”' },
    hint: {
      en: 'Did you mean {suggestion}? `funnelint rules` lists them all.',
      zh: '是否想用 {suggestion}？`funnelint rules` 可列出全部。',
    },
  },
  'rules/no-tag': {
    text: { en: 'no rule has the tag “{tag}”', zh: '没有规则带有标签“{tag}”' },
    hint: { en: 'Tags of these rules: {tags}.', zh: '这些规则的标签：{tags}。' },
  },
  'rules/none-left': {
    text: { en: 'no rule is left to run', zh: '没有可运行的规则' },
    hint: { en: 'Check --rule, --skip and --tag.', zh: '请检查 --rule、--skip 和 --tag。' },
  },
  'history/no-column': {
    text: { en: '{file}: the change log has no column for {field}', zh: '{file}：变更记录缺少“{field}”列' },
    hint: {
      en: 'Known headers are {known}; name yours under `history:` in the rules file.',
      zh: '可识别的表头有 {known}；也可在规则文件的 `history:` 里写明。',
    },
  },
  'history/not-found': {
    text: {
      en: '{rules}: the change log under `source: history:` does not exist: {file}',
      zh: '{rules}：`source: history:` 指定的变更记录不存在：{file}',
    },
    hint: {
      en: 'Correct the path, which starts at the rules file, or name the change log with --history.',
      zh: '请更正路径（相对于规则文件），或用 --history 指定变更记录。',
    },
  },
  'previous/no-date': {
    text: {
      en: '{file}: nothing says on which day this earlier export was made',
      zh: '{file}：无法得知这份更早的导出是哪一天的',
    },
    hint: {
      en: 'Put the date into its name, as in deals-2026-10-01.csv, or export a column such as Last Modified Date.',
      zh: '请在文件名里写上日期，如 deals-2026-10-01.csv，或导出“最后修改时间”等列。',
    },
  },
  'previous/no-key': {
    text: {
      en: '{file}: no column for the deal id, so exports cannot be compared',
      zh: '{file}：没有商机编号列，无法比较两次导出',
    },
    hint: {
      en: 'Add the id to the export, or name its header under `fields:`.',
      zh: '导出时加上编号，或在 `fields:` 里写明表头。',
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
  'rules/too-large': {
    text: {
      en: '{file}: {bytes} bytes are too many for a rules file',
      zh: '{file}：{bytes} 字节，作为规则文件过大',
    },
    hint: { en: 'Is it the rules file? At most 1 MB is read.', zh: '这是规则文件吗？最多读取 1 MB。' },
  },
  'rules/not-utf8': {
    text: { en: '{file}: the rules file is not UTF-8', zh: '{file}：规则文件不是 UTF-8 编码' },
    hint: { en: 'Save it as UTF-8 in your editor.', zh: '请在编辑器中另存为 UTF-8。' },
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
    hint: { en: 'There are: {packs}.', zh: '现有：{packs}。' },
  },
  'rules/no-pack-but': {
    text: { en: 'there is no pack “{pack}”', zh: '没有规则包“{pack}”' },
    hint: { en: 'Did you mean {suggestion}? There are: {packs}.', zh: '是否想用 {suggestion}？现有：{packs}。' },
  },
} as const satisfies Record<string, { text: Text; hint: Text }>;
