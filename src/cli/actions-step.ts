import { appendFileSync, existsSync, statSync } from 'node:fs';
import type { Lang, Text } from '../i18n/text.ts';
import { markdownText } from '../reporters/markdown-text.ts';
import { workflowCommand } from '../reporters/workflow-command.ts';
import { fileKind, IS_NO_FILE } from '../source/file-kind.ts';
import { systemCode, systemReason } from '../source/system-reason.ts';
import type { Host } from './host.ts';
import { isReadByRunner } from './inert-output.ts';

/** What GitHub takes for the summary of one step. */
const MOST_SUMMARY_BYTES = 1024 * 1024;

const NOT_WRITTEN: Text = {
  en: 'step summary not written: {reason}',
  zh: '未写入步骤摘要：{reason}',
};
const FULL: Text = { en: 'the summary of this step holds 1 MB already', zh: '该步骤的摘要已达 1 MB' };

/** As much of the machine as a step of GitHub Actions needs. */
type StepHost = Pick<Host, 'stderr' | 'env'>;

/** Whether a run is a step of GitHub Actions, whose page shows more than the log, and nobody said `--no-ci`. */
export function isForActions({ ci }: { readonly ci?: boolean }, host: Pick<Host, 'env'>): boolean {
  return ci !== false && isReadByRunner(host);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Appends to the file that the runner shows; the reason where it cannot, for an audit is no less done without. */
function appendSummary(path: string, markdown: string): Text | null {
  try {
    // To open a pipe that nobody reads waits for ever.
    if (existsSync(path) && !['file', 'folder'].includes(fileKind(path))) return IS_NO_FILE;
    const text = `${markdown}\n`;
    if (sizeOf(path) + Buffer.byteLength(text) > MOST_SUMMARY_BYTES) return FULL;
    appendFileSync(path, text);
    return null;
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    return systemReason(code);
  }
}

/** Whether the runner shows a summary of this step. */
export function hasSummary({ env }: StepHost): boolean {
  return (env['GITHUB_STEP_SUMMARY'] ?? '') !== '';
}

/** Adds to the summary of the step; says so in a line where that cannot be. */
export function writeSummary(markdown: string, lang: Lang, host: StepHost): void {
  const reason = appendSummary(host.env['GITHUB_STEP_SUMMARY'] ?? '', markdown);
  if (reason === null) return;
  host.stderr.write(`funnelint: ${NOT_WRITTEN[lang].replace('{reason}', () => reason[lang])}\n`);
}

/** Shows on the page of the run why it has no verdict. */
export function annotateError(message: string, { stderr }: StepHost): void {
  stderr.write(workflowCommand('error', { title: 'funnelint' }, message));
}

/** Shows why a run ended without a report: on its page, and in a line of the summary of the step. */
export function tellActions(message: string, lang: Lang, host: StepHost): void {
  annotateError(message, host);
  const [line = ''] = message.split('\n');
  if (hasSummary(host)) writeSummary(`❌ funnelint: ${markdownText(line)}\n`, lang, host);
}
