/** A column that could serve a field. */
export interface Candidate {
  /** Index into the header list. */
  readonly index: number;
  readonly field: string;
  /** Below 0.95. */
  readonly confidence: number;
  /** The header says so too. */
  readonly named: boolean;
  /** Rows that fit, of the rows looked at. */
  readonly matched: number;
  readonly filled: number;
}

/** Below this nothing is mapped. */
const ENOUGH = 0.6;
/** How much better than the next column, and the next field, the choice has to be. */
const CLEAR_LEAD = 0.05;
/** Below this a column is not worth a question. */
const WORTH_ASKING = 0.4;
const MOST_ASKED = 4;

/** Confidence of the cells alone: a few rows prove little. */
export function aloneConfidence(alone: number, filled: number): number {
  return rounded((alone * filled) / (filled + 1));
}

/** Confidence of a header that is like a known one over cells that agree: 0.6–0.9. */
export function namedConfidence(likeness: number, agrees: number): number {
  return rounded(0.6 + 0.3 * likeness * agrees);
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

function ranked(candidates: readonly Candidate[], field: string): readonly Candidate[] {
  const all = candidates.filter((candidate) => candidate.field === field);
  const named = all.filter((candidate) => candidate.named);
  return [...(named.length > 0 ? named : all)].sort((a, b) => b.confidence - a.confidence || a.index - b.index);
}

function leads(best: Candidate, others: readonly Candidate[]): boolean {
  return others.every((other) => other === best || best.confidence - other.confidence >= CLEAR_LEAD);
}

function clearChoice(candidates: readonly Candidate[], field: string): Candidate | null {
  const columns = ranked(candidates, field);
  const [best] = columns;
  if (best === undefined || best.confidence < ENOUGH || !leads(best, columns)) return null;
  const rivals = candidates.filter(({ index }) => index === best.index);
  return leads(best, rivals) ? best : null;
}

/**
 * The choices that are clear: enough confidence, and a lead over the second column and the second field. What is chosen
 * is out of the running for the rest, until nothing more is clear.
 */
export function chooseColumns(candidates: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  let open = candidates;
  for (;;) {
    const fields = [...new Set(open.map(({ field }) => field))];
    const clear = fields.flatMap((field) => clearChoice(open, field) ?? []);
    if (clear.length === 0) return chosen;
    chosen.push(...clear);
    const left = (candidate: Candidate): boolean =>
      !clear.some(({ field, index }) => field === candidate.field || index === candidate.index);
    open = open.filter(left);
  }
}

/** The columns to ask about for a field that none was chosen for, the likeliest first. */
export function askedColumns(candidates: readonly Candidate[], field: string): readonly Candidate[] {
  return ranked(candidates, field)
    .filter(({ confidence }) => confidence >= WORTH_ASKING)
    .slice(0, MOST_ASKED);
}
