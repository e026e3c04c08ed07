import { say, type Text } from '../../i18n/text.ts';
import type { HeatMapResult } from '../../metrics/owners/heat-map.ts';
import { type HeatFigure, heatNote, heatTable, sheetTitle } from '../../metrics/owners/heat-map-blocks.ts';
import { heading } from '../document.ts';
import { defineView } from './view.ts';
import { lacksOf, resultOf, viewHead } from './view-parts.ts';

const MOST_ROWS = 20;
const FIGURES: readonly HeatFigure[] = ['loss', 'dwell'];
const PURPOSE: Text = say(
  'Where deals are lost and where they wait: each stage by owner, segment and period of entry.',
  '单子在哪里流失、在哪里停留：各阶段按负责人、细分和进入时段查看。',
);

export default defineView({
  view: 'heatmap',
  title: { en: 'Heat map', zh: '热力图' },
  purpose: PURPOSE,
  blocks: (report, { translator }) => {
    const result = resultOf<HeatMapResult>(report, 'heatMap');
    const head = viewHead(report, PURPOSE, lacksOf(report, ['heatMap']), translator);
    if (result === null) return [head];
    const sheets = result.sheets.filter(({ columns }) => columns.length > 0);
    return [
      head,
      heatNote(translator),
      ...sheets.flatMap((sheet) => [
        heading(2, sheetTitle(sheet, result.period, translator)),
        ...FIGURES.map((figure) => heatTable(result, sheet, figure, translator, MOST_ROWS)),
      ]),
    ];
  },
});
