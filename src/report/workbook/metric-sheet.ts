import { say, type Text } from '../../i18n/text.ts';
import { type Block, spansOf } from '../document.ts';
import { drawn } from '../drawn.ts';
import { resultOf } from '../metric-result.ts';
import type { Frame } from './frame.ts';
import { createSheetRows, type SheetRows, smallSheet } from './sheet-rows.ts';
import type { WorkbookSheet } from './workbook.ts';

/** The sheet of one metric. */
export interface MetricSheet<Result> {
  readonly metric: string;
  readonly name: string;
  readonly widths: readonly number[];
  readonly draw: (result: Result, rows: SheetRows) => void;
}

const NOT_COMPUTED = say('Not computed: {reason}', '未计算：{reason}');
const UNKNOWN_REASON = say('the report holds no such figures', '报告中没有这些数字');

/** Draws into the rows; what a saved report lacks is said in its place. */
export function drawInto(rows: SheetRows, what: Text, frame: Frame, draw: () => unknown): void {
  const nothing = (): [] => {
    draw();
    return [];
  };
  addCautions(rows, drawn(what, nothing, frame.translator));
}

/** What readers are to know before they trust the figures below. */
export function addCautions(rows: SheetRows, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.type !== 'callout') continue;
    const texts = spansOf(block.text).map(({ text }) => text);
    rows.remark(texts.join(''), 'warn');
  }
}

/** A sheet with the title of a metric, what it means, and its figures; or why there are none. */
export function metricSheet<Result>(frame: Frame, { metric, name, widths, draw }: MetricSheet<Result>): WorkbookSheet {
  const { report, translator } = frame;
  const rows = createSheetRows();
  const found = report.metrics[metric];
  const title = found?.title ?? { en: name, zh: name };
  rows.title(translator.text(title));
  if (found !== undefined) rows.remark(translator.text(found.definition));
  const result = resultOf<Result>(report, metric);
  if (result === null) {
    const reason = translator.text(found?.missing ?? UNKNOWN_REASON);
    rows.remark(translator.text(NOT_COMPUTED, { reason }), 'warn');
  } else {
    drawInto(rows, title, frame, () => draw(result, rows));
  }
  return smallSheet(name, widths, rows);
}
