import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport } from '../../report/report.ts';
import { plainMessage } from './text.ts';

const FAULT = say(
  '{where} failed by a fault in funnelint: {message}',
  '{where} 因 funnelint 内部错误未完成：{message}',
);
const NOT_RUN = say('{rule} did not run: {reason}', '{rule} 未运行：{reason}');
const UNKNOWN_REASON = say('the reason is not known', '原因未知');
const LEFT_OUT = say(
  '{left} of {all} findings are left out here, the least grave ones; the JSON report has them all',
  '共 {all} 个问题，此处略去较轻的 {left} 个；JSON 报告中有全部问题',
);

/** Exit codes of a run that came to a verdict. */
const LAST_VERDICT_CODE = 1;

function faultNotifications({ faults }: AuditReport, translator: Translator): object[] {
  return faults.map(({ where, message }) => ({
    descriptor: { id: 'fault' },
    level: 'error',
    message: plainMessage(translator.text(FAULT, { where, message })),
  }));
}

function leftOutNotifications(all: number, shown: number, translator: Translator): object[] {
  if (all <= shown) return [];
  const message = plainMessage(translator.text(LEFT_OUT, { left: all - shown, all }));
  return [{ descriptor: { id: 'findings-left-out' }, level: 'warning', message }];
}

/** A rule that could not run is never green, so each is told. */
function notRunNotifications({ rules }: AuditReport, translator: Translator): object[] {
  return rules.flatMap(({ id, verdict, reason }, index) => {
    if (verdict !== 'not-run') return [];
    const message = plainMessage(translator.text(NOT_RUN, { rule: id, reason: { text: reason ?? UNKNOWN_REASON } }));
    return [{ descriptor: { id: 'rule-not-run' }, associatedRule: { id, index }, level: 'warning', message }];
  });
}

/**
 * How the run went: whether there is a verdict, and what is missing from it.
 * @param all findings there are
 * @param shown results in the file
 */
export function invocationOf(report: AuditReport, all: number, shown: number, translator: Translator): object {
  const { exitCode } = report.gate;
  return {
    executionSuccessful: exitCode <= LAST_VERDICT_CODE,
    exitCode,
    toolExecutionNotifications: [
      ...faultNotifications(report, translator),
      ...leftOutNotifications(all, shown, translator),
    ],
    toolConfigurationNotifications: notRunNotifications(report, translator),
  };
}
