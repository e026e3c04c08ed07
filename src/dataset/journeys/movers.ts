import { type Column, type Dataset, type Journeys, PRESENT } from '../dataset.ts';

/** Who made each move. */
interface Movers {
  /** Person of the move that began a stay, as a code of one column; -1 where nobody is named. */
  readonly codeAt: (stay: number, deal: number) => number;
  readonly nameOf: (code: number) => string | null;
}

/**
 * Who moved deals: by the change log, which is about the very move, else the owners of the deals; null where neither
 * names a person.
 */
export function moversOf(dataset: Dataset, { from, row }: Journeys): Movers | null {
  const changedBy = from === 'history' ? dataset.tables.get('history')?.columns.get('changed_by') : undefined;
  const column: Column | undefined = changedBy ?? dataset.columns.get('owner');
  if (column === undefined) return null;
  const { codes, state, texts } = column;
  const codeAt = (stay: number, deal: number): number => {
    const code = codes[changedBy === undefined ? deal : (row[stay] as number)] as number;
    return state[code] === PRESENT ? code : -1;
  };
  return { codeAt, nameOf: (code) => texts.at(code) ?? null };
}

/**
 * Whether a stay began with a move that the log tells of: the first stay of a deal is its entry, and a move that the
 * table added stands on the row of the one before, which tells nothing of it.
 */
export function isLoggedMove({ offsets, row }: Journeys, stay: number, deal: number): boolean {
  return stay !== offsets[deal] && row[stay] !== row[stay - 1];
}
