/** What XML 1.0 has no way to write, halves of surrogate pairs included. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const SPECIAL = /[&<>"'\t\n\r]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(SPECIAL, (character) => ENTITIES[character] ?? character);
}

/** Attributes of an element, each behind a space. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** The text of an element as lines. */
export function textOf(lines: readonly string[]): string {
  return lines.map(escaped).join('\n');
}
