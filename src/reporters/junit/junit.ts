import { createTranslator } from '../../i18n/translator.ts';
import { findingsByRule } from '../../report/finding-rows.ts';
import type { AuditReport } from '../../report/report.ts';
import type { Reporter, ReporterContext } from '../reporter.ts';
import { casesOf, faultCase, type TestCase } from './test-case.ts';
import { attributes, textOf } from './xml.ts';

function countOf(cases: readonly TestCase[], outcome: TestCase['outcome']): number {
  return cases.filter((each) => each.outcome === outcome).length;
}

function contentOf({ outcome, type, message, lines }: TestCase): string {
  switch (outcome) {
    case 'passed':
      return '';
    case 'output':
      return `      <system-out>${textOf([`${type}: ${message}`, ...lines])}</system-out>\n`;
    case 'skipped':
      return `      <skipped${attributes({ type, message })}/>\n`;
    case 'failure':
    case 'error':
      return `      <${outcome}${attributes({ type, message })}>${textOf(lines)}</${outcome}>\n`;
  }
}

function casePiece(each: TestCase): string {
  const start = `    <testcase${attributes({ name: each.name, classname: each.suite, time: 0 })}`;
  const content = contentOf(each);
  return content === '' ? `${start}/>\n` : `${start}>\n${content}    </testcase>\n`;
}

function* suitePieces(name: string, cases: readonly TestCase[]): Generator<string> {
  const counts = {
    tests: cases.length,
    failures: countOf(cases, 'failure'),
    errors: countOf(cases, 'error'),
    skipped: countOf(cases, 'skipped'),
  };
  yield `  <testsuite${attributes({ name, ...counts, time: 0 })}>\n`;
  for (const each of cases) yield casePiece(each);
  yield '  </testsuite>\n';
}

/** JUnit XML in pieces: a suite for each category of rules, a case for each rule and each of its segments. */
function* pieces(report: AuditReport, { lang }: ReporterContext): Generator<string> {
  const translator = createTranslator(lang, report.labels);
  const byRule = findingsByRule(report);
  const cases = [
    ...report.rules.flatMap((rule) => casesOf(rule, byRule.get(rule.id) ?? [], report, translator)),
    ...report.faults.map((fault) => faultCase(fault, translator)),
  ];
  const suites = new Map<string, TestCase[]>();
  for (const each of cases) {
    const suite = suites.get(each.suite) ?? [];
    suites.set(each.suite, suite);
    suite.push(each);
  }
  const counts = { tests: cases.length, failures: countOf(cases, 'failure'), errors: countOf(cases, 'error') };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: report.tool.name, ...counts, time: 0 })}>\n`;
  for (const [name, ofSuite] of suites) yield* suitePieces(name, ofSuite);
  yield '</testsuites>\n';
}

const reporter: Reporter = { format: 'junit', render: pieces };

export default reporter;
