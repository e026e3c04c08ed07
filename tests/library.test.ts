import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type AuditReport, audit, FunnelintError, type NamedBytes, RulesetError, render } from '../src/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const HUBSPOT = join(ROOT, 'samples/hubspot/deals.csv');
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-library-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function bytesOf(path: string, name: string): NamedBytes {
  return { name, bytes: readFileSync(path) };
}

function codeOf(error: unknown): string {
  return error instanceof FunnelintError ? error.code : String(error);
}

/** What a program says to the types that ship, with every mistake that must not compile marked. */
const CONSUMER = `
import {
  audit, defineKind, FunnelintError, HOLDS, numberAt, render, RulesetError, VIOLATES, z,
  type AuditOptions, type AuditReport, type ErrorCode, type Format, type Kind, type RenderOptions, type ViewName,
} from 'funnelint';

const text = { en: 'Amounts are round', zh: '金额取整' } as const;
const round: Kind = defineKind({
  kind: 'round_amount',
  title: text, why: text, fix: text,
  options: z.strictObject({ to: z.number().positive() }),
  messages: { uneven: { en: '{amount} is no multiple of {to}', zh: '{amount} 不是 {to} 的倍数' } },
  example: { rule: 'round_amount: {to: 100}', bad: 'id,amount\\n1,150\\n', good: 'id,amount\\n1,200\\n' },
  references: () => [{ type: 'field', name: 'amount', path: [] }],
  check({ options: { to }, dataset, violation }) {
    const amounts = dataset.columns.get('amount');
    const outcome = new Uint8Array(dataset.rowCount);
    for (let row = 0; row < outcome.length; row++) outcome[row] = numberAt(amounts, row) % to === 0 ? HOLDS : VIOLATES;
    // @ts-expect-error there is no such message
    const wrong = () => violation('odd', {}, null);
    // @ts-expect-error a slot has no value
    const open = () => violation('uneven', { to }, null);
    void wrong; void open;
    return { type: 'rows', outcome, describe: (row) => [violation('uneven', { amount: numberAt(amounts, row), to }, 'amount')] };
  },
});
defineKind({
  kind: 'other',
  title: text, why: text, fix: text,
  options: z.string(),
  // @ts-expect-error the slots of the languages differ
  messages: { uneven: { en: '{amount} is odd', zh: '{金额} 是奇数' } },
  example: { rule: '', bad: '', good: '' },
  references: () => [],
  check: () => ({ type: 'not-run', reason: text }),
});

const options: AuditOptions = {
  file: { name: 'deals.csv', bytes: new Uint8Array() },
  history: 'history.csv', previous: ['a.csv'], tables: { accounts: 'accounts.csv' },
  config: 'funnelint.yaml', packs: ['hubspot'], rules: ['deal/dormant'], skip: [], tags: [], kinds: [round],
  asOf: '2026-11-01', today: '2026-11-02', sheet: 'Deals', headerRow: 3, delimiter: ';', encoding: 'gb18030',
  windowDays: 60, by: ['owner'], period: 'quarter', details: true, lang: 'zh',
  failOn: 'warn', maxWarnings: 3, strict: true, debug: true,
  baseline: 'funnelint-baseline.txt', onlyNew: true, redact: ['owner'], redactKey: 'secret',
};
// @ts-expect-error there is no such language
const wrongLang: AuditOptions = { file: 'deals.csv', lang: 'fr' };
void wrongLang;
const look: RenderOptions = { lang: 'en', width: 80, colour: false, maxFindings: 5, view: 'standup' satisfies ViewName };
const codes: ErrorCode[] = ['file/not-found', 'flag/no-as-of', 'kinds/wrong'];

export async function main(format: Format): Promise<void> {
  try {
    const report: AuditReport = await audit(options);
    const page: string = await render(report, 'html', look);
    const workbook: Uint8Array = await render(report, 'xlsx');
    const either: string | Uint8Array = await render(report, format);
    // @ts-expect-error a workbook is no text
    const wrong: string = await render(report, 'xlsx');
    const failing: readonly string[] = report.rules.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    const where: string | undefined = report.findings[0]?.at?.cell ?? undefined;
    void [page, workbook, either, wrong, failing, where, codes];
  } catch (error) {
    if (error instanceof FunnelintError) { const code: ErrorCode = error.code; void code; }
    if (error instanceof RulesetError) { const line: number | undefined = error.diagnostics[0]?.line; void line; }
  }
}
`;

describe('the types of the library', () => {
  it('hold for a program under the strictest compiler, and refuse what is wrong', () => {
    mkdirSync(join(FOLDER, 'node_modules'));
    symlinkSync(ROOT, join(FOLDER, 'node_modules/funnelint'));
    writeFileSync(join(FOLDER, 'package.json'), '{"type": "module"}');
    writeFileSync(join(FOLDER, 'consumer.ts'), CONSUMER);
    const compilerOptions = {
      ...{ target: 'es2022', lib: ['es2023', 'dom'], module: 'nodenext', strict: true, noEmit: true, types: [] },
      ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true },
    };
    writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', FOLDER], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});

describe('audit', () => {
  it('takes bytes with a name like a file of that name', async () => {
    const options = { packs: ['hubspot'], asOf: '2026-11-01' };
    const fromPath = await audit({ ...options, file: HUBSPOT });
    const fromBytes = await audit({ ...options, file: bytesOf(HUBSPOT, HUBSPOT) });
    expect(fromBytes).toEqual(fromPath);
  });

  it('takes the day from the option, the name of the file, or the day to fall back on, in this order', async () => {
    const dayOf = async (options: { readonly asOf?: string; readonly today?: string }, name = 'deals.csv') =>
      (await audit({ ...options, file: bytesOf(HUBSPOT, name), rules: ['deal/amount-missing'] })).asOf;
    expect(await dayOf({ asOf: '2026-10-01', today: '2026-12-01' }, 'deals-2026-11-01.csv')).toEqual({
      date: '2026-10-01',
      from: 'flag',
    });
    expect(await dayOf({ today: '2026-12-01' }, 'deals-2026-11-01.csv')).toEqual({
      date: '2026-11-01',
      from: 'fileName',
    });
    expect(await dayOf({ today: '2026-12-01' })).toEqual({ date: '2026-12-01', from: 'today' });
    expect(codeOf(await dayOf({}).catch((error: unknown) => error))).toBe('flag/no-as-of');
  });

  it('tells the CRM from the header where neither packs nor a rules file are named', async () => {
    const packsOf = async (file: string): Promise<AuditReport['packs']> =>
      (await audit({ file, asOf: '2026-11-01' })).packs;
    expect(await packsOf(HUBSPOT)).toEqual(['recommended', 'hubspot']);
    expect(await packsOf(join(ROOT, 'samples/salesforce/opportunities.csv'))).toEqual(['recommended', 'salesforce']);
  });

  it('runs the rules that are wanted', async () => {
    const idsOf = async (choice: { rules?: readonly string[]; skip?: readonly string[] }): Promise<readonly string[]> =>
      (await audit({ file: HUBSPOT, packs: ['hubspot'], asOf: '2026-11-01', ...choice })).rules.map(({ id }) => id);
    expect(await idsOf({ rules: ['duplicate/id', 'owner/missing'] })).toEqual(
      expect.arrayContaining(['duplicate/id', 'owner/missing']),
    );
    expect(await idsOf({ rules: ['duplicate/id'] })).toHaveLength(1);
    expect(await idsOf({ skip: ['duplicate/id'] })).not.toContain('duplicate/id');
    const error = await idsOf({ rules: ['duplicate/di'] }).catch((thrown: unknown) => thrown);
    expect(codeOf(error)).toBe('rules/no-rule-but');
  });

  it('gates by the options', async () => {
    const options = { file: HUBSPOT, packs: ['hubspot'], asOf: '2026-11-01' } as const;
    expect((await audit(options)).gate.exitCode).toBe(1);
    expect((await audit({ ...options, failOn: 'never' })).gate.exitCode).toBe(0);
    const warned = { ...options, rules: ['deal/dormant'] } as const;
    const { gate } = await audit(warned);
    expect([gate.exitCode, gate.failing, gate.warning > 0]).toEqual([0, 0, true]);
    expect((await audit({ ...warned, maxWarnings: 0 })).gate.exitCode).toBe(1);
  });

  it('throws errors with codes, and all mistakes of a rules file at once', async () => {
    const failure = (options: Parameters<typeof audit>[0]): Promise<unknown> =>
      audit(options).then(
        () => 'no error',
        (error: unknown) => error,
      );
    expect(codeOf(await failure({ file: 'nowhere.csv', asOf: '2026-11-01' }))).toBe('file/not-found');
    expect(codeOf(await failure({ file: [] }))).toBe('flag/no-file');
    expect(codeOf(await failure({ file: HUBSPOT, packs: ['hubsport'], asOf: '2026-11-01' }))).toMatch(
      /^rules\/no-pack/,
    );
    const config = join(FOLDER, 'broken.yaml');
    writeFileSync(config, 'version: 1\nrules:\n  my/one: {required: amuont}\n  my/two: {requird: amount}\n');
    const error = await failure({ file: HUBSPOT, config, asOf: '2026-11-01' });
    expect(error).toBeInstanceOf(RulesetError);
    expect((error as RulesetError).diagnostics.map(({ line }) => line)).toEqual([3, 4]);
  });
});

it('renders a report that was saved as it renders a fresh one', async () => {
  const report = await audit({ file: HUBSPOT, packs: ['hubspot'], asOf: '2026-11-01' });
  const saved = JSON.parse(JSON.stringify(report)) as AuditReport;
  const look = { lang: 'zh', width: 90 } as const;
  const fresh = await render(report, 'terminal', look);
  expect(await render(saved, 'terminal', look)).toBe(fresh);
  expect(fresh).toContain('赢单率');
});
