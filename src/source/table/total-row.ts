import { filledCells } from './footer.ts';

/** What a row that is no deal says: a figure over all rows, one over a group of them, or the name of a group. */
export type TotalKind = 'grand' | 'subtotal' | 'group-label';

/** Label of a total or subtotal, alone in its cell. */
const TOTAL_LABEL =
  /^\s*(?:(?:grand[ -]?|sub[ -]?)?totals?|sum|合\s*计|总\s*计|小\s*计|汇\s*总|总和|共\s*计|合計|總計|総計|小計|共計|합계|총계|소계|summe|gesamt(?:summe)?|zwischensumme|total général|sous-total|totale|totaal|suma|итого|всего)\s*(?:[(（][^)）]*[)）])?\s*[:：]?\s*$/iu;

/** Label of another figure over rows, which a deal may be called too: all beside it has to be numbers. */
const FIGURE_LABEL = new RegExp(
  `^\\s*(?:${[
    'counts?',
    '(?:record|row|deal) counts?',
    'number of (?:deals|records|rows|opportunities)',
    'avg\\.?',
    'averages?',
    'mean',
    '平均[值数]?',
    '均值',
    '计数',
    '(?:本页|本月|本季度?|本年度?|全部|累计)?(?:合计|总计|小计|共计|累计)(?:金额|数量|商机数|条数|笔数|个数)?',
    '总(?:金额|数|条数|笔数|个数)',
    '(?:(?:grand|sub)[ -]?)?total (?:number of )?(?:deals?|opportunit(?:y|ies)|records?|rows?|amount|value|pipeline|revenue|count)',
  ].join('|')})\\s*(?:[(（][^)）]{0,20}[)）])?\\s*[:：]?[\\s\\d.,，%万亿元条个笔$€£¥￥]*$`,
  'iu',
);

/** A label that says what is totalled: `Total Deals:`, `Total Amount: 34,000`. */
const TOTAL_OF = /^\s*(?:(?:grand|sub)[ -]?)?total\s[^:：]{1,30}[:：][\s\d.,%$€£¥￥]*$/iu;

/** A label that says for which group: `Subtotal for East`, `小计：华东`. */
const SUBTOTAL_OF = /^\s*(?:(?:sub[ -]?)?totals? for\s|(?:sub[ -]?totals?|小计)\s*[-–—:：(（])\s*\S.{0,50}$/iu;

/** What the subtotal command of a spreadsheet writes under a group: `East Total`, `华东 汇总`. */
const GROUP_TOTAL = /\S(?:\s(?:Subtotal|Total|Count|Average|合计|小计|总计|汇总|计数|平均值)|(?:小计|小計))$/u;

const RECORD_COUNT =
  /^\s*(?:(?:总共|共计?|合计|总计)\s*[\d,，]+\s*[条个项笔行](?:记录|数据|商机|线索|结果)?[\s。.]*|[\d,]+ (?:records?|rows?|deals?|opportunities)(?: (?:total|found|exported|selected|shown))?[\s.]*)$/iu;

/** The name of a group above its rows: `Stage: Prospecting (3 records)`. */
const GROUP_LABEL =
  /^\s*[^\s(（][^(（]{0,120}[(（]\s*[\d,]+\s*(?:records?|deals?|rows?|opportunit(?:y|ies)|条记录|条|笔|个商机)\s*[)）]\s*$/iu;

/** What some total starts with; a cheap look that most cells do not survive. */
const START =
  /^\s*(?:grand|sub|total|sum|counts?|record|row|deal|number|av|mean|summe|gesamt|zwischen|sous|tota|suma|итого|всего|합|총|소|[合总小汇共平均计本全累總総]|[\d,]+ [rdo])/iu;
const END = /(?:[)）]|(?:Subtotal|Total|Count|Average|合计|小计|小計|总计|汇总|计数|平均值))\s*$/u;

const LONGEST_LABEL = 60;
const LONGEST_GROUP_LABEL = 150;
const NUMBER_OR_BLANK = /^[\s\d.,%()+$€£¥￥万亿元-]*$/;

/** False for a text that starts and ends like no total, which is nearly every one. */
function mayBeTotal(label: string): boolean {
  return START.test(label) || END.test(label);
}

/** What a row of totals is; null for other rows. Beside the label there are few cells, or all are numbers. */
export function totalKind(cells: readonly string[], firstFilled: number, width: number): TotalKind | null {
  const label = cells[firstFilled] ?? '';
  if (label.length > LONGEST_GROUP_LABEL || !mayBeTotal(label)) return null;
  const isFew = filledCells(cells) <= Math.max(2, Math.floor(width / 2));
  if (!areNumbers(cells, firstFilled)) return isFew && isTotalLabel(label) ? kindOfLabel(label) : null;
  if (isTotalLabel(label)) return kindOfLabel(label);
  if (GROUP_LABEL.test(label)) return isFew ? 'group-label' : null;
  return label.length > LONGEST_LABEL ? null : figureKind(label, width);
}

function isTotalLabel(label: string): boolean {
  return label.length <= LONGEST_LABEL && (TOTAL_LABEL.test(label) || TOTAL_OF.test(label));
}

/** For labels that a deal may have for a name, so that only numbers beside them make them totals. */
function figureKind(label: string, width: number): TotalKind | null {
  if (SUBTOTAL_OF.test(label)) return 'subtotal';
  if (GROUP_TOTAL.test(label)) return width >= 4 ? 'subtotal' : null;
  return FIGURE_LABEL.test(label) || RECORD_COUNT.test(label) ? kindOfLabel(label) : null;
}

function kindOfLabel(label: string): TotalKind {
  return /^\s*(?:sub|小计)/iu.test(label) ? 'subtotal' : 'grand';
}

function areNumbers(cells: readonly string[], firstFilled: number): boolean {
  for (let index = firstFilled + 1; index < cells.length; index++) {
    if (!NUMBER_OR_BLANK.test(cells[index] as string)) return false;
  }
  return true;
}
