import type { Dataset } from '../dataset/dataset.ts';
import { judgedBy, tableView } from '../dataset/views.ts';
import type { Text } from '../i18n/text.ts';
import { PACK_PREFIX, type Rule } from '../ruleset/ruleset.ts';

/** The pack that stands under every rules file; whoever uses it has not asked for each of its rules. */
const EVERYBODYS = `${PACK_PREFIX}recommended`;

const STAGE_ENTERED = 'stage.entered';

/** Groups of needs, one of each of which must be met. */
type FieldGroups = Rule['needs'];

interface Need {
  /** Null for a field of what the rule judges. */
  readonly table: string | null;
  /** Null for the table as a whole. */
  readonly field: string | null;
}

function partsOf(need: string, { columns }: Pick<Dataset, 'columns'>): Need {
  const dot = need.indexOf('.');
  if (dot < 0 || need === STAGE_ENTERED || columns.has(need)) return { table: null, field: need };
  const field = need.slice(dot + 1);
  return { table: need.slice(0, dot), field: field === '*' ? null : field };
}

function isMet(need: string, deals: Dataset, judged: Dataset): boolean {
  if (need === STAGE_ENTERED) return deals.journeys !== null || deals.columns.has('stage_entered');
  const { table, field } = partsOf(need, judged);
  const rows = table === null ? judged : tableView(deals, table);
  return rows !== null && (field === null || rows.columns.has(field));
}

/** The table that all needs of a group are about and that is not given; null where something else would do too. */
function absentTable(group: readonly string[], deals: Dataset): string | null {
  const tables = new Set(group.map((need) => partsOf(need, deals).table));
  const [table] = tables;
  if (tables.size !== 1 || table === null || table === undefined) return null;
  return tableView(deals, table) === null ? table : null;
}

/** A label as it stands within a sentence; abbreviations keep their capitals. */
function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function tableReason(table: string, { ruleset }: Dataset): Text {
  if (table === 'history') return { en: 'needs the change log (--history)', zh: '需要阶段变更记录（--history）' };
  if (table === 'previous') return { en: 'needs an earlier export (--previous)', zh: '需要早期导出（--previous）' };
  const label = ruleset.tables.find(({ id }) => id === table)?.label ?? { en: table, zh: ` ${table} ` };
  const flag = `--table ${table}=${table}.csv`;
  return { en: `needs the table of ${inSentence(label.en)}: ${flag}`, zh: `需要${label.zh}表：${flag}` };
}

/** Whether a rule is worth a word: one that everybody has is not where it is about a table that is not given. */
export function isCalledFor(rule: Rule, dataset: Dataset): boolean {
  if (rule.off) return false;
  const isEverybodys = rule.origin.file === EVERYBODYS && Object.keys(rule.overrides).length === 0;
  return !isEverybodys || rule.needs.every((group) => absentTable(group, dataset) === null);
}

function labelOf(need: string, deals: Dataset, judged: Dataset): Text {
  if (need === STAGE_ENTERED) return labelOf('stage_entered', deals, judged);
  const { table, field } = partsOf(need, judged);
  const own = judged.view?.table ?? null;
  if (table === null && own !== null) return labelOf(`${own}.${need}`, deals, deals);
  if (table === null) return judged.fields.find(({ id }) => id === field)?.label ?? { en: need, zh: need };
  const declared = deals.ruleset.tables.find(({ id }) => id === table);
  const name = declared?.label ?? { en: table, zh: table };
  if (field === null) return name;
  const fields = tableView(deals, table)?.fields ?? declared?.fields;
  const label = fields?.find(({ id }) => id === field)?.label ?? { en: field, zh: field };
  return { en: `${label.en} of ${name.en}`, zh: `${name.zh}的${label.zh}` };
}

/** The groups of needs of which the file has nothing. */
export function lackingNeeds(needs: FieldGroups, deals: Dataset, judged: Dataset): FieldGroups {
  return needs.filter((group) => !group.some((need) => isMet(need, deals, judged)));
}

/** What has to be given where the file lacks some needs: a table, or columns. Null where it lacks none. */
export function lackingReason(lacking: FieldGroups, deals: Dataset, judged: Dataset): Text | null {
  const table = lacking.map((group) => absentTable(group, deals)).find((name) => name !== null);
  if (table !== undefined) return tableReason(table, deals);
  // What one column would bring need not be told again as one of several.
  const absent = lacking.filter(
    (group) => !lacking.some((other) => other.length < group.length && other.every((field) => group.includes(field))),
  );
  if (absent.length === 0) return null;
  const names = (lang: 'en' | 'zh', or: string): string =>
    absent
      .map((group) => group.map((need) => labelOf(need, deals, judged)[lang]).join(or))
      .join(lang === 'en' ? ', ' : '、');
  return { en: `no column for ${names('en', ' or ')}`, zh: `缺少列：${names('zh', ' 或 ')}` };
}

/** What is to be said of a header in backticks that the file does not have. */
export function headerReason(header: string): Text {
  return { en: `no column “${header}”`, zh: `缺少列“${header}”` };
}

/** Why a rule cannot run on this file, null when it can. A column that is absent never makes a rule green. */
export function obstacleOf(rule: Rule, deals: Dataset): Text | null {
  if (rule.obstacle !== null) return rule.obstacle;
  if (rule.needsHistory && deals.journeys === null) return tableReason('history', deals);
  const table = rule.needs.map((group) => absentTable(group, deals)).find((name) => name !== null);
  if (table !== undefined) return tableReason(table, deals);
  const judged = judgedBy(rule, deals) ?? deals;
  const header = rule.needsHeaders.find((name) => !deals.headerColumns.has(name));
  if (header !== undefined) return headerReason(header);
  return lackingReason(lackingNeeds(rule.needs, deals, judged), deals, judged);
}
