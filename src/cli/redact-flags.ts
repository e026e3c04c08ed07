import type { AuditRequest } from '../audit.ts';
import type { Text } from '../i18n/text.ts';
import type { AuditReport } from '../report/report.ts';
import type { Host } from './host.ts';

/** Flags that replace values by hashes. */
export interface RedactFlags {
  readonly redact?: boolean;
  readonly redactField?: readonly string[];
}

/** What to redact, with the secret of `FUNNELINT_REDACT_KEY`; a field that is named redacts the sensitive ones too. */
export function redactionOf(
  { redact = false, redactField }: RedactFlags,
  { env }: Host,
): Pick<AuditRequest, 'redact' | 'redactKey'> {
  const key = env['FUNNELINT_REDACT_KEY'];
  return {
    redact: redactField ?? (redact ? 'sensitive' : null),
    redactKey: key === undefined || key === '' ? null : key,
  };
}

const NOTHING_REDACTED: Text = {
  en: '--redact: no sensitive field has a column, so nothing was replaced; name what to hide: --redact-field owner,account',
  zh: '--redact：没有敏感字段对应的列，未替换任何内容；请指明要隐去的字段：--redact-field owner,account',
};

/** Says so, however quiet, where a report that was asked to be redacted is as it was: it may be passed on as safe. */
export function tellNothingRedacted({ redacted, lang }: AuditReport, { stderr }: Host): void {
  if (redacted?.fields.length === 0) stderr.write(`funnelint: ${NOTHING_REDACTED[lang]}\n`);
}
