import { describe, expect, it } from 'vitest';
import type { ReportFinding } from '../../../src/report/report.ts';
import { chosenFindings } from '../../../src/reporters/html/chosen-findings.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from '../cases.ts';
import { renderedBytes, renderedText } from '../rendered.ts';

function findingsOf(rule: string, count: number, more: (index: number) => Partial<ReportFinding> = () => ({})) {
  return Array.from({ length: count }, (_, index) => findingOf(rule, index, more(index)));
}

const RULES = Array.from({ length: 25 }, (_, index) => `date/rule-${String(index).padStart(2, '0')}`);

/** 100,000 findings of 25 rules. */
const HUGE = reportOf({
  rules: RULES.map((id) => ruleOf(id, 'fail')),
  findings: RULES.flatMap((id) => findingsOf(id, 4000)),
});

function rowsIn(html: string): number {
  return html.split('<tr role="row" data-r=').length - 1;
}

describe('chosenFindings', () => {
  it('takes the largest amounts of a rule, errors before warnings, what is new before what is known, in row order', () => {
    const amount = (value: number) => ({ amount: { value, currency: 'USD' } });
    const findings = [
      ...findingsOf('a/b', 250, (index) => amount(index)),
      findingOf('a/b', 900, { severity: 'warn', ...amount(1e9) }),
      findingOf('a/b', 901, { known: true, ...amount(1e9) }),
      findingOf('a/b', 902, { amount: null }),
    ];
    const chosen = chosenFindings(reportOf({ rules: [ruleOf('a/b', 'fail')], findings }));
    expect(chosen.total).toBe(253);
    expect(chosen.findings).toHaveLength(200);
    expect(chosen.findings.map((each) => each.amount?.value)).toEqual(Array.from({ length: 200 }, (_, n) => 50 + n));
  });

  it('keeps the order of the report among equals', () => {
    const { findings } = chosenFindings(CASES.many);
    expect(findings.slice(0, 31).map(({ deal }) => deal)).toEqual(
      CASES.many.findings.slice(0, 31).map(({ deal }) => deal),
    );
  });

  it('takes 200 of a rule and 3,000 in all, those of the worst rules', () => {
    const { findings, total } = chosenFindings(HUGE);
    expect(total).toBe(100_000);
    expect(findings).toHaveLength(3000);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(RULES.slice(0, 15)));
  });

  it('counts what a saved report does not keep', () => {
    const found = { error: 5000, warn: 2, info: 0, fingerprints: '' };
    const report = reportOf({ rules: [ruleOf('a/b', 'fail', { found })], findings: findingsOf('a/b', 1000) });
    expect(chosenFindings(report).total).toBe(5002);
  });
});

describe('100,000 findings', () => {
  it('make a page of less than 5 MB that says how many there are and where the others are', async () => {
    const html = await renderedText(HUGE, 'html', { lang: 'en' });
    expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
    expect(rowsIn(html)).toBe(3000);
    expect(html).toContain('This page holds 3,000 of 100,000 findings');
    expect(html).toContain('-o findings.xlsx');
  });

  it('make a page of less than 5 MB however long their texts are', async () => {
    const long = HOSTILE[1].repeat(2000);
    const texts = { deal: long, name: long, owner: long, value: long, args: { cell: long } };
    const report = reportOf({
      rules: RULES.map((id) => ruleOf(id, 'fail')),
      findings: RULES.flatMap((id) => findingsOf(id, 200, () => texts)),
    });
    const bytes = await renderedBytes(report, 'html', { lang: 'en' });
    expect(bytes.length).toBeLessThan(5_000_000);
    const rows = rowsIn(bytes.toString('utf8'));
    expect(rows).toBeLessThan(3000);
    expect(bytes.toString('utf8')).toContain(`This page holds ${rows.toLocaleString('en-US')} of 5,000 findings`);
  });

  it('are not worked out one by one', async () => {
    const small = reportOf({ rules: HUGE.rules, findings: RULES.flatMap((id) => findingsOf(id, 400)) });
    const timeOf = async (report: typeof HUGE) => {
      const start = performance.now();
      await renderedText(report, 'html', { lang: 'en' });
      return performance.now() - start;
    };
    await timeOf(small);
    const [few, many] = [await timeOf(small), await timeOf(HUGE)];
    expect(many).toBeLessThan(few * 6 + 500);
  });
});
