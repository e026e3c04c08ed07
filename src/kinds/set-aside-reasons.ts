import { say, type Text } from '../i18n/text.ts';
import type { SetAsideReason } from '../source/sheet.ts';

/** What people are told of why a row is no deal. */
export const SET_ASIDE_REASONS: Readonly<Record<SetAsideReason, Text>> = {
  blank: say('blank', '空行'),
  footer: say('footer', '页脚'),
  total: say('total', '合计行'),
  ragged: say('not as many cells as the header', '单元格数与表头不符'),
  quote: say('unbalanced quotes', '引号不配对'),
  'cut-off': say('the file ends in the middle of it', '文件在此行中断'),
  'repeated-header': say('the header again', '重复的表头'),
  'beside-table': say('outside the table', '表格之外'),
  description: say('describes the columns', '列说明'),
  'sub-row': say('further line of the deal above', '上一商机的子表行'),
  'other-table': say('part of another table', '属于另一张表'),
  superseded: say('older copy of a deal', '同一商机的旧记录'),
};
