import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type AuditFlags, auditCommand } from '../../src/cli/audit-command.ts';
import { createMemoryHost } from './memory-host.ts';

const RULES = `version: 1
stages:
  - {id: lead, match: [Lead]}
  - {id: won, match: [Won], kind: won}
fields:
  id: {column: Deal ID}
  owner: {column: Owner}
  phone: {column: Phone, sensitive: true}
  stage: {column: Stage}
rules:
  owned: {required: owner}
`;
const FOLDER = mkdtempSync(join(tmpdir(), 'funnelint-redact-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

async function printedOf(text: string, more: Partial<AuditFlags>): Promise<string> {
  const [config, file] = [join(FOLDER, 'rules.yaml'), join(FOLDER, 'deals.csv')];
  writeFileSync(config, RULES);
  writeFileSync(file, text);
  const host = createMemoryHost(FOLDER);
  const flags: AuditFlags = { config, color: 'never', maxFindings: 3, asOf: '2026-11-01', quiet: true, ...more };
  await auditCommand([file], flags, host);
  return host.printed();
}

const PLAIN = 'Deal ID,Owner,Stage\n1,Ann,Lead\n2,Bo,Won\n';
const WITH_PHONE = 'Deal ID,Owner,Stage,Phone\n1,Ann,Lead,+1 555 0100\n2,Bo,Won,+1 555 0101\n';

it('says that nothing was replaced where no sensitive field has a column, also when quiet', async () => {
  expect(await printedOf(PLAIN, { redact: true })).toContain('nothing was replaced; name what to hide: --redact-field');
  expect(await printedOf(PLAIN, { redact: true, lang: 'zh' })).toContain('未替换任何内容');
});

it('says nothing where something was, or nothing was asked', async () => {
  expect(await printedOf(WITH_PHONE, { redact: true })).not.toContain('nothing was replaced');
  expect(await printedOf(PLAIN, { redactField: ['owner'] })).not.toContain('nothing was replaced');
  expect(await printedOf(PLAIN, {})).not.toContain('nothing was replaced');
});
