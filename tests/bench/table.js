/** A table as Markdown, or with columns lined up for a terminal. The first column is text, the others are numbers. */
export function tableText(headers, rows, isMarkdown) {
  const cells = [headers, ...rows];
  const widths = headers.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const pad = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  const line = (row) => row.map(pad).join(isMarkdown ? ' | ' : '  ');
  if (!isMarkdown) return `${cells.map(line).join('\n')}\n`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [cells[0], rule, ...rows].map((row) => `| ${line(row)} |\n`).join('');
}

export function times(value) {
  return Number.isFinite(value) ? `${value.toFixed(2)} x` : '–';
}

export function wholeNumber(value) {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : '–';
}
