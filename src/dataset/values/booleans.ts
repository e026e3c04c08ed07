import type { Texts } from '../../source/texts.ts';
import { MISSING, PRESENT, UNREADABLE } from '../dataset.ts';
import { normaliseForMissing } from './placeholder.ts';

const YES: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', '1.0', '是', '√', '✓', '✔', '对']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', '0.0', '否', '×', '✗', '✘', '错']);

/** Reads distinct texts as yes (1) or no (0), NaN unless PRESENT; `state` marks the missing ones. */
export function readBooleans(
  texts: Texts,
  state: Uint8Array,
): { readonly state: Uint8Array; readonly numbers: Float64Array } {
  const numbers = new Float64Array(texts.length).fill(Number.NaN);
  const settled = new Uint8Array(texts.length);
  for (let index = 0; index < texts.length; index++) {
    if (state[index] === MISSING) continue;
    const word = normaliseForMissing(texts.at(index) as string);
    if (YES.has(word)) numbers[index] = 1;
    else if (NO.has(word)) numbers[index] = 0;
    settled[index] = Number.isNaN(numbers[index]) ? UNREADABLE : PRESENT;
  }
  return { state: settled, numbers };
}
