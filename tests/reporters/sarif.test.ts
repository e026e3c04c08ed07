import { existsSync, readFileSync } from 'node:fs';
import AjvDraft04Module from 'ajv-draft-04';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/report/report.ts';
import { CASES, findingOf, HOSTILE, reportOf, ruleOf } from './cases.ts';
import { renderedText } from './rendered.ts';

const AjvDraft04 = AjvDraft04Module.default;
const SCHEMA = new URL('../../../shared/schemas/sarif-schema-2.1.0.json', import.meta.url);
const REQUIRED_KEYS = ['$schema', 'version', 'runs'];

interface Message {
  readonly text: string;
}
interface Notification {
  readonly descriptor: { readonly id: string };
  readonly level: string;
  readonly message: Message;
  readonly associatedRule?: { readonly id: string; readonly index: number };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: { readonly startLine: number; readonly startColumn?: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string; readonly name?: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState?: string;
  readonly suppressions?: readonly { readonly kind: string }[];
}
interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Record<string, unknown>[] } };
  readonly columnKind: string;
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly exitCode: number;
    readonly toolExecutionNotifications: readonly Notification[];
    readonly toolConfigurationNotifications: readonly Notification[];
  }[];
  readonly results: readonly Result[];
}

async function runOf(report: AuditReport, lang = report.lang): Promise<Run> {
  const log = JSON.parse(await renderedText(report, 'sarif', { lang })) as { runs: readonly [Run] };
  expect(Object.keys(log)).toEqual(REQUIRED_KEYS);
  return log.runs[0];
}

/** The place of the first result of a report with one finding. */
async function placeOf(at: AuditReport['findings'][number]['at'], more: { file?: string; sheet?: string } = {}) {
  const rule = 'date/close-past-due';
  const run = await runOf(reportOf({ rules: [ruleOf(rule, 'fail')], findings: [findingOf(rule, 1, { at })], ...more }));
  const [location] = run.results[0]?.locations ?? [];
  return { ...location?.physicalLocation, logical: location?.logicalLocations[0]?.fullyQualifiedName };
}

describe('sarif', () => {
  it.each(Object.entries(CASES))('%s is as it was', async (name, report) => {
    await expect(await renderedText(report, 'sarif')).toMatchFileSnapshot(`snapshots/${name}.sarif`);
  });

  describe.skipIf(!existsSync(SCHEMA))('the schema of SARIF 2.1.0 (skipped where it is not there)', () => {
    let mistakes: (log: unknown) => unknown;
    beforeAll(() => {
      const validate = new AjvDraft04({ strict: false, validateFormats: false }).compile(
        JSON.parse(readFileSync(SCHEMA, 'utf8')),
      );
      mistakes = (log) => (validate(log) ? [] : validate.errors);
    });

    it.each(Object.entries(CASES))('%s is valid', async (_, report) => {
      const log = JSON.parse(await renderedText(report, 'sarif'));
      expect(mistakes(log)).toEqual([]);
      log.runs[0].results.push({ ruleId: 'no/message' });
      expect(mistakes(log)).not.toEqual([]);
    });
  });

  it('has an empty list of results when nothing was found', async () => {
    const run = await runOf(CASES.clean);
    expect(run.results).toEqual([]);
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(CASES.clean.rules.map(({ id }) => id));
  });

  it('describes every rule, in the language of the report, with ids as they are', async () => {
    const [rule] = (await runOf(CASES.one, 'zh')).tool.driver.rules;
    expect(rule).toEqual({
      id: 'date/close-past-due',
      shortDescription: { text: '在途商机的预计成交日期未过' },
      fullDescription: { text: '过期的日期没有意义。' },
      help: { text: '与客户约定新日期，或关闭商机。' },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['date'], kind: 'assert' },
    });
  });

  it('gives every result its rule, level, and a fingerprint of its own', async () => {
    const twins = [findingOf('a/b', 1), findingOf('a/b', 1), findingOf('a/b', 1, { severity: 'info' })];
    const report = reportOf({ rules: [ruleOf('c/d', 'pass'), ruleOf('a/b', 'fail')], findings: twins });
    const { results } = await runOf(report);
    expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['a/b', 1, 'error'],
      ['a/b', 1, 'error'],
      ['a/b', 1, 'note'],
    ]);
    const { fingerprint } = findingOf('a/b', 1);
    expect(results.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { 'funnelint/v1': fingerprint, primaryLocationLineHash: fingerprint },
      { 'funnelint/v1': `${fingerprint}-2`, primaryLocationLineHash: `${fingerprint}-2` },
      { 'funnelint/v1': `${fingerprint}-3`, primaryLocationLineHash: `${fingerprint}-3` },
    ]);
  });

  it('points at line and column of a text, and at the cell by its name', async () => {
    const at = { file: './exports/opps.csv', sheet: null, cell: 'F47', line: 52, column: 58 };
    expect(await placeOf(at, { file: './exports/opps.csv' })).toEqual({
      artifactLocation: { uri: 'exports/opps.csv', uriBaseId: '%SRCROOT%' },
      region: { startLine: 52, startColumn: 58 },
      logical: 'opps.csv!F47',
    });
    expect((await placeOf({ ...at, column: null }, { file: './exports/opps.csv' })).region).toEqual({ startLine: 52 });
    expect((await runOf(CASES.one)).columnKind).toBe('utf16CodeUnits');
  });

  it('gives a workbook the row as its line, and what has none the first', async () => {
    const at = { file: '导出/商机 2026.xlsx', sheet: '商机数据', cell: 'F47', line: 47 };
    expect(await placeOf(at, { file: at.file, sheet: at.sheet })).toEqual({
      artifactLocation: {
        uri: '%E5%AF%BC%E5%87%BA/%E5%95%86%E6%9C%BA%202026.xlsx',
        uriBaseId: '%SRCROOT%',
      },
      region: { startLine: 47 },
      logical: '商机 2026.xlsx!商机数据!F47',
    });
    const whole = { ...at, cell: null, line: null };
    expect((await placeOf(whole, { file: at.file, sheet: at.sheet })).region).toEqual({ startLine: 1 });
    expect((await placeOf({ ...whole, file: 'a.csv', sheet: null }, { file: 'a.csv' })).region).toEqual({
      startLine: 1,
    });
  });

  it.each([
    ['C:\\Users\\Li Na\\opps #1.csv', { uri: 'file:///C:/Users/Li%20Na/opps%20%231.csv' }],
    ['..\\exports\\opps.csv', { uri: '../exports/opps.csv', uriBaseId: '%SRCROOT%' }],
    ['\\\\server\\share\\a.csv', { uri: 'file://server/share/a.csv' }],
    ['/srv/100%/a.csv', { uri: 'file:///srv/100%25/a.csv' }],
    ['a:b?c.csv', { uri: 'a%3Ab%3Fc.csv', uriBaseId: '%SRCROOT%' }],
    ['half \ud800.csv', { uri: 'half%20%EF%BF%BD.csv', uriBaseId: '%SRCROOT%' }],
  ])('writes the path %j as a URI', async (file, artifactLocation) => {
    expect((await placeOf({ file, sheet: null, cell: 'A1', line: 1 })).artifactLocation).toEqual(artifactLocation);
  });

  it('keeps what the baseline knows, marked and behind what is new', async () => {
    const baseline = { file: '.funnelint-baseline', known: 1, new: 1, gone: 0 };
    const findings = [findingOf('a/b', 1, { known: true }), findingOf('a/b', 2, { severity: 'info' })];
    const report = { ...reportOf({ rules: [ruleOf('a/b', 'fail')], findings }), baseline };
    const { results } = await runOf(report);
    expect(results.map(({ baselineState }) => baselineState)).toEqual(['new', 'unchanged']);
    expect(results[0]?.suppressions).toBeUndefined();
    expect(results[1]?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'accepted in the baseline .funnelint-baseline' },
    ]);
  });

  it('holds 5,000 results, errors first, and says how many more there are', async () => {
    const findings = [
      ...Array.from({ length: 5500 }, (_, row) => findingOf('a/warn', row, { severity: 'warn' })),
      ...Array.from({ length: 700 }, (_, row) => findingOf('z/fail', row)),
    ];
    const rules = [ruleOf('a/warn', 'warn'), ruleOf('z/fail', 'fail')];
    const { results, invocations } = await runOf(reportOf({ rules, findings }));
    expect(results.length).toBe(5000);
    expect(results.slice(0, 700).every(({ level }) => level === 'error')).toBe(true);
    expect(results.slice(700).every(({ level }) => level === 'warning')).toBe(true);
    const [notification] = invocations[0]?.toolExecutionNotifications ?? [];
    expect(notification?.descriptor.id).toBe('findings-left-out');
    expect(notification?.message.text).toContain('1,200 of 6,200');
  });

  it('counts what a saved report does not keep among what is left out', async () => {
    const found = { error: 41, warn: 0, info: 0, fingerprints: '' };
    const report = reportOf({ rules: [ruleOf('a/b', 'fail', { found })], findings: [findingOf('a/b', 1)] });
    const [invocation] = (await runOf(report)).invocations;
    expect(invocation?.toolExecutionNotifications[0]?.message.text).toContain('40 of 41');
  });

  it('tells of faults and of rules that did not run', async () => {
    const report: AuditReport = {
      ...CASES.clean,
      faults: [{ where: 'forecast', message: 'no {slot}', stack: 'secret' }],
      gate: { ...CASES.clean.gate, exitCode: 3 },
    };
    const [invocation] = (await runOf(report)).invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.exitCode).toBe(3);
    expect(invocation?.toolExecutionNotifications).toEqual([
      {
        descriptor: { id: 'fault' },
        level: 'error',
        message: { text: 'forecast failed by a fault in funnelint: no {slot}' },
      },
    ]);
    expect(invocation?.toolConfigurationNotifications).toEqual([
      {
        descriptor: { id: 'rule-not-run' },
        associatedRule: { id: 'owner/missing', index: 1 },
        level: 'warning',
        message: { text: 'owner/missing did not run: no column for Owner' },
      },
    ]);
  });

  it('takes a gate that tripped for a run that went well', async () => {
    expect((await runOf(CASES.one)).invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  });

  it('makes no link of the data, and holds nothing that acts on a terminal', async () => {
    const { results } = await runOf(CASES.hostile);
    expect(results.length).toBe(HOSTILE.length);
    const texts = results.map(({ message }) => message.text);
    expect(texts.filter((text) => /(?<!\\)\[[^\]]*(?<!\\)\]\(/.test(text))).toEqual([]);
    expect(texts.some((text) => text.includes('\\[x\\](javascript'))).toBe(true);
    expect(await renderedText(CASES.hostile, 'sarif')).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
    );
  });

  it('has nothing in it of the hour or the machine', async () => {
    const text = await renderedText(CASES.many, 'sarif');
    expect(text).not.toMatch(/TimeUtc|machine|processId/);
    expect(await renderedText(CASES.many, 'sarif')).toBe(text);
  });
});
