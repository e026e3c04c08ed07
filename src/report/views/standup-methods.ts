import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { ScorecardsResult } from '../../metrics/owners/owner-scorecards.ts';
import { differenceLines, unrankedText } from '../../metrics/owners/owner-scorecards-words.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport } from '../report.ts';
import { cut, lacksOf, lackText } from './view-parts.ts';

const NOT_COMPUTED: Text = say('Not known: the report has no scorecards.', '无法判断：报告中没有负责人记分卡。');
const TOP: Text = say('{place} {name} {rate} of {of}', '{place} {name} {rate}（{of} 单）');
const RATED = {
  matured: say('won within {window} of creation', '创建后 {window}内赢单率'),
  closed: say('won of closed', '赢单/已关闭'),
} as const satisfies Record<string, Text>;
const MOST_LINES = 3;
const MOST_NAMES = 3;
/** A text of a file never takes more, however wide the screen. */
const LONGEST = 24;

/** The best reps and what they do differently, or why nobody is named. */
export interface TopMethods {
  /** What the reps are compared by; empty where they are not. */
  readonly facts: string;
  readonly lines: readonly string[];
}

function podiumOf({ owners }: ScorecardsResult, translator: Translator): string[] {
  return owners.cards
    .filter(({ rank }) => rank !== null)
    .slice(0, MOST_NAMES)
    .map(({ rank, value, comparedRate }) => {
      const rate = translator.percent(comparedRate.value, 0);
      return translator.text(TOP, { place: rank, name: cut(value, LONGEST, translator), rate, of: comparedRate.of });
    });
}

/** The top reps and what they do differently, or why nothing is said of it: no more than a few lines. */
export function methodsOf(report: AuditReport, translator: Translator): TopMethods {
  const result = resultOf<ScorecardsResult>(report, 'ownerScorecards');
  if (result === null) {
    const isLacking = lacksOf(report, ['ownerScorecards']).length > 0;
    return {
      facts: '',
      lines: [isLacking ? lackText(report, 'ownerScorecards', translator) : translator.text(NOT_COMPUTED)],
    };
  }
  const { basis, windowDays } = result.owners.ranking;
  const facts = translator.text(RATED[basis], { window: { days: windowDays ?? 0 } });
  const unranked = unrankedText(result.practices, translator);
  if (unranked !== null) return { facts, lines: [unranked] };
  const podium = podiumOf(result, translator).join(' · ');
  return { facts, lines: [podium, ...differenceLines(result.practices, translator)].slice(0, MOST_LINES) };
}
