import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Draft, OrderEvidence, StageDraft, StageFacts, StageGroup, StagesDraft, StageWord } from './draft.ts';
import { roundedUp } from './stage-facts.ts';
import { flowList, flowMap, scalar, shortened } from './yaml-text.ts';

const LONGEST_WORD = 60;
const MOST_STRANGERS = 30;

const ORDERED: Readonly<Record<OrderEvidence, Text>> = {
  journeys: say('as deals move through them', '按商机实际流转的先后'),
  'sort-column': say('by the column that sorts them', '按文件中的阶段排序列'),
  numbers: say('by the numbers in their names', '按阶段名中的编号'),
  probability: say('by the probability of their deals', '按各阶段商机的赢率'),
  known: say('as the packs list them', '按规则包中的顺序'),
  age: say('CHECK: guessed by the age of their deals', '请确认：按商机创建先后推测'),
  rows: say('CHECK: guessed by the number of their deals', '请确认：按商机数量推测'),
  user: say('as you said', '由你指定'),
};

function labelText({ label }: StageDraft): string {
  return label.en === label.zh ? scalar(label.en) : flowMap({ en: scalar(label.en), zh: scalar(label.zh) });
}

function remarksOf(stage: StageDraft, facts: StageFacts | undefined, translator: Translator): string {
  const part = (en: string, zh: string, args = {}): string => translator.text(say(en, zh), args);
  const { probability = null, p90Days = null, visits = 0 } = facts ?? {};
  const isAbsent = stage.words.length === 0;
  const parts = [
    isAbsent ? part('not in this file', '本文件中没有') : part('rows: {rows}', '{rows} 行', { rows: stage.rows }),
    ...(probability === null ? [] : [part('probability as observed', '赢率为实测中位数')]),
    ...(p90Days === null
      ? []
      : [part('max_dwell: observed p90 of {visits} visits', 'max_dwell 取自 {visits} 次停留的实测 p90', { visits })]),
    ...(stage.unplaced ? [part('MOVE: its place in the funnel is not known', '请移到正确的位置：顺序未知')] : []),
  ];
  return parts.join(translator.lang === 'zh' ? '；' : '; ');
}

function stageLine(
  stage: StageDraft,
  facts: StageFacts | undefined,
  require: readonly string[],
  translator: Translator,
): string {
  const { probability = null, p90Days = null } = facts ?? {};
  const entry = flowMap({
    id: scalar(stage.id),
    label: labelText(stage),
    kind: stage.kind === 'open' ? null : stage.kind,
    match: flowList(stage.match),
    probability: probability === null ? null : `${Math.round(probability * 100)}%`,
    max_dwell: p90Days === null ? null : `${roundedUp(p90Days)}d`,
    require: require.length === 0 ? null : flowList(require),
  });
  return `  - ${entry} # ${remarksOf(stage, facts, translator)}`;
}

function wordWithRows({ text, rows }: StageWord, translator: Translator): string {
  return `${translator.value(shortened(text, LONGEST_WORD))} (${translator.number(rows)})`;
}

function strangerLines({ strangers }: StagesDraft, translator: Translator): string[] {
  if (strangers.length === 0) return [];
  const shown = strangers.slice(0, MOST_STRANGERS).map((word) => wordWithRows(word, translator));
  const rest = strangers.length - shown.length;
  const more = rest === 0 ? [] : [translator.text(say('and {rest} more', '等另外 {rest} 个'), { rest })];
  const title = translator.text(say('Not taken for stages (rows): ', '没有当作阶段的写法（行数）：'));
  return [`# ${title}${[...shown, ...more].join(', ')}`];
}

function knownLines(known: readonly StageGroup[], { pack }: Draft, translator: Translator): string[] {
  const title = translator.text(
    say(
      'Stages: those of the pack {pack}, which has every one of these words (rows).',
      '阶段：沿用规则包 {pack}，它认得下列全部写法（行数）。',
    ),
    { pack: pack ?? '' },
  );
  const lines = known.map(({ words, known: stage }) => {
    const names = words.map((word) => wordWithRows(word, translator)).join(', ');
    return `#   ${translator.value(stage?.id ?? '')}: ${names}`;
  });
  return [`# ${title}`, ...lines];
}

function withoutList(draft: Draft, translator: Translator): string[] {
  const { known, header, tooMany } = draft.stages;
  if (known.length > 0) return knownLines(known, draft, translator);
  if (tooMany !== null) {
    const text = say(
      'Stages: {header} has {count} different values and is no list of stages.',
      '阶段：{header} 列有 {count} 种取值，不像阶段列表。',
    );
    return [`# ${translator.text(text, { header: shortened(header ?? '', LONGEST_WORD), count: tooMany })}`];
  }
  const text =
    header === null
      ? say(
          'Stages: no column says which stage a deal is in. Add it to the export, or name it under fields:',
          '阶段：没有阶段列。请在导出时加上，或在 fields: 里写明：',
        )
      : say(
          'Stages: no row has one, so those of the packs are in force.',
          '阶段：没有任何一行有阶段，沿用规则包的阶段。',
        );
  const example = header === null ? ['#   fields: {stage: {column: "…"}}'] : [];
  return [`# ${translator.text(text)}`, ...example];
}

/** The `stages:` section, or why there is none. */
export function stagesSection(draft: Draft, translator: Translator): string[] {
  const { stages, required } = draft;
  const strangers = strangerLines(stages, translator);
  if (stages.list === null) return ['', ...withoutList(draft, translator), ...strangers];
  const title = translator.text(say('in funnel order: {order}', '按漏斗顺序：{order}'), {
    order: { text: ORDERED[stages.orderedBy] },
  });
  const lines = stages.list.map((stage, index) =>
    stageLine(stage, stages.facts[index], required.ofStages[index] ?? [], translator),
  );
  return ['', `stages: # ${title}`, ...lines, ...strangers];
}
