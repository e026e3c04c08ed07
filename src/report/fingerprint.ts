import { hash } from 'node:crypto';
import type { Args, ArgValue } from '../i18n/text.ts';

const SEPARATOR = '\u001f';
const LENGTH = 16;

/**
 * Identity of a finding across weeks: a hash of rule, message, deal key, field and segment. Never the line, for exports
 * are sorted anew every week; and no value of the customer can be read from it.
 */
export function fingerprint(parts: readonly (string | null)[]): string {
  const text = parts.map((part) => part ?? '').join(SEPARATOR);
  return hash('sha256', text).slice(0, LENGTH);
}

type Named = string | null | readonly Named[] | { readonly [name: string]: Named };

function namedIn(value: ArgValue): Named {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  if ('list' in value) return value.list.map(namedIn);
  if ('text' in value) return [value.text.en, value.args === undefined ? null : namesIn(value.args)];
  return 'money' in value || 'days' in value || 'rate' in value ? null : { ...value };
}

/** The arguments of a message without its figures, which are others every week: names, stages, fields, dates, texts. */
export function namesIn(args: Args): { readonly [name: string]: Named } {
  return Object.fromEntries(Object.entries(args).map(([slot, value]) => [slot, namedIn(value)]));
}
