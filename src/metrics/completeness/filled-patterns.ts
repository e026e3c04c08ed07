import { type Column, MISSING, PRESENT, UNREADABLE } from '../../dataset/dataset.ts';
import type { RequiredFields } from './required-fields.ts';

/** What each deal must have filled, and what of it is filled, as one of mostly few patterns. */
export interface FilledPatterns {
  /** One a deal: its pattern, -1 for deals without a known stage. */
  readonly patternOf: Int32Array;
  /** By pattern: index into the profiles. */
  readonly profiles: readonly number[];
  /** By pattern: the required fields that are filled, as indexes into `fields`, ascending. */
  readonly filled: readonly (readonly number[])[];
}

interface Patterns extends FilledPatterns {
  readonly profiles: number[];
  readonly filled: (readonly number[])[];
}

/** One a profile: 1 where a field is required. */
export function profilesAsking({ profiles }: RequiredFields, field: number): Uint8Array {
  return Uint8Array.from(profiles, (fields) => Number(fields.includes(field)));
}

/**
 * Tells the deals apart by what they must have filled and have: a field is filled where its cell can be read; blanks,
 * placeholders and unreadable cells are not.
 * @param columns of each of `required.fields`
 */
export function filledPatterns(required: RequiredFields, columns: readonly Column[]): FilledPatterns {
  const patterns: Patterns = {
    patternOf: required.profileOf.slice(),
    profiles: Array.from(required.profiles.keys()),
    filled: required.profiles.map(() => []),
  };
  for (const [field, column] of columns.entries()) {
    const asking = profilesAsking(required, field);
    const isAsked = Uint8Array.from(patterns.profiles, (profile) => asking[profile]!);
    const { state } = column;
    if (state.includes(MISSING) || state.includes(UNREADABLE)) splitByField(patterns, field, column, isAsked);
    else fillEverywhere(patterns, field, isAsked);
  }
  return patterns;
}

function fillEverywhere({ filled }: Patterns, field: number, isAsked: Uint8Array): void {
  for (const [pattern, asked] of isAsked.entries()) if (asked === 1) filled[pattern] = [...filled[pattern]!, field];
}

/** Puts the deals that have a field, among those that must, in patterns of their own. */
function splitByField(patterns: Patterns, field: number, { codes, state }: Column, isAsked: Uint8Array): void {
  const { patternOf, profiles, filled } = patterns;
  const filledAs = new Int32Array(isAsked.length).fill(-1);
  for (let deal = 0; deal < patternOf.length; deal += 1) {
    const pattern = patternOf[deal]!;
    if (pattern < 0 || isAsked[pattern] !== 1 || state[codes[deal]!] !== PRESENT) continue;
    if (filledAs[pattern] === -1) {
      filledAs[pattern] = profiles.push(profiles[pattern]!) - 1;
      filled.push([...filled[pattern]!, field]);
    }
    patternOf[deal] = filledAs[pattern]!;
  }
}

/** By pattern: how many deals it has, of those with a 1, or of all. */
export function dealsByPattern({ patternOf, profiles }: FilledPatterns, select: Uint8Array | null): Int32Array {
  const deals = new Int32Array(profiles.length);
  for (let deal = 0; deal < patternOf.length; deal += 1) {
    const pattern = patternOf[deal]!;
    if (pattern >= 0 && (select === null || select[deal] === 1)) deals[pattern]! += 1;
  }
  return deals;
}

/** By pattern: the required fields that are not filled, as indexes into `fields`. */
export function lackingFields(required: RequiredFields, { profiles, filled }: FilledPatterns): readonly number[][] {
  return profiles.map((profile, pattern) =>
    Array.from(required.profiles[profile]!).filter((field) => !filled[pattern]!.includes(field)),
  );
}
