import { createHeaderTest } from '../../dataset/columns/mapping.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { stageHeaders } from '../../dataset/journeys/stage-headers.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { LOST_STAGE } from './conversion-snapshot.ts';

/** What the table itself has, or nearly has, to turn bounds into rates. */
export type Remedy =
  /** A column that seems to hold the stage at which deals were lost, and that no field reads. */
  | { readonly by: 'lostStage'; readonly header: string }
  /** Columns date the entry to some open stages (ids) and not to others. */
  | { readonly by: 'stageDates'; readonly dated: readonly string[]; readonly lacking: readonly string[] }
  /** A column that dates the present stage alone. */
  | { readonly by: 'stageEntered'; readonly header: string };

/** How such a column is called: “last open stage”, “stage at loss”, 输单时所处阶段. */
const LOST_STAGE_HEADERS: readonly RegExp[] = [
  /^(?:last|final|previous|prior|lost)[ _](?:open |active )?(?:deal |sales )?stage$/iu,
  /^(?:deal |sales )?stage[ _](?:at|when|before|of)[ _](?:loss|lost|closing|close|closed lost)$/iu,
  /^(?:输单|丢单|流失|战败)(?:前|时)?(?:所处|所在)?的?(?:商机|销售)?阶段$/u,
  /^(?:最后|上一|上个|前一)(?:个)?(?:在途|有效|进行中的?)?(?:商机|销售)?阶段$/u,
];

function dealHeaders({ inputs }: Dataset): readonly string[] {
  return inputs.find(({ role }) => role === 'deals')?.mapping.map(({ header }) => header.trim()) ?? [];
}

/** Whether a header is about a stage and is no bare `Stage`: few are, and the patterns take time to be made ready. */
function isAboutStage(header: string): boolean {
  const upper = header.toUpperCase();
  return upper.includes('阶段') || (upper !== 'STAGE' && upper.includes('STAGE'));
}

function lostStageRemedy(dataset: Dataset): readonly Remedy[] {
  if (dataset.columns.has(LOST_STAGE)) return [];
  const header = dealHeaders(dataset).find(
    (text) => isAboutStage(text) && LOST_STAGE_HEADERS.some((form) => form.test(text)),
  );
  return header === undefined ? [] : [{ by: 'lostStage', header }];
}

function stageDatesRemedy(dataset: Dataset): readonly Remedy[] {
  const { stages, fields } = dataset;
  const entered = stageHeaders(dealHeaders(dataset), stages, createHeaderTest(fields)).filter(
    ({ measure }) => measure === 'entered',
  );
  const has = new Set(entered.map(({ stage }) => stage));
  const open = stages.flatMap(({ id, kind }, stage) => (kind === 'open' ? [{ id, isDated: has.has(stage) }] : []));
  const dated = open.flatMap(({ id, isDated }) => (isDated ? [id] : []));
  const lacking = open.flatMap(({ id, isDated }) => (isDated ? [] : [id]));
  return dated.length === 0 || lacking.length === 0 ? [] : [{ by: 'stageDates', dated, lacking }];
}

function stageEnteredRemedy({ columns }: Dataset): readonly Remedy[] {
  const column = columns.get('stage_entered');
  return column === undefined ? [] : [{ by: 'stageEntered', header: column.header }];
}

/** What a table without history has to offer, the best first. */
export function snapshotRemedies(dataset: Dataset): readonly Remedy[] {
  return [...lostStageRemedy(dataset), ...stageDatesRemedy(dataset), ...stageEnteredRemedy(dataset)];
}

const TEXTS: Readonly<Record<Remedy['by'], Text>> = {
  lostStage: {
    en: 'The column “{header}” looks like the stage at which deals were lost. Read as the field lost_stage (under fields: in the rules file), it narrows the bounds.',
    zh: '“{header}”列看起来是输单时所处的阶段。在规则文件的 fields: 中把它定义为 lost_stage 字段，区间就会收窄。',
  },
  stageDates: {
    en: 'Columns date the entry to {dated}, but not to {lacking}. With those as well, the rates are exact.',
    zh: '已有 {dated} 的进入日期，缺 {lacking} 的。补齐后即可得到准确值。',
  },
  stageEntered: {
    en: 'The column “{header}” dates the present stage alone. Earlier exports of the same list, given with --previous, show the moves between them.',
    zh: '“{header}”列只记录进入当前阶段的时间。用 --previous 提供同一清单的更早导出，就能看到其间的阶段变更。',
  },
};

export function remedyText(remedy: Remedy, translator: Translator): string {
  const text = TEXTS[remedy.by];
  if (remedy.by !== 'stageDates') return translator.text(text, { header: remedy.header });
  const list = (ids: readonly string[]) => ({ list: ids.map((stage) => ({ stage })) });
  return translator.text(text, { dated: list(remedy.dated), lacking: list(remedy.lacking) });
}
