import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import type { AuditReport } from '../src/report/report.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import type { ExceptionEntry } from '../src/ruleset/ruleset.ts';
import { PLAIN_REQUEST } from './audit-request.ts';
import { EXPORT_OF, samplePath } from './sample-audit.ts';

type Story = 'salesforce' | 'hubspot';
type Finding = AuditReport['findings'][number];

function audit(story: Story, exceptions: readonly ExceptionEntry[]): Promise<AuditReport> {
  const ruleset = loadRuleset({ file: samplePath(story, 'funnelint.yaml'), packs: [] });
  const file = samplePath(story, EXPORT_OF[story]);
  return runAudit({ ...PLAIN_REQUEST, file, ruleset: { ...ruleset, exceptions }, asOf: null });
}

function exceptionFor(rule: string, deal: string): ExceptionEntry {
  return { rule, keys: [deal], untilDay: null, reason: 'agreed', origin: { file: 'funnelint.yaml', line: 1 } };
}

/** Whether a rule says of each deal whether it holds, so that one can be let be. */
function isExceptable({ deal, rule }: Finding, report: AuditReport): boolean {
  return deal !== null && report.rules.some(({ id, counts }) => id === rule && counts.violating > 0);
}

/** What a finding is, whatever others there are. */
function identity({ rule, deal, fingerprint, at }: Finding): string {
  return JSON.stringify([rule, deal, fingerprint, at]);
}

describe.each<Story>(['salesforce', 'hubspot'])('exceptions in the %s report', async (story) => {
  const original = await audit(story, []);
  const excepted = original.findings.filter((finding) => isExceptable(finding, original));

  it('remove exactly the findings of their rule about their deal', async () => {
    expect(excepted.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...excepted], { minLength: 1, maxLength: 6 }), async (chosen) => {
        const report = await audit(
          story,
          chosen.map(({ rule, deal }) => exceptionFor(rule, deal ?? '')),
        );
        const isChosen = ({ rule, deal }: Finding): boolean =>
          chosen.some((each) => each.rule === rule && each.deal === deal);
        const kept = original.findings.filter((finding) => !isChosen(finding));
        expect(report.findings.map(identity).sort()).toEqual(kept.map(identity).sort());
        for (const { id, counts } of original.rules) {
          const now = report.rules.find((rule) => rule.id === id)?.counts;
          const { violating, excepted: letBe } = now ?? counts;
          expect(violating + letBe, id).toBe(counts.violating + counts.excepted);
          if (!chosen.some(({ rule }) => rule === id)) expect(now, id).toEqual(counts);
          else expect(letBe, id).toBeGreaterThan(0);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('of another rule, another deal or the past remove nothing', async () => {
    const [first] = excepted;
    const rule = first?.rule ?? '';
    const report = await audit(story, [
      exceptionFor(rule, 'no such deal'),
      exceptionFor('owner/missing', `${first?.deal} `),
      { ...exceptionFor(rule, first?.deal ?? ''), untilDay: 0 },
    ]);
    expect(report.findings.map(identity)).toEqual(original.findings.map(identity));
  });
});
