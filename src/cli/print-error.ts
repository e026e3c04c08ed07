import { errorHint, errorText, FunnelintError } from '../errors.ts';
import { safeText } from '../i18n/safe-text.ts';
import type { Args, Lang, Text } from '../i18n/text.ts';
import { OwnKindError } from '../kinds/own-kind.ts';
import { formatDiagnostics, RulesetError } from '../ruleset/diagnostic.ts';
import { tellActions } from './actions-step.ts';
import type { Host } from './host.ts';
import { tellOnStderr } from './inert-output.ts';

const BUG: Text = { en: 'a fault in funnelint', zh: 'funnelint 内部错误' };
const DEBUG: Text = { en: '; --debug shows where', zh: '；加 --debug 可查看位置' };

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

interface ErrorOptions {
  /** Show stacks. */
  readonly debug: boolean;
  /** Show it on the page of the run as well. */
  readonly isForActions: boolean;
}

interface Told {
  readonly text: string;
  /** Who says so, where stderr may hold the words of others as well. */
  readonly by: string;
  readonly stack: string;
  readonly exitCode: 2 | 3;
}

function tellingOf(error: unknown, lang: Lang): Told {
  if (error instanceof RulesetError) {
    const count = error.diagnostics.length;
    const total =
      lang === 'zh' ? `规则文件有 ${count} 处错误` : `${count} ${count === 1 ? 'mistake' : 'mistakes'} in the rules`;
    const text = `${safeLines(formatDiagnostics(error.diagnostics, lang))}\n\n${total}`;
    return { by: '', text, stack: '', exitCode: 2 };
  }
  if (error instanceof FunnelintError) {
    const args = safeArgs(error.args);
    const text = `${errorText(error.code, args, lang)}\n  ${errorHint(error.code, args, lang)}`;
    return { by: 'funnelint: ', text, stack: stackOf(error.cause), exitCode: 2 };
  }
  const message = error instanceof Error ? error.message : String(error);
  const fault = error instanceof OwnKindError ? error.reason : BUG;
  const text = `${fault[lang]}${DEBUG[lang]} (${safeLines(message)})`;
  return { by: 'funnelint: ', text, stack: stackOf(error), exitCode: 3 };
}

/** Tells the user what went wrong, on stderr; answers with the exit code: 2 for what they can mend, 3 for our faults. */
export function printError(
  error: unknown,
  lang: Lang,
  { debug, isForActions }: ErrorOptions,
  host: Pick<Host, 'stderr' | 'env'>,
): number {
  const { by, text, stack, exitCode } = tellingOf(error, lang);
  tellOnStderr(`${by}${text}\n`, host);
  if (debug) tellOnStderr(stack, host);
  if (isForActions) tellActions(text, lang, host);
  return exitCode;
}
