import { overviewBlocks } from '../overview.ts';
import { defineView } from './view.ts';

export default defineView({
  view: 'full',
  title: { en: 'Everything', zh: '完整报告' },
  purpose: {
    en: 'The whole report with every metric there is input for, and what the others lack.',
    zh: '完整报告：列出所有能计算的指标，并说明其余指标缺什么。',
  },
  blocks: (report, context) => overviewBlocks(report, context, 'all'),
});
