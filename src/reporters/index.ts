import type { Reporter } from './reporter.ts';

interface ReporterEntry {
  /** File name extensions that choose this format, without the dot. */
  readonly extensions: readonly string[];
  readonly load: () => Promise<{ readonly default: Reporter }>;
}

/** All formats; a reporter and its packages load when its format is asked for. */
export const REPORTERS = {
  terminal: { extensions: ['txt'], load: () => import('./terminal.ts') },
  json: { extensions: ['json'], load: () => import('./json.ts') },
  html: { extensions: ['html', 'htm'], load: () => import('./html/html.ts') },
  xlsx: { extensions: ['xlsx'], load: () => import('./xlsx/xlsx.ts') },
  markdown: { extensions: ['md'], load: () => import('./markdown.ts') },
  csv: { extensions: ['csv'], load: () => import('./csv.ts') },
  sarif: { extensions: ['sarif'], load: () => import('./sarif/sarif.ts') },
  junit: { extensions: ['xml'], load: () => import('./junit/junit.ts') },
  github: { extensions: [], load: () => import('./github.ts') },
  gitlab: { extensions: [], load: () => import('./gitlab.ts') },
} as const satisfies Record<string, ReporterEntry>;

export type Format = keyof typeof REPORTERS;

export const FORMATS = Object.keys(REPORTERS) as readonly Format[];

/** The format that files of an extension have, null where none has it. */
export function formatOfExtension(extension: string): Format | null {
  return FORMATS.find((format) => (REPORTERS[format].extensions as readonly string[]).includes(extension)) ?? null;
}
