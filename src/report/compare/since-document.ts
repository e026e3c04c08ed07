import { say } from '../../i18n/text.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { type Block, callout, type Document, heading, type Inline, paragraph, span } from '../document.ts';
import type { Comparison } from './comparison.ts';
import type { FindingChanges } from './finding-changes.ts';
import { changeText, headlineText, headlineTitle, verdictSpan } from './headline-blocks.ts';
import { type HeadlineChange, isOfFewDeals } from './headline-changes.ts';
import type { HeadlineName } from './headlines.ts';
import { noteText } from './notes.ts';
import { pipelineLines } from './pipeline-blocks.ts';

/** Rules and figures that a short text has room for. */
const MOST_RULES = 4;
const MOST_FIGURES = 5;
/** The figures to tell of when nothing else stands out, in order. */
const USUAL: readonly HeadlineName[] = ['winRate', 'completeness', 'pastDue', 'stalled', 'cycle', 'score'];

function findingsItem({ new: added, gone, rules }: FindingChanges, translator: Translator): Inline {
  const text = say('findings: {new} new, {gone} gone', '问题：新增 {new}，消失 {gone}');
  const changed = rules
    .filter((rule) => rule.comparable && rule.new + rule.gone > 0)
    .toSorted((a, b) => b.new + b.gone - (a.new + a.gone));
  const named = changed
    .slice(0, MOST_RULES)
    .map((rule) => [
      translator.value(rule.rule),
      rule.new > 0 ? `+${rule.new}` : '',
      rule.gone > 0 ? `-${rule.gone}` : '',
    ])
    .map((parts) => parts.filter((part) => part !== '').join(' '));
  const more = changed.length - named.length;
  const rest = more > 0 ? [translator.text(say('{more} more rules', '另有 {more} 条规则'), { more })] : [];
  const details = [...named, ...rest].join(' · ');
  return [translator.text(text, { new: added, gone }), span(details === '' ? '' : `  ${details}`, 'muted')];
}

function isWorthTelling(change: HeadlineChange): boolean {
  return change.change !== null && change.part === null && USUAL.includes(change.figure) && !isOfFewDeals(change);
}

/** What is surely better or worse first, then the usual figures. */
function figureItems(changes: readonly HeadlineChange[], translator: Translator): Inline[] {
  const sure = changes.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  const usual = changes
    .filter((change) => isWorthTelling(change) && !sure.includes(change))
    .toSorted((a, b) => USUAL.indexOf(a.figure) - USUAL.indexOf(b.figure));
  return [...sure, ...usual].slice(0, MOST_FIGURES).map((change): Inline => {
    const value = headlineText(change.after, translator);
    const text = say('{title}: {value}, {change}', '{title}：{value}，{change}');
    const args = { title: headlineTitle(change, translator), value, change: changeText(change, translator) };
    const verdict = verdictSpan(change, translator);
    return [translator.text(text, args), ...(verdict === '' ? [] : ['  ', ...verdict])];
  });
}

/** What changed since an earlier report, in a few lines under the report of today. */
export function sinceDocument(comparison: Comparison, lang: Translator['lang']): Document {
  const translator = createTranslator(lang, comparison.labels);
  const { before, after, days, notes, pipeline, findings, metrics } = comparison;
  const title = say('Since the last one ({date}, {days} ago)', '与上次相比（{date}，{days}前）');
  const whole = say('All of it: funnelint compare {before} {after}', '完整对照：funnelint compare {before} {after}');
  const blocks: Block[] = [
    heading(1, translator.text(title, { date: { date: before.date }, days: { days } })),
    ...notes.map((note) => callout('muted', noteText(note, translator))),
    {
      type: 'list',
      items: [
        findingsItem(findings, translator),
        ...(pipeline === null ? [] : pipelineLines(pipeline, translator)),
        ...figureItems(metrics, translator),
      ],
    },
    paragraph([span(translator.text(whole, { before: before.file, after: after.file }), 'muted')]),
  ];
  return blocks;
}
