import type { Lang } from '../i18n/text.ts';
import type { Host } from './host.ts';

const FIRST_AFTER_MILLIS = 500;
const EVERY_MILLIS = 100;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  readonly report: (bytes: number, totalBytes: number, rows: number) => void;
  readonly stop: () => void;
}

/** Bytes and rows read so far, on a terminal only and only once the work has taken half a second. */
export function createProgress({ stderr }: Host, lang: Lang, quiet: boolean): Progress {
  if (quiet || stderr.isTTY !== true) return { report: () => {}, stop: () => {} };
  const start = performance.now();
  let last = start + FIRST_AFTER_MILLIS - EVERY_MILLIS;
  let shown = false;
  return {
    report: (bytes, totalBytes, rows) => {
      const now = performance.now();
      if (now - last < EVERY_MILLIS) return;
      last = now;
      shown = true;
      const percent = totalBytes > 0 ? Math.floor((bytes / totalBytes) * 100) : 100;
      const rate = Math.round(rows / ((now - start) / 1000));
      const text =
        lang === 'zh'
          ? `读取 ${percent}% · ${rows} 行 · ${rate} 行/秒`
          : `reading ${percent}% · ${rows} rows · ${rate} rows/s`;
      stderr.write(`${CLEAR_LINE}${text}`);
    },
    stop: () => {
      if (shown) stderr.write(CLEAR_LINE);
    },
  };
}
