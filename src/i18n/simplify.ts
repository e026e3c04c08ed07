import { TRADITIONAL_CHARACTERS } from './traditional-characters.ts';

const FIRST_HAN = 0x3400;
const HAN_COUNT = 0x6c00;
const HAN = /[\u3400-\u9fff]/;

/** By code unit from `FIRST_HAN`: the code unit it is read as, 0 while nobody asked. */
let readings: Uint16Array | null = null;

/** Looked up one by one: a run meets a few hundred characters, and a table of all takes longer to fill. */
function readingOf(unit: number): number {
  let at = TRADITIONAL_CHARACTERS.indexOf(String.fromCharCode(unit));
  if (at === -1) return unit;
  while (TRADITIONAL_CHARACTERS.charCodeAt(at - 1) >= FIRST_HAN) at--;
  return TRADITIONAL_CHARACTERS.charCodeAt(at);
}

/**
 * A text with each traditional character as the simplified one it corresponds to, so that 商機 and 商机 are one. It is
 * for comparing, not for showing: characters that only some texts write alike become alike (乾 and 干, 裡 and 里).
 */
export function simplify(text: string): string {
  if (!HAN.test(text)) return text;
  readings ??= new Uint16Array(HAN_COUNT);
  let simplified = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const place = unit - FIRST_HAN;
    if (place >= 0 && place < HAN_COUNT && readings[place] === 0) readings[place] = readingOf(unit);
    simplified += String.fromCharCode(readings[place] ?? unit);
  }
  return simplified;
}
