import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-shuffled-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Story {
  readonly deals: string;
  readonly history: string | null;
  readonly previous: readonly string[];
  readonly config: string | null;
  readonly asOf: string;
}

const STORIES: Readonly<Record<string, Story>> = {
  'a weekly list and the one before': {
    deals: 'samples/weekly/deals-2026-11-01.csv',
    history: null,
    previous: ['samples/weekly/deals-2026-10-25.csv'],
    config: 'samples/weekly/funnelint.yaml',
    asOf: '2026-11-01',
  },
  'twelve deals and their log': {
    deals: 'tests/fixtures/reference/micro12-deals.csv',
    history: 'tests/fixtures/reference/micro12-history.csv',
    previous: [],
    config: null,
    asOf: '2024-04-01',
  },
};

/** The rows of a table below its header in another order; `turns` says how far each is moved. */
function shuffled(path: string, turns: readonly number[]): string {
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  for (let last = rows.length - 1; last > 0; last -= 1) {
    const other = turns[last % turns.length]! % (last + 1);
    [rows[last], rows[other]] = [rows[other]!, rows[last]!];
  }
  const file = join(folder, path.replaceAll('/', '-'));
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

/** Where a deal stands in the file is all that may change. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each) => (key === 'at' ? undefined : each)));
}

async function metricsOf({ deals, history, previous, config, asOf }: Story, turns: readonly number[] | null) {
  const report = await runAudit({
    ...PLAIN_REQUEST,
    file: turns === null ? deals : shuffled(deals, turns),
    history: history === null || turns === null ? history : shuffled(history, turns),
    previous,
    ruleset: loadRuleset({ file: config, packs: [] }),
    asOf,
    details: true,
  });
  expect(report.faults).toEqual([]);
  return withoutPlaces(report.metrics);
}

describe.each(Object.entries(STORIES))('%s', (_, story) => {
  it('give the same metrics whatever the order of the rows', async () => {
    const expected = await metricsOf(story, null);
    const orders = fc.array(fc.nat(10_000), { minLength: 3, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(orders, async (turns) => {
        expect(await metricsOf(story, turns)).toEqual(expected);
      }),
      { numRuns: 5, seed: 20_261_101 },
    );
  });
});
