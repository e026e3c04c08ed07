import { yamlOf } from '../dataset/columns/column-notices.ts';
import type { ColumnQuestion } from '../dataset/dataset.ts';
import { defineKind } from './define.ts';
import { fieldList } from './option-types.ts';

function unclearArgs(question: ColumnQuestion) {
  const named = question.candidates.flatMap(({ header }) => (header === '' ? [] : [`“${header}”`]));
  const yaml = yamlOf([question]);
  return yaml === null ? null : { field: { field: question.field }, candidates: { list: named }, yaml };
}

export default defineKind({
  kind: 'mapped',
  about: 'file',
  title: { en: 'Columns the audit needs', zh: '体检所需的列' },
  why: {
    en: 'Rules and figures that need an absent column do not run; an audit without them is not a clean bill.',
    zh: '缺列时相关规则和指标无法运行；没跑的规则不等于通过。',
  },
  fix: {
    en: 'Add the column to the export, or name its header under `fields:` in the rules file.',
    zh: '导出时加上该列，或在规则文件的 `fields:` 里写明它的表头。',
  },
  options: fieldList,
  messages: {
    absent: { en: 'no column for {field}; it goes by {headers}', zh: '没有「{field}」列；可识别的表头如 {headers}' },
    unclear: {
      en: 'no column for {field}; perhaps {candidates}: add {yaml} to the rules file',
      zh: '没有「{field}」列；可能是 {candidates}：请在规则文件中加上 {yaml}',
    },
  },
  example: {
    rule: 'mapped: [amount]',
    bad: 'id,stage\n1,Lead\n',
    good: 'id,stage,amount\n1,Lead,5\n',
  },
  references: () => [],
  check({ options: fields, dataset, violation }) {
    const places = fields
      .filter((field) => !dataset.columns.has(field))
      .map((field) => {
        const known = dataset.fields.find((definition) => definition.id === field)?.columns ?? [];
        const asked = dataset.inputs[0]?.questions.find((question) => question.field === field);
        const args = { field: { field }, headers: { list: known.slice(0, 5) } };
        const unclear = asked === undefined ? null : unclearArgs(asked);
        return {
          ...(unclear === null ? violation('absent', args, null) : violation('unclear', unclear, null)),
          about: [field],
          row: null,
          line: dataset.sheet.headerLine,
        };
      });
    return { type: 'places', checked: fields.length, places };
  },
});
