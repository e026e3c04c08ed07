import { safeText } from '../i18n/safe-text.ts';
import type { Lang } from '../i18n/text.ts';

/** What commander says of a wrong command line, and the same in Chinese. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.+)'$/, '没有选项 $1'],
  [/^unknown command '(.+)'$/, '没有命令 $1'],
  [/^option '(.+)' argument missing$/, '选项 $1 缺少参数'],
  [/^option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/, '选项 $1 的值“$2”无效，可选：$3'],
  [
    /^option '(.+)' argument '(.*)' is invalid\. expected a whole number from (\d+)$/,
    '选项 $1 的值“$2”应为不小于 $3 的整数',
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are (.+)\.$/,
    '参数 $2 的值“$1”无效，可选：$3',
  ],
  [/^missing required argument '(.+)'$/, '缺少参数 $1'],
  [
    /^too many arguments for '(.+)'\. Expected (\d+) arguments? but got (\d+)\.$/,
    '$1 的参数过多：应有 $2 个，给出了 $3 个',
  ],
];
const MEANT = /\n\(Did you mean (.+)\?\)$/;

/** A wrong command line, told as the other mistakes are: what it is, and what to do next. */
export function usageText(message: string, command: string, lang: Lang): string {
  const { text, hint } = usage(message, command, lang);
  return `funnelint: ${safeText(text)}\n  ${safeText(hint)}\n`;
}

function usage(message: string, command: string, lang: Lang): { readonly text: string; readonly hint: string } {
  const plain = message.replace(/^error: /, '');
  const meant = MEANT.exec(plain)?.[1] ?? null;
  const text = plain.replace(MEANT, '');
  const help = `funnelint ${command} --help`;
  if (lang === 'en') return { text, hint: `${meant === null ? '' : `Did you mean ${meant}? `}See ${help}.` };
  const translation = MESSAGES.find(([pattern]) => pattern.test(text));
  return {
    text: translation === undefined ? text : text.replace(...translation),
    hint: `${meant === null ? '' : `是否想用 ${meant}？`}参见 ${help}。`,
  };
}
