import { type ArgValue, say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { TrendNote } from './trend.ts';

const NOTES: Readonly<Record<string, Text>> = {
  sameDay: say(
    '{file} is of the same day as {used} ({date}) and was left out.',
    '{file} 与 {used} 是同一天（{date}），未采用。',
  ),
  otherStages: say(
    'Other stages than in the latest report: {files}. Is it the same list?',
    '阶段与最近一次报告不同：{files}。是同一份列表吗？',
  ),
  otherRules: say(
    'Other rules than in the latest report: {files}. Findings rise and fall with them.',
    '规则与最近一次报告不同：{files}。问题数会随规则增减。',
  ),
  skipped: say('{file} is no saved report and was left out.', '{file} 不是保存的报告，未采用。'),
};

/** Files named for each reason; of the others it is said how many they are. */
const MOST_NAMED = 3;
const MORE_NAMED = say('{more} more', '另有 {more} 个');
const MORE_LEFT_OUT: Readonly<Record<string, Text>> = {
  sameDay: say(
    '{more} more are of the same day as another one and were left out.',
    '另有 {more} 个与其他报告是同一天，未采用。',
  ),
  skipped: say('{more} more are no saved reports and were left out.', '另有 {more} 个不是保存的报告，未采用。'),
};

function shortened(value: ArgValue): ArgValue {
  if (typeof value !== 'object' || value === null || !('list' in value)) return value;
  const more = value.list.length - MOST_NAMED;
  if (more <= 0) return value;
  return { list: [...value.list.slice(0, MOST_NAMED), { text: MORE_NAMED, args: { more } }] };
}

function noteText({ code, args }: TrendNote, translator: Translator): string {
  const text = NOTES[code];
  if (text === undefined) return code;
  const short = Object.entries(args).map(([slot, value]) => [slot, shortened(value)]);
  return translator.text(text, Object.fromEntries(short));
}

/** The notes in words: of a few hundred files three are named for each reason. */
export function noteTexts(notes: readonly TrendNote[], translator: Translator): readonly string[] {
  const codes = [...new Set(notes.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const texts = notes.filter((note) => note.code === code).map((note) => noteText(note, translator));
    const rest = MORE_LEFT_OUT[code];
    const more = texts.length - MOST_NAMED;
    if (more <= 0 || rest === undefined) return texts;
    return [...texts.slice(0, MOST_NAMED), translator.text(rest, { more })];
  });
}
