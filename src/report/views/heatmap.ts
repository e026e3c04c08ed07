import { say, type Text } from '../../i18n/text.ts';
import type { HeatMapResult } from '../../metrics/owners/heat-map.ts';
import { type HeatFigure, heatNote, heatTables, sheetTitle } from '../../metrics/owners/heat-map-blocks.ts';
import { heading, paragraph } from '../document.ts';
import { resultOf } from '../metric-result.ts';
import { defineView } from './view.ts';
import { cannotShow, viewHead } from './view-parts.ts';

const MOST_COLUMNS = 12;
const FIGURES: readonly HeatFigure[] = ['loss', 'dwell'];
const PURPOSE: Text = say(
  'Where deals are lost and where they wait: each stage by owner, segment and period of entry.',
  '单子在哪里流失、在哪里停留：各阶段按负责人、细分和进入时段查看。',
);
const NOTHING: Text = say('No deal has a stage yet.', '还没有单进入任何阶段。');

export default defineView({
  view: 'heatmap',
  title: { en: 'Heat map', zh: '热力图' },
  purpose: PURPOSE,
  blocks: (report, { translator }) => {
    const result = resultOf<HeatMapResult>(report, 'heatMap');
    const head = viewHead(report, PURPOSE, [], translator);
    if (result === null) return [head, cannotShow(report, 'heatMap', translator)];
    const isKnown = result.all.some(({ loss }) => loss.of > 0);
    const sheets = isKnown ? result.sheets.filter(({ columns }) => columns.length > 0) : [];
    if (sheets.length === 0) return [head, paragraph(translator.text(NOTHING))];
    return [
      head,
      heatNote(sheets, translator),
      ...sheets.flatMap((sheet) => [
        heading(2, sheetTitle(sheet, result.period, translator)),
        ...FIGURES.flatMap((figure) => heatTables(result, sheet, figure, translator, MOST_COLUMNS)),
      ]),
    ];
  },
});
