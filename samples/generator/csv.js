/**
 * @param {readonly (string | number)[][]} rows
 * @param {{ quoteAll: boolean }} options otherwise only cells that need quotes get them
 */
export function toCsv(rows, { quoteAll }) {
  return rows.map((row) => `${row.map((cell) => csvCell(String(cell), quoteAll)).join(',')}\n`).join('');
}

function csvCell(text, quoteAll) {
  return quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {unknown} value */
export const jsonFile = (value) => utf8(`${JSON.stringify(value, null, 2)}\n`);
