import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../src/audit.ts';
import type { Lang } from '../src/i18n/text.ts';
import { createTranslator } from '../src/i18n/translator.ts';
import { METRICS } from '../src/metrics/index.ts';
import type { AuditReport } from '../src/report/report.ts';
import { reportSchema } from '../src/report/schema.ts';
import { loadRuleset } from '../src/ruleset/load.ts';
import { PLAIN_REQUEST } from './audit-request.ts';

const MICRO12 = (part: string): string =>
  readFileSync(new URL(`fixtures/reference/micro12-${part}.csv`, import.meta.url), 'utf8');
const LOG_HEADER = 'deal_id,stage,changed_at\n';
const HEADER = 'id,name,stage,amount,owner,created,close,closed,activity,stage_entered,loss_reason\n';
const ONE_DEAL = `${HEADER}1,Harbour renewal,Proposal,1200,Li Na,2024-01-02,2024-05-01,,2024-02-01,2024-02-01,\n`;

const TABLES: Readonly<Record<string, { readonly deals: string; readonly history: string | null }>> = {
  'no deals': { deals: HEADER, history: null },
  'no deals and an empty log': { deals: HEADER, history: LOG_HEADER },
  'one deal': { deals: ONE_DEAL, history: null },
  'one deal and its log': { deals: ONE_DEAL, history: `${LOG_HEADER}1,Lead,2024-01-02\n1,Proposal,2024-02-01\n` },
  'one deal with an id alone': { deals: 'id,stage\n1,\n', history: null },
  'twelve deals': { deals: MICRO12('deals'), history: null },
  'twelve deals and their log': { deals: MICRO12('deals'), history: MICRO12('history') },
};

const folder = mkdtempSync(join(tmpdir(), 'funnelint-metrics-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function audit(name: string): Promise<AuditReport> {
  const { deals, history } = TABLES[name]!;
  return runAudit({
    ...PLAIN_REQUEST,
    file: write(`${name}.csv`, deals),
    history: history === null ? null : write(`${name} log.csv`, history),
    ruleset: loadRuleset({ file: null, packs: [] }),
    asOf: '2024-04-01',
  });
}

/** Every object inside a result that is a rate: a value with its base. */
function ratesIn(value: unknown): readonly { readonly value: number | null; readonly interval?: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(ratesIn);
  const isRate = 'value' in value && 'of' in value && (value.value === null || typeof value.value === 'number');
  return isRate ? [value as { value: number | null }, ...inner] : inner;
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

const LANGS: readonly Lang[] = ['en', 'zh'];

describe.each(Object.keys(TABLES))('%s', (name) => {
  const report = audit(name);

  it('leaves no fault, and a report that holds its contract', async () => {
    expect((await report).faults).toEqual([]);
    expect(reportSchema.safeParse(await report).error).toBeUndefined();
  });

  it.each(METRICS.map((metric) => [metric.metric, metric] as const))('%s is plain JSON', async (key) => {
    const { result } = (await report).metrics[key]!;
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(JSON.stringify(result, (_, each) => (Number.isNaN(each) ? 'NaN' : each))).not.toContain('NaN');
  });

  it.each(METRICS.map((metric) => [metric.metric, metric] as const))('%s has rates from 0 to 1', async (key) => {
    for (const { value, interval } of ratesIn((await report).metrics[key]!.result)) {
      expect(value === null || isShare(value)).toBe(true);
      if (Array.isArray(interval)) expect(interval.every(isShare)).toBe(true);
    }
  });

  it.each(METRICS.map((metric) => [metric.metric, metric] as const))(
    '%s can be read by people',
    async (key, metric) => {
      const { metrics, labels } = await report;
      const { result } = metrics[key]!;
      if (result === null) return;
      for (const lang of LANGS) {
        const blocks = metric.blocks(result, createTranslator(lang, labels));
        expect(blocks.length).toBeGreaterThan(0);
        // `null` may stand in a block as the value of a bar, but never as a word.
        const words = JSON.stringify(blocks, (_, each) => (each === null ? undefined : each));
        expect(words).not.toMatch(/\b(undefined|NaN|null|Infinity)\b/);
      }
    },
  );
});

it('knows enough of twelve deals and their log for every metric, or says what is missing', async () => {
  const { metrics } = await audit('twelve deals and their log');
  expect(Object.keys(metrics)).toEqual(METRICS.map(({ metric }) => metric));
  for (const { metric } of METRICS) {
    expect(metrics[metric]?.result === null, metric).toBe(metrics[metric]?.missing !== undefined);
  }
  expect(ratesIn(metrics['winRate']?.result).length).toBeGreaterThan(0);
});
