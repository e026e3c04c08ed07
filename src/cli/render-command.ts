import type { Lang } from '../i18n/text.ts';
import type { ViewName } from '../report/views/names.ts';
import type { Format } from '../reporters/index.ts';
import { type Host, requestedLang } from './host.ts';
import { deliver } from './output.ts';
import { chooseDestinations } from './output-target.ts';
import { readReport } from './saved-report.ts';

export interface RenderFlags {
  readonly format?: Format;
  readonly output?: readonly string[];
  readonly lang?: Lang;
  readonly maxFindings: number;
  readonly view?: ViewName;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
}

/** `funnelint render`: a saved report in another format or language, without auditing again. */
export async function renderCommand(file: string, flags: RenderFlags, host: Host): Promise<number> {
  const { format, outputs } = chooseDestinations(flags, [file], host);
  const report = await readReport(file, host);
  const lang = requestedLang(host, flags.lang) ?? report.lang;
  const options = {
    format,
    outputs,
    lang,
    maxFindings: flags.maxFindings,
    view: flags.view ?? null,
    colour: flags.color,
    quiet: flags.quiet ?? false,
  };
  await deliver(report, options, host);
  return 0;
}
