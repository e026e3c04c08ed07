import type { StageKind } from '../../ruleset/ruleset.ts';
import type { ColumnContents } from './column-contents.ts';
import type { ContentScore } from './content-scores.ts';

const NO_SCORE: ContentScore = { alone: 0, agrees: 0, matched: 0 };
const NEARLY_ALL = 0.95;
const POSSIBLE = 0.45;
const FEWEST_CLOSED = 2;

/** Share of the won and lost deals that stand at the ends of the scale, NaN where there are too few of them. */
function closedAtEnds(
  contents: ColumnContents,
  stage: ColumnContents,
  kinds: readonly StageKind[],
  top: number,
): number {
  const shareOf = new Map(contents.profile.codes.map((code, at) => [code, contents.numbers[at] as number]));
  const kindOf = new Map(stage.profile.codes.map((code, at) => [code, kinds[stage.stages[at] as number]]));
  const { codes } = contents.profile.raw;
  const stageCodes = stage.profile.raw.codes;
  let closed = 0;
  let fitting = 0;
  for (let row = 0; row < codes.length; row++) {
    const kind = kindOf.get(stageCodes[row] as number);
    const value = shareOf.get(codes[row] as number);
    if ((kind !== 'won' && kind !== 'lost') || value === undefined) continue;
    closed++;
    if (value === (kind === 'won' ? top : 0)) fitting++;
  }
  return closed < FEWEST_CLOSED ? Number.NaN : fitting / closed;
}

/**
 * How far a column speaks for the probability of winning: percents, or numbers of such a scale, which are 100 % on won
 * deals and 0 % on lost ones. Other percents are possible and no more.
 */
export function scoreProbability(
  contents: ColumnContents,
  stage: ColumnContents | null,
  kinds: readonly StageKind[],
): ContentScore {
  const { profile, numbers, numberShare, percentShare, moneyShare, booleanShare } = contents;
  if (numberShare < NEARLY_ALL || profile.filled === 0 || moneyShare > percentShare + 0.5) return NO_SCORE;
  const most = numbers.reduce((top, value) => Math.max(top, value), 0);
  const inRange = numbers.every((value) => Number.isNaN(value) || (value >= 0 && value <= 100));
  if (!inRange || most === 0) return NO_SCORE;
  const matched = Math.round(numberShare * profile.filled);
  const possible = { alone: percentShare >= NEARLY_ALL ? POSSIBLE : 0, agrees: numberShare, matched };
  if (stage === null || booleanShare === 1) return possible;
  const fitting = closedAtEnds(contents, stage, kinds, most > 1 ? 100 : 1);
  if (Number.isNaN(fitting)) return possible;
  return { ...possible, alone: fitting >= NEARLY_ALL ? 0.85 : 0 };
}
