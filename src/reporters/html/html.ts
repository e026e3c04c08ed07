import { reportPage } from '../../report/page/report-page.ts';
import type { Reporter } from '../reporter.ts';
import { pageHtml, viewHtml } from './whole-page.ts';

const reporter: Reporter = {
  format: 'html',
  render: (report, { view, viewContext, document }) =>
    view === null
      ? pageHtml(report, reportPage(report, viewContext), viewContext.translator)
      : viewHtml(report, document(), viewContext.translator),
};

export default reporter;
