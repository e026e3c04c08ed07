import type { Lang } from '../i18n/text.ts';
import { type Trend, type TrendReport, trendOf, trendReportOf } from '../report/trend/trend.ts';
import { trendDocument } from '../report/trend/trend-document.ts';
import { chooseDocumentDestinations, deliverDocument } from './document-output.ts';
import { type Host, requestedLang } from './host.ts';
import type { PrintFlags } from './print-document.ts';
import { readReports } from './saved-reports.ts';

export interface TrendFlags extends PrintFlags {
  readonly output?: readonly string[];
  readonly lang?: Lang;
}

/** `funnelint trend`: figures of a series of saved reports over time. */
export async function trendCommand(paths: readonly string[], flags: TrendFlags, host: Host): Promise<number> {
  const { format, outputs } = chooseDocumentDestinations(flags, paths, host);
  const reports: TrendReport[] = [];
  const skipped: string[] = [];
  let latest: { readonly date: string; readonly lang: Lang } | null = null;
  for await (const { file, report } of readReports(paths, (skippedFile) => skipped.push(skippedFile), host)) {
    reports.push(trendReportOf(file, report));
    if (latest === null || report.asOf.date >= latest.date) latest = { date: report.asOf.date, lang: report.lang };
  }
  const found = trendOf(reports);
  const left = skipped.map((file) => ({ code: 'skipped', args: { file } }));
  const trend: Trend = { ...found, notes: [...left, ...found.notes] };
  const lang = requestedLang(host, flags.lang) ?? latest?.lang ?? 'en';
  const printable = { document: () => trendDocument(trend, lang), json: () => trend };
  await deliverDocument(printable, lang, { ...flags, format, outputs }, host);
  return 0;
}
