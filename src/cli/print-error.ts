import { errorHint, errorText, FunnelintError } from '../errors.ts';
import { safeText } from '../i18n/safe-text.ts';
import type { Lang } from '../i18n/text.ts';
import { formatDiagnostics, RulesetError } from '../ruleset/diagnostic.ts';
import type { Host } from './host.ts';

const BUG: Readonly<Record<Lang, string>> = {
  en: 'a fault in funnelint; --debug shows where',
  zh: 'funnelint 内部错误；加 --debug 可查看位置',
};

function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n');
}

/** Tells the user what went wrong, on stderr; answers with the exit code: 2 for what they can mend, 3 for our faults. */
export function printError(error: unknown, lang: Lang, debug: boolean, { stderr }: Host): number {
  if (error instanceof RulesetError) {
    const count = error.diagnostics.length;
    const total =
      lang === 'zh' ? `规则文件有 ${count} 处错误` : `${count} ${count === 1 ? 'mistake' : 'mistakes'} in the rules`;
    stderr.write(`${safeLines(formatDiagnostics(error.diagnostics, lang))}\n\n${total}\n`);
    return 2;
  }
  if (error instanceof FunnelintError) {
    const { code, args } = error;
    stderr.write(`funnelint: ${safeLines(errorText(code, args, lang))}\n  ${safeLines(errorHint(code, args, lang))}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = debug && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  stderr.write(`funnelint: ${BUG[lang]} (${safeLines(message)})${safeLines(stack)}\n`);
  return 3;
}
