import { type FormatParts, formatParts } from '../excel-date.ts';
import type { Part } from './archive.ts';
import { readXml } from './xml-reader.ts';
import { attributeOf, wholeNumberOf } from './xml-token.ts';

/** What the formats that every workbook has by number show: no dates, times or percentages but these. */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [9, '0%'],
  [10, '0.00%'],
  ...([14, 15, 16, 17] as const).map((id) => [id, 'yyyy-mm-dd'] as const),
  ...([18, 19, 20, 21] as const).map((id) => [id, 'h:mm:ss'] as const),
  [22, 'yyyy-mm-dd h:mm'],
  // East Asian ones, which differ by language in their look only.
  ...([27, 28, 29, 30, 31, 36] as const).map((id) => [id, 'yyyy-mm-dd'] as const),
  ...([32, 33, 34, 35] as const).map((id) => [id, 'h:mm:ss'] as const),
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  ...([50, 51, 52, 53, 54, 57, 58] as const).map((id) => [id, 'yyyy-mm-dd'] as const),
  ...([55, 56] as const).map((id) => [id, 'h:mm:ss'] as const),
]);

const GENERAL = formatParts('General');

/** What a format shows that every workbook has by number; the plain one for numbers without a format. */
export function builtInParts(id: number): FormatParts {
  return formatParts(BUILT_IN.get(id) ?? 'General');
}

/** What the number formats of cells show, by the style number of the cell. */
export interface CellFormats {
  /** Null for a style that the workbook does not have; then a date cannot be told from a number. */
  of(style: number): FormatParts | null;
}

/** The formats of a workbook; one without styles has the plain format only. */
export async function readCellFormats(styles: Part | null): Promise<CellFormats> {
  if (styles === null) return { of: (style) => (style === 0 ? GENERAL : null) };
  const custom = new Map<number, string>();
  const formatIds: number[] = [];
  const path: string[] = [];
  await readXml(styles, {
    open(token) {
      const parent = path.at(-1);
      if (token.name === 'numFmt' && parent === 'numFmts') {
        custom.set(wholeNumberOf(token, 'numFmtId', 0), attributeOf(token, 'formatCode') ?? '');
      } else if (token.name === 'xf' && parent === 'cellXfs') formatIds.push(wholeNumberOf(token, 'numFmtId', 0));
      path.push(token.name);
    },
    text() {},
    close: () => path.pop(),
  });
  const known = new Map<number, FormatParts>();
  const partsOf = (id: number): FormatParts => {
    const code = custom.get(id);
    const parts = known.get(id) ?? (code === undefined ? builtInParts(id) : formatParts(code));
    known.set(id, parts);
    return parts;
  };
  const formats = formatIds.map(partsOf);
  return { of: (style) => formats[style] ?? (style === 0 ? GENERAL : null) };
}
