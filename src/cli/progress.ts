import type { Lang } from '../i18n/text.ts';
import { say, type Text } from '../i18n/text.ts';
import { createTranslator } from '../i18n/translator.ts';
import type { Host } from './host.ts';

const FIRST_AFTER_MILLIS = 500;
const EVERY_MILLIS = 100;
const CLEAR_LINE = '\r\u001b[2K';

const READING = say('reading {percent}% · {rows} rows · {rate} rows/s', '读取 {percent}% · {rows} 行 · {rate} 行/秒');
const STEPS = {
  rules: say('checking the rules', '检查规则'),
  metrics: say('computing the figures', '计算指标'),
  writing: say('writing {file}', '写入 {file}'),
} as const satisfies Record<string, Text>;

export type ProgressStep = keyof typeof STEPS;

/** What a long run is at, on one line that is gone when the run is over. */
export interface Progress {
  readonly report: (bytes: number, totalBytes: number, rows: number) => void;
  readonly step: (step: ProgressStep, file?: string) => void;
  readonly stop: () => void;
}

const SILENT: Progress = { report: () => {}, step: () => {}, stop: () => {} };

/** Progress on a terminal only, and only once the work has taken half a second. */
export function createProgress({ stderr }: Host, lang: Lang, quiet: boolean): Progress {
  if (quiet || stderr.isTTY !== true) return SILENT;
  const translator = createTranslator(lang, { fields: {}, stages: {} });
  const start = performance.now();
  let last = start + FIRST_AFTER_MILLIS - EVERY_MILLIS;
  let isShown = false;
  const show = (text: string): void => {
    isShown = true;
    stderr.write(`${CLEAR_LINE}${text}`);
  };
  return {
    report: (bytes, totalBytes, rows) => {
      const now = performance.now();
      if (now - last < EVERY_MILLIS) return;
      last = now;
      const percent = totalBytes > 0 ? Math.floor((bytes / totalBytes) * 100) : 100;
      show(translator.text(READING, { percent, rows, rate: Math.round(rows / ((now - start) / 1000)) }));
    },
    step: (step, file = '') => {
      if (performance.now() - start >= FIRST_AFTER_MILLIS) show(translator.text(STEPS[step], { file }));
    },
    stop: () => {
      if (isShown) stderr.write(CLEAR_LINE);
      isShown = false;
    },
  };
}
