/** A dictionary of opencc-js: entries parted by `|`, the word and what it becomes by a space. */
type Dictionary = { readonly default: string };

/** The dictionaries that hold single characters; the package types none of them. */
async function entriesOf(name: string): Promise<readonly (readonly [string, string])[]> {
  const { default: text }: Dictionary = await import(`opencc-js/dict/${name}`);
  return text.split('|').map((entry) => {
    const [from = '', to = ''] = entry.split(' ');
    return [from, to] as const;
  });
}

/** The 3755 characters of GB2312 level 1: those of everyday simplified Chinese. */
const COMMON: ReadonlySet<string> = new Set(
  new TextDecoder('gb18030').decode(
    Uint8Array.from({ length: (0xd8 - 0xb0) * 94 * 2 }, (_, at) =>
      at % 2 === 0 ? 0xb0 + Math.floor(at / 188) : 0xa1 + ((at >> 1) % 94),
    ),
  ),
);

const SAME_CHARACTER = ['TSCharacters', 'STCharacters', 'TWVariants', 'HKVariants', 'HKVariantsRev'];

/** Sets of characters that are one when script and region do not count, each member leading to its whole set. */
async function sameCharacters(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const sets = new Map<string, Set<string>>();
  for (const name of SAME_CHARACTER) {
    for (const pair of await entriesOf(name)) {
      const union = new Set(pair.flatMap((character) => [...(sets.get(character) ?? [character])]));
      for (const character of union) sets.set(character, union);
    }
  }
  return sets;
}

/** What every character is read as: the member of its set that most others are simplified to, the commonest of equals. */
async function readings(): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, number>();
  for (const [, simplified] of await entriesOf('TSCharacters')) {
    sources.set(simplified, (sources.get(simplified) ?? 0) + 1);
  }
  const weight = (character: string): number => (sources.get(character) ?? 0) + (COMMON.has(character) ? 0.5 : 0);
  const read = new Map<string, string>();
  for (const [character, set] of await sameCharacters()) {
    const members = [...set].filter(({ length }) => length === 1).sort();
    const [best] = members.sort((one, other) => weight(other) - weight(one));
    if (best !== undefined) read.set(character, best);
  }
  return read;
}

const ENTRIES_A_LINE = 36;

/** The text of `src/i18n/traditional-characters.ts`; characters outside the basic plane are left out as too rare. */
export async function traditionalCharactersModule(): Promise<string> {
  const groups = new Map<string, string>();
  const sorted = [...(await readings())].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [from, to] of sorted) {
    if (from.length !== 1 || to.length !== 1 || from === to) continue;
    groups.set(to, (groups.get(to) ?? '') + from);
  }
  const words = [...groups].map(([to, from]) => to + from).sort();
  const lines = Array.from({ length: Math.ceil(words.length / ENTRIES_A_LINE) }, (_, line) =>
    words.slice(line * ENTRIES_A_LINE, (line + 1) * ENTRIES_A_LINE).join(' '),
  );
  return `// Written by tests/i18n/traditional-characters.test.ts (npx vitest run tests/i18n -u) from the character pairs of opencc-js.

/**
 * Groups parted by spaces: a simplified character, then the traditional ones and variants that are read as it.
 */
export const TRADITIONAL_CHARACTERS = \`
${lines.join('\n')}
\`;
`;
}
