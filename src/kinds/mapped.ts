import { defineKind } from './define.ts';
import { fieldList } from './option-types.ts';

export default defineKind({
  kind: 'mapped',
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
        const headers = { list: known.slice(0, 5) };
        return {
          ...violation('absent', { field: { field }, headers }, null),
          row: null,
          line: dataset.sheet.headerLine,
        };
      });
    return { type: 'places', checked: fields.length, places };
  },
});
