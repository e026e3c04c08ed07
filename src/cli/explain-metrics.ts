import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Metric } from '../metrics/define.ts';
import { METRICS } from '../metrics/index.ts';
import { type Block, type Document, heading, paragraph, span } from '../report/document.ts';

/** What `funnelint explain` knows the page of all metrics by. */
export const METRICS_PAGE = 'metrics';

const TITLE = say('How the numbers are made', '指标口径说明');
const INTRODUCTION = say(
  'Every metric of the report: what it says and how it is computed. Each stands under its key in the JSON report.',
  '报告中的每个指标：含义与计算方法。key 为 JSON 报告中的键。',
);
const MADE = say(
  'Made from the code by `npm run docs`. Changes made here are lost.',
  '由代码生成（`npm run docs`），请勿直接修改。',
);
const COLUMNS = {
  key: say('key', 'key'),
  title: say('Metric', '指标'),
  definition: say('What it says', '含义'),
  formula: say('Formula', '公式'),
} as const;
const NAMED = say('{name}: {text}', '{name}：{text}');
const SHOWN = {
  main: say('Stands in every report for people.', '在每份报告中显示。'),
  glance: say(
    'Stands in the first table of every report for people; by itself with `--view full`.',
    '见每份报告的首张表；加 `--view full` 可单独查看。',
  ),
  breakdown: say(
    'Stands in the JSON report, and for people with `--by` or `--view full`.',
    '见 JSON 报告；加 `--by` 或 `--view full` 可在屏幕上查看。',
  ),
  further: say(
    'Stands in the JSON report, and for people with `--view full`.',
    '见 JSON 报告；加 `--view full` 可在屏幕上查看。',
  ),
} as const;

/** A metric for programs. */
export function metricJson({ metric, title, definition, formula, place }: Metric): unknown {
  return { metric, title, definition, formula, place };
}

/** The metric of a key, whatever its case. */
export function metricOf(name: string): Metric | undefined {
  const wanted = name.toLowerCase().replaceAll(/[-_]/g, '');
  return METRICS.find(({ metric }) => metric.toLowerCase() === wanted);
}

/** The page of one metric. */
export function metricDocument(
  { metric, title, definition, formula, place }: Metric,
  translator: Translator,
): Document {
  const rows: [Text, string][] = [
    [COLUMNS.definition, translator.text(definition)],
    [COLUMNS.formula, translator.text(formula)],
  ];
  return [
    heading(1, `${metric} · ${translator.text(title)}`),
    ...rows.map(([name, text]) => paragraph(translator.text(NAMED, { name: translator.text(name), text }))),
    paragraph(translator.text(SHOWN[place])),
  ];
}

/** A metric in three lines: what it is called, what it says, how it is computed. */
function metricBlocks({ metric, title, definition, formula }: Metric, translator: Translator): Block[] {
  return [
    paragraph([span(translator.text(title), 'strong'), span(`  ${metric}`, 'muted')]),
    paragraph(translator.text(definition), 1),
    paragraph([span(translator.text(formula), 'muted')], 1),
  ];
}

/** The page of all metrics. */
export function metricsDocument(translator: Translator): Document {
  return [
    heading(1, translator.text(TITLE)),
    paragraph(translator.text(INTRODUCTION)),
    ...METRICS.flatMap((metric) => metricBlocks(metric, translator)),
  ];
}

/** The same as a page of Markdown, which people read before they trust a number. */
export function metricsMarkdown(lang: 'en' | 'zh'): string {
  const cell = (text: Text): string => text[lang].replaceAll('|', '\\|');
  const head = [COLUMNS.title, COLUMNS.definition, COLUMNS.formula].map((name) => name[lang]);
  const rows = METRICS.map(({ metric, title, definition, formula }) =>
    [`${cell(title)} \`${metric}\``, cell(definition), cell(formula)].join(' | '),
  );
  const table = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`).join('\n');
  const made = `<!-- ${MADE[lang]} -->`;
  return `${[`# ${TITLE[lang]}`, made, INTRODUCTION[lang], table].join('\n\n')}\n`;
}
