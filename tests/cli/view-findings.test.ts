import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { VIEW_NAMES } from '../../src/report/views/names.ts';
import { samplePath } from '../sample-audit.ts';
import { createMemoryHost } from './memory-host.ts';

const OPPORTUNITIES = samplePath('salesforce', 'opportunities.csv');
const HISTORY = samplePath('salesforce', 'history.csv');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'funnelint-views-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function printed(more: Partial<AuditFlags>, file = OPPORTUNITIES): Promise<string> {
  const host = createMemoryHost(folder);
  await auditCommand([file], { color: 'never', maxFindings: 2, failOn: 'never', ...more }, host);
  return host.printed();
}

describe.each([HISTORY, undefined])('with the log %s', (history) => {
  it.each([undefined, ...VIEW_NAMES])('%s looks the same where all findings are read to be saved', async (view) => {
    const config = samplePath('salesforce', 'funnelint.yaml');
    const asked = { config, ...(history && { history }), ...(view && { view }) };
    const shown = await printed(asked);
    expect(shown).not.toBe('');
    // What is said of the saved report stands behind.
    const saved = await printed({ ...asked, save: join(folder, 'reports') });
    expect(saved.slice(0, shown.length)).toBe(shown);
  });
});

it('finds the largest of the stuck deals behind the first ones', async () => {
  const rows = ['1,Small,Proposal,10', '2,Middle,Proposal,20', '3,Large,Proposal,9000'];
  const file = join(folder, 'deals.csv');
  const lines = rows.map((row) => `${row},Ann,2026-01-02,2026-01-03,2026-12-01`);
  writeFileSync(
    file,
    ['Deal ID,Deal Name,Stage,Amount,Owner,Created Date,Last Activity Date,Close Date', ...lines].join('\n'),
  );
  expect(await printed({ view: 'standup', rule: ['deal/dormant'], maxFindings: 1 }, file)).toContain('Large');
});
