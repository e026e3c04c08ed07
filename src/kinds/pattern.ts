import type { z } from 'zod';
import { textAt } from '../dataset/cells.ts';
import { defineKind } from './define.ts';
import { compilePattern, patternMistake } from './linear-pattern.ts';
import { fieldName, type Zod } from './option-types.ts';
import { blankOutcome, outcomeOfTexts } from './outcome.ts';
import { FORMAT_NAMES, type FormatName, isFormatName, TEXT_FORMATS } from './text-formats.ts';

const FORMAT =
  'A named format; left out where the field is called like one: email, phone-cn (mobile number), uscc (company number of China), url, crm-id / 内置格式；字段名与格式同名时可省略：email、phone-cn（手机号）、uscc（统一社会信用代码）、url、crm-id';
const MATCHES =
  'A regular expression that must be found in the text (RE2: no look-around, no back-references; ^ and $ for the whole text) / 文本须匹配的正则表达式（RE2 语法，不支持环视和反向引用；整段匹配请加 ^ 和 $）';

const regularExpression = (z: Zod) =>
  z
    .string()
    .min(1)
    .superRefine((source, context) => {
      const mistake = patternMistake(source);
      if (mistake !== null) context.addIssue({ code: 'custom', message: `not a regular expression: ${mistake}` });
    });

const options = (z: Zod) =>
  z
    .strictObject({
      field: fieldName(z).meta({ description: 'The field to check / 要检查的字段' }),
      format: z.enum(FORMAT_NAMES).optional().meta({ description: FORMAT }),
      matches: regularExpression(z).optional().meta({ description: MATCHES }),
    })
    .refine(
      ({ format, matches }) => format === undefined || matches === undefined,
      'expected format or matches, not both / format 与 matches 只能写一个',
    )
    .refine(
      ({ field, format, matches }) => format !== undefined || matches !== undefined || isFormatName(field),
      `expected a format (${FORMAT_NAMES.join(', ')}) or matches`,
    );

function formatOf({ field, format }: z.output<ReturnType<typeof options>>): FormatName | null {
  return format ?? (isFormatName(field) ? field : null);
}

export default defineKind({
  kind: 'pattern',
  title: { en: 'Texts of a given form', zh: '文本格式' },
  why: {
    en: 'What is written wrongly can neither be called nor matched with another list.',
    zh: '格式有误的内容既联系不上客户，也无法与其他名单匹配。',
  },
  fix: {
    en: 'Correct the text in the CRM, and have the field check it on entry.',
    zh: '在 CRM 中更正，并为该字段设置录入校验。',
  },
  options,
  messages: {
    format: { en: '{field} “{value}” is not {format}', zh: '「{field}」“{value}”不是有效的{format}' },
    unmatched: { en: '{field} “{value}” does not match {pattern}', zh: '「{field}」“{value}”不符合格式 {pattern}' },
  },
  example: {
    rule: 'pattern: {field: contact, format: phone-cn}',
    bad: 'id,contact\n1,12345678901\n2,1381234567\n',
    good: 'id,contact\n1,13812345678\n2,+86 138-1234-5678\n3,\n',
  },
  references: ({ field }) => [{ type: 'field', name: field, path: ['field'] }],
  check({ options: chosen, dataset, selected, violation }) {
    const { field, matches } = chosen;
    const column = dataset.columns.get(field);
    if (column === undefined) return { type: 'rows', outcome: blankOutcome(dataset), describe: () => [] };
    const format = matches === undefined ? formatOf(chosen) : null;
    const holds = format === null ? compilePattern(matches ?? '') : TEXT_FORMATS[format].holds;
    return {
      type: 'rows',
      outcome: outcomeOfTexts(column, selected, holds),
      describe: (row) => {
        const shown = { field: { field }, value: textAt(column, row) };
        if (format === null) return [violation('unmatched', { ...shown, pattern: matches ?? '' }, field)];
        return [violation('format', { ...shown, format: { text: TEXT_FORMATS[format].name } }, field)];
      },
    };
  },
});
