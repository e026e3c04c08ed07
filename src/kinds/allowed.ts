import { textAt } from '../dataset/cells.ts';
import { defineKind } from './define.ts';
import { fieldName, type Zod } from './option-types.ts';
import { blankOutcome, outcomeOfTexts } from './outcome.ts';

const options = (z: Zod) =>
  z.strictObject({
    field: fieldName(z).meta({ description: 'The field to check / 要检查的字段' }),
    values: z.array(z.string()).min(1).meta({
      description: 'All values it may have, spelled exactly so / 全部允许的取值，须与单元格完全一致',
    }),
  });

export default defineKind({
  kind: 'allowed',
  title: { en: 'Allowed values', zh: '允许的取值' },
  why: {
    en: 'A value outside the list splits every total that is grouped by it.',
    zh: '列表之外的取值会让按它分组的每一个合计都被拆散。',
  },
  fix: { en: 'Choose a value of the list in the CRM.', zh: '在 CRM 中改选列表内的值。' },
  options,
  messages: {
    notAllowed: { en: '{field} is “{value}”; allowed: {values}', zh: '「{field}」为“{value}”；允许的取值：{values}' },
  },
  example: {
    rule: 'allowed: {field: type, values: [New, Renewal]}',
    bad: 'id,type\n1,new\n2,Other\n',
    good: 'id,type\n1,New\n2,Renewal\n3,\n',
  },
  references: ({ field }) => [{ type: 'field', name: field, path: ['field'] }],
  check({ options: { field, values }, dataset, selected, violation }) {
    const column = dataset.columns.get(field);
    if (column === undefined) return { type: 'rows', outcome: blankOutcome(dataset), describe: () => [] };
    const allowed = new Set(values);
    return {
      type: 'rows',
      outcome: outcomeOfTexts(column, selected, (text) => allowed.has(text)),
      describe: (row) => [
        violation('notAllowed', { field: { field }, value: textAt(column, row), values: { list: values } }, field),
      ],
    };
  },
});
