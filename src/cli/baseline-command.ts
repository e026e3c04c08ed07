import { existsSync } from 'node:fs';
import { runAudit } from '../audit.ts';
import { FunnelintError } from '../errors.ts';
import { type Args, say, type Text } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import { both, countEntries, entriesLeft, entriesToday } from '../report/baseline.ts';
import type { BaselineFile } from '../report/baseline-text.ts';
import type { AuditReport } from '../report/report.ts';
import { systemReason } from '../source/system-reason.ts';
import { type AuditedFlags, type Chosen, filesRead, NO_VERDICT, requestOf, withRules } from './audit-command.ts';
import { openFiles } from './audit-file.ts';
import { baselineText, readBaseline } from './baseline-file.ts';
import { environmentLang, type Host } from './host.ts';
import { tellOnStderr } from './inert-output.ts';
import { fileIdentity, obstacleOf } from './output-path.ts';
import { printRendered } from './print-rendered.ts';
import { createProgress } from './progress.ts';
import { writeFiles } from './write-files.ts';

const BASELINE_FILE = 'funnelint-baseline.txt';

type BaselineAction = 'write' | 'update' | 'prune';

export interface BaselineFlags extends AuditedFlags {
  readonly output?: string;
  readonly force?: boolean;
}

type Entries = BaselineFile['entries'];

const TEXTS = {
  write: say('wrote {file}: {all} known, rules: {rules}', '已写入 {file}：{rules} 条规则的 {all} 个问题记为已知'),
  update: say(
    'updated {file}: {all} known, {came} came in, {went} went out',
    '已更新 {file}：已知 {all}，新增 {came}，移除 {went}',
  ),
  prune: say(
    'pruned {file}: {all} known, {went} no longer found and out',
    '已清理 {file}：已知 {all}，移除已消失的 {went}',
  ),
  fresh: say(
    'found today and not in it: {n} (funnelint baseline update)',
    '当前发现但不在其中：{n}（可用 funnelint baseline update 加入）',
  ),
  unchecked: say(
    'kept, as their rules were not judged this time: {n} ({rules})',
    '所属规则本次未判断而保留：{n}（{rules}）',
  ),
  fault: say('fault in {where}: {message}', '{where} 内部错误：{message}'),
} as const satisfies Record<string, Text>;

/**
 * Checks where the baseline is to go, before any work is done.
 * @throws FunnelintError `baseline/…`, `output/…`
 */
function checkTarget(action: BaselineAction, file: string, read: readonly string[], force: boolean): void {
  if (file === '' || file === '-') throw new FunnelintError('baseline/no-file', { value: file });
  const identity = fileIdentity(file);
  if (read.some((each) => fileIdentity(each) === identity)) throw new FunnelintError('output/is-input', { file });
  if (action === 'write' && !force && existsSync(file)) throw new FunnelintError('baseline/exists', { file });
  const obstacle = obstacleOf(identity);
  if (obstacle === null || (action !== 'write' && !existsSync(file))) return;
  throw new FunnelintError('output/not-writable', { file, reason: { text: systemReason(obstacle) } });
}

/** What is known from before; nothing where a baseline is written anew. */
function before(action: BaselineAction, file: string): BaselineFile {
  return action === 'write' ? { file, entries: new Map(), comments: [] } : readBaseline(file);
}

function told(action: BaselineAction, file: string, was: Entries, is: Entries, report: AuditReport) {
  const kept = countEntries(both(was, is));
  const all = countEntries(is);
  const rules = report.rules.filter(({ found }) => found !== undefined).length;
  const lines: [Text, Args][] = [
    [TEXTS[action], { file, all, rules, came: all - kept, went: countEntries(was) - kept }],
  ];
  const { unchecked, new: fresh = 0 } = report.baseline ?? {};
  if (action === 'prune' && fresh > 0) lines.push([TEXTS.fresh, { n: fresh }]);
  if (unchecked !== undefined) {
    lines.push([TEXTS.unchecked, { n: unchecked.findings, rules: { list: [...unchecked.rules] } }]);
  }
  return lines;
}

async function auditFor(
  files: readonly string[],
  { rules, kinds, lang }: Chosen,
  baseline: BaselineFile,
  flags: AuditedFlags,
  host: Host,
): Promise<AuditReport> {
  const progress = createProgress(host, lang ?? environmentLang(host), flags.quiet ?? false);
  const request = requestOf(await openFiles(files, flags.stdinFilename ?? 'stdin', host), rules, flags, host);
  const reading = { ...request.reading, onProgress: progress.report };
  // With a baseline every finding is looked at, and of those that are not kept the fingerprints are told.
  const more = { kinds, lang, baseline, findingsPerRule: 0, metrics: 'overview', onStep: progress.step } as const;
  return runAudit({ ...request, reading, ...more }).finally(progress.stop);
}

async function baselineWith(
  action: BaselineAction,
  files: readonly string[],
  chosen: Chosen,
  flags: BaselineFlags,
  host: Host,
): Promise<number> {
  const { output: file = BASELINE_FILE, quiet = false } = flags;
  checkTarget(action, file, filesRead(files, chosen.rules, flags), flags.force ?? false);
  const was = before(action, file);
  const report = await auditFor(files, chosen, was, flags, host);
  const { text } = createTranslator(report.lang, report.labels);
  for (const fault of report.faults) tellOnStderr(`funnelint: ${text(TEXTS.fault, { ...fault })}\n`, host);
  if (report.gate.exitCode === 2) {
    host.stderr.write(`funnelint: ${NO_VERDICT[report.lang]}\n`);
    return 2;
  }
  const is = action === 'prune' ? entriesLeft(report, was.entries) : entriesToday(report, was.entries);
  await writeFiles([{ path: file, content: baselineText({ entries: is, comments: was.comments }) }], host);
  const lines = told(action, file, was.entries, is, report).map(([line, args]) => text(line, args));
  if (!quiet) await printRendered(`${lines.join('\n')}\n`, host);
  return report.faults.length > 0 ? 3 : 0;
}

/**
 * `funnelint baseline`: accepts what an audit finds today, so that from then on only new findings count. `write` makes
 * the file, `update` brings it up to date, `prune` only takes out what is mended.
 */
export function baselineCommand(
  action: BaselineAction,
  files: readonly string[],
  flags: BaselineFlags,
  host: Host,
): Promise<number> {
  return withRules(files, flags, host, (chosen) => baselineWith(action, files, chosen, flags, host));
}
