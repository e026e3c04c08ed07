import { z } from 'zod';

/** A text in both languages, or one for both. */
export const text = z
  .union([
    z.string().meta({ description: 'The text, for both languages / 文本，两种语言通用' }),
    z.strictObject({
      en: z.string().meta({ description: 'In English / 英文' }),
      zh: z.string().meta({ description: 'In Chinese / 中文' }),
    }),
  ])
  .transform((value) => (typeof value === 'string' ? { en: value, zh: value } : value))
  .meta({ description: 'A text, or one for each language / 文本，或中英文各一' });

/** Words to choose from, each with what it means; editors show both. */
export function words<const Word extends string>(meanings: Readonly<Record<Word, string>>) {
  return z.enum(Object.keys(meanings) as [Word, ...Word[]]).meta({ meanings });
}

/** One text or a list of them, always a list once parsed. */
export const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** A calendar day as a text; whether there is such a day is checked later. */
export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-12-31 / 应为日期，如 2026-12-31');
