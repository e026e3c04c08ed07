import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, callout } from './document.ts';

const NOT_HELD = say(
  '{what}: this report does not hold what is shown of it now; audit the export again',
  '{what}：该报告中没有当前版本所需的内容，请重新体检该导出文件',
);

/**
 * What is drawn from a result. A report that an earlier version has saved, or that somebody has edited, may lack a part
 * of it: then that is said in its place, and the rest of the report is shown all the same.
 */
export function drawn(what: Text, draw: () => readonly Block[], translator: Translator): readonly Block[] {
  try {
    return draw();
  } catch {
    return [callout('warn', translator.text(NOT_HELD, { what: { text: what } }))];
  }
}
