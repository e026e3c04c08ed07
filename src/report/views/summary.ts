import { say, type Text } from '../../i18n/text.ts';
import type { Block } from '../document.ts';
import type { AuditReport } from '../report.ts';
import { conversionPanel, followUpPanel, forecastPanel, quotePanel } from './summary-panels.ts';
import { defineView, type ViewContext } from './view.ts';
import { partHeading, viewHead } from './view-parts.ts';

type Panel = (report: AuditReport, context: ViewContext) => Block[];

const PURPOSE: Text = say(
  'The funnel in four panels: lead conversion, follow-up, quote errors and forecast.',
  '漏斗四格汇总：线索转化率、跟进效率、报价错误、业绩预测。',
);
const PANELS: readonly (readonly [Text, Panel])[] = [
  [say('Lead conversion', '线索转化率'), conversionPanel],
  [say('Follow-up', '跟进效率'), followUpPanel],
  [say('Quote errors', '报价错误'), quotePanel],
  [say('Forecast', '业绩预测'), forecastPanel],
];

export default defineView({
  view: 'summary',
  title: { en: 'Summary', zh: '四格汇总' },
  purpose: PURPOSE,
  blocks: (report, context) => [
    viewHead(report, PURPOSE, [], context.translator),
    ...PANELS.flatMap(([title, panel]) => [partHeading(title, context.translator), ...panel(report, context)]),
  ],
});
