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

const STATUS_KINDS: Readonly<Record<string, 'open' | 'won' | 'lost'>> = {
  open: 'open',
  active: 'open',
  'in progress': 'open',
  进行中: 'open',
  跟进中: 'open',
  won: 'won',
  赢单: 'won',
  成交: 'won',
  已成交: 'won',
  lost: 'lost',
  输单: 'lost',
  丢单: 'lost',
  无效: 'lost',
};

/** What a status word says of a deal, null for a word that says nothing known. */
export function statusKind(text: string): 'open' | 'won' | 'lost' | null {
  return STATUS_KINDS[foldWord(text)] ?? null;
}
