const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS_AND_LETTERS = `${LETTERS}${LETTERS.toLowerCase()}0123456789`;
const SUFFIX = `${LETTERS}012345`;

/**
 * An id of 18 characters: 15 that distinguish upper and lower case, then three that say which of them are upper case.
 *
 * @param {string} prefix key prefix of the object, three characters
 * @param {import('./random.js').Chance} chance
 */
export function salesforceId(prefix, chance) {
  let id = `${prefix}5g00000`;
  while (id.length < 15) id += DIGITS_AND_LETTERS[chance.integer(0, DIGITS_AND_LETTERS.length - 1)];
  return id + [0, 5, 10].map((start) => suffixOf(id.slice(start, start + 5))).join('');
}

function suffixOf(block) {
  let bits = 0;
  for (const [place, letter] of [...block].entries()) if (LETTERS.includes(letter)) bits |= 1 << place;
  return SUFFIX[bits];
}
