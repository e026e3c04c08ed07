import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runAudit } from '../../src/audit.ts';
import { readInitSource } from '../../src/cli/init-source.ts';
import type { Draft, DraftAnswers } from '../../src/draft/draft.ts';
import { draftRules } from '../../src/draft/draft-rules.ts';
import { draftText } from '../../src/draft/draft-text.ts';
import type { Lang } from '../../src/i18n/text.ts';
import type { InputFile } from '../../src/read-inputs.ts';
import type { AuditReport } from '../../src/report/report.ts';
import { loadRuleset } from '../../src/ruleset/load.ts';
import type { Ruleset } from '../../src/ruleset/ruleset.ts';
import { memoryBytes } from '../../src/source/byte-source.ts';
import { PLAIN_REQUEST } from '../audit-request.ts';
import { createMemoryHost } from '../cli/memory-host.ts';

const COMMANDS = { init: 'funnelint init deals.csv', audit: 'funnelint audit deals.csv' };

/** A rules file that was drafted, as text and as it is read back. */
export interface Drafted {
  readonly draft: Draft;
  readonly text: string;
  readonly yaml: Readonly<Record<string, unknown>>;
}

/** Drafts from the text of a CSV, or from a file. */
export async function drafted(file: InputFile, answers: DraftAnswers = {}, lang: Lang = 'en'): Promise<Drafted> {
  const { request } = await readInitSource(file, {}, createMemoryHost(tmpdir()));
  const draft = draftRules(request, answers);
  const text = draftText(draft, COMMANDS, lang);
  return { draft, text, yaml: parse(text) as Record<string, unknown> };
}

/** The text of a CSV as a file. */
export function csv(text: string): InputFile {
  return memoryBytes('deals.csv', Buffer.from(text));
}

/** Loads the text of a rules file as the commands do; mistakes in it throw. */
export function loaded(text: string): Ruleset {
  const folder = mkdtempSync(join(tmpdir(), 'funnelint-draft-'));
  try {
    const file = join(folder, 'funnelint.yaml');
    writeFileSync(file, text);
    return loadRuleset({ file, packs: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Audits a file by the text of a rules file. */
export function auditBy(text: string, file: InputFile): Promise<AuditReport> {
  return runAudit({ ...PLAIN_REQUEST, file, ruleset: loaded(text), asOf: '2026-06-01' });
}

/** The stages as they are written. */
export function stagesOf({ yaml }: Drafted): readonly Readonly<Record<string, unknown>>[] {
  return (yaml['stages'] ?? []) as Record<string, unknown>[];
}
