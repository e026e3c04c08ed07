import { foldWord } from '../../i18n/fold.ts';

/** What a forecast category promises. */
export type CategoryClass = 'commit' | 'bestCase' | 'pipeline' | 'omitted' | 'closed' | 'other';

/** What a column of forecast categories, or a tick in it, says of a deal, by what it promises. */
const WORDS: Readonly<Record<Exclude<CategoryClass, 'other'>, readonly string[]>> = {
  commit: ['Commit', 'Committed', '承诺', '已承诺', '确定', 'Yes', 'Y', 'True', '1', '是', '√'],
  bestCase: [
    'Best Case',
    'BestCase',
    'Upside',
    'Most Likely',
    'Probable',
    '最佳情况',
    '最佳',
    '乐观',
    '较有把握',
    '争取',
  ],
  pipeline: ['Pipeline', 'Not forecasted', '管道', '跟进中', '储备', 'No', 'N', 'False', '0', '否'],
  omitted: ['Omitted', 'Omit', "Don't forecast", 'Excluded', '忽略', '不计入', '已忽略', '排除'],
  closed: ['Closed', 'Closed Won', 'Won', '已结束', '已关闭', '赢单'],
};

const CLASS_OF: ReadonlyMap<string, CategoryClass> = new Map(
  Object.entries(WORDS).flatMap(([name, words]) => words.map((word) => [foldWord(word), name as CategoryClass])),
);

/** What a category as written promises; `other` for words that are not known. */
export function categoryClass(written: string): CategoryClass {
  return CLASS_OF.get(foldWord(written)) ?? 'other';
}
