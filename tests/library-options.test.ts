import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AuditReport, audit, defineKind, FunnelintError, render, z } from '../src/index.ts';

const HUBSPOT = fileURLToPath(new URL('../samples/hubspot/deals.csv', import.meta.url));
const GOOD = { file: HUBSPOT, packs: ['hubspot'], asOf: '2026-11-01' } as const;

/** Code and message of what a call throws. */
async function failureOf(call: () => Promise<unknown>): Promise<readonly [string, string]> {
  const error = await call().catch((thrown: unknown) => thrown);
  return error instanceof FunnelintError ? [error.code, error.message] : ['', String(error)];
}

/** What a program without types may write. */
function auditOf(options: unknown): Promise<unknown> {
  return audit(options as Parameters<typeof audit>[0]);
}

describe('audit refuses', () => {
  it.each([
    [undefined, 'options: undefined is not allowed; give an object with options'],
    [{}, 'file: undefined is not allowed; give a path, { name, bytes } with a Uint8Array, or a list of these'],
    [
      { file: new Uint8Array(3) },
      'file: bytes without a name is not allowed; give a path, { name, bytes } with a Uint8Array, or a list of these',
    ],
    [{ ...GOOD, history: null }, 'history: null is not allowed; give a path, or { name, bytes } with a Uint8Array'],
    [{ ...GOOD, failOn: 'x' }, 'failOn: "x" is not allowed; give one of error, warn, never'],
    [{ ...GOOD, maxWarnings: 'a' }, 'maxWarnings: "a" is not allowed; give a whole number from 0'],
    [{ ...GOOD, maxWarnings: -1 }, 'maxWarnings: -1 is not allowed; give a whole number from 0'],
    [{ ...GOOD, maxWarnings: Number.NaN }, 'maxWarnings: NaN is not allowed; give a whole number from 0'],
    [{ ...GOOD, period: 'day' }, 'period: "day" is not allowed; give one of week, month, quarter, year'],
    [{ ...GOOD, windowDays: -5 }, 'windowDays: -5 is not allowed; give a whole number from 1 to 36600'],
    [{ ...GOOD, lang: 'fr' }, 'lang: "fr" is not allowed; give one of en, zh'],
    [{ ...GOOD, today: '1.11.2026' }, 'today: "1.11.2026" is not allowed; give an ISO date such as 2026-11-01'],
    [
      { ...GOOD, delimiter: ';;' },
      'delimiter: ";;" is not allowed; give one character that is no quote and ends no line',
    ],
    [{ ...GOOD, by: 'owner' }, 'by: "owner" is not allowed; give a list of texts'],
    [{ ...GOOD, redact: 'phone' }, 'redact: "phone" is not allowed; give true, false or a list of fields'],
    [{ ...GOOD, strict: 1 }, 'strict: 1 is not allowed; give true or false'],
  ])('%j', async (options, message) => {
    expect(await failureOf(() => auditOf(options))).toEqual(['option/wrong', message]);
  });

  it('an option that there is not, and tells which is meant', async () => {
    expect(await failureOf(() => auditOf({ ...GOOD, maxWarning: 0 }))).toEqual([
      'option/unknown',
      'there is no option “maxWarning”; did you mean maxWarnings?',
    ]);
    expect(await failureOf(() => auditOf({ ...GOOD, toString: 1 }))).toEqual([
      'option/unknown',
      'there is no option “toString”',
    ]);
  });

  it('to leave out what nothing says is known', async () => {
    expect((await failureOf(() => auditOf({ ...GOOD, onlyNew: true })))[0]).toBe('flag/only-new-alone');
  });

  it('a kind whose options cannot be read at once, by its name', async () => {
    const text = { en: 'text', zh: '文本' };
    const kind = defineKind({
      ...{ kind: 'slow_check', title: text, why: text, fix: text },
      options: z.string().refine(async () => true),
      messages: { wrong: text },
      example: { rule: 'slow_check: a', bad: 'id\n1\n', good: 'id\n1\n' },
      references: () => [],
      check: () => ({ type: 'not-run', reason: text }),
    });
    const config = fileURLToPath(new URL('fixtures/library/slow-check.yaml', import.meta.url));
    expect(await failureOf(() => audit({ ...GOOD, config, kinds: [kind] }))).toEqual([
      'kinds/wrong',
      'slow_check: options: the schema must not be async',
    ]);
  });
});

it('takes options that are undefined for left out', async () => {
  const { file, asOf, packs } = GOOD;
  const report = await auditOf({ file, asOf, packs, lang: undefined, failOn: undefined, baseline: undefined });
  expect(report).toEqual(await audit(GOOD));
});

describe('a baseline', () => {
  it('takes known findings from the gate, and out of the report with onlyNew', async () => {
    const first = await audit({ ...GOOD, rules: ['deal/dormant'], failOn: 'warn' });
    expect(first.gate.exitCode).toBe(1);
    // What `funnelint baseline write` makes: the hash of the rule, and the fingerprint of the finding.
    const { fingerprint } = await import('../src/report/fingerprint.ts');
    const mark = fingerprint(['deal/dormant']).slice(0, 8);
    const lines = first.findings.map((finding) => `${mark}-${finding.fingerprint}\n`);
    const baseline = { name: 'known.txt', bytes: Buffer.from(`# ours\n${lines.join('')}`) };
    const options = { ...GOOD, rules: ['deal/dormant'], failOn: 'warn', baseline } as const;
    const second = await audit(options);
    expect(second.gate.exitCode).toBe(0);
    expect(second.baseline).toMatchObject({ file: 'known.txt', known: first.findings.length, new: 0 });
    expect(second.findings.every(({ known }) => known === true)).toBe(true);
    expect((await audit({ ...options, onlyNew: true })).findings).toEqual([]);
  });

  it('is refused where it is none', async () => {
    expect(await failureOf(() => audit({ ...GOOD, baseline: HUBSPOT }))).toEqual([
      'baseline/not-valid',
      expect.stringContaining('deals.csv:1:'),
    ]);
    expect((await failureOf(() => audit({ ...GOOD, baseline: 'nowhere.txt' })))[0]).toBe('file/not-found');
  });
});

describe('render', () => {
  let report: AuditReport;
  beforeAll(async () => {
    report = await audit({ ...GOOD, details: true });
  });

  const renderOf = (value: unknown, format: unknown, options?: unknown): Promise<unknown> =>
    render(value as AuditReport, format as 'json', options as Parameters<typeof render>[2]);

  it.each([
    ['pdf', {}, /^format: "pdf" is not allowed; give one of terminal, json, html, /],
    ['json', { lang: 'fr' }, /^lang: "fr" is not allowed; give one of en, zh$/],
    ['json', { view: 'nope' }, /^view: "nope" is not allowed; give one of full, standup, /],
    ['json', { width: 3 }, /^width: 3 is not allowed; give a whole number from 40$/],
    ['json', { maxFindings: -1 }, /^maxFindings: -1 is not allowed; give a whole number from 0, or Infinity$/],
    ['json', { color: true }, /^there is no option “color”; did you mean colour\?$/],
    ['json', null, /^options: null is not allowed/],
  ])('refuses %s with %j', async (format, options, message) => {
    const [code, said] = await failureOf(() => renderOf(report, format, options));
    expect(code).toMatch(/^option\//);
    expect(said).toMatch(message);
  });

  it('refuses what is no report, and one of a later funnelint', async () => {
    for (const value of [{}, null, 'report', []]) {
      expect(await failureOf(() => renderOf(value, 'json'))).toEqual([
        'report/not-valid',
        'report: not a saved report (it is JSON of something else)',
      ]);
    }
    expect((await failureOf(() => renderOf({ ...report, schema: 2 }, 'json')))[0]).toBe('report/newer');
    expect(await failureOf(() => renderOf({ ...report, findings: undefined }, 'json'))).toEqual([
      'report/not-valid',
      'report: not a saved report (“findings” is missing or damaged)',
    ]);
  });

  it('takes a copy of a fresh report, which the check lets pass, and all findings', async () => {
    const look = { view: 'full', maxFindings: Number.POSITIVE_INFINITY } as const;
    expect(await render({ ...report }, 'terminal', look)).toBe(await render(report, 'terminal', look));
  });
});

it('names every option in a doc comment', () => {
  const source = readFileSync(new URL('../src/library-options.ts', import.meta.url), 'utf8');
  const [, body = ''] = /export interface AuditOptions \{\n([\s\S]*?)\n\}\n/.exec(source) ?? [];
  const bare = [...body.matchAll(/^(.*)\n {2}readonly (\w+)\??:/gm)].filter(([, before]) => !before?.endsWith('*/'));
  expect(bare.map(([, , name]) => name)).toEqual([]);
  expect(body).toContain('readonly baseline?:');
});
