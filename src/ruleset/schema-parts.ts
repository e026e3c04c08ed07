import { z } from 'zod';
import * as options from '../kinds/option-types.ts';

/** What kinds make the schemas of their options with. Handed over as a whole, zod would be bundled as a whole. */
export const MAKERS: options.Zod = {
  array: z.array,
  boolean: z.boolean,
  enum: z.enum,
  int: z.int,
  literal: z.literal,
  number: z.number,
  record: z.record,
  strictObject: z.strictObject,
  string: z.string,
  union: z.union,
};

export const duration = options.duration(MAKERS);
export const fieldName = options.fieldName(MAKERS);
export const stageName = options.stageName(MAKERS);

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

const OF_ALL = 'expected 0% to 100%, or 0 to 1 / 应为 0% 到 100%，或 0 到 1';

/** A share of a whole, 0–1 once parsed. */
export const share = z
  .union([
    z.number().min(0, OF_ALL).max(1, OF_ALL),
    z.string().regex(/^\d+(\.\d+)?%$/, 'expected a percentage such as 50% / 应为百分比，如 50%'),
  ])
  .transform((value) => (typeof value === 'number' ? value : Number(value.slice(0, -1)) / 100))
  .refine((value) => value >= 0 && value <= 1, OF_ALL);

/** ISO 4217 code of a currency. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'expected a currency code such as CNY / 应为币种代码，如 CNY');
