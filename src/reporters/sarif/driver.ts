import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../../report/report.ts';
import { translatedMessage } from './text.ts';

/** Levels of SARIF by severity. */
export const LEVELS: Readonly<Record<ReportFinding['severity'], string>> = {
  error: 'error',
  warn: 'warning',
  info: 'note',
};

/** What stands before the slash of a rule: `date` of `date/close-past-due`. */
function categoryOf(id: string): string {
  const slash = id.indexOf('/');
  return slash === -1 ? id : id.slice(0, slash);
}

function descriptorOf({ id, kind, title, why, advice, severity }: ReportRule, translator: Translator): object {
  return {
    id,
    shortDescription: translatedMessage(title, translator),
    fullDescription: translatedMessage(why, translator),
    help: translatedMessage(advice ?? why, translator),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [categoryOf(id)], kind },
  };
}

/** The tool with every rule that was in force, those that passed too. */
export function driverOf({ tool, rules }: AuditReport, translator: Translator): object {
  return {
    name: tool.name,
    version: tool.version,
    language: LANGUAGES[translator.lang],
    rules: rules.map((rule) => descriptorOf(rule, translator)),
  };
}

/** As SARIF names languages. */
export const LANGUAGES: Readonly<Record<Translator['lang'], string>> = { en: 'en', zh: 'zh-CN' };
