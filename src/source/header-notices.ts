import { cellName } from './cell-name.ts';
import { firstFilledCell } from './footer.ts';
import type { HeaderCandidate } from './header.ts';
import type { Notice } from './sheet.ts';

/** What is worth saying about a header: the rows above it, names that come twice, names that are missing. */
export function headerNotices(
  above: readonly HeaderCandidate[],
  headers: readonly string[],
  row: number,
  line: number,
): Notice[] {
  const notices: Notice[] = [];
  const rows = above.filter(({ cells }) => firstFilledCell(cells) !== -1).length;
  if (rows > 0) notices.push({ code: 'table/preamble', args: { rows }, line, cell: null });
  const seen = new Map<string, number>();
  for (const [position, text] of headers.entries()) {
    const header = text.trim();
    const key = header.normalize('NFC').toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, position);
    else if (header !== '') {
      const args = { header, first: cellName(first, row) };
      notices.push({ code: 'table/duplicate-header', args, line, cell: cellName(position, row) });
    }
  }
  const blank = headers.findIndex((text) => text.trim() === '');
  const lastNamed = headers.findLastIndex((text) => text.trim() !== '');
  if (blank !== -1 && blank < lastNamed) {
    notices.push({ code: 'table/blank-header', args: {}, line, cell: cellName(blank, row) });
  }
  return notices;
}
