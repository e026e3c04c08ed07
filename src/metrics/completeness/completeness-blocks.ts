import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { shareOf } from '../rate.ts';
import type { CompletenessResult } from './completeness.ts';
import { changeText } from './completeness-change.ts';

/** Of the metric, and of its section. */
export const COMPLETENESS_TITLE: Text = { en: 'Completeness', zh: '字段完整度' };
const SUMMARY: Text = {
  en: '{filled} of {required} required fields are filled ({rate})',
  zh: '必填字段共 {required} 项，已填 {filled} 项（{rate}）',
};
const NOTHING_REQUIRED: Text = { en: 'No field is required of these deals.', zh: '这些单没有必填字段。' };
const FIELD: Text = { en: 'Field', zh: '字段' };
const FILLED: Text = { en: 'Filled where required', zh: '应填单中已填' };
const NO_COLUMN: Text = { en: 'Required, but not in this file: {fields}', zh: '要求填写但文件中没有的字段：{fields}' };

function fieldTable(result: CompletenessResult, translator: Translator): TableBlock {
  const worstFirst = result.fields
    .filter((field) => field.of > 0)
    .toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0) || (a.field < b.field ? -1 : 1));
  return {
    type: 'table',
    columns: [
      { title: translator.text(FIELD), align: 'left', priority: 0 },
      { title: translator.text(FILLED), align: 'right', priority: 0 },
    ],
    rows: worstFirst.map((field) => [translator.field(field.field), shareOf(field, translator)]),
  };
}

/** What people see of it: the headline, its change, and each field, the worst first. */
export function completenessBlocks(result: CompletenessResult, translator: Translator): Block[] {
  const { filled, required, value } = result.pooled;
  const summary =
    value === null
      ? translator.text(NOTHING_REQUIRED)
      : translator.text(SUMMARY, { filled, required, rate: { rate: value } });
  const missing = result.fieldsWithoutColumn.map((field) => ({ field }));
  return [
    heading(2, translator.text(COMPLETENESS_TITLE)),
    paragraph(summary),
    ...(result.change === null ? [] : [paragraph(changeText(result.change, translator))]),
    ...(value === null ? [] : [fieldTable(result, translator)]),
    ...(missing.length === 0
      ? []
      : [paragraph([{ text: translator.text(NO_COLUMN, { fields: { list: missing } }), tone: 'muted' as const }])]),
  ];
}
