import { basename } from 'node:path';
import type { RuleExample, RuleExamples } from '../../src/cli/rule-example.ts';
import { createTranslator, type Translator } from '../../src/i18n/translator.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { auditWithRule, type FixtureFiles, PLAIN_DEALS, readFixtures, rulesFileOf, sideOf } from './fixture.ts';

/** Findings shown of one example. */
const MOST_FINDINGS = 5;

function filesOf(id: string, files: FixtureFiles): RuleExample['files'] {
  return [
    { name: 'funnelint.yaml', text: rulesFileOf(id, files) },
    { name: 'deals.csv', text: files.deals ?? PLAIN_DEALS },
    ...(files.history === undefined ? [] : [{ name: 'history.csv', text: files.history }]),
    ...Object.entries(files.previous ?? {}).map(([date, text]) => ({ name: `deals-${date}.csv`, text })),
    ...Object.entries(files.tables ?? {}).map(([table, text]) => ({ name: `${table}.csv`, text })),
  ];
}

type Finding = AuditReport['findings'][number];

function placeOf({ at, segment }: Finding & { readonly segment?: string | null }): string {
  const place = at.cell ?? at.line;
  const file = at.file.startsWith('funnelint:') ? at.file : basename(at.file);
  return `${file}${place === null ? '' : `:${place}`}${segment === null || segment === undefined ? '' : ` ${segment}`}`;
}

function findingsOf({ findings, rules, labels }: AuditReport): RuleExample['findings'] {
  const english = createTranslator('en', labels);
  const chinese = createTranslator('zh', labels);
  const say = (translator: Translator, { message, args }: Finding): string =>
    translator
      .text(rules[0]?.messages[message] ?? { en: message, zh: message }, args)
      // Where the files lay is no part of the example.
      .replace(/\S*funnelint-rulebook-\w+[/\\]/g, '');
  return findings.slice(0, MOST_FINDINGS).map((finding) => ({
    at: placeOf(finding),
    message: { en: say(english, finding), zh: say(chinese, finding) },
  }));
}

/** The bad side of every fixture with what an audit finds in it. */
export async function ruleExamples(): Promise<RuleExamples> {
  const examples: Record<string, RuleExample> = {};
  for (const [id, fixture] of [...readFixtures()].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const files = sideOf(fixture, 'bad');
    examples[id] = { files: filesOf(id, files), findings: findingsOf(await auditWithRule(id, files)) };
  }
  return examples;
}
