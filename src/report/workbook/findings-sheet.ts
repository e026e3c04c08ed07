import { findingRows } from '../finding-rows.ts';
import { findingLayout } from './finding-columns.ts';
import type { Frame } from './frame.ts';
import { FIRST_FINDING_ROW, listKey, type Marks } from './marks.ts';
import { columnOf } from './sheet-rows.ts';
import { type Cell, MOST_ROWS, type WorkbookRow, type WorkbookSheet } from './workbook.ts';

function* rowsOf(frame: Frame): Generator<WorkbookRow> {
  const { translator, report } = frame;
  const { columns } = findingLayout(report);
  const sheetOf = new Map(frame.lists.flatMap(({ input, sheet }) => (sheet ? [[listKey(input), sheet]] : [])));
  const titles = columns.map(({ title, right }): Cell => {
    const cell = { type: 'text', text: translator.text(title), look: 'header' } as const;
    return right === true ? { ...cell, right } : cell;
  });
  yield { row: 1, cells: titles };
  let row = FIRST_FINDING_ROW;
  for (const found of findingRows(report, translator)) {
    if (row > MOST_ROWS) return;
    yield { row, cells: columns.map(({ cell }) => cell(found, frame, sheetOf)) };
    row++;
  }
}

/** Every finding in a row of its own, those of the worst rule first. */
export function findingsSheet(frame: Frame, { leftOut }: Marks): WorkbookSheet {
  const lastRow = FIRST_FINDING_ROW - 1 + frame.report.findings.length - leftOut;
  const { columns, printed } = findingLayout(frame.report);
  return {
    name: frame.names.findings,
    columns: columns.map(({ width }) => columnOf(width)),
    frozen: { rows: 1, columns: 2 },
    filter: { row: 1, lastRow, columns: columns.length },
    printed,
    spaced: true,
    rows: () => rowsOf(frame),
  };
}
