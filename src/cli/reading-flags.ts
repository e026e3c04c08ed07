import { FunnelintError } from '../errors.ts';
import type { ReadOptions } from '../source/sheet.ts';

/** Flags that say how a file is to be read, as they are written. */
export interface ReadingFlags {
  readonly sheet?: string;
  readonly headerRow?: number;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly stdinFilename?: string;
}

/** What a person says of how a file is to be read. */
export type Reading = Pick<ReadOptions, 'sheet' | 'headerRow' | 'delimiter' | 'encoding'>;

/**
 * The flags as the reader takes them.
 * @throws FunnelintError `flag/no-delimiter`
 */
export function readingOf({ sheet, headerRow, delimiter, encoding }: ReadingFlags): Reading {
  return {
    ...given('sheet', sheet),
    ...given('headerRow', headerRow),
    ...given('delimiter', delimiterOf(delimiter)),
    ...given('encoding', encoding),
  };
}

/**
 * Reads `--delimiter`, where `\t` stands for a tab.
 * @throws FunnelintError `flag/no-delimiter`
 */
function delimiterOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const delimiter = flag === '\\t' ? '\t' : flag;
  if (/^[^"\r\n]$/u.test(delimiter)) return delimiter;
  throw new FunnelintError('flag/no-delimiter', { value: flag });
}

/** A property that is there only when it has a value. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
