// exceljs's streaming reader alone, emptying a workbook: what the time of a workbook is a ratio of.
import ExcelJs from 'exceljs';

let rows = 0;
const reader = new ExcelJs.stream.xlsx.WorkbookReader(process.argv[2], {
  sharedStrings: 'cache',
  styles: 'cache',
  hyperlinks: 'ignore',
  worksheets: 'emit',
});
for await (const sheet of reader) for await (const _row of sheet) rows++;
process.stdout.write(`${rows} rows\n`);
