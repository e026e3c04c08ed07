import { filledCells } from './footer.ts';

/** What import templates say of a column: whether it must be filled in, and with what. */
const DESCRIPTION = new RegExp(
  [
    '^\\s*[(（【[]?\\s*(?:此项|该项|本项)?(?:必填|选填|非必填|可选填)',
    '(?:字段类型|最大位数|小数位数|最多(?:输入|填写|可填)?\\s*\\d+|不超过\\s*\\d+\\s*[个字位]|字数上限)',
    '^\\s*(?:请|可)(?:输入|填写|选择|从下拉)',
    '^\\s*(?:格式|示例|样例|例如|举例|范例)\\s*[:：为]',
    '^\\s*(?:required|optional|mandatory)(?:\\s*$|\\s*[.:;,(–—-])',
    '^\\s*(?:text|number|numeric|digits?|characters?|decimal)s?\\b.{0,30}\\b(?:up to|max(?:imum)?|at most|limit)\\b',
    '^\\s*(?:up to|max(?:imum)?|at most)\\s+\\d+\\s*(?:char|digit|letter)',
    '^\\s*(?:format|example|e\\.g\\.|one of|must be|pick ?list|choose|select one|enter)\\b.{0,60}(?:[:：]|yyyy|value|list|the )',
    '(?:yyyy[-/.年]mm|mm/dd/yyyy|dd/mm/yyyy)',
    `^\\s*(?:${[
      'text|string|number|integer|decimal|currency|money|date|datetime|date/time|boolean|picklist|dropdown|lookup|email|phone',
      '(?:单行|多行)?文本|文本类型|数字|数值|金额|货币|日期|时间|日期时间|单选|多选|布尔|百分比|人员|部门|下拉框?|手机号?',
    ].join('|')})(?:类型|字段|型)?\\s*(?:$|[，,;；、:：（(])`,
  ].join('|'),
  'iu',
);

/** How those in English begin. */
const STARTS = new Set(
  'req|opt|man|tex|num|dig|cha|dec|up |max|at |for|exa|e.g|one|mus|pic|cho|sel|ent|str|int|cur|mon|dat|boo|dro|loo|ema|pho'.split(
    '|',
  ),
);
const BEYOND_ASCII = /[^ -~\s]/;

const LONGEST_LOOK = 300;

/** True for a row right below a header that says what belongs in the columns, in most of its cells. */
export function isDescriptionRow(cells: readonly string[]): boolean {
  const described = cells.filter((cell) => isDescription(cell.slice(0, LONGEST_LOOK))).length;
  const filled = filledCells(cells);
  return described >= 2 ? described * 2 >= filled : described === 1 && filled === 1;
}

function isDescription(text: string): boolean {
  return mayBeDescription(text) && DESCRIPTION.test(text);
}

/** A cheap look that most cells do not survive. */
function mayBeDescription(text: string): boolean {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(text) || lower.includes('yyyy') || STARTS.has(lower.trimStart().slice(0, 3));
}
