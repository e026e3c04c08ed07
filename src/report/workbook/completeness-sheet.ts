import { say, type Text } from '../../i18n/text.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import { numberCell, rateCell, textCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { metricSheet } from './metric-sheet.ts';
import type { SheetRows } from './sheet-rows.ts';
import type { Cell, Look, WorkbookSheet } from './workbook.ts';

const FIELD = say('Field', '字段');
const STAGE = say('Stage', '阶段');
const OWNER = say('Owner', '负责人');
const DEALS = say('Deals', '商机数');
const FILLED = say('Filled', '已填');
const REQUIRED = say('Required', '应填');
const RATE = say('Share filled', '填写率');
const NOBODY = say('(no owner)', '（无负责人）');

/** Below these shares a field is a trouble, or nearly one. */
const BAD_BELOW = 0.6;
const POOR_BELOW = 0.9;

function lookOf(value: number | null): Look | undefined {
  if (value === null) return undefined;
  return value < BAD_BELOW ? 'error' : value < POOR_BELOW ? 'warn' : 'good';
}

interface Share {
  readonly value: number | null;
  readonly filled: number;
  readonly required: number;
}

function shareCells({ value, filled, required }: Share, { translator }: Frame): Cell[] {
  const counts = [numberCell(filled, translator), numberCell(required, translator)];
  return [...counts, rateCell(value, translator, lookOf(value))];
}

function drawAll(result: CompletenessResult, rows: SheetRows, frame: Frame): void {
  const { translator } = frame;
  const text = (title: Text): string => translator.text(title);
  const { pooled, fields, cells, stages, owners, fieldsWithoutColumn } = result;
  rows.skip();
  rows.header('', text(FILLED), text(REQUIRED), text(RATE));
  rows.add(textCell(text(say('All required fields', '全部必填字段')), 'strong'), ...shareCells(pooled, frame));

  rows.section(text(say('By field', '按字段')));
  rows.header(text(FIELD), text(FILLED), text(REQUIRED), text(RATE));
  const asked = fields.filter(({ of }) => of > 0);
  for (const { field, count, of, value } of asked.toSorted(emptiestFirst)) {
    rows.add(textCell(translator.field(field)), ...shareCells({ value, filled: count, required: of }, frame));
  }
  for (const field of fieldsWithoutColumn) {
    const lack = text(say('not in this file', '文件中没有此列'));
    rows.add(textCell(translator.field(field)), null, null, textCell(lack, 'muted'));
  }

  rows.section(text(say('By stage', '按阶段')));
  rows.header(text(STAGE), text(FILLED), text(REQUIRED), text(RATE), text(DEALS));
  for (const { stage, deals, ...share } of stages) {
    rows.add(textCell(translator.stage(stage)), ...shareCells(share, frame), numberCell(deals, translator));
  }

  rows.section(text(say('By owner', '按负责人')));
  rows.header(text(OWNER), text(FILLED), text(REQUIRED), text(RATE), text(DEALS));
  for (const { owner, deals, ...share } of owners) {
    const name = owner === null ? textCell(text(NOBODY), 'muted') : textCell(owner);
    rows.add(name, ...shareCells(share, frame), numberCell(deals, translator));
  }

  rows.section(text(say('By field and stage', '按字段和阶段')));
  rows.header(text(FIELD), text(FILLED), text(REQUIRED), text(RATE), text(STAGE));
  for (const { field, stage, count, of, value } of cells) {
    const share = shareCells({ value, filled: count, required: of }, frame);
    rows.add(textCell(translator.field(field)), ...share, textCell(translator.stage(stage)));
  }
}

interface FieldShare {
  readonly field: string;
  readonly value: number | null;
}

function emptiestFirst(a: FieldShare, b: FieldShare): number {
  return (a.value ?? 0) - (b.value ?? 0) || (a.field < b.field ? -1 : 1);
}

/** What is filled of the fields that deals must have: by field, stage and owner. */
export function completenessSheet(frame: Frame): WorkbookSheet {
  return metricSheet<CompletenessResult>(frame, {
    metric: 'completeness',
    name: frame.names.completeness,
    widths: [30, 12, 12, 12, 22],
    draw: (result, rows) => drawAll(result, rows, frame),
  });
}
