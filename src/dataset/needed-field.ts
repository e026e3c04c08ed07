import type { Dataset } from './dataset.ts';

/**
 * Whether a deal of a stage can be asked for a field. A closed deal needs no expected date where the file has a column
 * for the actual one.
 * @param stage index into the stages
 */
export function isNeededAt({ stages, columns }: Dataset, stage: number, field: string): boolean {
  const kind = stages[stage]?.kind;
  const isClosed = kind === 'won' || kind === 'lost';
  return !(isClosed && field === 'close' && columns.has('closed'));
}
