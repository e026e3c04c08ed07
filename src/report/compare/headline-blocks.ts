import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type Tone } from '../document.ts';
import { type HeadlineChange, isOfFewDeals } from './headline-changes.ts';
import { HEADLINES, type Headline } from './headlines.ts';

const VERDICTS: Readonly<Record<NonNullable<HeadlineChange['verdict']>, { readonly text: Text; readonly tone: Tone }>> =
  {
    better: { text: say('better', '变好'), tone: 'good' },
    worse: { text: say('worse', '变差'), tone: 'bad' },
    withinNoise: { text: say('within noise', '在偶然波动之内'), tone: 'muted' },
  };

/** Name of a headline figure with the stage or currency it is of. */
export function headlineTitle({ figure, part }: Pick<Headline, 'figure' | 'part'>, translator: Translator): string {
  const kind = HEADLINES[figure];
  const title = translator.text(kind.title);
  if (part === null || (kind.part === 'currency' && part === NO_CURRENCY)) return title;
  return `${title} · ${kind.part === 'stage' ? translator.stage(part) : translator.value(part)}`;
}

/** A headline figure without its base. */
export function headlineValue(
  { figure, part, value }: Pick<Headline, 'figure' | 'part' | 'value'>,
  translator: Translator,
): string {
  switch (HEADLINES[figure].unit) {
    case 'rate':
      return translator.percent(value);
    case 'days':
      return translator.days(value);
    case 'money':
      return translator.money(value, part);
    default:
      return translator.number(value, figure === 'score' ? 0 : undefined);
  }
}

/** A headline figure with the counts behind it: as much of a percentage as they bear. */
export function headlineText(headline: Headline | null, translator: Translator): string {
  if (headline === null) return translator.value(null);
  const { value, count, of } = headline;
  if (HEADLINES[headline.figure].unit === 'rate' && count !== null && of !== null && value !== null) {
    return translator.share(count, of);
  }
  const text = headlineValue(headline, translator);
  if (value === null || of === null) return text;
  return translator.text(say('{text} (n {of})', '{text}（n {of}）'), { text, of });
}

/** The text of a number with its plus; a minus it has already. */
export function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** One decimal with its sign; what rounds to nothing has none. */
function signedTenths(value: number): string {
  const text = value.toFixed(1);
  return Number(text) === 0 ? '0.0' : signed(value, text);
}

/** A difference of a headline figure: rates in percentage points, amounts as they are. */
export function differenceText(of: Pick<Headline, 'figure' | 'part'>, value: number, translator: Translator): string {
  if (HEADLINES[of.figure].unit !== 'rate') return signed(value, headlineValue({ ...of, value }, translator));
  return translator.text(say('{points} pp', '{points} 个百分点'), { points: signedTenths(value * 100) });
}

/** A change as people say it; nothing for rates of a few deals. */
export function changeText(change: HeadlineChange, translator: Translator): string {
  if (isOfFewDeals(change)) return '';
  return change.change === null ? translator.value(null) : differenceText(change, change.change, translator);
}

function intervalText(change: HeadlineChange): string {
  const { figure, interval } = change;
  if (interval === null || isOfFewDeals(change)) return '';
  const scale = HEADLINES[figure].unit === 'rate' ? 100 : 1;
  const [low, high] = interval.map((limit) => (limit === null ? null : signedTenths(limit * scale)));
  return `${low ?? '−∞'} … ${high ?? '+∞'}`;
}

/** The verdict of a change in a word, empty where there is none. */
export function verdictSpan({ verdict }: HeadlineChange, translator: Translator): Inline {
  if (verdict === null) return '';
  const { text, tone } = VERDICTS[verdict];
  return [span(translator.text(text), tone)];
}

const NOTE = say(
  'Range: 95% interval of the change. Most deals are in both reports, so it is rather too wide: “better” and “worse” hold, “within noise” may still hide a small change.',
  '范围：变化量的 95% 区间。两次报告有大量相同的商机，区间偏宽：“变好”“变差”可信，“在偶然波动之内”也可能有小的变化。',
);

/** The headline figures before and now, with their change and whether it is more than noise. */
export function headlineBlocks(all: readonly HeadlineChange[], translator: Translator): Block[] {
  const isKnown = ({ before, after }: HeadlineChange): boolean => (before?.value ?? after?.value ?? null) !== null;
  const changes = all.filter(isKnown);
  if (changes.length === 0) return [];
  const isJudged = changes.some((change) => intervalText(change) !== '');
  const column = (title: Text, align: 'left' | 'right', priority: number) => ({
    title: translator.text(title),
    align,
    priority,
  });
  const judgement = [column(say('Verdict', '判断'), 'left', 0), column(say('Range', '范围'), 'left', 2)];
  return [
    heading(2, translator.text(say('Figures', '指标变化'))),
    {
      type: 'table',
      columns: [
        { ...column(say('Figure', '指标'), 'left', 0), wrapTo: 24 },
        column(say('Now', '现在'), 'right', 0),
        column(say('Change', '变化'), 'right', 0),
        ...(isJudged ? judgement : []),
        column(say('Before', '之前'), 'right', 1),
      ],
      rows: changes.map((change): Inline[] => [
        headlineTitle(change, translator),
        headlineText(change.after, translator),
        changeText(change, translator),
        ...(isJudged ? [verdictSpan(change, translator), [span(intervalText(change), 'muted')]] : []),
        headlineText(change.before, translator),
      ]),
    },
    ...(isJudged ? [paragraph([span(translator.text(NOTE), 'muted')])] : []),
  ];
}
