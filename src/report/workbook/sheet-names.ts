const MOST_UNITS = 31;
const FORBIDDEN = /[[\]:*?/\\\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/gu;
/** A sheet of this name is Excel's own. */
const RESERVED = 'history';

/** The first units of a text, no pair of surrogates torn apart. */
function cut(text: string, units: number): string {
  const end = /[\ud800-\udbff]/.test(text.charAt(units - 1)) ? units - 1 : units;
  return text.length <= units ? text : text.slice(0, end);
}

/** Excel takes no apostrophe at either end, and blanks there are lost on the way. */
function trimmed(name: string): string {
  return name.replace(/^[\s']+|[\s']+$/g, '');
}

function clean(wanted: string): string {
  const name = trimmed(cut(trimmed(wanted.replace(FORBIDDEN, '_')), MOST_UNITS));
  if (name === '') return 'Sheet';
  return name.toLowerCase() === RESERVED ? `${name}_` : name;
}

/** Gives every sheet a name that a workbook can have: short, without brackets and slashes, and no two alike. */
export function createSheetNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const name = clean(wanted);
    let free = name;
    for (let time = 2; taken.has(free.toLowerCase()); time++) {
      const mark = ` (${time})`;
      free = `${trimmed(cut(name, MOST_UNITS - mark.length))}${mark}`;
    }
    taken.add(free.toLowerCase());
    return free;
  };
}
