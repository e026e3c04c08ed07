import ExcelJS from 'exceljs';

/** A workbook as exceljs reads it. */
export async function readWorkbook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  // The types of exceljs know a Buffer of their own.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook;
}

export function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name} among ${workbook.worksheets.map((each) => each.name)}`);
  return sheet;
}

/** What a cell shows: the text of its runs, the result of its formula. */
export function shownIn(sheet: ExcelJS.Worksheet, cell: string): unknown {
  const { value } = sheet.getCell(cell);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  return 'result' in value ? value.result : value;
}

export function formulaIn(sheet: ExcelJS.Worksheet, cell: string): string | null {
  const { value } = sheet.getCell(cell);
  return typeof value === 'object' && value !== null && 'formula' in value ? value.formula : null;
}

export function noteIn(sheet: ExcelJS.Worksheet, cell: string): string | null {
  const { note } = sheet.getCell(cell);
  if (typeof note === 'string' || note === undefined) return note ?? null;
  return note.texts?.map(({ text }) => text).join('') ?? null;
}

/** Every formula of a workbook. */
export function allFormulas(workbook: ExcelJS.Workbook): string[] {
  const formulas: string[] = [];
  for (const sheet of workbook.worksheets) {
    sheet.eachRow((row) => row.eachCell((cell) => void (cell.formula && formulas.push(cell.formula))));
  }
  return formulas;
}
