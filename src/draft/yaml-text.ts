/** Words that need no quotes anywhere, also within `{…}` and `[…]`. */
const PLAIN = /^\p{L}[\p{L}\p{N}]*(?:[ _./-][\p{L}\p{N}]+)*$/u;
/** Longer ones are quoted unseen. */
const LONGEST_PLAIN = 120;
/** What some reader of YAML takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;
/** Characters that JSON leaves as they are, and that YAML forbids or nobody sees. */
const UNSEEN =
  /[\u007f-\u00a0\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff]|[\ufe00-\ufe0f]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text as a YAML scalar on one line: plain where that is safe, else in double quotes. */
export function scalar(text: string): string {
  if (text.length <= LONGEST_PLAIN && PLAIN.test(text) && !RESERVED.test(text)) return text;
  // A JSON string is a YAML string too.
  return JSON.stringify(text).replace(UNSEEN, escaped);
}

/** `[a, b]` */
export function flowList(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`;
}

/** `{a: 1, b: 2}` out of values that are YAML already; those that are null are left out. */
export function flowMap(entries: Readonly<Record<string, string | null>>): string {
  const kept = Object.entries(entries).filter(([, value]) => value !== null);
  return `{${kept.map(([key, value]) => `${scalar(key)}: ${value}`).join(', ')}}`;
}

/** The first characters of a long text. */
export function shortened(text: string, most: number): string {
  // A character is at most two units, so that a longer text has more characters here too.
  const characters = [...text.slice(0, 2 * (most + 1))];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
