import { say } from '../../i18n/text.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { type Block, callout, type Document, heading, type Inline, paragraph, span } from '../document.ts';
import type { ComparedSide, Comparison } from './comparison.ts';
import { dealBlocks } from './deal-blocks.ts';
import type { FindingChange, FindingChanges } from './finding-changes.ts';
import { headlineBlocks } from './headline-blocks.ts';
import { noteText } from './notes.ts';
import { pipelineBlocks } from './pipeline-blocks.ts';

function sideLine({ file, date, rows }: ComparedSide, translator: Translator): Inline {
  const facts = translator.text(say('as of {date} · {rows} deals', '基准日 {date} · {rows} 条商机'), {
    date: { date },
    rows,
  });
  return [span(translator.value(file), 'strong'), span(`  ${facts}`, 'muted')];
}

function headBlocks({ before, after, days, notes }: Comparison, translator: Translator): Block[] {
  const title = say('{before} → {after} ({days})', '{before} → {after}（{days}）');
  const dates = { before: { date: before.date }, after: { date: after.date }, days: { days } };
  return [
    heading(1, translator.text(title, dates)),
    { type: 'list', items: [sideLine(before, translator), sideLine(after, translator)] },
    ...notes.map((note) => callout('muted', noteText(note, translator))),
  ];
}

function hasChanged(rule: FindingChange): boolean {
  return rule.new > 0 || rule.gone > 0;
}

function findingRow(rule: FindingChange, translator: Translator): Inline[] {
  const remark = rule.comparable ? '' : translator.text(say('judged in one report only', '只有一次报告判断过'));
  return [
    translator.value(rule.rule),
    translator.number(rule.before),
    rule.new === 0 ? '' : [span(`+${translator.number(rule.new)}`, rule.comparable ? 'bad' : 'muted')],
    rule.gone === 0 ? '' : [span(`-${translator.number(rule.gone)}`, rule.comparable ? 'good' : 'muted')],
    translator.number(rule.after),
    [span(remark, 'muted')],
  ];
}

function findingBlocks(findings: FindingChanges, translator: Translator): Block[] {
  const changed = findings.rules.filter(hasChanged);
  const summary = say('{new} new, {gone} gone, {kept} still there', '新增 {new}，消失 {gone}，仍在 {kept}');
  const { new: added, gone, kept } = findings;
  const isRemarked = changed.some(({ comparable }) => !comparable);
  const column = (en: string, zh: string, align: 'left' | 'right', priority: number) => ({
    title: translator.text(say(en, zh)),
    align,
    priority,
  });
  return [
    heading(2, translator.text(say('Findings', '问题变化'))),
    paragraph(translator.text(summary, { new: added, gone, kept })),
    ...(changed.length === 0
      ? []
      : [
          {
            type: 'table' as const,
            columns: [
              column('Rule', '规则', 'left', 0),
              column('Before', '之前', 'right', 1),
              column('New', '新增', 'right', 0),
              column('Gone', '消失', 'right', 0),
              column('Now', '现在', 'right', 1),
              ...(isRemarked ? [column('', '', 'left', 2)] : []),
            ],
            rows: changed
              .map((rule) => findingRow(rule, translator))
              .map((row) => (isRemarked ? row : row.slice(0, -1))),
          },
        ]),
  ];
}

/** A comparison as people read it; `maxDeals` is how many deals are shown of each change. */
export function comparisonDocument(
  comparison: Comparison,
  { lang, maxDeals }: { readonly lang: Translator['lang']; readonly maxDeals: number },
): Document {
  const translator = createTranslator(lang, comparison.labels);
  const { before, after, deals, pipeline, findings, metrics } = comparison;
  const days = { start: before.date, end: after.date };
  return [
    ...headBlocks(comparison, translator),
    ...(pipeline === null ? [] : pipelineBlocks(pipeline, days, translator)),
    ...(deals === null ? [] : dealBlocks(deals, days, maxDeals, translator)),
    ...findingBlocks(findings, translator),
    ...headlineBlocks(metrics, translator),
  ];
}
