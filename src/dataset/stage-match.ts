import { foldWord } from '../i18n/fold.ts';
import type { StageDefinition } from '../ruleset/ruleset.ts';

/** How a text names a stage: exactly as declared, or only after folding case, width and spaces. */
export interface StageMatch {
  /** Index into the stage list, -1 for no stage. */
  readonly index: number;
  readonly exact: boolean;
}

/** A matcher for the texts of a stage column; ids, labels of both languages and aliases of each stage count. */
export function createStageMatcher(stages: readonly StageDefinition[]): (text: string) => StageMatch {
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  for (const [index, stage] of stages.entries()) {
    for (const word of [...stage.match, stage.label.en, stage.label.zh, stage.id]) {
      if (!exact.has(word)) exact.set(word, index);
      const fold = foldWord(word);
      if (!folded.has(fold)) folded.set(fold, index);
    }
  }
  return (text) => {
    const declared = exact.get(text);
    if (declared !== undefined) return { index: declared, exact: true };
    return { index: folded.get(foldWord(text)) ?? -1, exact: false };
  };
}

/** Words of a status column by what they say, folded. Pipedrive writes them in the language of its user. */
const STATUS_WORDS = {
  open: 'open|active|ongoing|pending|in progress|进行中|跟进中|在途|未关闭|offen|ouvert|ouverte|abierto|abierta|aberto|aberta|öppen',
  won: 'won|win|closed won|赢单|已赢单|成交|已成交|签约|已签约|gewonnen|gagné|gagnée|ganado|ganada|ganho|ganha|vunnen',
  lost: 'lost|lose|closed lost|输单|已输单|丢单|已丢单|战败|失单|流失|无效|作废|verloren|perdu|perdue|perdido|perdida|förlorad',
} as const;
type StatusKind = keyof typeof STATUS_WORDS;
const STATUS_KINDS: ReadonlyMap<string, StatusKind> = new Map(
  (['open', 'won', 'lost'] as const).flatMap((kind) =>
    STATUS_WORDS[kind].split('|').map((word) => [foldWord(word), kind] as const),
  ),
);

/** What a status word says of a deal, null for a word that says nothing known. */
export function statusKind(text: string): StatusKind | null {
  return STATUS_KINDS.get(foldWord(text)) ?? null;
}
