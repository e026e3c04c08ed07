import { createHeaderTest } from '../dataset/columns/mapping.ts';
import { type Dataset, PRESENT } from '../dataset/dataset.ts';
import { namedIn } from '../dataset/journeys/stage-headers.ts';
import { createStageMatcher, statusKind } from '../dataset/stage-match.ts';
import { foldWord } from '../i18n/fold.ts';
import type { Ruleset, StageDefinition, StageKind } from '../ruleset/ruleset.ts';
import type { StageGroup, StageWord } from './draft.ts';

/** A column with more words is no list of stages. */
const MOST_STAGES = 40;
const LONGEST_WORD = 200;
/** A word no pack knows that so few deals have, and so small a part of them, is a slip rather than a stage. */
const RARE_ROWS = 2;
const RARE_SHARE = 0.01;

const HAN = /\p{Script=Han}/u;
/** Words within longer ones that say how a deal ended. */
const KIND_WORDS: readonly (readonly [StageKind, RegExp])[] = [
  [
    'lost',
    /(?<!\p{L})(?:lost|cancel+ed|disqualified|perdue?|verloren|perdid[oa]|pers[oa]|förlorad)(?!\p{L})|输单|丢单|战败|失单|流失|无效|作废/iu,
  ],
  ['won', /(?<!\p{L})(?:won|gagnée?|gewonnen|ganad[oa]|ganh[oa]|vint[oa]|vunnen)(?!\p{L})|赢单|已成交|成交关闭/iu],
  ['dormant', /\b(?:dormant|on[ -]hold|paused|parked)\b|搁置|暂停|休眠/iu],
];

/** Words of the stage column and what they name. */
export interface StageWords {
  readonly header: string | null;
  readonly groups: readonly StageGroup[];
  readonly strangers: readonly StageWord[];
  readonly tooMany: number | null;
}

export function isHan(text: string): boolean {
  return HAN.test(text);
}

function byRows(a: StageWord, b: StageWord): number {
  return b.rows - a.rows || (a.text < b.text ? -1 : 1);
}

function wordsOfColumn({ columns, rowCount }: Dataset): StageWord[] {
  const column = columns.get('stage');
  if (column === undefined) return [];
  const rows = new Int32Array(column.texts.length);
  for (let row = 0; row < rowCount; row++) rows[column.codes[row] as number]!++;
  return column.texts
    .map((text, code) => ({ text, rows: column.state[code] === PRESENT ? (rows[code] as number) : 0 }))
    .filter((word) => word.rows > 0);
}

/** Words that stand in the change log alone. */
function wordsOfLog({ inputs }: Dataset): string[] {
  const log = inputs.find(({ role }) => role === 'history');
  if (log === undefined) return [];
  return log.mapping.flatMap(({ field }, index) => {
    if (field !== 'to_stage' && field !== 'from_stage') return [];
    const position = log.sheet.headers[index]?.position;
    return [...(log.sheet.columns.find((column) => column.position === position)?.values ?? [])];
  });
}

/** Stages that have a column for the day they were entered. */
function wordsOfHeaders({ sheet }: Dataset, { fields, stages }: Ruleset): string[] {
  const isFieldHeader = createHeaderTest(fields);
  const match = createStageMatcher(stages);
  return sheet.headers.flatMap(({ text }) => {
    const header = text.trim();
    if (header.length > LONGEST_WORD || isFieldHeader(header)) return [];
    const named = namedIn(header, () => true);
    if (named?.measure !== 'entered') return [];
    const [name = '', plain = name] = named.names;
    return [match(name).index >= 0 ? name : plain];
  });
}

function kindOf(text: string, known: StageDefinition | null): StageKind {
  if (known !== null) return known.kind;
  return KIND_WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? statusKind(text) ?? 'open';
}

function groupOf(words: readonly StageWord[], known: StageDefinition | null): StageGroup {
  const sorted = [...words].sort(byRows);
  const rows = words.reduce((sum, word) => sum + word.rows, 0);
  return { words: sorted, rows, known, kind: kindOf(sorted[0]?.text ?? '', known) };
}

/** Words that differ in case, width or spaces alone, and those that a vendor's pack has for one stage. */
function alike(words: readonly StageWord[], { stages, genericStages }: Ruleset): StageGroup[] {
  const match = createStageMatcher(stages);
  const groups = new Map<string, { readonly words: StageWord[]; readonly known: StageDefinition | null }>();
  for (const word of words) {
    const known = stages[match(word.text).index] ?? null;
    // The generic list puts steps together that one funnel may keep apart; closed is closed by whatever word.
    const merged = known !== null && (!genericStages || known.kind !== 'open');
    const key = merged ? `=${known.id}` : `~${foldWord(word.text)}`;
    const group = groups.get(key) ?? { words: [], known };
    group.words.push(word);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => groupOf(group.words, group.known));
}

/** A Chinese and an English word that the generic list has for one stage are one stage of this funnel. */
function joinTranslations(groups: readonly StageGroup[]): readonly StageGroup[] {
  return groups.flatMap((group): StageGroup[] => {
    if (group.known === null) return [group];
    const same = groups.filter(({ known }) => known === group.known);
    const han = same.filter(({ words }) => isHan(words[0]?.text ?? ''));
    if (same.length !== 2 || han.length !== 1) return [group];
    if (same[0] !== group) return [];
    return [
      groupOf(
        same.flatMap(({ words }) => words),
        group.known,
      ),
    ];
  });
}

function isRare({ text, rows }: StageWord, known: boolean, deals: number): boolean {
  if (text.length > LONGEST_WORD) return true;
  return !known && rows <= RARE_ROWS && rows < deals * RARE_SHARE;
}

/** Gathers the words that name stages, the most frequent first whatever the order of the rows. */
export function gatherStageWords(dataset: Dataset, ruleset: Ruleset): StageWords {
  const header = dataset.columns.get('stage')?.header ?? null;
  const ofColumn = wordsOfColumn(dataset).sort(byRows);
  const match = createStageMatcher(ruleset.stages);
  const strangers = ofColumn.filter((word) => isRare(word, match(word.text).index >= 0, dataset.rowCount));
  const seen = new Set(ofColumn.map(({ text }) => foldWord(text)));
  const others = [...wordsOfHeaders(dataset, ruleset), ...wordsOfLog(dataset)].flatMap((raw): StageWord[] => {
    const text = raw.trim();
    const fold = foldWord(text);
    if (text === '' || text.length > LONGEST_WORD || seen.has(fold)) return [];
    seen.add(fold);
    return [{ text, rows: 0 }];
  });
  const taken = [...ofColumn.filter((word) => !strangers.includes(word)), ...others.sort(byRows)];
  const groups = joinTranslations(alike(taken, ruleset));
  if (groups.length > MOST_STAGES) return { header, groups: [], strangers: [], tooMany: ofColumn.length };
  return { header, groups: [...groups].sort((a, b) => byRows(first(a), first(b))), strangers, tooMany: null };
}

function first({ words, rows }: StageGroup): StageWord {
  return { text: words[0]?.text ?? '', rows };
}
