import { createHmac, hash } from 'node:crypto';

const MARK = '#';
const LENGTH = 8;

/**
 * What stands in the place of a value: `#` and eight hexadecimal digits of its SHA-256, of its HMAC where there is a key.
 * The same value reads the same in every field, file and run; blanks around it do not count, and an empty one stays empty.
 */
export function redactedText(value: string, key: string | null): string {
  const text = value.trim();
  if (text === '') return '';
  const digest = key === null ? hash('sha256', text) : createHmac('sha256', key).update(text).digest('hex');
  return MARK + digest.slice(0, LENGTH);
}
