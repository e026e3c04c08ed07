import { type Column, PRESENT } from '../dataset/dataset.ts';
import { visitBlocks } from '../dataset/row-blocks.ts';
import { companyName } from '../i18n/company-name.ts';
import { isRecordId } from './customer-name.ts';
import { customerNumbers } from './customer-numbers.ts';
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
  visitBlocks(codes.length, (from, to) => {
    for (let row = from; row < to; row++) rows[codes[row]!]! += selected[row]!;
  });
  return rows;
}

/** An order of spellings: the most used first; of those as common as each other the first in code-unit order. */
function byUse({ texts }: Column, rows: Int32Array): (a: number, b: number) => number {
  return (a, b) => rows[b]! - rows[a]! || (texts.at(a)! < texts.at(b)! ? -1 : 1);
}

/** The customers whose names are spelled in several ways: the codes of each, as `byUse` orders them. */
function severalSpellings(column: Column, rows: Int32Array): readonly (readonly number[])[] {
  const numbers = customerNumbers(column, (code) => rows[code]! > 0);
  const firstOf = new Int32Array(numbers.length).fill(-1);
  const spellings = new Map<number, number[]>();
  for (let code = 0; code < numbers.length; code++) {
    const number = numbers[code]!;
    if (number < 0) continue;
    const first = firstOf[number]!;
    if (first < 0) {
      firstOf[number] = code;
      continue;
    }
    const known = spellings.get(number);
    if (known === undefined) spellings.set(number, [first, code]);
    else known.push(code);
  }
  return [...spellings.values()].map((codes) => codes.sort(byUse(column, rows)));
}

/** The names of a column but for the ids of records, each distinct text normalised once, in order of their keys. */
function namesOf(column: Column, rows: Int32Array): readonly Name[] {
  const { texts, state } = column;
  const spellings = new Map<string, number[]>();
  for (let code = 0; code < texts.length; code++) {
    if (state[code] !== PRESENT || rows[code] === 0) continue;
    const text = texts.at(code)!;
    if (isRecordId(text)) continue;
    // Words are needed to tell how alike two names are.
    const key = companyName(text);
    const known = spellings.get(key);
    if (known === undefined) spellings.set(key, [code]);
    else known.push(code);
  }
  return [...spellings]
    .map(([key, codes]) => ({
      key,
      codes: codes.sort(byUse(column, rows)),
      rows: codes.reduce((sum, code) => sum + rows[code]!, 0),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** For each name with several spellings: all but the one most used, or all where none is used more than the others. */
function otherSpellings(names: readonly (readonly number[])[], rows: Int32Array): ReadonlyMap<number, Namesakes> {
  const found = new Map<number, Namesakes>();
  for (const codes of names) {
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
  const found =
    nearness === 'normalised'
      ? otherSpellings(severalSpellings(column, rows), rows)
      : alikeNames(namesOf(column, rows));
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
