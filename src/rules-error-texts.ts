import type { Text } from './i18n/text.ts';

/** What is wrong with the rules, the change log and earlier exports, and what to do about it, in both languages. */
export const RULES_ERROR_TEXTS = {
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
  'rules/no-rule': {
    text: { en: 'there is no rule, kind or metric “{rule}”', zh: '没有规则、动词或指标“{rule}”' },
    hint: {
      en: '`funnelint rules --all` lists the rules, `funnelint explain metrics` the metrics.',
      zh: '`funnelint rules --all` 可列出规则，`funnelint explain metrics` 可列出指标。',
    },
  },
  'rules/no-rule-but': {
    text: { en: 'there is no rule, kind or metric “{rule}”', zh: '没有规则、动词或指标“{rule}”' },
    hint: {
      en: 'Did you mean {suggestion}? `funnelint rules --all` lists the rules, `funnelint explain metrics` the metrics.',
      zh: '是否想用 {suggestion}？`funnelint rules --all` 可列出规则，`funnelint explain metrics` 可列出指标。',
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
  'previous/later': {
    text: {
      en: '{file}: is later than the audited day {date}, so it is no earlier export',
      zh: '{file}：晚于基准日 {date}，不是更早的导出',
    },
    hint: {
      en: 'Swap the two files: audit the later one and name the earlier one with --previous.',
      zh: '请对调两个文件：体检较晚的，用 --previous 指定较早的。',
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
      en: '{file}: more than 1 MB is too much for a rules file',
      zh: '{file}：超过 1 MB，作为规则文件过大',
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
  'kinds/not-loaded': {
    text: { en: '{file} cannot be loaded: {reason}', zh: '无法加载 {file}：{reason}' },
    hint: {
      en: 'It must be an ES module: .mjs, or .js under a package.json with "type": "module".',
      zh: '该文件须为 ES 模块：.mjs，或 package.json 中写明 "type": "module" 的 .js。',
    },
  },
  'kinds/no-default': {
    text: { en: '{file} exports no kind', zh: '{file} 没有导出规则类型' },
    hint: {
      en: 'Write: export default defineKind({ … }), or a list of kinds.',
      zh: '请写：export default defineKind({ … })，或规则类型的列表。',
    },
  },
  'kinds/wrong': {
    text: { en: '{from}: {key}: {problem}', zh: '{from}：{key}：{problem}' },
    hint: {
      en: 'See samples/own-kind/discount-limit.js for a whole kind.',
      zh: '完整示例见 samples/own-kind/discount-limit.js。',
    },
  },
} as const satisfies Readonly<Record<string, { readonly text: Text; readonly hint: Text }>>;
