import type { Dataset } from '../dataset/dataset.ts';
import type { NotRunResult } from './define.ts';

/** What a rule says that needs one of several fields, where the file has none of them; null where it has one. */
export function notRunWithout({ columns, fields }: Dataset, oneOf: readonly string[]): NotRunResult | null {
  if (oneOf.some((field) => columns.has(field))) return null;
  const labels = oneOf.map((id) => fields.find((field) => field.id === id)?.label ?? { en: id, zh: id });
  return {
    type: 'not-run',
    reason: {
      en: `no column for ${labels.map(({ en }) => en).join(' or ')}`,
      zh: `缺少列：${labels.map(({ zh }) => zh).join(' 或 ')}`,
    },
  };
}
