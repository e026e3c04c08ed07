import { foldWord } from '../i18n/fold.ts';
import type { Text } from '../i18n/text.ts';
import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { StageDraft, StageGroup } from './draft.ts';
import { isHan } from './stage-words.ts';

const LONGEST_ID = 40;
const MARKS = /\p{M}+/gu;
const NO_WORD = /[^a-z0-9]+/g;

/** `Needs Analysis` → `needs-analysis`; empty for a text without Latin letters and digits. */
export function slugOf(label: string): string {
  const plain = label.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(NO_WORD, '-');
  return plain.replace(/^-/, '').slice(0, LONGEST_ID).replace(/-$/, '');
}

/** Which group a word belongs to, for what a stage is called besides its words must not be a word of another. */
type Owners = ReadonlyMap<string, StageGroup>;

function isFree(word: string, group: StageGroup, owners: Owners): boolean {
  const owner = owners.get(foldWord(word));
  return owner === undefined || owner === group;
}

function labelOf(group: StageGroup, owners: Owners, vendor: boolean): Text {
  const { words, known } = group;
  const own = words.map(({ text }) => text);
  const zh = own.find(isHan);
  const en = own.find((text) => !isHan(text));
  const fallback = own[0] ?? known?.id ?? '';
  if (known === null) return { en: en ?? fallback, zh: zh ?? fallback };
  // The generic list has one label for several steps; it is that of the step that bears its name.
  const named =
    own.length === 0 || own.some((text) => [known.label.en, known.label.zh].map(foldWord).includes(foldWord(text)));
  const speaks = vendor || named || known.kind !== 'open';
  const other = (label: string): string => (speaks && isFree(label, group, owners) ? label : fallback);
  return { en: en ?? other(known.label.en), zh: zh ?? other(known.label.zh) };
}

function idOf(group: StageGroup, label: Text, owners: Owners, vendor: boolean, taken: ReadonlySet<string>): string {
  const { words, known } = group;
  const latin = words.find(({ text }) => !isHan(text))?.text;
  const slug = latin === undefined ? '' : slugOf(label.en === latin ? label.en : latin);
  const wanted = known !== null && (vendor || slug === '' || words.length === 0) ? known.id : slug;
  const free = (id: string): boolean => id !== '' && !taken.has(id) && isFree(id, group, owners);
  if (free(wanted)) return wanted;
  const stem = wanted === '' || known !== null ? 'stage' : wanted;
  for (let number = stem === 'stage' ? 1 : 2; ; number++) if (free(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** Stages for groups in funnel order, each told from the others by its words, label and id. */
export function stageDrafts(
  groups: readonly StageGroup[],
  unplaced: ReadonlySet<StageGroup>,
  { genericStages }: Pick<Ruleset, 'genericStages'>,
): readonly StageDraft[] {
  const owners = new Map<string, StageGroup>();
  for (const group of groups) for (const { text } of group.words) owners.set(foldWord(text), group);
  const taken = new Set<string>();
  return groups.map((group) => {
    const label = labelOf(group, owners, !genericStages);
    const id = idOf(group, label, owners, !genericStages, taken);
    taken.add(id);
    const absent = (group.known?.match ?? []).filter((word) => isFree(word, group, owners));
    const match = group.words.length > 0 ? group.words.map(({ text }) => text) : absent;
    return { ...group, id, label, match, unplaced: unplaced.has(group) };
  });
}

/** Won and lost stages of the packs for what the file has no word of: a status, or next month’s export, may say so. */
export function missingEnds(groups: readonly StageGroup[], { stages }: Pick<Ruleset, 'stages'>): readonly StageGroup[] {
  return (['won', 'lost'] as const).flatMap((kind): StageGroup[] => {
    if (groups.some((group) => group.kind === kind)) return [];
    const known = stages.find((stage) => stage.kind === kind && !groups.some((group) => group.known === stage));
    return known === undefined ? [] : [{ words: [], rows: 0, known, kind }];
  });
}

/** The drafts as a stage list in force, without requirements and limits. */
export function definitionsOf(drafts: readonly StageDraft[]): readonly StageDefinition[] {
  return drafts.map(({ id, label, match, kind }) => ({
    id,
    label,
    match,
    kind,
    probability: null,
    maxDwellDays: null,
    require: [],
    exit: null,
  }));
}
