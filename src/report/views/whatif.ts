import { say, type Text } from '../../i18n/text.ts';
import type { WhatIfResult } from '../../metrics/conversion/what-if.ts';
import { whatIfBlocks } from '../../metrics/conversion/what-if-blocks.ts';
import { resultOf } from '../metric-result.ts';
import { defineView } from './view.ts';
import { cannotShow, viewHead } from './view-parts.ts';

const PURPOSE: Text = say(
  'What better steps would bring in a year, in deals and money, by arithmetic that anyone can check.',
  '各步转化率提升后一年能多赢多少单、多少钱，算法人人可核对。',
);

export default defineView({
  view: 'whatif',
  title: { en: 'What if', zh: '提升测算' },
  purpose: PURPOSE,
  blocks: (report, { translator }) => {
    const result = resultOf<WhatIfResult>(report, 'whatIf');
    const head = viewHead(report, PURPOSE, [], translator);
    return result === null
      ? [head, cannotShow(report, 'whatIf', translator)]
      : [head, ...whatIfBlocks(result, translator)];
  },
});
