import fc from 'fast-check';
import { encodeText } from './encoding/encode-text.ts';

/** Headers that are known, so that the delimiter is certain. */
export const HEADERS = ['ID', 'Deal Name', 'Stage', 'Amount'];
const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINE_ENDS = ['\n', '\r\n', '\r'] as const;
const LETTERS = ['a', 'Z', '7', '字', '赢', ' ', '"', '""', ...DELIMITERS, '\n', '\r\n', '\r', "'", '=', '.'];

/** Few enough line breaks that a cell cannot be taken for records that a stray quote swallowed. */
const cell = fc
  .array(fc.constantFrom(...LETTERS), { maxLength: 6 })
  .map((letters) => letters.join(''))
  .filter((text) => (text.match(/[\r\n]/g) ?? []).length <= 1);
/** Some longer than the rows among which the header is looked for: those behind are read by their bytes. */
export const table = fc
  .tuple(fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 }), fc.constantFrom(1, 1, 8))
  .map(([rows, times]) => Array.from({ length: times }, () => rows).flat());

/** With an id and a name, so that no row looks like a remark below the table. */
export function recordsOf(rows: readonly (readonly [string, string, string])[]): string[][] {
  return rows.map(([name, stage, amount], at) => [`D-${at}`, `n${name}`, stage, amount]);
}

interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quoteAll: boolean;
  readonly endsWithLineEnd: boolean;
  readonly blankLines: readonly number[];
}

/** Ways to write a table as delimited text. */
export const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(...DELIMITERS),
  lineEnd: fc.constantFrom(...LINE_ENDS),
  quoteAll: fc.boolean(),
  endsWithLineEnd: fc.boolean(),
  blankLines: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
});

/** The records as delimited text; blank lines stand before the records that `blankLines` counts. */
export function written(
  records: readonly (readonly string[])[],
  { delimiter, lineEnd, quoteAll, ...rest }: Dialect,
): string {
  const line = (cells: readonly string[]): string =>
    cells
      .map((text) => (quoteAll || /["\r\n,;\t|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(delimiter);
  const lines = records.flatMap((cells, at) =>
    at > 0 && rest.blankLines.includes(at) ? ['', line(cells)] : [line(cells)],
  );
  return lines.join(lineEnd) + (rest.endsWithLineEnd ? lineEnd : '');
}

/** What a table is saved in; the last two have to be named to the reader. */
export const ENCODINGS = [
  'utf-8',
  'utf-8 with mark',
  'utf-16le with mark',
  'utf-16be with mark',
  'gb18030',
  'big5',
] as const;

/** The text as the bytes of a file. */
export function bytesIn(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8 with mark') return Buffer.from(`\uFEFF${text}`);
  if (encoding === 'utf-16le with mark') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (encoding === 'utf-16be with mark') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return encodeText(encoding === 'big5' ? inTraditional(text) : text, encoding) ?? Buffer.alloc(0);
}

/** The text in characters that Big5 has. */
export function inTraditional(text: string): string {
  return text.replaceAll('赢', '贏');
}
