import type { Text } from '../i18n/text.ts';
import { tableNeed } from './needs.ts';
import type { FieldDefinition, Ruleset } from './ruleset.ts';

const LOG: Text = { en: 'the change log', zh: '阶段变更记录' };
const EARLIER: Text = { en: 'an earlier export', zh: '早期导出' };
const DEALS: Text = { en: 'the deals', zh: '商机' };

/** What the needs of rules that are about tables are called: `leads.*`, `leads.score`, `stage.entered`. */
export function needLabels({ fields, historyFields, tables }: Ruleset): Readonly<Record<string, Text>> {
  const labels: Record<string, Text> = {};
  const add = (table: string, name: Text, own: readonly FieldDefinition[]): void => {
    labels[tableNeed(table)] = name;
    for (const { id, label } of own) {
      labels[`${table}.${id}`] = { en: `${label.en} of ${name.en}`, zh: `${name.zh}的${label.zh}` };
    }
  };
  for (const table of tables) add(table.id, table.label, table.fields);
  add('history', LOG, historyFields);
  add('previous', EARLIER, fields);
  add('deals', DEALS, fields);
  const entered = fields.find(({ id }) => id === 'stage_entered');
  if (entered !== undefined) labels['stage.entered'] = entered.label;
  return labels;
}
