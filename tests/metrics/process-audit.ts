import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runAudit } from '../../src/audit.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'funnelint-process-'));
// Several test files of one worker share the folder.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const STAGES = `
stages:
  - {id: lead, label: {en: Lead, zh: 线索}, exit: source is present and amount > 10}
  - {id: mql, label: {en: MQL, zh: MQL}}
  - {id: opportunity, label: {en: Opportunity, zh: 商机}, exit: budget is present}
  - {id: won, kind: won, label: {en: Won, zh: 赢单}}
  - {id: lost, kind: lost, label: {en: Lost, zh: 输单}}
`;
const RULES = `version: 1
extends: [funnelint:recommended, funnelint:contracts]
fields:
  budget: {label: {en: Budget, zh: 预算}, type: text, optional: true, column: [Budget]}
${STAGES}`;
/** Six deals with what the exit criteria of a lead ask for, or without. */
export const DEALS = `Deal ID,Stage,Amount,Lead Source,Owner
1,Won,50,Web,Ann
2,MQL,5,Web,Ann
3,Opportunity,20,,Bo
4,MQL,,Web,Bo
5,Lead,1,,Bo
6,Lost,90,Web,Bo
`;
export const HISTORY = `Deal ID,Stage,Changed At
1,Lead,2024-01-01
1,Opportunity,2024-01-05
1,Won,2024-01-09
2,Lead,2024-01-01
2,MQL,2024-01-05
3,Lead,2024-01-01
3,Opportunity,2024-01-05
4,Lead,2024-01-01
4,MQL,2024-01-05
5,Lead,2024-01-01
6,Lead,2024-01-01
6,MQL,2024-01-04
6,Lost,2024-01-05
`;

interface Files {
  readonly deals?: string;
  readonly history?: string;
  readonly tables?: Readonly<Record<string, string>>;
}

/** The metrics of an audit of these files, by rules with exit criteria and the stages of a lead. */
export async function metricsOf({ deals = DEALS, history, tables = {} }: Files): Promise<AuditReport['metrics']> {
  const { metrics, faults } = await runAudit({
    ...PLAIN_REQUEST,
    details: true,
    file: write('deals.csv', deals),
    history: history === undefined ? null : write('history.csv', history),
    tables: Object.fromEntries(Object.entries(tables).map(([id, text]) => [id, write(`${id}.csv`, text)])),
    ruleset: loadRuleset({ file: write('rules.yaml', RULES), packs: [] }),
    asOf: '2024-02-01',
  });
  expect(faults).toEqual([]);
  return metrics;
}
