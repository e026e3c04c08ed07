import { cellOf, type Notice, type RawColumn, type SetAsideRow } from '../sheet.ts';
import { excerptOf } from './body-state.ts';
import { type FilledColumn, fillFromCounts, fillGroups, fillLabels, type GroupMark, labelRows } from './group-fill.ts';

/** The rows below a header, with what they tell of groups. */
export interface GroupedRows {
  readonly columns: readonly RawColumn[];
  readonly rows: Int32Array;
  readonly lines: Int32Array;
  readonly setAside: readonly SetAsideRow[];
  readonly marks: readonly GroupMark[];
  readonly headers: readonly string[];
  /** Cells that merged cells filled, by column. */
  readonly filled: ReadonlyMap<number, number>;
}

type GroupedParts = Pick<GroupedRows, 'columns' | 'rows' | 'lines'> & {
  readonly setAside: SetAsideRow[];
  readonly notices: readonly Notice[];
};

/** Gives each row of a grouped report the names of its groups, as far as the rows show beyond doubt that it is one. */
export function fillGroupColumns(grouped: GroupedRows): GroupedParts {
  const filled = new Map(grouped.filled);
  const { rows, headers } = grouped;
  const columns = grouped.columns.map((column) => {
    const full =
      grouped.marks.length === 0
        ? null
        : (fillGroups(column, rows.length, grouped.marks) ?? fillFromCounts(column, rows.length, grouped.marks));
    return full === null ? column : counted(full, filled);
  });
  const parts = withoutLabelRows({ ...grouped, columns }, filled);
  return { ...parts, notices: filledNotice(filled, headers) };
}

function counted({ column, cells }: FilledColumn, filled: Map<number, number>): RawColumn {
  filled.set(column.position, (filled.get(column.position) ?? 0) + cells);
  return column;
}

/** Rows with the name of a group alone are put aside when those below them have it. */
function withoutLabelRows(grouped: GroupedRows, filled: Map<number, number>): Omit<GroupedParts, 'notices'> {
  const { columns, rows, lines, headers } = grouped;
  const setAside = [...grouped.setAside];
  const inOrder = [...columns].sort((one, other) => one.position - other.position);
  const [first] = inOrder;
  const isLeading = first !== undefined && first.position === headers.findIndex((text) => text.trim() !== '');
  const labels = isLeading ? labelRows(inOrder, rows.length) : null;
  const full = labels === null || first === undefined ? null : fillLabels(first, rows.length);
  if (labels === null || full === null) return { columns, rows, lines, setAside };
  for (const [index, isLabel] of labels.entries()) {
    const name = cellOf(full.column, index);
    const place = { row: rows[index] as number, line: lines[index] as number };
    if (isLabel === 1) setAside.push({ ...place, reason: 'total', excerpt: excerptOf(name) });
  }
  counted(full, filled);
  const kept = (_: number, index: number): boolean => labels[index] === 0;
  return {
    columns: columns.map((column) => {
      const { codes, ...rest } = column === first ? full.column : column;
      return { ...rest, codes: codes.filter(kept) };
    }),
    rows: rows.filter(kept),
    lines: lines.filter(kept),
    setAside,
  };
}

function filledNotice(filled: ReadonlyMap<number, number>, headers: readonly string[]): Notice[] {
  if (filled.size === 0) return [];
  const positions = [...filled.keys()].sort((one, other) => one - other);
  const columns = positions.map((position) => (headers[position] ?? '').trim()).join(', ');
  const cells = [...filled.values()].reduce((sum, each) => sum + each, 0);
  return [{ code: 'table/filled-down', args: { columns, cells }, line: null, cell: null }];
}
