import type { KindExample } from '../kinds/define.ts';

/** The id of the rule in examples. */
const EXAMPLE_RULE = 'my/rule';

/** A whole rules file for one side of the example of a kind; saved beside its CSV it runs. */
export function exampleRulesFile(
  { rule, stages, rules }: KindExample,
  id = EXAMPLE_RULE,
  side: 'bad' | 'good' = 'bad',
): string {
  const lines = [
    'version: 1',
    'extends: [funnelint:recommended]',
    ...(stages === undefined ? [] : [`stages: ${stages}`]),
    ...(rules === undefined ? [] : [rules[side]]),
    'rules:',
    `  ${id}:`,
    `    ${rule}`,
  ];
  return `${lines.join('\n')}\n`;
}
