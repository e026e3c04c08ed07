import { type Column, UNREADABLE } from '../dataset/dataset.ts';
import type { Text } from '../i18n/text.ts';
import { defineKind, HOLDS, NOT_CHECKED, type Reference, VIOLATES } from './define.ts';
import { allOrFields } from './option-types.ts';
import { judgeColumn, outcomeOfAll } from './outcome.ts';

const TYPE_NAMES: Readonly<Record<Column['type'], Text>> = {
  text: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  money: { en: 'an amount', zh: '金额' },
  percent: { en: 'a percentage', zh: '百分比' },
  date: { en: 'a date', zh: '日期' },
  boolean: { en: 'yes or no', zh: '是/否' },
};

export default defineKind({
  kind: 'readable',
  title: { en: 'Cells can be read as their type', zh: '单元格可按类型读取' },
  why: {
    en: 'A cell that cannot be read counts as empty for every other rule and every figure.',
    zh: '无法读取的单元格，在其他规则和所有指标中都按空值处理。',
  },
  fix: { en: 'Type a plain number or date.', zh: '改填普通数字或日期。' },
  options: allOrFields,
  messages: {
    unreadable: { en: '{field} “{value}” cannot be read as {type}', zh: '「{field}」“{value}”无法识别为{type}' },
  },
  example: {
    rule: 'readable: all',
    bad: 'id,amount,close\n1,about 50k,2026-05-01\n2,900,soon\n',
    good: 'id,amount,close\n1,50k,2026-05-01\n2,,\n',
  },
  references: ({ fields }): Reference[] => fields.map((name, index) => ({ type: 'field', name, path: [index] })),
  check({ options: { fields }, dataset, selected, violation }) {
    const sound = dataset.columns.size === 0 ? NOT_CHECKED : HOLDS;
    const outcome = outcomeOfAll(selected, sound);
    const columns = [...dataset.columns.values()].filter(
      (column) => (fields.length === 0 || fields.includes(column.field)) && column.state.includes(UNREADABLE),
    );
    for (const column of columns) {
      judgeColumn(column, selected, outcome, (code) => (column.state[code] === UNREADABLE ? VIOLATES : HOLDS));
    }
    return {
      type: 'rows',
      outcome,
      describe: (row) =>
        columns
          .filter(({ state, codes }) => state[codes[row] as number] === UNREADABLE)
          .map(({ field, type, texts, codes }) => {
            const value = texts.at(codes[row] as number) ?? '';
            return violation('unreadable', { field: { field }, value, type: { text: TYPE_NAMES[type] } }, field);
          }),
    };
  },
});
