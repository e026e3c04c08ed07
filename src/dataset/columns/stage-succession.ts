import type { ColumnContents } from './column-contents.ts';

/** Steps that are looked at; more add nothing. */
const FEWEST_STEPS = 2;
const NEARLY_ALL = 0.9;

/** One a code of the raw column: what `valueAt` gives for its text, NaN for texts not looked at. */
function ofCodes({ profile }: ColumnContents, valueAt: (at: number) => number): Float64Array {
  const values = new Float64Array(profile.raw.values.length).fill(Number.NaN);
  for (const [at, code] of profile.codes.entries()) values[code] = valueAt(at);
  return values;
}

interface Step {
  readonly deal: number;
  readonly day: number;
  readonly one: number;
  readonly other: number;
}

function stepsOf(one: ColumnContents, other: ColumnContents, deal: ColumnContents, time: ColumnContents): Step[] {
  const oneOf = ofCodes(one, (at) => one.stages[at] as number);
  const otherOf = ofCodes(other, (at) => other.stages[at] as number);
  const lookedAt = ofCodes(deal, () => 1);
  const dayOf = ofCodes(time, (at) => time.millis?.[at] ?? Number.NaN);
  const steps: Step[] = [];
  const { codes } = deal.profile.raw;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const day = dayOf[time.profile.raw.codes[row] as number] ?? Number.NaN;
    if (lookedAt[code] !== 1 || Number.isNaN(day)) continue;
    const stageOf = (values: Float64Array, { profile }: ColumnContents): number =>
      values[profile.raw.codes[row] as number] ?? -1;
    steps.push({ deal: code, day, one: stageOf(oneOf, one), other: stageOf(otherOf, other) });
  }
  return steps.sort((a, b) => a.deal - b.deal || a.day - b.day);
}

/**
 * Which of two columns of stages is the one a change led to: 0 for `one`, 1 for `other`, null where the succession of
 * the changes of each deal does not tell. Changes of a deal at the same moment are left out.
 */
export function laterStageColumn(
  one: ColumnContents,
  other: ColumnContents,
  deal: ColumnContents,
  time: ColumnContents,
): 0 | 1 | null {
  const steps = stepsOf(one, other, deal, time);
  let compared = 0;
  let oneLeads = 0;
  let otherLeads = 0;
  for (let at = 1; at < steps.length; at++) {
    const before = steps[at - 1] as Step;
    const after = steps[at] as Step;
    if (before.deal !== after.deal || before.day === after.day) continue;
    compared++;
    if (before.one === after.other) oneLeads++;
    if (before.other === after.one) otherLeads++;
  }
  if (compared < FEWEST_STEPS) return null;
  if (oneLeads >= compared * NEARLY_ALL && otherLeads < oneLeads / 2) return 0;
  return otherLeads >= compared * NEARLY_ALL && oneLeads < otherLeads / 2 ? 1 : null;
}
