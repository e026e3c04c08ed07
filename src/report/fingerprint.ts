import { createHash } from 'node:crypto';

const SEPARATOR = '\u001f';
const LENGTH = 16;

/**
 * Identity of a finding across weeks: a hash of rule, message, deal key, field and segment. Never the line, for exports
 * are sorted anew every week; and no value of the customer can be read from it.
 */
export function fingerprint(parts: readonly (string | null)[]): string {
  const text = parts.map((part) => part ?? '').join(SEPARATOR);
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}
