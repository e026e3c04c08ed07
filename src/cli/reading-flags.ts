import { FunnelintError } from '../errors.ts';

/**
 * Reads `--delimiter`, where `\t` stands for a tab.
 * @throws FunnelintError `flag/no-delimiter`
 */
export function delimiterOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const delimiter = flag === '\\t' ? '\t' : flag;
  if (/^[^"\r\n]$/u.test(delimiter)) return delimiter;
  throw new FunnelintError('flag/no-delimiter', { value: flag });
}

/** A property that is there only when it has a value. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
