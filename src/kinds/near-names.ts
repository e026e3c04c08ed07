import { type Column, PRESENT } from '../dataset/dataset.ts';
import { companyName } from '../i18n/company-name.ts';
import { customerKey, isRecordId } from './customer-name.ts';
import { HOLDS, UNKNOWN, VIOLATES } from './define.ts';
import { visitAlikePairs } from './near-pairs.ts';
import { judgeColumn } from './outcome.ts';

/** Names with one spelling once normalised, or names that only look alike. */
export type Nearness = 'normalised' | 'similar';

/** Spellings that a finding shows. */
const MOST_SHOWN = 5;

/** Other spellings of a name. */
export interface Namesakes {
  /** Codes of the column, the most used first, five at most. */
  readonly codes: readonly number[];
  /** 0–1; 1 for names that are equal once normalised. */
  readonly likeness: number;
}

/** Spellings of one name. */
interface Name {
  readonly key: string;
  /** Codes, the most used first; of spellings as common as each other the first in code-unit order. */
  readonly codes: readonly number[];
  readonly rows: number;
}

function rowsOfCodes({ codes, texts }: Column, selected: Uint8Array): Int32Array {
  const rows = new Int32Array(texts.length);
  for (let row = 0; row < codes.length; row++) if (selected[row] === 1) rows[codes[row] as number]!++;
  return rows;
}

/**
 * The names of a column, each distinct text normalised once: `normalised` those that are spelled in several ways, in any
 * order; `similar` all of them, in order of their keys.
 */
function namesOf({ texts, state }: Column, rows: Int32Array, nearness: Nearness): readonly Name[] {
  const firstOf = new Map<string, number>();
  const spellings = new Map<string, number[]>();
  // Spaces say nothing of whose a name is, but words are needed to tell how alike two names are.
  const keyOf = nearness === 'normalised' ? customerKey : companyName;
  for (let code = 0; code < texts.length; code++) {
    if (state[code] !== PRESENT || rows[code] === 0) continue;
    const text = texts.at(code) as string;
    if (nearness === 'similar' && isRecordId(text)) continue;
    const key = keyOf(text);
    const first = firstOf.get(key);
    if (first === undefined) {
      firstOf.set(key, code);
      continue;
    }
    const known = spellings.get(key);
    if (known === undefined) spellings.set(key, [first, code]);
    else known.push(code);
  }
  const byUse = (a: number, b: number): number =>
    (rows[b] as number) - (rows[a] as number) || ((texts.at(a) as string) < (texts.at(b) as string) ? -1 : 1);
  const nameOf = (key: string, codes: number[]): Name => ({
    key,
    codes: codes.sort(byUse),
    rows: codes.reduce((sum, code) => sum + (rows[code] as number), 0),
  });
  if (nearness === 'normalised') return [...spellings].map(([key, codes]) => nameOf(key, codes));
  return [...firstOf]
    .map(([key, first]) => nameOf(key, spellings.get(key) ?? [first]))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** For each name with several spellings: all but the one most used, or all where none is used more than the others. */
function otherSpellings(names: readonly Name[], rows: Int32Array): ReadonlyMap<number, Namesakes> {
  const found = new Map<number, Namesakes>();
  for (const { codes } of names) {
    const [first, second] = codes;
    if (first === undefined || second === undefined) continue;
    const leads = (rows[first] as number) > (rows[second] as number);
    const shown = codes.slice(0, MOST_SHOWN + 1);
    for (const code of leads ? codes.slice(1) : codes) {
      found.set(code, { codes: shown.filter((other) => other !== code).slice(0, MOST_SHOWN), likeness: 1 });
    }
  }
  return found;
}

/** For each name that is like another one used at least as often: the one it is most like. */
function alikeNames(names: readonly Name[]): ReadonlyMap<number, Namesakes> {
  const best = new Map<Name, readonly [Name, number]>();
  const note = (name: Name, other: Name, likeness: number): void => {
    if (name.rows <= other.rows && likeness > (best.get(name)?.[1] ?? 0)) best.set(name, [other, likeness]);
  };
  const keys = names.map(({ key }) => key);
  visitAlikePairs(keys, (one, other, likeness) => {
    note(names[one] as Name, names[other] as Name, likeness);
    note(names[other] as Name, names[one] as Name, likeness);
  });
  const found = new Map<number, Namesakes>();
  for (const [{ codes }, [other, likeness]] of best) {
    for (const code of codes) found.set(code, { codes: other.codes.slice(0, MOST_SHOWN), likeness });
  }
  return found;
}

/** The names of a list that has one customer under several names. */
export interface NearNames {
  readonly outcome: Uint8Array;
  /** The other names of the deal's name, null where it is the only one. */
  readonly namesakes: (row: number) => Namesakes | null;
  /** Rows that have one of the texts, in order of the sheet. */
  readonly rowsWith: (codes: readonly number[]) => readonly number[];
}

/**
 * Looks for one name in several spellings. Rows of the spelling that most others use hold; likeness is judged between
 * names that differ once normalised.
 */
export function findNearNames(column: Column, selected: Uint8Array, nearness: Nearness): NearNames {
  const rows = rowsOfCodes(column, selected);
  const names = namesOf(column, rows, nearness);
  const found = nearness === 'normalised' ? otherSpellings(names, rows) : alikeNames(names);
  const outcome = new Uint8Array(column.codes.length);
  judgeColumn(column, selected, outcome, (code) => {
    if (column.state[code] !== PRESENT) return UNKNOWN;
    return found.has(code) ? VIOLATES : HOLDS;
  });
  let rowsOfCode: ReadonlyMap<number, number[]> | null = null;
  return {
    outcome,
    namesakes: (row) => found.get(column.codes[row] as number) ?? null,
    rowsWith: (codes) => {
      rowsOfCode ??= rowsByCode(column, selected, found);
      return codes.flatMap((code) => rowsOfCode?.get(code) ?? []).sort((a, b) => a - b);
    },
  };
}

function rowsByCode(
  { codes }: Column,
  selected: Uint8Array,
  found: ReadonlyMap<number, Namesakes>,
): ReadonlyMap<number, number[]> {
  const wanted = new Map<number, number[]>();
  for (const namesakes of found.values()) for (const code of namesakes.codes) wanted.set(code, []);
  for (let row = 0; row < codes.length; row++) {
    if (selected[row] === 1) wanted.get(codes[row] as number)?.push(row);
  }
  return wanted;
}
