import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import type { BridgeView, WaterfallResult } from '../../src/metrics/pipeline/waterfall.ts';
import { compareReports } from '../../src/report/compare/compare.ts';
import type { Waterfall } from '../../src/report/compare/waterfall.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

const HEADER = 'Deal ID,Stage,Amount,Currency,Close Date,Created Date\n';
const BEFORE = `${HEADER}overdue,Lead,100,USD,2026-08-01,2026-01-01
undated,Lead,200,USD,,2026-01-01
sooner,Lead,300,USD,2027-02-01,2026-01-01
later,Lead,400,USD,2026-12-01,2026-01-01
back,Lead,500,USD,2026-12-01,2026-01-01
raised,Lead,600,USD,2026-12-02,2026-01-01
zero,Lead,0,USD,2026-12-03,2026-01-01
won,Lead,700,USD,2026-11-01,2026-01-01
lost,Lead,800,USD,2027-11-01,2026-01-01
gone,Lead,900,USD,2026-11-02,2026-01-01
again,Closed Lost,1000,USD,2026-12-04,2026-01-01
named,Lead,1100,,2026-12-05,2026-01-01
`;
const AFTER = `${HEADER}overdue,Lead,100,USD,2026-11-20,2026-01-01
undated,Lead,200,USD,2026-11-20,2026-01-01
sooner,Lead,300,USD,2026-11-20,2026-01-01
later,Lead,400,USD,2027-03-01,2026-01-01
back,Lead,500,USD,2026-09-01,2026-01-01
raised,Lead,650,USD,2026-12-02,2026-01-01
zero,Lead,25,USD,2026-12-03,2026-01-01
won,Closed Won,700,USD,2026-11-01,2026-01-01
lost,Closed Lost,800,USD,2026-11-01,2026-01-01
again,Lead,1000,USD,2026-12-04,2026-01-01
named,Lead,1100,USD,2026-12-05,2026-01-01
new,Lead,1200,USD,2026-12-06,2026-11-01
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-bridge-'));
  writeFileSync(join(folder, 'deals-2026-10-25.csv'), BEFORE);
  writeFileSync(join(folder, 'deals-2026-11-05.csv'), AFTER);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function audit(day: string, previous: readonly string[]) {
  const ruleset = loadRuleset({ file: null, packs: [] });
  const file = join(folder, `deals-${day}.csv`);
  return { file, report: await runAudit({ ...PLAIN_REQUEST, file, previous, ruleset, asOf: null, details: true }) };
}

const ofBridge = ({ steps }: BridgeView) =>
  Object.fromEntries(steps.filter(({ amount }) => amount !== 0).map(({ step, amount }) => [step, amount]));
const ofCompare = ({ lines }: Waterfall) => Object.fromEntries(lines.map(({ line, amount }) => [line, amount]));

it('takes the same steps as the pipeline bridge of the later report', async () => {
  const before = await audit('2026-10-25', []);
  const after = await audit('2026-11-05', [before.file]);
  const bridge = after.report.metrics['waterfall']?.result as unknown as WaterfallResult;
  const { pipeline } = compareReports(before, after);
  expect(pipeline?.currencies.map(({ currency }) => currency)).toEqual(
    bridge.currencies.map(({ currency }) => currency),
  );
  for (const [index, { whole, inQuarter }] of bridge.currencies.entries()) {
    expect(whole.otherAmount).toBe(0);
    expect(ofCompare(pipeline!.currencies[index]!)).toEqual(ofBridge(whole));
    if (inQuarter !== null) expect(ofCompare(pipeline!.quarter.currencies[index]!)).toEqual(ofBridge(inQuarter));
  }
  const due = ofCompare(pipeline!.quarter.currencies.find(({ currency }) => currency === 'USD')!);
  expect(due).toMatchObject({ rolledIn: 300, pulledIn: 300, pushedOut: -400, movedOut: -500, raised: 75 });
});
