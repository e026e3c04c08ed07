import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import ExcelJs from 'exceljs';

const NUMBERS = new Set(['Amount', 'Probability (%)']);
const DATES = new Set(['Created Date', 'Close Date', 'Last Modified Date', 'Last Activity']);

/** Writes a CSV of deals as a workbook with numbers and dates of their types. */
export async function makeWorkbook(csv, file) {
  const book = new ExcelJs.stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true, useStyles: true });
  const sheet = book.addWorksheet('Deals');
  let headers = null;
  for await (const record of createReadStream(csv).pipe(parse())) {
    if (headers === null) {
      headers = record;
      sheet.addRow(record).commit();
      continue;
    }
    const cells = record.map((text, index) => {
      if (text === '') return null;
      if (NUMBERS.has(headers[index])) return Number.isNaN(Number(text)) ? text : Number(text);
      return DATES.has(headers[index]) ? new Date(text) : text;
    });
    sheet.addRow(cells).commit();
  }
  await book.commit();
}
