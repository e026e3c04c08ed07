import { currencyOfWord } from '../dataset/values/currency-marks.ts';
import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { StageKind } from '../ruleset/ruleset.ts';
import type { Draft, DraftAnswers, StageDraft } from './draft.ts';
import { shortened } from './yaml-text.ts';

/** Something the data leave open, in words for a person. */
export interface DraftQuestion {
  readonly lines: readonly string[];
  /** What an empty answer means. */
  readonly proposal: string;
  /** Null for an answer that says nothing that was asked. */
  readonly read: (answer: string) => DraftAnswers | null;
}

const NONE = '-';
const LONGEST_NAME = 60;
const SEPARATORS = /[\s,，、;；]+/u;

function partsOf(answer: string): readonly string[] {
  return answer.split(SEPARATORS).filter((part) => part !== '');
}

/** Reads `amount=1 close=2`, null where a part is of another form. */
function assignments(answer: string): readonly (readonly [string, number])[] | null {
  const pairs = partsOf(answer).map((part) => /^([a-z_]+)[=＝:：](\d{1,4})$/u.exec(part));
  if (pairs.some((pair) => pair === null)) return null;
  return pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])] as const);
}

/** Which columns serve the fields that several could serve. */
function columnQuestion({ open }: Draft, translator: Translator): DraftQuestion | null {
  const fields = open
    .map(({ field, candidates }) => ({
      field,
      headers: candidates.map(({ header }) => header).filter((header) => header !== ''),
    }))
    .filter(({ headers }) => headers.length > 0);
  if (fields.length === 0) return null;
  const taken = new Set<string>();
  const proposed = fields.flatMap(({ field, headers }) => {
    const at = headers.findIndex((header) => !taken.has(header));
    if (at < 0) return [];
    taken.add(headers[at] as string);
    return [`${field}=${at + 1}`];
  });
  const lines = fields.map(({ field, headers }) => {
    const choices = headers.map((header, index) => `${index + 1} ${translator.value(shortened(header, LONGEST_NAME))}`);
    return `  ${field} (${translator.field(field)}):  ${choices.join('   ')}`;
  });
  return {
    lines: [
      translator.text(say('Which column holds what? (- for none of them)', '哪一列是什么？（都不是请输入 -）')),
      ...lines,
    ],
    proposal: proposed.join(' '),
    read: (answer) => {
      if (answer === NONE) return { columns: {} };
      const pairs = assignments(answer)?.map(([field, number]) => {
        const header = fields.find((each) => each.field === field)?.headers[number - 1];
        return header === undefined ? null : ([field, header] as const);
      });
      if (pairs === undefined || pairs.length === 0) return null;
      const named = pairs.filter((pair) => pair !== null);
      return named.length < pairs.length ? null : { columns: Object.fromEntries(named) };
    },
  };
}

function openStages({ stages }: Draft): readonly StageDraft[] {
  return (stages.list ?? []).filter(({ kind, words }) => kind === 'open' && words.length > 0);
}

function wordOf({ words }: StageDraft): string {
  return words[0]?.text ?? '';
}

function numbered(stages: readonly StageDraft[], translator: Translator): readonly string[] {
  return stages.map((stage, index) => {
    const rows = translator.text(say('rows: {rows}', '{rows} 行'), { rows: stage.rows });
    return `  ${index + 1} ${translator.value(shortened(wordOf(stage), LONGEST_NAME))} (${rows})`;
  });
}

/** In which order deals go through the stages. */
function orderQuestion(draft: Draft, translator: Translator): DraftQuestion | null {
  const stages = openStages(draft);
  if (draft.stages.orderIsSure || stages.length < 2) return null;
  const title = say(
    'In which order do deals go through the stages? First to last:',
    '商机依次经过哪些阶段？从前到后：',
  );
  return {
    lines: [translator.text(title), ...numbered(stages, translator)],
    proposal: stages.map((_, index) => index + 1).join(' '),
    read: (answer) => {
      const chosen = partsOf(answer).map((part) => stages[Number(part) - 1]);
      const named = chosen.filter((stage) => stage !== undefined);
      const isSound = named.length > 0 && named.length === chosen.length && new Set(named).size === named.length;
      return isSound ? { order: named.map(wordOf) } : null;
    },
  };
}

const ENDS: readonly StageKind[] = ['won', 'lost', 'dormant'];

/** Which words mean that a deal is over. */
function kindsQuestion(draft: Draft, translator: Translator): DraftQuestion | null {
  const stages = openStages(draft);
  if (draft.stages.endsAreKnown || stages.length === 0) return null;
  const title = say(
    'Which of these mean won, lost or dormant? As won=5 lost=6 (- for none)',
    '哪些表示赢单、输单或搁置？例如 won=5 lost=6（没有请输入 -）',
  );
  return {
    lines: [translator.text(title), ...numbered(stages, translator)],
    proposal: NONE,
    read: (answer) => {
      if (answer === NONE) return {};
      const pairs = assignments(answer) ?? [];
      const kinds = new Map<string, StageKind>();
      for (const [name, number] of pairs) {
        const kind = ENDS.find((end) => end === name);
        const stage = stages[number - 1];
        if (kind === undefined || stage === undefined) return null;
        kinds.set(wordOf(stage), kind);
      }
      return kinds.size === 0 ? null : { kinds };
    },
  };
}

/** What the amounts without a currency are in. */
function currencyQuestion({ source: { currency } }: Draft, translator: Translator): DraftQuestion | null {
  if (currency.by !== 'open') return null;
  const title = say(
    'Which currency are amounts without one in? There are {rows}. As CNY or USD (- to leave it open)',
    '有 {rows} 个金额没有币种，是哪种货币？例如 CNY、USD（暂不指定请输入 -）',
  );
  return {
    lines: [translator.text(title, { rows: currency.bareRows })],
    proposal: currency.proposal ?? NONE,
    read: (answer) => {
      if (answer === NONE) return {};
      const code = answer.toUpperCase();
      return /^[A-Z]{3}$/.test(code) && currencyOfWord(code) === code ? { currency: code } : null;
    },
  };
}

/** Questions in the order they are asked; the draft is made anew between rounds, since answers change what is open. */
export const QUESTION_ROUNDS: readonly (readonly ((draft: Draft, translator: Translator) => DraftQuestion | null)[])[] =
  [[columnQuestion], [orderQuestion, kindsQuestion, currencyQuestion]];
