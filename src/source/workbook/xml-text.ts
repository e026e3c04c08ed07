import type { Fail } from './archive.ts';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&([^;&]*)(;?)/g;
const NUMERIC = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/;

/** Text with its references replaced: the five names of XML, and characters by number. There are no others. */
export function resolveReferences(text: string, fail: Fail): string {
  return text.replace(REFERENCE, (whole: string, name: string, end: string) => {
    const character = end === '' ? null : (NAMED[name] ?? numericCharacter(name));
    if (character !== null) return character;
    const shown = whole.slice(0, 20);
    throw fail({ en: `“${shown}” is no character reference of XML`, zh: `“${shown}”不是 XML 字符引用` });
  });
}

function numericCharacter(name: string): string | null {
  const [, hexadecimal, decimal] = NUMERIC.exec(name) ?? [];
  if (hexadecimal === undefined && decimal === undefined) return null;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return isXmlCharacter(code) ? String.fromCodePoint(code) : null;
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

/** The failure of a text with a byte that no XML may have. */
export function controlCharacter(fail: Fail, byte: number): Error {
  const shown = `U+00${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return fail({ en: `it has the character ${shown}, which XML forbids`, zh: `含有 XML 不允许的字符 ${shown}` });
}

const ESCAPED = /_x([0-9a-fA-F]{4})_/g;

/** Text of a cell with the escapes of characters that XML cannot hold (`_x001B_`) resolved. */
export function resolveEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
