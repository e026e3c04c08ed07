import type { Text } from '../i18n/text.ts';
import type { Rule, Ruleset } from '../ruleset/ruleset.ts';

/** The day a deal came to its stage, as `needs` writes it: its journey tells it, or a column. */
const STAGE_ENTERED = 'stage.entered';

const BUILT_IN: Readonly<Record<string, Text>> = {
  history: { en: 'the change log (--history)', zh: '阶段变更记录（--history）' },
  previous: { en: 'an earlier export (--previous)', zh: '早期导出（--previous）' },
};
const TABLES: Readonly<Record<string, Text>> = {
  history: { en: 'the change log', zh: '阶段变更记录' },
  previous: { en: 'the earlier export', zh: '早期导出' },
  deals: { en: 'the deals', zh: '商机表' },
};
const ENTERED: Text = {
  en: 'the change log (--history) or a column “in stage since”',
  zh: '阶段变更记录（--history）或“进入当前阶段时间”列',
};

function tableLabel(table: string, { tables }: Ruleset): Text {
  return TABLES[table] ?? tables.find(({ id }) => id === table)?.label ?? { en: table, zh: table };
}

function tableName(table: string, ruleset: Ruleset): Text {
  const { en, zh } = tableLabel(table, ruleset);
  return BUILT_IN[table] ?? { en: `the table ${en} (--table ${table}=…)`, zh: `${zh}表（--table ${table}=…）` };
}

function fieldName(field: string, ruleset: Ruleset, table: string | null): Text {
  const fields = [
    ...(table === null ? ruleset.fields : (ruleset.tables.find(({ id }) => id === table)?.fields ?? [])),
    ...(table === 'history' ? ruleset.historyFields : []),
    ...(table === 'previous' || table === 'deals' ? ruleset.fields : []),
  ];
  return fields.find(({ id }) => id === field)?.label ?? { en: field, zh: field };
}

function needName(need: string, on: string | null, ruleset: Ruleset): Text {
  if (need === STAGE_ENTERED) return ENTERED;
  const [table = '', field] = need.split('.');
  if (field === undefined) return fieldName(need, ruleset, on);
  if (field === '*') return tableName(table, ruleset);
  const label = fieldName(field, ruleset, table);
  const name = tableLabel(table, ruleset);
  return { en: `${label.en} of ${name.en}`, zh: `${name.zh}的${label.zh}` };
}

/** Without what another group asks for anyway: one of two columns is also one of three. */
function leastNeeds(groups: Rule['needs']): Rule['needs'] {
  const isMetBy = (group: readonly string[], other: readonly string[]): boolean =>
    other.length < group.length && other.every((need) => group.includes(need));
  const least = groups.filter((group) => !groups.some((other) => isMetBy(group, other)));
  return [...new Map(least.map((group) => [group.toSorted().join(), group])).values()];
}

/** What a rule cannot run without, each with what would do instead. */
export function needsOf(rule: Rule, ruleset: Ruleset): readonly Text[] {
  const named = leastNeeds(rule.needs).map((group) => group.map((need) => needName(need, rule.on, ruleset)));
  const texts = named.map((group) => ({
    en: group.map(({ en }) => en).join(' or '),
    zh: group.map(({ zh }) => zh).join(' 或 '),
  }));
  const headers = rule.needsHeaders.map((header) => ({ en: `“${header}”`, zh: `“${header}”` }));
  const log = rule.needsHistory ? [BUILT_IN['history'] as Text] : [];
  return [...texts, ...headers, ...log];
}
