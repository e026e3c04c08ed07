import { readFileSync, writeFileSync } from 'node:fs';

/** What goes wrong in every so manieth row, by the place of the cell. */
const MISTAKES = [
  { every: 31, cell: 4, text: (cells) => (cells[4] === '' ? '0' : `-${cells[4]}`) },
  { every: 37, cell: 8, text: () => '2022-12-01' },
  { every: 41, cell: 10, text: () => '2027-01-05' },
  { every: 43, cell: 7, text: () => '2027-02-01' },
  { every: 47, cell: 6, text: (cells) => (cells[6] === '100' ? '50' : '100') },
  { every: 59, cell: 2, text: () => '' },
  { every: 61, cell: 8, text: () => '' },
  { every: 67, cell: 3, text: () => 'Stalled' },
  { every: 71, cell: 11, text: () => '' },
  { every: 73, cell: 2, text: (_cells, before) => before[2].toUpperCase() },
  { every: 79, cell: 9, text: () => '2027-03-01 09:30' },
];
/** Rows that stand there again: with the same id and no amount, so that no amount counts twice, and under another id. */
const DOUBLED = 53;
const ENTERED_TWICE = 57;

function rowsOf(row, cells) {
  if (row % DOUBLED === 0) return [cells, cells.with(4, '')];
  return row % ENTERED_TWICE === 0 ? [cells, cells.with(0, `${cells[0].slice(0, -3)}AAB`)] : [cells];
}

/** Writes a table of deals with mistakes put in: counts that are equal only as nothing is wrong would say little. */
export function makeMistakes(csv, file) {
  const [header, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n');
  const spoilt = lines.flatMap((line, row) => {
    const cells = line.split(',');
    const before = (lines[row - 1] ?? line).split(',');
    for (const { every, cell, text } of MISTAKES) if (row % every === every - 1) cells[cell] = text(cells, before);
    return rowsOf(row, cells).map((each) => each.join(','));
  });
  writeFileSync(file, `${[header, ...spoilt].join('\n')}\n`);
}
