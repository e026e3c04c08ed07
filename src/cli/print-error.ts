import { errorHint, errorText, FunnelintError } from '../errors.ts';
import { safeText } from '../i18n/safe-text.ts';
import type { Args, Lang } from '../i18n/text.ts';
import { formatDiagnostics, RulesetError } from '../ruleset/diagnostic.ts';
import type { Host } from './host.ts';

const BUG: Readonly<Record<Lang, string>> = {
  en: 'a fault in funnelint; --debug shows where',
  zh: 'funnelint 内部错误；加 --debug 可查看位置',
};

function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n');
}

/** Arguments come from files and command lines; a line break in one must not look like a line of ours. */
function safeArgs(args: Args): Args {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? safeText(value) : value]),
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? `${safeLines(error.stack)}\n` : '';
}

/** Tells the user what went wrong, on stderr; answers with the exit code: 2 for what they can mend, 3 for our faults. */
export function printError(error: unknown, lang: Lang, debug: boolean, { stderr }: Pick<Host, 'stderr'>): number {
  if (error instanceof RulesetError) {
    const count = error.diagnostics.length;
    const total =
      lang === 'zh' ? `规则文件有 ${count} 处错误` : `${count} ${count === 1 ? 'mistake' : 'mistakes'} in the rules`;
    stderr.write(`${safeLines(formatDiagnostics(error.diagnostics, lang))}\n\n${total}\n`);
    return 2;
  }
  if (error instanceof FunnelintError) {
    const args = safeArgs(error.args);
    stderr.write(`funnelint: ${errorText(error.code, args, lang)}\n  ${errorHint(error.code, args, lang)}\n`);
    if (debug) stderr.write(stackOf(error.cause));
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`funnelint: ${BUG[lang]} (${safeLines(message)})\n`);
  if (debug) stderr.write(stackOf(error));
  return 3;
}
