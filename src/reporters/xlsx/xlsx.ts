import { reportWorkbook } from '../../report/workbook/report-workbook.ts';
import type { Reporter } from '../reporter.ts';
import { writeWorkbook } from './write-workbook.ts';

/** A workbook to work off: findings with links to the cells of the list, which is copied with these cells marked. */
const reporter: Reporter = {
  format: 'xlsx',
  async render(report, { lang, viewContext, sourceCopies }) {
    return writeWorkbook(reportWorkbook(report, viewContext.translator, await sourceCopies()), lang);
  },
};

export default reporter;
