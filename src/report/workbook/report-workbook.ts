import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { hasNoDeals } from '../overview.ts';
import type { AuditReport } from '../report.ts';
import type { SourceCopy } from '../source-copy.ts';
import { completenessSheet } from './completeness-sheet.ts';
import { copySheet } from './copy-sheet.ts';
import { dwellSheet } from './dwell-sheet.ts';
import { findingsSheet } from './findings-sheet.ts';
import { type Frame, frameOf } from './frame.ts';
import { funnelSheet } from './funnel-sheet.ts';
import { type Marks, marksOf } from './marks.ts';
import { ownersSheet } from './owners-sheet.ts';
import { summarySheet } from './summary-sheet.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

/** What there is to say of a list with deals. */
function checkedSheets(frame: Frame, marks: Marks): WorkbookSheet[] {
  return [
    findingsSheet(frame, marks),
    ownersSheet(frame),
    funnelSheet(frame),
    dwellSheet(frame),
    completenessSheet(frame),
  ];
}

/** The report as sheets to work off, with the lists as their files have them and the cells of the findings marked. */
export function reportWorkbook(report: AuditReport, translator: Translator, copies: readonly SourceCopy[]): Workbook {
  const frame = frameOf(report, translator, copies);
  const marks = marksOf(frame);
  const lists = frame.lists.map((list, index) => copySheet(frame, list, marks.ofList[index] ?? new Map()));
  return {
    title: translator.text(report.name ?? say('Pipeline audit', '销售管道体检')),
    asOf: report.asOf.date,
    sheets: [
      summarySheet(frame, marks),
      ...(hasNoDeals(report) ? [] : checkedSheets(frame, marks)),
      ...lists.filter((sheet) => sheet !== null),
    ],
  };
}
