import { fileName } from '../../i18n/file-name.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport, ReportInput } from '../report.ts';
import type { SourceCopy } from '../source-copy.ts';
import { createSheetNames } from './sheet-names.ts';
import { SHEET_NAMES } from './words.ts';

type OwnSheet = keyof typeof SHEET_NAMES;

/** A list of deals of the report, and the sheet that copies it. */
export interface CopiedList {
  readonly input: ReportInput;
  /** Null where nobody asked for copies. */
  readonly copy: SourceCopy | null;
  /** Name of the sheet; null where there is none. */
  readonly sheet: string | null;
}

/** What the sheets of one workbook have in common: they lead to each other by name. */
export interface Frame {
  readonly report: AuditReport;
  readonly translator: Translator;
  readonly names: Readonly<Record<OwnSheet, string>>;
  readonly lists: readonly CopiedList[];
}

function baseName(file: string): string {
  return fileName(file).replace(/(.)\.[^.]{1,5}$/, '$1');
}

/** Copies come in the order of the lists; each is of the list it stands beside, or of none. */
function copyOf(copies: readonly SourceCopy[], index: number, { file }: ReportInput): SourceCopy | null {
  const copy = copies[index];
  return copy === undefined || copy.file !== file ? null : copy;
}

export function frameOf(report: AuditReport, translator: Translator, copies: readonly SourceCopy[]): Frame {
  const nameOf = createSheetNames();
  const own = Object.entries(SHEET_NAMES).map(([sheet, text]) => [sheet, nameOf(translator.text(text))] as const);
  const inputs = report.inputs.filter(({ role }) => role === 'deals');
  const lists = inputs.map((input, index): CopiedList => {
    const copy = copyOf(copies, index, input);
    const table = copy?.table ?? null;
    return { input, copy, sheet: table === null ? null : nameOf(input.sheet ?? baseName(input.file)) };
  });
  return { report, translator, names: Object.fromEntries(own) as Frame['names'], lists };
}
